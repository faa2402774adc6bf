"""Refunds: asked for here by one person or two, or made in Stripe's dashboard; each posts its own amount, once."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import jobs, references
from donations import gateway, letters
from donations.actions import charging, dating, matching
from donations.exceptions import (
    AlreadyDecided,
    NotInOurWords,
    PaymentIsNotOurs,
    RefundIsTooLarge,
    SecondPersonIsNeeded,
)
from donations.ledger import posting
from donations.ledger.money import Money
from donations.models import Donation, Refund
from donations.models.refund import RefundState

STATES = {
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
MADE = [RefundState.PENDING, RefundState.SUCCEEDED]


@transaction.atomic
def ask(*, donation: Donation, amount: Money, because: str, by: User) -> Refund:
    """Ask for a refund. Up to the limit it is sent at once; above, a second person approves it first.

    Raises RefundIsTooLarge where less is left of the gift, or where it did not come through Stripe.
    """
    locked = Donation.objects.select_for_update(of=("self",)).get(pk=donation.pk)
    left = refundable(locked)
    if not 0 < amount.pence <= left.pence:
        raise RefundIsTooLarge(f"Of this gift {left.exact} can be refunded.")
    needs_two = amount.pence > settings.REFUND_NEEDS_TWO_ABOVE_PENCE
    refund = Refund.objects.create(
        reference=references.readable("F"),
        donation=locked,
        pence=amount.pence,
        state=RefundState.ASKED if needs_two else RefundState.APPROVED,
        needs_two=needs_two,
        because=because,
        asked_by=by,
    )
    if not needs_two:
        jobs.enqueue("donations.send_refund", refund=refund.pk)
    return refund


@transaction.atomic
def approve(*, refund: Refund, by: User) -> Refund:
    """A second person says yes, and it is sent. Raises SecondPersonIsNeeded, AlreadyDecided, RefundIsTooLarge."""
    locked = _to_be_decided(refund, by)
    left = refundable(Donation.objects.select_for_update(of=("self",)).get(pk=locked.donation_id)) + locked.amount
    if locked.amount > left:
        raise RefundIsTooLarge(f"Of this gift {left.exact} can be refunded.")
    _decide(locked, RefundState.APPROVED, by)
    jobs.enqueue("donations.send_refund", refund=locked.pk)
    return locked


@transaction.atomic
def refuse(*, refund: Refund, by: User) -> Refund:
    """A second person says no. Raises SecondPersonIsNeeded, AlreadyDecided."""
    locked = _to_be_decided(refund, by)
    _decide(locked, RefundState.REFUSED, by)
    return locked


def send(*, refund_id: int, by: User) -> Refund:
    """Ask Stripe for a refund that may be sent. Asked twice, Stripe makes it once: its reference is the key.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused, LedgerError.
    """
    refund = Refund.objects.select_related("donation__payment").get(pk=refund_id)
    if refund.state != RefundState.APPROVED:
        return refund
    payment = refund.donation.payment
    assert payment is not None
    made = gateway.send_refund(reference=refund.reference, payment_intent=payment.payment_intent, pence=refund.pence)
    return note_refund(refund=made, by=by)


@transaction.atomic
def note_refund(*, refund: gateway.Refund, by: User) -> Refund:
    """Write down how a refund stands: its entry once Stripe has taken the money, the reversal once it has failed.

    Raises PaymentIsNotOurs where it is of a payment that is nobody's gift, NotInOurWords, LedgerError.
    """
    state = STATES.get(refund.status)
    if state is None:
        raise NotInOurWords(f"{refund.refund} is {refund.status}.")
    donation = (
        Donation.objects.select_for_update(of=("self",))
        .select_related("fund", "purpose", "payment")
        .filter(payment__payment_intent=refund.payment_intent or "")
        .first()
    )
    if donation is None:
        raise PaymentIsNotOurs(f"{refund.refund} is of no gift of ours.")
    kept = _row(refund, donation)
    if kept.entry is None and (state in MADE or refund.line is not None):  # one that failed at once moved money twice
        kept.entry = posting.refund(
            Money(refund.pence),
            from_=donation.fund,
            purpose=donation.purpose,
            key=f"refund:{refund.refund}",
            by=by,
            on=dating.day_in_the_books(refund.made_at),
        )
    if kept.turned is None and kept.entry is not None and state == RefundState.FAILED:
        kept.turned = posting.reverse(kept.entry, because="The refund failed.", by=by)
    if kept.state != RefundState.FAILED:  # a failed refund stays failed, however late older news comes
        kept.state = RefundState.SUCCEEDED if kept.state == RefundState.SUCCEEDED and state in MADE else state
    kept.pence, kept.refund, kept.failure = refund.pence, refund.refund, refund.failure or kept.failure
    kept.save()
    if kept.turned is None:
        matching.take_back(donation=donation)
    else:
        matching.use_again(donation=donation)
    if kept.state == RefundState.SUCCEEDED:
        letters.say_it_was_refunded(kept)
    return kept


def record_fee(*, refund: gateway.Refund, by: User) -> None:
    """What Stripe kept or gave back when it made a refund: a transaction of its own. Raises LedgerError."""
    donation = Donation.objects.filter(payment__payment_intent=refund.payment_intent or "").first()
    for line in (refund.line, refund.failure_line):
        if donation is not None and line is not None:
            charging.record_fee_of_line(line=line, fund=charging.bears_the_fees_of(donation), by=by)


def those_that_are_news(told: list[gateway.Refund]) -> list[gateway.Refund]:
    """The refunds that are not known here in the state which Stripe tells: one query, however many."""
    known = dict(Refund.objects.filter(refund__in=[each.refund for each in told]).values_list("refund", "state"))
    return [each for each in told if known.get(each.refund) != STATES.get(each.status)]


def refundable(donation: Donation) -> Money:
    """What is left of a gift that came through Stripe, after refunds made and asked for and what disputes took."""
    if donation.payment_id is None:
        return Money(0)
    spoken_for = [RefundState.ASKED, RefundState.APPROVED, *MADE]
    refunds = sum(donation.refunds.filter(state__in=spoken_for).values_list("pence", flat=True))
    disputed = sum(donation.disputes.filter(movements__isnull=False).values_list("movements__pence", flat=True))
    return Money(max(0, donation.pence - refunds + disputed))


def _row(refund: gateway.Refund, donation: Donation) -> Refund:
    """Our row of a refund: by Stripe's number, or by our own reference, or new where it was made in the dashboard."""
    known = Refund.objects.select_for_update(of=("self",)).select_related("entry", "turned")
    found = known.filter(refund=refund.refund).first() or known.filter(reference=refund.reference or "").first()
    if found is not None:
        return found
    return Refund(
        reference=references.readable("F"),
        donation=donation,
        pence=refund.pence,
        state=RefundState.APPROVED,
        because="Made in Stripe’s dashboard.",
    )


def _to_be_decided(refund: Refund, by: User) -> Refund:
    locked = Refund.objects.select_for_update().get(pk=refund.pk)
    if locked.state != RefundState.ASKED:
        raise AlreadyDecided(f"{locked.reference} is {locked.get_state_display()}.")
    if locked.asked_by_id == by.pk:
        raise SecondPersonIsNeeded("Somebody else must decide about a refund that you asked for.")
    return locked


def _decide(refund: Refund, state: RefundState, by: User) -> None:
    refund.state, refund.decided_by, refund.decided_at = state, by, timezone.now()
    refund.save(update_fields=["state", "decided_by", "decided_at"])
