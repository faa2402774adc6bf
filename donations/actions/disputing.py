"""Disputes: money moves when Stripe moves it, and each movement is one entry; a status moves nothing."""

from datetime import datetime

from django.db import transaction

from almoner.accounts.models import User
from donations import gateway
from donations.actions import charging, dating, matching
from donations.exceptions import PaymentIsNotOurs
from donations.ledger import posting
from donations.ledger.money import Money
from donations.models import Dispute, DisputeMovement, Donation

CLOSED = {"won", "lost", "warning_closed", "prevented"}


@transaction.atomic
def note_dispute(*, dispute: gateway.Dispute, asked_at: datetime, by: User) -> Dispute:
    """Write down how a dispute stands, and each movement of money in it once. A fund may fall short: facts are facts.

    `asked_at` is when Stripe was asked; an older answer changes no status. Raises PaymentIsNotOurs, LedgerError.
    """
    donation = (
        Donation.objects.select_for_update(of=("self",))
        .select_related("fund", "purpose")
        .filter(payment__payment_intent=dispute.payment_intent or "")
        .first()
    )
    if donation is None:
        raise PaymentIsNotOurs(f"{dispute.dispute} is of no gift of ours.")
    told = {
        "status": dispute.status,
        "reason": dispute.reason,
        "pence": dispute.pence,
        "evidence_due": dispute.evidence_due,
        "checked_at": asked_at,
    }
    kept, new = Dispute.objects.get_or_create(
        dispute=dispute.dispute, defaults={**told, "donation": donation, "opened_at": dispute.opened_at}
    )
    if new or asked_at > kept.checked_at:
        for field, value in told.items():
            setattr(kept, field, value)
        if dispute.status in CLOSED and kept.closed_at is None:
            kept.closed_at = asked_at
        kept.save()
    for line in sorted(dispute.lines, key=lambda each: (each.created, each.line)):
        _move(kept, donation, line, by)
    if kept.closed_at is not None:
        matching.take_back(donation=donation)
    return kept


def _move(kept: Dispute, donation: Donation, line: gateway.BalanceLine, by: User) -> None:
    if line.pence == 0 or DisputeMovement.objects.filter(line=line.line).exists():
        return
    fund, purpose = donation.fund, donation.purpose
    key, day = f"dispute:{line.line}", dating.day_in_the_books(line.created)
    if line.pence < 0:
        entry = posting.dispute(Money(-line.pence), from_=fund, purpose=purpose, key=key, by=by, on=day)
    else:
        entry = posting.win_dispute(Money(line.pence), into=fund, purpose=purpose, key=key, by=by, on=day)
    DisputeMovement.objects.create(
        dispute=kept,
        line=line.line,
        pence=line.pence,
        fee_pence=line.fee_pence,
        moved_at=line.created,
        entry=entry,
    )


def record_fees(*, dispute: gateway.Dispute, by: User) -> None:
    """What Stripe charges for a dispute, and what it gives back of that: transactions of their own. LedgerError."""
    donation = Donation.objects.filter(payment__payment_intent=dispute.payment_intent or "").first()
    if donation is None:
        return
    for line in dispute.lines:
        charging.record_fee_of_line(line=line, fund=charging.bears_the_fees_of(donation), by=by)
