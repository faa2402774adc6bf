"""Money that has arrived: a Donation and its ledger entry, in one transaction, once."""

from datetime import date

from django.db import transaction

from almoner.accounts.models import User
from almoner.kit import references
from donations import gateway, letters
from donations.exceptions import PaymentIsNotOurs
from donations.ledger import posting
from donations.ledger.models import Fund, FundClass, Purpose
from donations.ledger.money import Money
from donations.ledger.posting import Income, Via
from donations.models import Appeal, Donation, Donor, Pledge
from donations.models.donation import Method
from donations.models.pledge import PledgeState

INCOME = {Method.LEGACY: Income.LEGACIES, Method.GIFT_AID: Income.GIFT_AID}  # all else is Income.DONATIONS
VIA = {Method.CARD: Via.STRIPE, Method.BACS: Via.STRIPE, Method.CASH: Via.CASH}  # all else is Via.BANK


@transaction.atomic
def record_gift(
    *,
    amount: Money,
    fund: Fund,
    method: Method,
    received_on: date,
    key: str,
    by: User,
    purpose: Purpose | None = None,
    appeal: Appeal | None = None,
    donor: Donor | None = None,
    donor_name: str = "",
    pledge: Pledge | None = None,
    payment_intent: str | None = None,
    source: str = "",
    external_id: str = "",
    note: str = "",
    via: Via | None = None,
) -> Donation:
    """Record money received, however it came: one Donation, one Entry, or neither.

    `key` names the cause (“gift:pi_123”, “gift:old-database:1042”); the same cause again answers with the same
    donation. Without a purpose the fund's usual one is meant; without `via`, the account where such money arrives.
    Raises LedgerError.
    """
    entry = posting.receive(
        amount,
        into=fund,
        purpose=purpose,
        key=key,
        by=by,
        on=received_on,
        via=via or VIA.get(method, Via.BANK),
        income=INCOME.get(method, Income.DONATIONS),
        narrative=f"{method.label} gift",
    )
    earlier = Donation.objects.filter(entry=entry).first()
    if earlier is not None:
        return earlier
    return Donation.objects.create(
        reference=pledge.reference if pledge else references.readable("G"),
        donor=donor,
        donor_name=donor_name,
        appeal=appeal,
        fund=fund,
        purpose=purpose or fund.served.get(usual=True).purpose,
        pence=amount.pence,
        method=method,
        received_on=received_on,
        pledge=pledge,
        payment_intent=payment_intent,
        source=source,
        external_id=external_id,
        note=note,
        entry=entry,
    )


def find_donor(*, name: str, email: str) -> Donor:
    """The donor known by this email address, or a new one. A name alone is no proof that two people are one."""
    if email:
        known = Donor.objects.filter(email__iexact=email).first()
        if known is not None:
            return known
        return Donor.objects.get_or_create(email=email.lower(), defaults={"name": name})[0]
    return Donor.objects.create(name=name)


@transaction.atomic
def receive_payment(*, payment: gateway.Payment, by: User) -> Donation:
    """Record a payment that Stripe says succeeded: the donation, its entry and its receipt, all or nothing.

    Called for every event about the payment, and by the page that thanks; whoever comes first does the work and
    all others are answered with the same donation. Raises PaymentIsNotOurs, LedgerError.
    """
    pledge = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("appeal", "fund", "purpose")
        .filter(reference=payment.reference or "")
        .first()
    )
    if pledge is None:
        raise PaymentIsNotOurs(f"{payment.payment_intent} carries no reference of ours.")
    earlier = Donation.objects.filter(payment_intent=payment.payment_intent).first()
    if earlier is not None:
        return earlier
    donation = record_gift(
        amount=Money(payment.pence),
        fund=pledge.fund,
        purpose=pledge.purpose,
        method=Method.CARD,
        received_on=payment.received_on,
        key=f"gift:{payment.payment_intent}",
        by=by,
        appeal=pledge.appeal,
        donor=find_donor(name=pledge.name, email=pledge.email),
        donor_name=pledge.name,
        pledge=pledge,
        payment_intent=payment.payment_intent,
    )
    Pledge.objects.filter(pk=pledge.pk).update(state=PledgeState.GIVEN)
    letters.send_receipt(donation)
    return donation


def record_fee(*, payment: gateway.Payment, by: User) -> None:
    """Post what Stripe kept of a payment, once it is known, to the general fund unless the appeal says otherwise.

    A transaction of its own, so that no writer ever holds two funds in the wrong order. Raises LedgerError.
    """
    if not payment.fee_pence:
        return
    donation = Donation.objects.select_related("appeal__fees_from", "fund").get(payment_intent=payment.payment_intent)
    fund = (donation.appeal.fees_from if donation.appeal else None) or general_fund() or donation.fund
    posting.charge_fee(
        Money(payment.fee_pence), fund=fund, key=f"fee:{payment.payment_intent}", by=by, on=payment.received_on
    )


def general_fund() -> Fund | None:
    """The charity's general fund: its first unrestricted one."""
    return Fund.objects.filter(fund_class=FundClass.UNRESTRICTED).order_by("pk").first()
