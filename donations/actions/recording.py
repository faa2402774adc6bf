"""Recording a gift that came by cheque, cash or transfer."""

from datetime import date
from uuid import UUID

from django.db import transaction

from almoner.accounts.models import User
from donations import letters
from donations.actions import declaring, receiving
from donations.ledger.models import Fund, Purpose
from donations.ledger.money import Money
from donations.models import Appeal, Declaration, Donation, Donor
from donations.models.donation import Method


@transaction.atomic
def record_by_hand(
    *,
    amount: Money,
    fund: Fund,
    method: Method,
    received_on: date,
    token: UUID,
    by: User,
    purpose: Purpose | None = None,
    appeal: Appeal | None = None,
    donor_name: str = "",
    donor_email: str = "",
    note: str = "",
    receipt: bool = False,
) -> Donation:
    """Record one gift that somebody in the office holds in their hand, and write its receipt if that is wanted.

    The token comes from the form: the same form sent twice is one gift. A donor is known by an email address;
    without one the name stays with the gift alone, because a name is no proof that two people are one.
    Raises LedgerError.
    """
    donor = receiving.find_donor(name=donor_name or donor_email, email=donor_email) if donor_email else None
    donation = receiving.record_gift(
        amount=amount,
        fund=fund,
        purpose=purpose,
        appeal=appeal,
        method=method,
        received_on=received_on,
        key=f"gift:by-hand:{token}",
        by=by,
        donor=donor,
        donor_name=donor_name,
        declaration=_declared(donor, appeal, method, received_on),
        note=note,
    )
    if receipt:
        letters.send_receipt(donation)
    return donation


def _declared(donor: Donor | None, appeal: Appeal | None, method: Method, day: date) -> Declaration | None:
    """The declaration under which a gift that came by itself falls."""
    if method in declaring.NEVER or (appeal is not None and not appeal.gift_aid):
        return None
    return declaring.covering(donor=donor, pledge=None, regular=None, on=day)


def alike(*, amount: Money, fund: Fund, received_on: date, donor_name: str, donor_email: str) -> Donation | None:
    """A gift in the books that may be the very same one: same day, fund, amount and donor."""
    same = Donation.objects.filter(pence=amount.pence, fund=fund, received_on=received_on)
    if donor_email:
        return same.filter(donor__email__iexact=donor_email).first()
    return same.filter(donor_name__iexact=donor_name).first()
