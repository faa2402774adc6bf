"""A gift given once: by card, by wallet, past the donor's bank, and with a fee that is known late."""

import pytest

from donations.models import Donation, Payment
from donations.models.donation import Method
from donations.models.payment import PaymentState
from donations.models.pledge import PledgeState
from tests.donations.lives.life import raised

pytestmark = pytest.mark.django_db


def test_a_card_gift_is_one_donation_with_its_fee_in_the_general_fund(life, nurse_appeal, general):
    life.gives("25")
    assert life.entries() == [("gift", 2500), ("fee", -58)]
    assert raised(nurse_appeal.fund) == 2500
    assert Donation.objects.get().method == Method.CARD
    assert life.letters == ["receipt"]
    life.stands()


def test_a_fee_that_stripe_knows_later_is_posted_when_charge_updated_tells_it(life):
    life.standin.fees_after(60)
    life.gives("25")
    assert life.entries() == [("gift", 2500)]
    assert Payment.objects.get().fee_pence is None
    life.standin.move_clock(61)
    assert [event["type"] for event in life.news()] == ["charge.updated"]
    life.hears()
    assert life.entries() == [("gift", 2500), ("fee", -58)]
    assert Payment.objects.get().fee_pence == 58
    life.stands()


def test_an_appeal_may_bear_its_fees_itself(life, nurse_appeal):
    nurse_appeal.fees_from = nurse_appeal.fund
    nurse_appeal.save()
    life.gives("25")
    fee = Donation.objects.get().payment.payment_intent
    assert _fund_of(f"fee:{fee}") == nurse_appeal.fund
    life.stands()


def test_fees_go_to_the_general_fund_where_the_appeal_does_not_say(life, general):
    life.gives("25")
    assert _fund_of(f"fee:{Donation.objects.get().payment.payment_intent}") == general


def _fund_of(key):
    from donations.ledger.models import Entry

    return Entry.objects.get(source_key=key).lines.first().fund


@pytest.mark.parametrize("wallet", ["wallet", "google_pay"])
def test_a_wallet_is_a_card_that_needed_no_typing(life, wallet):
    life.gives("12.50", card=wallet)
    assert Donation.objects.get().method == Method.CARD
    assert life.entries() == [("gift", 1250), ("fee", -39)]
    assert life.letters == ["receipt"]
    life.stands()


def test_a_donor_who_confirms_to_her_bank_gives_once(life):
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session, card="3ds")
    life.hears()
    assert not Donation.objects.exists()
    question = life.standin.session(pledge.checkout_session)["payment_intent"]
    life.standin.answer_bank(question, passes=True)
    life.hears()
    assert Donation.objects.get().pence == 2500
    assert life.letters == ["receipt"]
    life.stands()


def test_a_donor_whose_bank_does_not_know_her_is_charged_nothing_and_may_try_again(life):
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session, card="3ds_fail")
    life.hears()
    assert Payment.objects.get().state == PaymentState.CREATED, "a failed try is not a failed gift"
    assert not Donation.objects.exists()
    assert life.letters == [], "she was told on the page"
    life.standin.pay(pledge.checkout_session, card="3ds_pass")
    life.hears()
    assert Payment.objects.get().state == PaymentState.SUCCEEDED
    assert life.letters == ["receipt"]
    life.stands()


def test_a_donor_who_leaves_has_given_nothing(life):
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session, card="declined")
    life.standin.expire(pledge.checkout_session)
    life.hears()
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.LEFT
    assert life.entries() == []
    assert life.letters == []
    life.stands()
