"""A renewal that fails is not the end: one letter with a way to mend it, Stripe tries again, and it goes on."""

import re

import pytest
from django.core import mail

from donations.models import Donation, Letter, Payment, RegularGift
from donations.models.payment import PaymentState
from donations.models.regular_gift import Ender, RegularState

pytestmark = pytest.mark.django_db


@pytest.fixture
def failing(life) -> RegularGift:
    """A monthly gift of £10 whose second payment was declined."""
    gift = life.begins("10")
    life.standin.fail_next_renewals(gift.subscription, times=9)
    life.standin.renew(gift.subscription)
    life.hears()
    gift.refresh_from_db()
    return gift


def mend_link(number: int = -1) -> str:
    """The link by which a letter offers to choose another card, without its host."""
    return re.search(r"http://testserver(/donate/mend/\S+/)", mail.outbox[number].body)[1]


def test_one_letter_tells_of_it_with_a_way_to_mend_it_and_the_gift_is_failing(life, failing):
    assert failing.state == RegularState.FAILING
    assert (failing.failures, failing.next_try_at is not None) == (1, True)
    assert life.letters == ["receipt", "failed"]
    assert "We will try again on" in mail.outbox[1].body
    assert mend_link()
    assert Donation.objects.count() == 1
    life.stands()


def test_later_tries_that_fail_write_no_further_letter(life, failing):
    life.standin.retry(failing.subscription)
    life.hears()
    failing.refresh_from_db()
    assert failing.failures == 2
    assert life.letters == ["receipt", "failed"]


def test_a_try_that_succeeds_is_one_gift_and_all_is_well_again(life, failing):
    life.standin.fail_next_renewals(failing.subscription, times=0)
    life.standin.retry(failing.subscription)
    life.hears()
    failing.refresh_from_db()
    assert failing.state == RegularState.ACTIVE
    assert (failing.failures, failing.next_try_at) == (0, None)
    assert life.entries() == [("gift", 1000), ("fee", -35)] * 2
    assert life.letters == ["receipt", "failed", "receipt"]
    life.stands()


def test_stripe_tries_on_days_1_3_7_and_13_and_then_ends_it(life, failing):
    for _ in range(4):
        life.standin.retry(failing.subscription)
        life.hears()
    failing.refresh_from_db()
    assert (failing.state, failing.ended_by) == (RegularState.ENDED, Ender.STRIPE)
    assert failing.ended_because == "The last try to take the payment failed."
    assert failing.ended_at is not None
    assert (failing.next_on, failing.next_try_at) == (None, None)
    assert life.letters == ["receipt", "failed", "ended"]
    assert Donation.objects.count() == 1
    life.stands()


def test_a_donor_names_another_card_by_the_link_and_the_next_try_pays(life, failing, client):
    link = mend_link()
    page = client.get(link)
    assert page.status_code == 200
    assert not failing.changes.exists(), "mail programs open links too"
    stripes_page = client.post(link)["Location"]
    session = next(each for each in life.standin.sessions if each["url"] == stripes_page)
    life.standin.set_up(session["id"])
    life.hears()
    done = client.get(link, {"card": session["id"]})
    assert "that is done" in done.content.decode()
    change = failing.changes.get()
    assert (change.kind, change.asked_by) == ("card", Ender.DONOR)
    assert change.done_at is not None
    life.standin.retry(failing.subscription)
    life.hears()
    failing.refresh_from_db()
    assert failing.state == RegularState.ACTIVE
    assert Donation.objects.count() == 2
    assert life.letters == ["receipt", "failed", "changed", "receipt"]
    life.stands()


def test_the_card_is_changed_too_when_only_the_browser_comes_back(life, failing, client):
    link = mend_link()
    client.post(link)
    session = life.standin.sessions[-1]
    life.standin.set_up(session["id"])
    client.get(link, {"card": session["id"]})
    life.works()
    assert failing.changes.get().done_at is not None
    life.hears()
    assert Letter.objects.filter(kind="changed").count() == 1


def test_a_forged_link_and_that_of_a_gift_that_has_ended_open_nothing(life, failing, client):
    link = mend_link()
    assert client.get(link[:-2] + "x/").status_code == 410
    life.standin.end_subscription(failing.subscription)
    life.hears()
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410


def test_a_debit_that_comes_back_in_the_third_month_is_told_once_and_tried_again(life):
    gift = life.begins("10", card="bacs")
    life.standin.settle_bacs(life.intent(gift.pledge))
    life.hears()
    life.standin.renew(gift.subscription)
    life.hears()
    latest = Payment.objects.latest("pk")
    life.standin.fail_bacs(latest.payment_intent)
    life.hears()
    latest.refresh_from_db()
    gift.refresh_from_db()
    assert (latest.state, gift.state) == (PaymentState.FAILED, RegularState.FAILING)
    assert life.letters == ["pending", "receipt", "failed"]
    life.standin.retry(gift.subscription)
    life.hears()
    life.standin.settle_bacs(latest.payment_intent)
    life.hears()
    latest.refresh_from_db()
    gift.refresh_from_db()
    assert (latest.state, gift.state) == (PaymentState.SUCCEEDED, RegularState.ACTIVE)
    assert life.letters == ["pending", "receipt", "failed", "receipt"]
    life.stands()


def test_a_bank_that_wants_to_hear_from_the_donor_is_told_once_and_the_gift_comes(life):
    gift = life.begins("10")
    life.standin.ask_at_next_renewals(gift.subscription)
    life.standin.renew(gift.subscription)
    life.hears()
    assert life.letters == ["receipt", "failed"]
    asked = Payment.objects.latest("pk")
    assert asked.state == PaymentState.REQUIRES_ACTION
    life.standin.answer_bank(asked.payment_intent, passes=True)
    life.hears()
    assert life.letters == ["receipt", "failed", "receipt"]
    life.stands()
