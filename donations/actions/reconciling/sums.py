"""Three pairs of sums, each kept in two places for different reasons, that must be the same to the penny."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from donations import gateway
from donations.actions import paying_out
from donations.ledger import balances
from donations.ledger.posting import Via
from donations.models import BalanceLine, DisputeMovement, Donation, Payment, Payout, Refund


@dataclass(frozen=True)
class Sums:
    """Two sums, in pence, that must be the same."""

    what: str
    ours: str
    our_pence: int
    theirs: str
    their_pence: int

    @property
    def agree(self) -> bool:
        """Whether they are the same to the penny."""
        return self.our_pence == self.their_pence


def all_three() -> list[Sums]:
    """Each of them. Raises PaymentsUnavailable, GatewayMisused."""
    return [donations_and_payments(), funds_and_donations(), clearing_and_balance()]


def donations_and_payments() -> Sums:
    """What donors gave through Stripe, and what Stripe says that they paid."""
    paid = _pence(Payment.objects.succeeded().ours().filter(currency="gbp"))
    return Sums("donations = payments", "Donations by card and debit", _given(), "payments that succeeded", paid)


def funds_and_donations() -> Sums:
    """What the ledger says came to the funds through Stripe, and what the rows of gifts, refunds and fees come to."""
    refunded = _pence(Refund.objects.filter(entry__isnull=False, turned__isnull=True))
    disputed = _pence(DisputeMovement.objects.all())
    return Sums(
        "funds = donations less fees less refunds",
        "The funds’ money from Stripe",
        balances.moved_on(Via.STRIPE, kinds=["gift", "refund", "dispute", "fee"]),
        "donations less refunds, disputes and fees",
        _given() - refunded + disputed - _fees(),
    )


def clearing_and_balance() -> Sums:
    """The account Stripe clearing, and Stripe's balance without what is not ours and what waits to be explained."""
    waiting = _pence(Payout.objects.filter(entry__isnull=True).exclude(state__in=paying_out.GONE))
    return Sums(
        "Stripe clearing = Stripe’s balance",
        "The account Stripe clearing",
        sum(balances.held_on(Via.STRIPE).values()),
        "Stripe’s balance",
        gateway.fetch_balance().total_pence - _another_systems() + waiting,
    )


def _given() -> int:
    return _pence(Donation.objects.filter(payment__isnull=False))


def _fees() -> int:
    """What Stripe kept: of payments, of refunds and disputes, and in lines of its own."""
    of_payments = _pence(Payment.objects.filter(donation__isnull=False), "fee_pence")
    others = BalanceLine.objects.filter(ours=True, currency="gbp").exclude(category__in=["charge", *paying_out.OWN])
    return (
        of_payments
        + _pence(others.exclude(category="fee"), "fee_pence")
        - _pence(others.filter(category="fee"), "net_pence")
    )


def _another_systems() -> int:
    """What lies at Stripe and is another system's money: paid out together with ours, it is there no longer."""
    left = Q(payout__entry__isnull=False, payout__turned__isnull=True)
    return _pence(BalanceLine.objects.filter(ours=False, currency="gbp").exclude(left), "net_pence")


def _pence(rows: "QuerySet[Any]", column: str = "pence") -> int:
    found: int | None = rows.aggregate(pence=Sum(column))["pence"]
    return found or 0
