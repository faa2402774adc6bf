"""News: the list, a page, the feed, and what becomes of an address that has changed."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from content.models import AppealIndexPage, AppealPage, NewsPage, Topic
from tests.content.reading.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse_page(home, nurse_appeal) -> AppealPage:
    """The page of the nurse's appeal."""
    index = home.add_child(instance=AppealIndexPage(title="Appeals", slug="appeals"))
    return index.add_child(instance=AppealPage(title="A nurse", slug="nurse", appeal=nurse_appeal, standfirst="Why."))


def test_the_latest_news_stands_first(client, tell):
    tell("The old pier", published_on=date(2025, 1, 5))
    tell("The new pier", published_on=date(2026, 1, 5))
    page = client.get("/news/").content.decode()
    assert page.index("The new pier") < page.index("The old pier")
    assert '<time datetime="2026-01-05">5 January 2026</time>' in page


def test_an_empty_list_says_so(client, news):
    assert "There is nothing here yet." in client.get("/news/").content.decode()


def test_the_list_is_narrowed_by_a_topic(client, tell):
    nursing = Topic.objects.create(name="Nursing", slug="nursing")
    about = tell("Bryony has begun")
    about.topics = [nursing]
    about.save()
    tell("A scanner has come")
    page = client.get("/news/?topic=nursing").content.decode()
    assert "Bryony has begun" in page
    assert "A scanner has come" not in page
    assert '<a class="topic" href="?topic=nursing" aria-current="page">Nursing</a>' in page


@pytest.mark.parametrize("query", ["topic=none", "topic=%00", "page=abc", "page=-3", "page=9999", "topic[]=1&page[]=2"])
def test_what_nobody_can_mean_shows_the_whole_list(client, tell, query):
    tell("Bryony has begun")
    answer = client.get(f"/news/?{query}")
    assert answer.status_code == 200
    assert "Bryony has begun" in answer.content.decode()


def test_a_long_list_has_pages_that_keep_the_topic(client, tell):
    nursing = Topic.objects.create(name="Nursing", slug="nursing")
    for number in range(15):
        page = tell(f"Visit {number}")
        page.topics = [nursing]
        page.save()
    first = client.get("/news/?topic=nursing").content.decode()
    assert 'href="?topic=nursing&amp;page=2"' in first
    assert "Page 2 of 2" in client.get("/news/?topic=nursing&page=2").content.decode()


def test_a_piece_of_news_says_who_wrote_it_and_where_it_appeared_first(client, tell):
    tell("Twenty years", byline="Coral Limpet", source="The Lantern (demo)", source_url="https://lantern.example.org/")
    page = client.get("/news/twenty-years/").content.decode()
    assert "by Coral Limpet" in page
    assert 'First told by <a href="https://lantern.example.org/">The Lantern (demo)</a>' in page


def test_its_appeal_stands_at_the_end_while_it_is_public(client, tell, nurse_page):
    tell("Bryony has begun", appeal_page=nurse_page)
    assert 'href="/donate/nurse/">Give now</a>' in client.get("/news/bryony-has-begun/").content.decode()
    nurse_page.unpublish()
    assert "Support this work" not in client.get("/news/bryony-has-begun/").content.decode()


def test_a_source_with_an_address_has_a_name(tell):
    told = tell("Twenty years")
    told.source_url = "https://lantern.example.org/"
    with pytest.raises(ValidationError, match="Say what the source is called"):
        told.full_clean()
    with pytest.raises(IntegrityError, match="news_source_with_an_address_has_a_name"), transaction.atomic():
        NewsPage.objects.update(source_url="https://lantern.example.org/")


def test_a_draft_is_neither_listed_nor_shown_nor_fed(client, tell):
    tell("Not yet said", live=False)
    assert "Not yet said" not in client.get("/news/").content.decode()
    assert "Not yet said" not in client.get("/news/feed/").content.decode()
    assert client.get("/news/not-yet-said/").status_code == 404


# ---- the feed


def test_the_feed_holds_the_news_with_whole_addresses(client, tell):
    page = tell("Bryony has begun & stays", published_on=date(2026, 2, 12), byline="Wren")
    page.topics = [Topic.objects.create(name="Nursing", slug="nursing")]
    page.save()
    answer = client.get("/news/feed/")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    (item,) = ElementTree.fromstring(answer.content).iter("item")
    assert item.findtext("title") == "Bryony has begun & stays"
    assert item.findtext("link") == item.findtext("guid") == "http://testserver/news/bryony-has-begun-stays/"
    assert item.findtext("pubDate") == "Thu, 12 Feb 2026 09:00:00 +0000"
    assert item.findtext("category") == "Nursing"


def test_the_list_names_its_feed(client, news):
    page = client.get("/news/").content.decode()
    assert '<link rel="alternate" type="application/rss+xml" title="News" href="/news/feed/">' in page


def test_control_characters_from_a_pasted_text_do_not_break_the_feed(client, tell):
    tell("Bell\x07 and \x0bbuoy", standfirst="A \x08line.")
    (item,) = ElementTree.fromstring(client.get("/news/feed/").content).iter("item")
    assert item.findtext("title") == "Bell and buoy"


def test_an_empty_list_has_an_empty_feed_and_a_hidden_one_none(client, news):
    assert list(ElementTree.fromstring(client.get("/news/feed/").content).iter("item")) == []
    news.unpublish()
    assert client.get("/news/feed/").status_code == 404
    assert client.get("/news/feed/more/").status_code == 404


# ---- an address that has changed


def test_an_old_address_leads_to_the_new_one(client, tell, people, django_capture_on_commit_callbacks):
    page = tell("Bryony has begun")
    page.slug = "our-nurse"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=people.editor).publish(user=people.editor)
    answer = client.get("/news/bryony-has-begun/")
    assert (answer.status_code, answer["Location"]) == (301, "/news/our-nurse/")
    assert client.get("/news/our-nurse/").status_code == 200


# ---- questions to the database


def test_a_long_list_asks_no_more_of_the_database_than_a_short_one(client, tell, news):
    topic = Topic.objects.create(name="Nursing", slug="nursing")

    def until(count: int) -> None:
        for number in range(news.get_children().count(), count):
            page = tell(f"Visit {number}")
            page.topics = [topic]
            page.save()

    until(5)
    few = queries_of(client, "/news/")
    until(50)
    assert queries_of(client, "/news/") == few <= 15
    assert queries_of(client, "/news/feed/") <= 15
    assert queries_of(client, "/news/visit-3/") <= 15
