"""A Direct Debit given once: on its way for days, and then ours, or not."""

import pytest
from django.core import mail

from donations.ledger.models import Entry
from donations.models import Donation, Payment
from donations.models.donation import Method
from donations.models.payment import PaymentState
from donations.models.pledge import PledgeState
from tests.donations.lives.life import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_its_way(life):
    """£30 by Direct Debit, set up and not settled."""
    return life.gives("30", card="bacs")


def test_a_debit_on_its_way_is_no_gift_yet_and_one_letter_says_so(life, on_its_way, nurse_appeal):
    assert on_its_way.state == PledgeState.PROCESSING
    assert Payment.objects.get().state == PaymentState.PROCESSING
    assert not Donation.objects.exists()
    assert not Entry.objects.exists()
    assert raised(nurse_appeal.fund) == 0
    assert life.letters == ["pending"]
    assert "this letter is not one yet" in mail.outbox[0].body
    life.stands()


def test_once_it_is_settled_there_is_a_receipt_and_one_thank_you(life, on_its_way):
    life.standin.settle_bacs(life.intent(on_its_way))
    life.hears()
    donation = Donation.objects.get()
    assert (donation.pence, donation.method) == (3000, Method.BACS)
    assert life.letters == ["pending", "receipt"]
    assert [("Thank you. Your gift" in letter.body) for letter in mail.outbox] == [False, True]
    assert life.entries() == [("gift", 3000), ("fee", -30)]
    life.stands()


def test_one_that_comes_back_is_told_kindly_and_the_pledge_is_left(life, on_its_way):
    life.standin.fail_bacs(life.intent(on_its_way))
    life.hears()
    on_its_way.refresh_from_db()
    assert on_its_way.state == PledgeState.LEFT
    assert Payment.objects.get().state == PaymentState.FAILED
    assert life.entries() == []
    assert life.letters == ["pending", "failed"]
    assert "Nothing was taken" in mail.outbox[1].body
    assert "insufficient" not in mail.outbox[1].body, "why is between the donor and her bank"
    life.stands()


def test_the_page_that_thanks_says_that_it_is_on_its_way(life, client):
    pledge = life.asks("30")
    life.standin.pay(pledge.checkout_session, card="bacs")
    answer = client.get(f"/donate/thanks/{pledge.reference}/", {"session": pledge.checkout_session})
    assert "on its way" in answer.content.decode()


def test_a_regular_one_says_so_too(life, client):
    pledge = life.asks("30", every="month")
    life.standin.pay(pledge.checkout_session, card="bacs")
    answer = client.get(f"/donate/thanks/{pledge.reference}/", {"session": pledge.checkout_session})
    assert "on its way" in answer.content.decode()
