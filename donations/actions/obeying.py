"""Obeying Stripe's events: each once, in any order, by asking Stripe how things stand now."""

from collections.abc import Callable

from django.db.models import F
from django.utils import timezone

from almoner.accounts.models import system_user
from donations import gateway
from donations.actions import pledging, receiving
from donations.exceptions import PaymentIsNotOurs
from donations.models import StripeEvent


def obey(*, event_id: int) -> None:
    """Obey one stored event. What goes wrong is written on the event and raised, for the job to be tried again."""
    event = StripeEvent.objects.get(pk=event_id)
    if event.handled_at is not None:
        return
    StripeEvent.objects.filter(pk=event_id).update(attempts=F("attempts") + 1)
    try:
        outcome = HANDLERS.get(event.kind, keep)(event)
    except Exception as problem:
        StripeEvent.objects.filter(pk=event_id).update(error=f"{type(problem).__name__}: {problem}"[:500])
        raise
    StripeEvent.objects.filter(pk=event_id).update(handled_at=timezone.now(), outcome=outcome, error="")


def keep(event: StripeEvent) -> str:
    """A kind that we do not act on is kept, and said so."""
    return f"Kept: nothing is done for {event.kind}."


def payment_changed(event: StripeEvent) -> str:
    """Something happened to a payment: ask Stripe what it is now, and record it if it succeeded."""
    told = event.payload["data"]["object"]
    intent = told["id"] if told["object"] == "payment_intent" else told.get("payment_intent")
    if not intent:
        return "Kept: it names no payment."
    payment = gateway.fetch_payment(intent)
    if payment.status == "processing":
        pledging.wait(reference=payment.reference or "")
    if payment.status != "succeeded":
        return f"The payment is {payment.status}: nothing to record yet."
    stripe = system_user("stripe")
    try:
        donation = receiving.receive_payment(payment=payment, by=stripe)
    except PaymentIsNotOurs:
        return "Kept: the payment is not one of ours."
    receiving.record_fee(payment=payment, by=stripe)
    return f"Recorded as {donation.reference}."


def checkout_expired(event: StripeEvent) -> str:
    """Stripe's page closed without a payment."""
    checkout = gateway.fetch_checkout(event.payload["data"]["object"]["id"])
    if checkout.status != "expired" or not checkout.reference:
        return "Kept: the payment page is not one of ours, or is still open."
    pledging.lapse(reference=checkout.reference)
    return "The donor left without paying."


HANDLERS: dict[str, Callable[[StripeEvent], str]] = {
    "checkout.session.completed": payment_changed,
    "checkout.session.expired": checkout_expired,
    "payment_intent.processing": payment_changed,
    "payment_intent.succeeded": payment_changed,
    "payment_intent.payment_failed": payment_changed,
    "charge.succeeded": payment_changed,
    "charge.updated": payment_changed,
}
