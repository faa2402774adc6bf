"""On a page with a sensitive tone nobody is asked for anything, and the helpline comes first."""

import pytest
from django.core.exceptions import ValidationError

from content.models import AppealIndexPage, AppealPage, InfoPage, Tone
from tests.content.health.conftest import page_of

pytestmark = pytest.mark.django_db

TEXT = ("text", "<h2>Comfort first</h2><p>Pain can be eased.</p>")


@pytest.fixture
def appeals(home, nurse_appeal) -> AppealIndexPage:
    """The list of appeals, in the menu, with one appeal."""
    index = home.add_child(instance=AppealIndexPage(title="Appeals", slug="appeals", show_in_menus=True))
    index.add_child(instance=AppealPage(title="A nurse", slug="nurse", appeal=nurse_appeal, standfirst="Why."))
    return index


def sensitive(hub, *body):
    """A page near the end of life."""
    return page_of(hub, "Near the end", InfoPage, slug="near-the-end", tone=Tone.SENSITIVE, body=[TEXT, *body])


def action(page=None, address="", is_gift=False):
    """An action block."""
    link = {"text": "Go", "page": page, "address": address}
    return "action", {"heading": "", "text": "", "is_gift": is_gift, "link": link}


def card(page):
    """Cards with one card."""
    return "cards", {"heading": "Read on", "cards": [{"page": page, "title": "", "text": "", "picture": None}]}


def test_a_plain_page_has_donate_in_its_header(client, hub, appeals):
    page = client.get(page_of(hub, "Food", InfoPage, slug="food").url).content.decode()
    assert ">Donate</a>" in page
    assert ">Appeals</a>" in page


def test_a_sensitive_page_asks_for_nothing_in_header_menu_or_foot(client, hub, appeals):
    page = client.get(sensitive(hub).url).content.decode()
    for ask in ("Donate", "Appeals", "/appeals/", "/donate/", "gift", "Give"):
        assert ask not in page, ask
    assert ">Information</a>" in page


def test_the_helpline_comes_before_the_first_word(client, hub):
    page = client.get(sensitive(hub).url).content.decode()
    assert page.index('href="tel:01632960041"') < page.index("Comfort first")


@pytest.mark.parametrize("leads", ["gift", "form", "appeal", "link", "card", "in a section"])
def test_an_editor_cannot_put_an_ask_on_a_sensitive_page(hub, appeals, leads):
    linked = ("text", f'<p><a linktype="page" id="{appeals.pk}">Help us</a></p>')
    section = {"heading": "More", "body": [linked], "sources": [], "as_of": None, "anchor": ""}
    asks = {
        "gift": action(address="https://example.org/", is_gift=True),
        "form": action(address="/donate/nurse/"),
        "appeal": action(page=appeals),
        "link": linked,
        "card": card(AppealPage.objects.get()),
        "in a section": ("section", section),
    }
    page = InfoPage(title="Near the end", slug="near", tone=Tone.SENSITIVE, body=[TEXT, asks[leads]])
    with pytest.raises(ValidationError, match="asks for nothing"):
        hub.add_child(instance=page)
    page.tone = Tone.PLAIN
    hub.add_child(instance=page)


def test_what_asks_for_nothing_may_stand_there(hub, appeals):
    friend = page_of(hub, "Food", InfoPage, slug="food")
    assert sensitive(hub, action(page=friend), card(friend), action(address="tel:01632960041")).pk


def test_a_page_that_becomes_sensitive_outside_the_editor_loses_its_asks(client, hub, appeals):
    nurse = AppealPage.objects.get()
    body = [TEXT, action(page=nurse, is_gift=True), action(address="/donate/nurse/"), card(nurse)]
    page = page_of(hub, "Near the end", InfoPage, slug="near", body=body)
    assert "A nurse" in client.get(page.url).content.decode()
    InfoPage.objects.update(tone=Tone.SENSITIVE)
    shown = client.get(page.url).content.decode()
    assert "Pain can be eased" in shown
    assert "A nurse" not in shown
    assert "/donate/" not in shown
