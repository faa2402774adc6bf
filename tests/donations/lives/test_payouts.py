"""What leaves for the bank: each payout is explained line by line, and takes from each fund its own part."""

import pytest

from donations.actions import following
from donations.exceptions import PaymentsUnavailable
from donations.ledger import balances
from donations.ledger.posting import Via
from donations.models import BalanceLine, Payout, StripeEvent
from donations.models.payout import PayoutState

pytestmark = pytest.mark.django_db
DAYS = 86_400


def paid_out(life, *, arrives: bool = True) -> Payout:
    """Four days later all that there is leaves, and we hear of it."""
    life.standin.move_clock(4 * DAYS)
    sent = life.standin.pay_out()
    if arrives:
        life.standin.payout_arrives(sent)
    life.hears()
    return Payout.objects.get(payout=sent["id"])


def at_the_bank() -> dict[str, int]:
    """What stands at the bank, in pence by fund."""
    return {fund.code: pence for fund, pence in balances.held_on(Via.BANK).items() if pence}


def test_a_payout_takes_from_each_fund_its_own_part_and_fees_from_the_one_that_bears_them(life):
    life.gives("25")
    life.gives("40", name="Ben Limpet")
    payout = paid_out(life)
    assert (payout.pence, payout.state, payout.unexplained_pence) == (6500 - 58 - 80, PayoutState.PAID, 0)
    assert payout.trace
    assert payout.lines.count() == 2
    assert at_the_bank() == {"NURSE": 6500, "GENERAL": -138}
    assert not any(balances.held_on(Via.STRIPE).values())
    life.stands()


def test_refunds_and_disputes_are_among_the_lines(life):
    first = life.gives("25")
    second = life.gives("40", name="Ben Limpet")
    life.gives("100", name="Cora Whelk")
    life.standin.refund(life.intent(first), 1000)
    life.standin.open_dispute(life.intent(second))
    payout = paid_out(life)
    assert {line.category for line in payout.lines.all()} == {"charge", "refund", "dispute"}
    assert payout.unexplained_pence == 0
    assert sum(at_the_bank().values()) == payout.pence
    life.stands()


def test_a_payout_of_gifts_that_we_never_heard_of_makes_them_known_first(life):
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session)
    life.loses_what_is_new()
    payout = paid_out(life)
    assert payout.unexplained_pence == 0
    assert life.letters == ["receipt"]
    life.stands()


def test_one_that_failed_is_turned_and_its_retry_takes_the_money_along(life):
    life.gives("25")
    first = paid_out(life)
    life.standin.fail_payout(first.payout)
    life.hears()
    first.refresh_from_db()
    assert (first.state, first.failure) == (PayoutState.FAILED, "account_closed")
    assert first.turned.reverses == first.entry
    assert at_the_bank() == {}
    life.stands()
    second = paid_out(life)
    assert (second.pence, second.unexplained_pence) == (first.pence, 0)
    assert at_the_bank() == {"NURSE": 2500, "GENERAL": -58}
    life.stands()


def test_one_that_had_failed_before_we_heard_of_it_is_in_the_books_both_ways(life):
    life.gives("25")
    life.standin.move_clock(4 * DAYS)
    sent = life.standin.pay_out()
    life.standin.fail_payout(sent)
    life.hears()
    payout = Payout.objects.get()
    assert payout.entry is not None
    assert payout.turned is not None
    life.stands()
    assert paid_out(life).unexplained_pence == 0
    life.stands()


def test_paid_is_heard_after_failed_and_changes_nothing(life):
    life.gives("25")
    life.standin.move_clock(4 * DAYS)
    sent = life.standin.pay_out()
    life.standin.payout_arrives(sent)
    life.standin.fail_payout(sent)
    life.hears(life.news()[::-1])
    assert Payout.objects.get().state == PayoutState.FAILED
    life.stands()


def test_one_failure_of_stripes_leaves_the_event_waiting_and_then_the_payout_is_explained(life):
    life.gives("25")
    life.standin.move_clock(4 * DAYS)
    life.standin.pay_out()
    event = next(each for each in life.news() if each["type"] == "payout.reconciliation_completed")
    life.brings([event])
    with life.standin.away(), pytest.raises(PaymentsUnavailable):
        life.works()
    assert StripeEvent.objects.get(event_id=event["id"]).handled_at is None
    life.works()
    assert Payout.objects.get().unexplained_pence == 0
    life.hears()
    life.stands()


def test_a_payout_started_by_hand_is_posted_though_stripe_names_no_lines(life):
    life.gives("25")
    life.standin.move_clock(4 * DAYS)
    client = life.stripes_own_client()
    client.v1.payouts.create({"amount": 1000, "currency": "gbp"})
    life.standin.move_clock(3 * DAYS)
    life.hears()
    payout = Payout.objects.get()
    assert (payout.automatic, payout.entry is not None) == (False, True)
    assert at_the_bank() == {"NURSE": 1000}
    life.stands()


def test_a_line_that_nothing_explains_is_shown_and_nothing_is_posted_until_somebody_has_looked(life):
    life.gives("25")
    life.strange_line(-300)
    payout = paid_out(life)
    assert payout.entry is None
    assert payout.unexplained_pence == -300
    assert BalanceLine.objects.get(category="other_adjustment").payout == payout
    assert at_the_bank() == {}


def test_two_hundred_and_fifty_lines_on_three_pages_are_explained_to_the_penny(life):
    pledge = life.gives("900")
    for _ in range(248):
        life.standin.refund(life.intent(pledge), 1)
    life.loses_what_is_new()
    payout = paid_out(life)
    pages = life.standin.account.store.rows("SELECT count(*) AS lines FROM lines")[0]["lines"]
    assert pages == 250, "the payout's own among them"
    assert payout.lines.count() == 249
    assert payout.unexplained_pence == 0
    assert at_the_bank() == {"NURSE": 90_000 - 248, "GENERAL": -1370}
    life.stands()


def test_the_same_payout_followed_twice_is_posted_once(life):
    life.gives("25")
    payout = paid_out(life)
    following.payout(payout.payout)
    assert [kind for kind, _ in life.entries()] == ["gift", "fee", "payout"]
