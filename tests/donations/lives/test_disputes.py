"""A donor's bank wants the money back: it moves when Stripe moves it, in each of the ten states, with the fee."""

import pytest

from donations.actions import refunding
from donations.ledger import balances, posting
from donations.ledger.models import Entry
from donations.ledger.money import Money
from donations.models import Dispute, Donation
from stripe_standin.disputes import ENDS, STATUSES
from tests.donations.lives.life import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def donation(life) -> Donation:
    """£40 by card."""
    return life.gives("40").donation


def test_all_ten_statuses_are_told_of_here():
    assert len(STATUSES) == 10


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_is_kept_and_the_money_is_where_stripe_has_it(life, donation, nurse_appeal, status):
    life.standin.open_dispute(life.intent(donation.pledge), status)
    life.hears()
    dispute = Dispute.objects.get()
    assert dispute.status == status
    assert (dispute.closed_at is not None) == (status in ENDS)
    gone = STATUSES[status] == "gone"
    assert raised(nurse_appeal.fund) == (0 if gone else 4000)
    assert dispute.movements.count() == (1 if gone else 0)
    life.stands()


def test_the_fee_goes_to_the_general_fund_and_a_win_brings_the_money_back(life, donation, nurse_appeal, general):
    dispute = life.standin.open_dispute(life.intent(donation.pledge))
    life.hears()
    assert life.entries()[2:] == [("dispute", -4000), ("fee", -2000)]
    assert Entry.objects.latest("pk").lines.first().fund == general
    assert refunding.refundable(donation) == Money(0)
    life.standin.win_dispute(dispute)
    life.hears()
    assert life.entries()[4:] == [("dispute", 4000)]
    assert raised(nurse_appeal.fund) == 4000
    assert Dispute.objects.get().closed_at is not None
    life.stands()


def test_a_lost_one_moves_nothing_more(life, donation):
    dispute = life.standin.open_dispute(life.intent(donation.pledge))
    life.standin.lose_dispute(dispute)
    life.hears()
    assert life.entries()[2:] == [("dispute", -4000), ("fee", -2000)]
    life.stands()


def test_lost_appealed_and_won_moves_each_time_that_stripe_moves(life, donation, nurse_appeal):
    dispute = life.standin.open_dispute(life.intent(donation.pledge))
    for status in ("under_review", "won", "appeal_needs_response", "appeal_under_review", "won"):
        life.standin.move_dispute(dispute, status)
        life.hears()
    assert Dispute.objects.get().movements.count() == 4
    assert raised(nurse_appeal.fund) == 4000
    life.stands()


def test_news_out_of_order_ends_the_same(life, donation):
    dispute = life.standin.open_dispute(life.intent(donation.pledge))
    life.standin.win_dispute(dispute)
    life.hears_in_disorder(seed=7)
    assert Dispute.objects.get().status == "won"
    assert sorted(life.entries()[2:]) == [("dispute", -4000), ("dispute", 4000), ("fee", -2000)]
    life.stands()


def test_a_fact_is_never_refused_and_the_shortfall_is_shown(life, donation, nurse_appeal, people):
    fund = nurse_appeal.fund
    posting.reserve(
        "A-1",
        shares=[posting.Share(fund, Money(4000))],
        purpose=nurse_appeal.purpose,
        key="reserve:A-1",
        by=people.finance_officer,
    )
    life.standin.open_dispute(life.intent(donation.pledge))
    life.hears()
    assert balances.of_fund(fund).shortfall == Money(4000)
    life.stands()


def test_a_disputed_renewal_finds_its_way_back_to_its_donation(life):
    gift = life.begins("10")
    life.standin.renew(gift.subscription)
    latest = life.standin.account.store.every("payment_intent")[0]["id"]
    life.standin.open_dispute(latest)
    life.hears(life.news()[::-1])  # the dispute is heard of before the renewal
    assert Dispute.objects.get().donation.regular_gift == gift
    life.stands()


def test_part_of_a_gift_may_be_disputed(life, donation, nurse_appeal):
    life.standin.open_dispute(life.intent(donation.pledge), pence=1500)
    life.hears()
    assert raised(nurse_appeal.fund) == 2500
    assert refunding.refundable(donation) == Money(2500)
    life.stands()
