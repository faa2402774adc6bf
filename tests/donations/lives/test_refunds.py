"""Money given back: asked for here by one person or two, or in Stripe's dashboard; some of it comes back again."""

import pytest
from django.db import IntegrityError, transaction

from donations.actions import refunding
from donations.exceptions import AlreadyDecided, RefundIsTooLarge, SecondPersonIsNeeded
from donations.ledger.money import Money
from donations.models import Donation, Refund
from donations.models.refund import RefundState
from tests.donations.lives.life import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def donation(life) -> Donation:
    """£50 by card."""
    return life.gives("50").donation


def asked(donation: Donation, pence: int, by, because: str = "Given twice by mistake") -> Refund:
    """Somebody asks for a refund."""
    return refunding.ask(donation=donation, amount=Money(pence), because=because, by=by)


def test_a_whole_refund_up_to_the_limit_needs_one_person_and_is_sent_at_once(life, donation, people, nurse_appeal):
    refund = asked(donation, 5000, people.finance_officer)
    life.works()
    life.hears()
    refund.refresh_from_db()
    assert (refund.state, refund.needs_two) == (RefundState.SUCCEEDED, False)
    assert life.entries() == [("gift", 5000), ("fee", -95), ("refund", -5000)]
    assert raised(nurse_appeal.fund) == 0
    assert refunding.refundable(donation) == Money(0)
    assert life.letters == ["receipt", "refunded"]
    life.stands()


def test_two_partial_refunds_each_post_their_own_amount(life, donation, people):
    for pence in (1000, 1500):
        asked(donation, pence, people.finance_officer)
        life.works()
    life.hears()
    assert life.entries()[2:] == [("refund", -1000), ("refund", -1500)]
    assert refunding.refundable(donation) == Money(2500)
    assert life.letters == ["receipt", "refunded", "refunded"]
    life.stands()


def test_more_than_is_left_is_refused(life, donation, people):
    asked(donation, 4000, people.finance_officer)
    with pytest.raises(RefundIsTooLarge, match=r"£10\.00"):
        asked(donation, 1001, people.finance_officer)
    with pytest.raises(RefundIsTooLarge):
        asked(donation, 0, people.finance_officer)
    assert Refund.objects.count() == 1


def test_above_the_limit_a_second_person_decides_and_nobody_approves_their_own(life, people, settings):
    donation = life.gives("250").donation
    refund = asked(donation, settings.REFUND_NEEDS_TWO_ABOVE_PENCE + 1, people.finance_officer)
    life.works()
    assert refund.state == RefundState.ASKED
    assert not life.standin.account.store.every("refund")
    with pytest.raises(SecondPersonIsNeeded):
        refunding.approve(refund=refund, by=people.finance_officer)
    refunding.approve(refund=refund, by=people.treasurer)
    life.works()
    life.hears()
    refund.refresh_from_db()
    assert (refund.state, refund.decided_by) == (RefundState.SUCCEEDED, people.treasurer)
    with pytest.raises(AlreadyDecided):
        refunding.refuse(refund=refund, by=people.treasurer)
    life.stands()


def test_a_refund_that_was_not_approved_goes_nowhere(life, people):
    donation = life.gives("250").donation
    refund = asked(donation, 25_000, people.finance_officer)
    refunding.refuse(refund=refund, by=people.treasurer)
    life.works()
    assert life.entries() == [("gift", 25_000), ("fee", -395)]
    assert refunding.refundable(donation) == Money(25_000), "what was refused may be asked for again"
    life.stands()


def test_the_database_too_wants_a_second_person(life, people):
    donation = life.gives("250").donation
    refund = asked(donation, 25_000, people.finance_officer)
    with pytest.raises(IntegrityError, match="refund_is_decided_by_a_second_person"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(decided_by=people.finance_officer)
    with pytest.raises(IntegrityError, match="large_refund_is_approved_by_somebody"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(state=RefundState.APPROVED)


def test_one_made_in_stripes_dashboard_is_found_in_the_books(life, donation):
    life.standin.refund(life.intent(donation.pledge), 2000)
    life.hears()
    refund = Refund.objects.get()
    assert (refund.pence, refund.asked_by, refund.because) == (2000, None, "Made in Stripe’s dashboard.")
    assert life.entries()[2:] == [("refund", -2000)]
    assert life.letters == ["receipt", "refunded"]
    life.stands()


def test_one_that_fails_after_it_was_made_is_turned(life, donation, people, nurse_appeal):
    refund = asked(donation, 5000, people.finance_officer)
    life.works()
    life.hears()
    refund.refresh_from_db()
    life.standin.fail_refund(refund.refund)
    life.hears()
    refund.refresh_from_db()
    assert (refund.state, refund.failure) == (RefundState.FAILED, "lost_or_stolen_card")
    assert refund.turned.reverses == refund.entry
    assert raised(nurse_appeal.fund) == 5000
    assert refunding.refundable(donation) == Money(5000)
    life.stands()


def test_one_that_had_failed_before_we_heard_of_it_is_in_the_books_both_ways(life, donation):
    life.standin.refund(life.intent(donation.pledge), 2000, fails=True)
    life.hears()
    assert life.entries()[2:] == [("refund", -2000), ("refund", 2000)]
    assert life.letters == ["receipt"], "nothing was given back"
    life.stands()


def test_two_partial_ones_from_outside_of_which_one_fails_leave_the_net_right(life, donation, nurse_appeal):
    life.standin.refund(life.intent(donation.pledge), 1000)
    life.standin.fail_refund(life.standin.refund(life.intent(donation.pledge), 1500))
    life.hears()
    assert raised(nurse_appeal.fund) == 4000
    life.stands()


def test_a_debit_goes_back_slowly_and_is_in_the_books_from_the_first_day(life, people):
    pledge = life.gives("30", card="bacs")
    life.standin.settle_bacs(life.intent(pledge))
    life.hears()
    pledge.refresh_from_db()
    refund = asked(pledge.donation, 3000, people.finance_officer)
    life.works()
    refund.refresh_from_db()
    assert refund.state == RefundState.PENDING
    life.stands()
    life.standin.move_clock(4 * 86_400)
    life.hears()
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert life.letters == ["pending", "receipt", "refunded"]
    life.stands()


def test_the_answer_that_was_lost_is_no_second_refund(life, donation, people):
    refund = asked(donation, 5000, people.finance_officer)
    life.standin.trouble(after=True, final=True)
    with pytest.raises(Exception, match="req"):
        refunding.send(refund_id=refund.pk, by=people.finance_officer)
    life.works()
    life.hears()
    assert len(life.standin.account.store.every("refund")) == 1
    assert Refund.objects.count() == 1
    life.stands()


def test_a_cheque_cannot_be_refunded_through_stripe(life, people):
    from datetime import date
    from uuid import uuid4

    from donations.actions import recording
    from donations.ledger.models import Fund
    from donations.models.donation import Method

    cheque = recording.record_by_hand(
        amount=Money(1000),
        fund=Fund.objects.get(code="GENERAL"),
        method=Method.CHEQUE,
        received_on=date(2026, 1, 5),
        token=uuid4(),
        by=people.finance_officer,
    )
    with pytest.raises(RefundIsTooLarge):
        asked(cheque, 100, people.finance_officer)
