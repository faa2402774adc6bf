"""The balance, and what leaves it for the charity's bank: explained line by line, and sometimes coming back."""

import pytest
import stripe

from stripe_standin import balance
from stripe_standin.payouts import NothingToPayOut
from tests.stripe_standin.conftest import a_paid_gift, kinds_of

FOUR_DAYS = 4 * 86_400


def held(client):
    """What is available and what is pending, in pence."""
    found = client.v1.balance.retrieve()
    return found.available[0].amount, found.pending[0].amount


def explained(client, payout):
    """The lines of a payout without its own, oldest first, read page by page."""
    pages = client.v1.balance_transactions.list({"payout": payout["id"], "limit": 100})
    return [line for line in pages.auto_paging_iter() if line.source != payout["id"] or line.type != "payout"][::-1]


def test_money_is_pending_for_some_days_and_then_available(standin, client):
    assert held(client) == (0, 0)
    gift = a_paid_gift(standin)
    assert held(client) == (0, 2442)
    standin.move_clock(FOUR_DAYS)
    assert held(client) == (2442, 0)
    line = client.v1.balance_transactions.list({"source": gift["latest_charge"]}).data[0]
    assert (line.status, line.net) == ("available", 2442)


def test_a_payout_is_the_sum_of_its_lines(standin, client):
    first, second = a_paid_gift(standin), a_paid_gift(standin, 10_000)
    standin.move_clock(FOUR_DAYS)
    standin.refund(first, 500)
    standin.open_dispute(second)
    a_paid_gift(standin)  # still pending, so not paid out
    third = a_paid_gift(standin, 20_000)
    standin.move_clock(FOUR_DAYS)
    payout = standin.pay_out()
    lines = explained(client, payout)
    assert sum(line.net for line in lines) == payout["amount"]
    assert [line.reporting_category for line in lines] == ["charge", "charge", "refund", "dispute", "charge", "charge"]
    assert lines[-1].source == third["latest_charge"]
    assert held(client) == (0, 0)
    own = client.v1.balance_transactions.list({"payout": payout["id"], "type": "payout"}).data
    assert [line.amount for line in own] == [-payout["amount"]]


def test_a_payout_says_what_becomes_of_it(standin, client):
    a_paid_gift(standin)
    standin.move_clock(FOUR_DAYS)
    payout = standin.pay_out()
    assert (payout["automatic"], payout["status"]) == (True, "in_transit")
    standin.payout_arrives(payout)
    assert kinds_of(standin, "payout.") == [
        "payout.created",
        "payout.updated",
        "payout.reconciliation_completed",
        "payout.paid",
    ]
    created = standin.events_of("payout.created")[0]["data"]["object"]
    assert (created["status"], created["reconciliation_status"]) == ("pending", "in_progress")
    paid = client.v1.payouts.retrieve(payout["id"])
    assert (paid.status, paid.reconciliation_status, paid.trace_id.status) == ("paid", "completed", "supported")


def test_a_payout_arrives_by_the_clock(standin, client):
    a_paid_gift(standin)
    standin.move_clock(FOUR_DAYS)
    payout = standin.pay_out()
    standin.move_clock(FOUR_DAYS)
    assert client.v1.payouts.retrieve(payout["id"]).status == "paid"


def test_a_payout_that_was_paid_comes_back_and_the_next_takes_it_along(standin, client):
    a_paid_gift(standin)
    standin.move_clock(FOUR_DAYS)
    failed = standin.fail_payout(standin.payout_arrives(standin.pay_out()))
    assert (failed["status"], failed["failure_code"]) == ("failed", "account_closed")
    line = client.v1.balance_transactions.retrieve(failed["failure_balance_transaction"])
    assert (line.reporting_category, line.type, line.net) == ("payout_reversal", "payout_failure", 2442)
    again = standin.pay_out()
    assert (again["amount"], [line.type for line in explained(client, again)]) == (2442, ["payout_failure"])
    assert [payout.id for payout in client.v1.payouts.list({"status": "failed"}).data] == [failed["id"]]


def test_nothing_is_not_paid_out(standin):
    a_paid_gift(standin)
    with pytest.raises(NothingToPayOut):
        standin.pay_out()


def test_a_payout_by_hand_has_no_lines_to_list(standin, client):
    a_paid_gift(standin)
    with pytest.raises(stripe.InvalidRequestError) as no:
        client.v1.payouts.create({"amount": 2442, "currency": "gbp"})
    assert no.value.code == "balance_insufficient"
    standin.move_clock(FOUR_DAYS)
    payout = client.v1.payouts.create({"amount": 2000, "currency": "gbp", "metadata": {"why": "rent"}})
    assert (payout.automatic, payout.status, payout.reconciliation_status) == (False, "pending", "not_applicable")
    assert client.v1.balance_transactions.list({"payout": payout.id}).data == []
    assert held(client) == (442, 0)
    assert client.v1.payouts.update(payout.id, {"metadata": {"why": ""}}).metadata.to_dict() == {}


def test_a_payout_is_stopped_before_it_leaves_and_not_after(standin, client):
    a_paid_gift(standin)
    standin.move_clock(FOUR_DAYS)
    payout = client.v1.payouts.create({"amount": 2000, "currency": "gbp"})
    assert client.v1.payouts.cancel(payout.id).status == "canceled"
    assert held(client) == (2442, 0)
    second = client.v1.payouts.create({"amount": 2000, "currency": "gbp"})
    standin.move_clock(86_401)
    with pytest.raises(stripe.InvalidRequestError, match="in_transit"):
        client.v1.payouts.cancel(second.id)


def test_payouts_are_made_each_day_where_that_is_set(standin, client):
    standin.pay_out_daily()
    a_paid_gift(standin)
    standin.move_clock(FOUR_DAYS)
    a_paid_gift(standin)
    standin.move_clock(FOUR_DAYS)
    assert [payout.amount for payout in client.v1.payouts.list().data] == [2442, 2442]
    standin.pay_out_daily(daily=False)
    a_paid_gift(standin)
    standin.move_clock(FOUR_DAYS)
    assert len(client.v1.payouts.list().data) == 2


def test_a_large_payout_is_read_over_several_pages(standin, client):
    with standin.account.store.transaction():
        for number in range(250):
            balance.make_line(
                standin.account,
                category="charge",
                type="charge",
                amount=1000 + number,
                fee=35,
                source=None,
                currency="gbp",
                description=None,
            )
    standin.move_clock(FOUR_DAYS)
    payout = standin.pay_out()
    lines = explained(client, payout)
    assert len(lines) == 250
    assert sum(line.net for line in lines) == payout["amount"]
    everything = client.v1.balance_transactions.list({"payout": payout["id"], "limit": 100}).data
    back = client.v1.balance_transactions.list({"payout": payout["id"], "limit": 100, "ending_before": lines[0].id})
    assert len(list(back.auto_paging_iter())) == 250
    assert everything[0].type == "payout"


def test_lines_are_found_by_time_type_and_currency(standin, client):
    first = a_paid_gift(standin)
    standin.move_clock(1000)
    standin.refund(a_paid_gift(standin))
    lines = client.v1.balance_transactions
    now = standin.account.now()
    assert len(lines.list({"created": {"gte": now - 500}}).data) == 2
    assert [line.source for line in lines.list({"created": {"lt": now - 500}}).data] == [first["latest_charge"]]
    assert [line.type for line in lines.list({"type": "refund", "currency": "gbp"}).data] == ["refund"]
    assert lines.list({"currency": "eur"}).data == []
    with pytest.raises(stripe.InvalidRequestError, match="No such payout"):
        lines.list({"payout": "po_nowhere"})
