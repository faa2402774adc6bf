"""What Stripe holds for us: the balance, its lines, and the payouts that empty it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import stripe
from stripe.params import BalanceTransactionListParams, PayoutListParams

from donations.gateway.asking import ask, client, every, id_of, moment
from donations.gateway.values import Balance, BalanceLine, Payout

PAGE = 100  # Stripe's largest


def fetch_balance() -> Balance:
    """What Stripe holds for us now, in sterling. Raises PaymentsUnavailable, GatewayMisused."""
    found = ask(lambda: client().v1.balance.retrieve())
    return Balance(
        available_pence=sum(part.amount for part in found.available if part.currency == "gbp"),
        pending_pence=sum(part.amount for part in found.pending if part.currency == "gbp"),
        livemode=found.livemode,
    )


def lines_since(since: datetime) -> Iterator[BalanceLine]:
    """Every line of the balance since a moment, newest first, however many pages. Raises PaymentsUnavailable."""
    yield from _lines({"created": {"gte": int(since.timestamp())}, "limit": PAGE})


def lines_of_payout(payout: str) -> Iterator[BalanceLine]:
    """The lines that an automatic payout is made of, its own among them. Raises PaymentsUnavailable, GatewayMisused."""
    yield from _lines({"payout": payout, "limit": PAGE})


def fetch_line(line: str) -> BalanceLine:
    """One line. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    return read_line(ask(lambda: client().v1.balance_transactions.retrieve(line)))


def fetch_payout(payout: str) -> Payout:
    """A payout as it is now. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    return _read(ask(lambda: client().v1.payouts.retrieve(payout)))


def payouts_since(since: datetime) -> Iterator[Payout]:
    """Every payout made since a moment, newest first. Raises PaymentsUnavailable, GatewayMisused."""
    params: PayoutListParams = {"created": {"gte": int(since.timestamp())}, "limit": PAGE}
    yield from map(_read, every(lambda asked: client().v1.payouts.list(asked).auto_paging_iter(), params))


def line_or_none(found: "stripe.BalanceTransaction | str | None") -> BalanceLine | None:
    """A line that was expanded; None where there is none yet."""
    return read_line(found) if isinstance(found, stripe.BalanceTransaction) else None


def read_line(found: stripe.BalanceTransaction) -> BalanceLine:
    """One line in our own words."""
    return BalanceLine(
        line=found.id,
        category=found.reporting_category,
        pence=found.amount,
        fee_pence=found.fee,
        net_pence=found.net,
        currency=found.currency,
        source=id_of(found.source) or "",
        created=moment(found.created),
    )


def _lines(params: BalanceTransactionListParams) -> Iterator[BalanceLine]:
    listing = every(lambda asked: client().v1.balance_transactions.list(asked).auto_paging_iter(), params)
    yield from map(read_line, listing)


def _read(found: stripe.Payout) -> Payout:
    trace = found.trace_id
    return Payout(
        payout=found.id,
        pence=found.amount,
        currency=found.currency,
        status=found.status,
        automatic=found.automatic,
        reconciled=found.reconciliation_status == "completed",
        arrives_on=datetime.fromtimestamp(found.arrival_date, UTC).date(),
        created=moment(found.created),
        trace=(trace.value or "") if trace else "",
        failure=found.failure_code or "",
        line=id_of(found.balance_transaction),
        failure_line=id_of(found.failure_balance_transaction),
    )
