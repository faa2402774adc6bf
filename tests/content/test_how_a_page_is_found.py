"""An address leads to its page as Wagtail would lead there, in fewer questions; what is not for everybody stays so."""

from datetime import date

import pytest
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction, Site

from content import edition, routing
from content.models import AppealIndexPage, AppealPage, CharitySettings, InfoPage, PolicyPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal_page(home, nurse_appeal) -> AppealPage:
    """The appeal's page, under the list of appeals; and pages for menu and foot."""
    home.add_child(instance=InfoPage(title="About us", slug="about", show_in_menus=True))
    home.add_child(instance=InfoPage(title="Not in the menu", slug="quiet"))
    home.add_child(instance=PolicyPage(title="Privacy", slug="privacy"))
    index = home.add_child(instance=AppealIndexPage(title="Appeals", slug="appeals", show_in_menus=True))
    return index.add_child(instance=AppealPage(title="A nurse", slug="nurse", appeal=nurse_appeal, standfirst="Why."))


def test_the_appeal_page_asks_few_questions(client, appeal_page, django_assert_max_num_queries):
    for _ in range(2):
        client.get("/appeals/nurse/")
    edition.forget()
    with django_assert_max_num_queries(6):  # with endorsements and a picture 8; what else it shows has room for none
        page = client.get("/appeals/nurse/").content.decode()
    assert "<h1>A nurse</h1>" in page
    assert "Harbour Health" in page
    assert ">About us</a>" in page
    assert ">Privacy</a>" in page
    assert ">Not in the menu</a>" not in page
    assert 'href="/appeals/">Donate</a>' in page
    assert ">Home</a>" in page


@pytest.mark.parametrize("path", ["/", "/about/", "/quiet/", "/appeals/", "/appeals/nurse/", "/privacy/"])
def test_every_page_is_found_where_wagtail_finds_it(client, appeal_page, path):
    answer = client.get(path)
    assert answer.status_code == 200
    wagtails = Page.route_for_request(RequestFactory().get(path, HTTP_HOST="testserver"), path)
    assert answer.context["page"].pk == wagtails.page.pk
    assert type(answer.context["page"]) is type(wagtails.page)


def test_what_is_no_page_or_not_published_is_not_found(client, appeal_page):
    appeal_page.unpublish()
    for path in ("/appeals/nurse/", "/appeals/nurse/more/", "/nowhere/", "/about/nurse/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("where", ["page", "above", "home", "tree"])
def test_a_page_that_is_not_for_everybody_asks_who_reads_it(client, appeal_page, home, where):
    private = {"page": appeal_page, "above": appeal_page.get_parent(), "home": home, "tree": home.get_parent()}[where]
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/appeals/nurse/")
    assert answer.status_code == 302
    assert "login" in answer["Location"] or "sign-in" in answer["Location"]


def test_an_alias_is_as_private_as_its_source(client, appeal_page, home):
    source = home.add_child(instance=InfoPage(title="For members", slug="members"))
    source.create_alias(update_slug="too", parent=home)
    assert client.get("/too/").status_code == 200
    PageViewRestriction.objects.create(page=source, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/too/").status_code == 302


@pytest.mark.parametrize(
    ("host", "port", "chosen"),
    [
        ("here.example.org", 80, "exact"),
        ("here.example.org", 8000, "other port"),
        ("here.example.org", 9000, "default"),  # two have this name: Wagtail would not guess
        ("alone.example.org", 9000, "alone"),
        ("nowhere.example.org", 80, "default"),
        ("default.example.org", 1, "default"),
    ],
)
def test_the_site_is_the_one_that_wagtail_would_choose(home, settings, host, port, chosen):
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.all().delete()
    made = {
        "exact": Site.objects.create(hostname="here.example.org", port=80, root_page=home),
        "other port": Site.objects.create(hostname="here.example.org", port=8000, root_page=home),
        "alone": Site.objects.create(hostname="alone.example.org", port=80, root_page=home),
        "default": Site.objects.create(hostname="default.example.org", port=80, root_page=home, is_default_site=True),
    }
    asked = {"HTTP_HOST": f"{host}:{port}", "SERVER_PORT": str(port)}
    assert routing.site_of(RequestFactory().get("/", **asked)) == made[chosen]
    assert Site.find_for_request(RequestFactory().get("/", **asked)) == made[chosen]


def test_without_any_site_the_form_still_stands(client, nurse_appeal):
    Site.objects.all().delete()
    assert client.get("/donate/nurse/").status_code == 200
    assert nurse_appeal.is_open(date.today())


def test_the_form_links_to_the_page_on_privacy_that_the_charity_names(client, appeal_page):
    form, words = "/donate/nurse/at-once/", "How we look after what you tell us"
    assert words not in client.get(form).content.decode()
    privacy = PolicyPage.objects.get(slug="privacy")
    CharitySettings.objects.update(privacy_page=privacy)
    assert f'<a href="/privacy/">{words}</a>' in client.get(form).content.decode()
    privacy.unpublish()
    assert words not in client.get(form).content.decode()
