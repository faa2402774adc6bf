"""What a donor changes about a regular gift, seen at the stand-in; and what happens while Stripe is away."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from donations.models import RegularGift
from donations.models.regular_gift import Ender, RegularState
from donations.own.views import regular
from tests.factories import payments
from tests.walks.postman import stripe_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift(life) -> RegularGift:
    """£10 every month, of which the first has come."""
    return life.begins("10")


@pytest.fixture
def ada(gift):
    """Who gives it."""
    return gift.donor


@pytest.fixture
def browser(ada, as_donor):
    """Hers."""
    return as_donor(ada)


@pytest.fixture
def press(browser, gift):
    """Press one of the buttons; what the page says then."""

    def pressed(what: str, **typed: str) -> str:
        answer = browser.post(f"/giving/regular/{gift.reference}/{what}/", typed, follow=True)
        gift.refresh_from_db()
        return " ".join(answer.content.decode().split())

    return pressed


def at_stripe(life, gift) -> dict:
    return life.standin.account.need(gift.subscription, "subscription")


def page_of(browser, gift) -> str:
    return " ".join(browser.get(f"/giving/regular/{gift.reference}/").content.decode().split())


def test_another_amount_counts_from_the_next_payment_on(life, gift, press):
    assert "The amount is changed, from the next payment on." in press("amount", amount="12.50")
    assert at_stripe(life, gift)["items"]["data"][0]["price"]["unit_amount"] == 1250
    assert gift.pence == 1250
    assert gift.changes.get().asked_by == Ender.DONOR
    assert gift.changes.get().by is None


def test_another_day(life, gift, press):
    day = timezone.localdate() + timedelta(days=12)
    assert "The day is changed." in press("day", to=day.isoformat())
    assert gift.next_on == day


def test_a_pause_of_three_months_and_its_end(life, gift, press, browser):
    assert "Your gift is paused." in press("pause", months="3")
    assert at_stripe(life, gift)["pause_collection"]["behavior"] == "void"
    assert gift.state == RegularState.PAUSED
    page = page_of(browser, gift)
    assert "Paused until" in page
    assert f"/giving/regular/{gift.reference}/pause/" not in page
    assert "Your gift goes on." in press("resume")
    assert at_stripe(life, gift)["pause_collection"] is None
    assert gift.state == RegularState.ACTIVE


def test_one_payment_is_skipped_once_however_often_it_is_pressed(life, gift, press):
    due = gift.next_on
    assert "The next payment is left out." in press("skip")
    assert gift.paused_until == due + timedelta(days=1)
    assert regular.NOT_NOW in press("skip")
    assert gift.changes.count() == 1


@pytest.mark.parametrize("because", ["", "I have retired."])
def test_ending_takes_one_page_and_one_button_and_a_reason_only_if_she_likes(life, gift, press, browser, because):
    page = browser.get(f"/giving/regular/{gift.reference}/end/").content.decode()
    assert page.count("<form") == 2, "this one, and the way out"
    for pleading in ("sure", "sorry", "sad", "miss", "please", "instead", "lose", "stay"):
        assert pleading not in page.split('id="main"')[1].split("</main>")[0].lower(), pleading
    assert "Your gift has ended. Nothing more is taken." in press("end", because=because)
    assert at_stripe(life, gift)["status"] == "canceled"
    assert (gift.state, gift.ended_by, gift.ended_because) == (RegularState.ENDED, Ender.DONOR, because)
    assert regular.NOT_NOW in press("end")
    page = page_of(browser, gift)
    assert "/end/" not in page
    assert "/card/" not in page


def test_another_card_is_named_on_stripes_page_and_used_from_then_on(life, gift, browser):
    page = browser.post(f"/giving/regular/{gift.reference}/card/")
    assert page.status_code == 302
    session = life.standin.account.need(page["Location"].rsplit("/", 1)[-1], "checkout.session")
    life.standin.pay(session["id"])
    back = session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]).removeprefix("http://testserver")
    said = browser.get(back, follow=True).content.decode()
    assert "From now on your gift is paid with what you have just chosen." in said
    change = gift.changes.get()
    assert (change.kind, change.asked_by) == ("card", Ender.DONOR)
    assert change.done_at is not None
    life.hears()
    assert gift.changes.count() == 1


def test_each_change_has_its_letter_and_stripes_own_news_changes_nothing_more(life, gift, press):
    press("amount", amount="12")
    press("pause", months="1")
    press("resume")
    press("end")
    life.hears()
    life.works()
    assert life.letters == ["receipt", "changed", "paused", "changed", "ended"]
    life.stands()


def test_while_stripe_is_away_a_change_is_written_down_and_made_by_itself_later(life, gift, press, browser):
    with stripe_away(life.standin, asked_by="POST"):
        said = press("amount", amount="12")
    assert regular.LATER in said
    assert "Waiting for Stripe" in said
    assert gift.pence == 1000
    life.works()
    gift.refresh_from_db()
    assert gift.pence == 1200
    assert "Waiting for Stripe" not in page_of(browser, gift)
    assert gift.changes.count() == 1


def test_an_end_that_waits_for_stripe_offers_nothing_more(life, gift, press, browser):
    with stripe_away(life.standin, asked_by="DELETE"):
        assert regular.LATER in press("end")
    assert gift.state == RegularState.ACTIVE
    page = page_of(browser, gift)
    assert "Waiting for Stripe" in page
    assert "What would you like to do?" not in page
    assert regular.NOT_NOW in press("amount", amount="50")
    life.works()
    gift.refresh_from_db()
    assert gift.state == RegularState.ENDED


def test_while_stripe_is_away_no_card_can_be_named_and_the_page_says_so(life, gift, browser):
    with stripe_away(life.standin, asked_by="POST"):
        answer = browser.post(f"/giving/regular/{gift.reference}/card/")
    assert answer.status_code == 503
    assert "Nothing has changed." in answer.content.decode()


@pytest.mark.parametrize(
    ("what", "typed", "field", "sentence"),
    [
        ("amount", {"amount": ""}, "amount", "Enter the new amount."),
        ("amount", {"amount": "1"}, "amount", "Enter an amount from £2 to £25,000."),
        ("amount", {"amount": "ten"}, "amount", "Enter an amount in pounds, like 25 or 12.50."),
        ("amount", {"amount": "-5"}, "amount", "Enter an amount in pounds, like 25 or 12.50."),
        ("day", {"to": "soon"}, "to", "Enter a day like 31/03/2027."),
        ("day", {"to": ""}, "to", "Enter the day."),
        ("pause", {"months": ""}, "months", "Choose for how long."),
        ("pause", {"months": "13"}, "months", "Choose from 1 to 12 months."),
        ("pause", {"months": "0"}, "months", "Choose from 1 to 12 months."),
        ("end", {"because": "x" * 301}, "because", "This can have up to 300 letters."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_changes_nothing(browser, gift, what, typed, field, sentence):
    answer = browser.post(f"/giving/regular/{gift.reference}/{what}/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors[field]) == [sentence]
    assert answer.content.decode().count(sentence) == 2, "beside the field, and in the summary"
    assert not gift.changes.exists()


@pytest.mark.parametrize("days", [0, -1, 62])
def test_a_day_that_has_been_or_is_far_off_is_refused(browser, gift, days):
    day = timezone.localdate() + timedelta(days=days)
    answer = browser.post(f"/giving/regular/{gift.reference}/day/", {"to": day.isoformat()})
    assert "Choose a day from tomorrow to" in answer.context["form"].errors["to"][0]


def test_a_failing_gift_says_so_kindly_and_leads_to_another_card(nurse_appeal, as_donor):
    failing = payments.failing_gift(nurse_appeal)
    page = page_of(as_donor(failing.donor), failing)
    assert "A payment did not go through" in page
    assert f"/giving/regular/{failing.reference}/card/" in page


def test_what_can_be_done_is_offered_once_each_and_the_end_of_it_last(browser, gift):
    page = browser.get(f"/giving/regular/{gift.reference}/").content.decode()
    offered = re.findall(rf'href="/giving/regular/{gift.reference}/(\w+)/"', page)
    assert offered == ["amount", "day", "pause", "skip", "card", "end"]


def test_the_list_has_those_that_live_and_those_that_have_ended(nurse_appeal, as_donor):
    ended = payments.regular_gift(nurse_appeal, status="canceled", ended_at=timezone.now(), next_at=None)
    browser = as_donor(ended.donor)
    assert f"/giving/regular/{ended.reference}/" in browser.get("/giving/regular/").content.decode()
    assert "begin again" in page_of(browser, ended)
