"""What machines are told: the site map, robots.txt, data in pages, cards where a page is shared; and a kind 404."""

import json
import re
from xml.etree import ElementTree

import pytest
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction, Site

from content import structured
from content.models import AppealIndexPage, AppealPage, CharityImage, InfoPage, PublicationIndexPage, PublicationPage

pytestmark = pytest.mark.django_db
ADDRESS = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client) -> list[str]:
    """What the site map names."""
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return [each.text for each in ElementTree.fromstring(answer.content).iter(ADDRESS)]


def told(client, path: str) -> dict[str, dict]:
    """The data of a page, by what each part is."""
    page = client.get(path).content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(found)
    assert data["@context"] == "https://schema.org"
    return {each["@type"]: each for each in data["@graph"]}


# ---- the site map and robots.txt


def test_the_site_map_names_what_search_engines_may_list(client, tell, home):
    tell("Bryony has begun")
    tell("Not yet said", live=False)
    tell("Only for people", is_unlisted=True)
    private = tell("For members")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert addresses(client) == [
        "http://testserver/", "http://testserver/news/", "http://testserver/news/bryony-has-begun/"
    ]  # fmt: skip


def test_an_address_with_a_letter_of_another_language_is_written_as_addresses_are(client, home):
    home.add_child(instance=InfoPage(title="Zoë", slug="zoë"))
    assert "http://testserver/zo%C3%AB/" in addresses(client)


def test_robots_are_told_where_the_site_map_is_and_what_is_not_for_them(client, home):
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /giving/"} <= set(lines)
    assert "Disallow: /" not in lines


def test_without_any_site_there_is_nothing_to_find(client, db):
    Site.objects.all().delete()
    assert client.get("/sitemap.xml").status_code == 404
    assert client.get("/search/?q=nurse").status_code == 404
    assert client.get("/robots.txt").status_code == 200


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt"])
def test_machines_only_read(client, home, path):
    assert client.post(path).status_code == 405


# ---- data in pages


def test_the_home_page_says_who_we_are_and_how_to_search(client, home):
    data = told(client, "/")
    assert data["NGO"]["name"] == "Harbour Health"
    assert data["NGO"]["identifier"] == "0000000"
    assert (
        data["WebSite"]["potentialAction"]["target"]["urlTemplate"]
        == "http://testserver/search/?q={search_term_string}"
    )


def test_news_is_an_article_under_its_list(client, tell):
    tell("Bryony has begun", byline="Wren Sandling")
    data = told(client, "/news/bryony-has-begun/")
    assert data["Article"]["headline"] == "Bryony has begun"
    assert data["Article"]["datePublished"] == "2026-03-01"
    assert data["Article"]["author"] == {"@type": "Person", "name": "Wren Sandling"}
    trail = data["BreadcrumbList"]["itemListElement"]
    assert [(each["position"], each["name"], each["item"]) for each in trail] == [
        (1, "Home", "http://testserver/"),
        (2, "News", "http://testserver/news/"),
        (3, "Bryony has begun", "http://testserver/news/bryony-has-begun/"),
    ]


def test_questions_and_answers_are_told_without_their_markup(client, home):
    question = {"question": "Who answers?", "answer": "<p>A <b>nurse</b>.</p><p>On weekdays &amp; Sundays.</p>"}
    body = [("questions", {"heading": "", "questions": [question]})]
    home.add_child(instance=InfoPage(title="Ask", slug="ask", body=body))
    (asked,) = told(client, "/ask/")["FAQPage"]["mainEntity"]
    assert asked["name"] == "Who answers?"
    assert asked["acceptedAnswer"]["text"] == "A nurse. On weekdays & Sundays."


def test_an_open_appeal_says_that_one_can_give(client, home, nurse_appeal):
    index = home.add_child(instance=AppealIndexPage(title="Appeals", slug="appeals"))
    index.add_child(instance=AppealPage(title="A nurse", slug="nurse", appeal=nurse_appeal, standfirst="Why."))
    action = told(client, "/appeals/nurse/")["DonateAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/donate/nurse/"
    assert action["recipient"]["name"] == "Harbour Health"
    nurse_appeal.closes_on = nurse_appeal.opens_on
    nurse_appeal.save()
    assert "DonateAction" not in told(client, "/appeals/nurse/")


def test_a_publication_is_a_paper(client, home):
    index = home.add_child(instance=PublicationIndexPage(title="Publications", slug="publications"))
    index.add_child(
        instance=PublicationPage(title="First doubt", slug="first", summary="People wait.", authors="M. Tide, J. Spin")
    )
    paper = told(client, "/publications/first/")["ScholarlyArticle"]
    assert [each["name"] for each in paper["author"]] == ["M. Tide", "J. Spin"]
    assert paper["abstract"] == "People wait."


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!-- & -->", 'Say "hello"', "line\u2028break"]
)
def test_no_title_can_end_the_data(client, tell, title):
    tell(title, slug="odd")
    assert told(client, "/news/odd/")["Article"]["headline"] == title
    assert "<script>alert" not in client.get("/news/odd/").content.decode()


def test_nothing_to_say_leaves_nothing_in_the_page():
    assert structured.script([]) == ""


# ---- where a page is shared


def test_a_shared_page_brings_its_title_its_line_and_its_picture(client, tell):
    picture = CharityImage.objects.create(title="Harbour", file=get_test_image_file(size=(1600, 1072)))
    tell("Bryony has begun", standfirst="She picks up.", picture=picture, picture_alt="A harbour.")
    page = client.get("/news/bryony-has-begun/").content.decode()
    for name, says in (
        ("og:type", "article"), ("og:title", "Bryony has begun"), ("og:description", "She picks up."),
        ("og:url", "http://testserver/news/bryony-has-begun/"), ("og:site_name", "Harbour Health"),
        ("og:image:width", "1200"), ("og:image:height", "630"), ("og:image:alt", "A harbour."),
    ):  # fmt: skip
        assert f'<meta property="{name}" content="{says}">' in page
    assert re.search(r'<meta property="og:image" content="http://testserver/media/images/\S+\.jpg">', page)
    assert '<meta name="twitter:card" content="summary_large_image">' in page


def test_without_a_picture_the_card_is_a_small_one(client, tell):
    tell("Bryony has begun")
    page = client.get("/news/bryony-has-begun/").content.decode()
    assert '<meta name="twitter:card" content="summary">' in page
    assert "og:image" not in page


# ---- an address that leads nowhere


def test_a_page_that_is_not_found_helps_to_find_it(client, news, settings):
    settings.DEBUG = False
    answer = client.get("/news/our-nurse/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'role="search"' in page
    assert 'value="our nurse"' in page
    assert '<a href="/news/">News</a>' in page
    assert "noindex" in page


@pytest.mark.parametrize("path", ["/%00/", "/a%0ab/", "/<script>/", "/" + "x" * 3000 + "/", "/..%2f..%2fetc/", "/%ff/"])
def test_a_crooked_address_is_only_not_found(client, news, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode().replace('<script type="module"', "")
