"""What Stripe charges: its fees as entries, so that gross, fee and net can all be read."""

from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit.briefly import briefly
from donations import gateway
from donations.actions import dating, paying_out
from donations.ledger import posting
from donations.ledger.models import Fund, FundClass
from donations.ledger.money import Money
from donations.models import Donation, Payment


def record_fee(*, payment: Payment, by: User) -> None:
    """Post what Stripe kept of a payment, once it is known, to the general fund unless the appeal says otherwise.

    A transaction of its own, so that no writer ever holds two funds in the wrong order. Raises LedgerError.
    """
    if not payment.fee_pence:
        return
    donation = getattr(payment, "donation", None)
    if donation is None:
        return
    posting.charge_fee(
        Money(payment.fee_pence),
        fund=bears_the_fees_of(donation),
        key=f"fee:{payment.payment_intent}",
        by=by,
        on=dating.day_in_the_books(payment.succeeded_at or timezone.now()),
    )


def record_fee_of_line(*, line: gateway.BalanceLine, fund: Fund, by: User) -> None:
    """Post the fee of one line of Stripe's balance, or what was given back of one. Raises LedgerError."""
    day, key = dating.day_in_the_books(line.created), f"fee:{line.line}"
    if line.fee_pence:
        paying_out.keep_lines([line], ours=True)
    if line.fee_pence > 0:
        posting.charge_fee(Money(line.fee_pence), fund=fund, key=key, by=by, on=day)
    elif line.fee_pence < 0:
        posting.return_fee(Money(-line.fee_pence), fund=fund, key=key, by=by, on=day)


def bears_the_fees_of(donation: Donation) -> Fund:
    """The fund that Stripe's fees on a donation are charged to: the appeal's choice, or the general fund."""
    chosen = donation.appeal.fees_from if donation.appeal else None
    return chosen or general_fund() or donation.fund


@briefly
def general_fund() -> Fund | None:
    """The charity's general fund, as it was at most a moment ago: its first unrestricted one."""
    return Fund.objects.filter(fund_class=FundClass.UNRESTRICTED).order_by("pk").first()
