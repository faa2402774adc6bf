"""Obeying Stripe's events: each once, in any order, by asking Stripe how things stand now.

The inbox is a queue of its own. One job obeys all that is new, thing after thing; only an event that failed gets a job
of its own, which comes back with growing delay.
"""

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from almoner.kit import jobs
from donations import gateway
from donations.actions import following
from donations.exceptions import NotInOurWords, NotKnownToStripe, PaymentIsNotOurs
from donations.models import StripeEvent

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # a worker that claimed an event and died gives it back after this long
TURN = 3  # seconds; then a worker that was told to stop can stop, and what looks after the queue has its turn
AGAIN_AFTER = timedelta(seconds=3)
Outcome = tuple[str, bool]  # a sentence, and whether somebody should look at it


_TAKE_IN = """
  WITH put AS (
    INSERT INTO donations_stripeevent (
      event_id, kind, api_version, livemode, created, object_id, object_type, thin, payload,
      received_at, attempts, error, flagged, outcome)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, statement_timestamp(), 0, '', false, '')
    ON CONFLICT ON CONSTRAINT stripe_event_is_kept_once DO NOTHING RETURNING id)
  SELECT donations_have_it_obeyed() FROM put
"""


def take_in(event: gateway.Event) -> bool:
    """Put a new event in the inbox and see that a job waits for it, whole or not at all; False where it came before.

    One statement, so one journey to the database: an appeal on television is told of in hundreds a second.
    """
    said: list[Any] = [
        *(event.id, event.kind, event.api_version, event.livemode, event.created),
        *(event.object_id, event.object_type, event.thin, json.dumps(event.payload)),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_IN, said)
        return cursor.fetchone() is not None


def remember(event: gateway.Event) -> StripeEvent:
    """An event in the inbox, put there if it is not: without a job, for whoever obeys it at once."""
    known = StripeEvent.objects.filter(event_id=event.id).first()
    return known or StripeEvent.objects.create(
        event_id=event.id,
        kind=event.kind,
        api_version=event.api_version,
        livemode=event.livemode,
        created=event.created,
        object_id=event.object_id,
        object_type=event.object_type,
        thin=event.thin,
        payload=event.payload,
    )


def obey_what_waits() -> int:
    """Obey all new events, thing after thing, until none is left or the job's turn is over. How many.

    Where more waits than one thing, another worker is called to help, who calls another, until all of them are at it.
    What goes wrong with one event is written on it, and its own job tries it again; the next is obeyed all the same.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT donations_wait_for_those_who_put_in()")
    done, over = 0, time.monotonic() + TURN
    while claimed := claim_new():
        if done == 0 and new().exists():
            have_it_obeyed()
        _obey_together(claimed)
        done += len(claimed)
        if time.monotonic() > over:
            have_it_obeyed()
            break
    return done


def new() -> QuerySet[StripeEvent]:
    """The events that no worker has looked at yet."""
    return StripeEvent.objects.filter(handled_at__isnull=True, claimed_at__isnull=True, attempts=0)


def have_it_obeyed() -> None:
    """See that a job waits that obeys what is new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT donations_have_it_obeyed()")


_CLAIM = """
  UPDATE donations_stripeevent SET claimed_at = %(now)s, attempts = attempts + 1
   WHERE id = %(event)s AND handled_at IS NULL AND (claimed_at IS NULL OR claimed_at < %(left)s)
  RETURNING id, kind, object_id, about
"""
Claimed = tuple[int, str, str, str]  # its number, its kind, the object it names, and what it is about


def obey(*, event_id: int) -> bool:
    """Obey one stored event; False if it is obeyed already or another worker is at it.

    What goes wrong is written on the event and raised, for the job to be tried again.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"event": event_id, "now": now, "left": now - LEASE})
        claimed = cursor.fetchone()
    if claimed is None:
        return False
    _, kind, object_id, about = claimed
    try:
        outcome = take(step_of(kind, object_id, about))
    except Exception as problem:
        _give_back(event_id, problem)
        raise
    _note({event_id: outcome})
    return True


_CLAIM_NEW = "SELECT id, kind, object_id, about FROM donations_claim_events(make_interval(secs => %s))"


def claim_new() -> list[Claimed]:
    """All new events about one thing, oldest first; they are this worker's until its lease ends."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_NEW, [LEASE.total_seconds()])
        return sorted(cursor.fetchall())


def _obey_together(claimed: list[Claimed]) -> None:
    """Obey events that were claimed together: a step that several of them ask for is taken once, for all of them.

    They had come before Stripe was asked, so that a second answer could say nothing that the first did not.
    """
    asked: dict[Step, list[int]] = {}
    for event, kind, object_id, about in claimed:
        asked.setdefault(step_of(kind, object_id, about), []).append(event)
    done: dict[int, Outcome] = {}
    for step, events in asked.items():
        try:
            done |= dict.fromkeys(events, take(step))
        except Exception as problem:  # whatever it is, the next step may be well
            log.warning("Events %s could not be obeyed: %s", events, type(problem).__name__)
            with transaction.atomic():
                for event in events:
                    _give_back(event, problem)
                    jobs.enqueue_later("donations.obey_event", AGAIN_AFTER, event=event)
    _note(done)


_NOTE = """
  UPDATE donations_stripeevent event SET handled_at = %s, outcome = said.outcome, flagged = said.flagged, error = ''
    FROM unnest(%s::bigint[], %s::text[], %s::boolean[]) AS said (id, outcome, flagged), donations_lazily()
   WHERE event.id = said.id
"""


def _note(done: dict[int, Outcome]) -> None:
    """Say on events what came of them. What the machine's power takes from here is only obeyed once more."""
    if done:
        outcomes = [outcome[:200] for outcome, _ in done.values()]
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [timezone.now(), list(done), outcomes, [flagged for _, flagged in done.values()]])


def _give_back(event: int, problem: Exception) -> None:
    """Say on an event what went wrong; whoever tries it again may claim it."""
    said = f"{type(problem).__name__}: {problem}"[:500]
    StripeEvent.objects.filter(pk=event).update(error=said, claimed_at=None)


class Step(NamedTuple):
    """What is done for an event: `follow`, if anything, with the thing that it is about."""

    kind: str  # of the event, where nothing is done for its kind
    follow: Callable[[str], str] | None
    thing: str


def step_of(kind: str, object_id: str, about: str) -> Step:
    """What an event asks for. Where its object names a payment, that is followed at once, which spares a question."""
    if about != object_id and kind in ABOUT_A_PAYMENT:
        return Step("", following.payment, about)
    follow = HANDLERS.get(kind)
    return Step("" if follow else kind, follow, object_id)


def take(step: Step) -> Outcome:
    """Take a step. What is not ours, or not in our words, is kept; the latter is flagged."""
    if step.follow is None:
        return f"Kept: nothing is done for {step.kind}.", step.kind.split(".")[0] not in HEARD_OF
    if not step.thing:
        return "Kept: it names nothing.", True
    try:
        return step.follow(step.thing), False
    except PaymentIsNotOurs as fact:
        return f"Kept, not ours: {fact}", False
    except (NotInOurWords, NotKnownToStripe) as fact:
        return f"Kept: {fact}", True


HANDLERS: dict[str, Callable[[str], str]] = {
    "checkout.session.completed": following.checkout,
    "checkout.session.async_payment_succeeded": following.checkout,
    "checkout.session.async_payment_failed": following.checkout,
    "checkout.session.expired": following.checkout,
    "payment_intent.processing": following.payment,
    "payment_intent.succeeded": following.payment,
    "payment_intent.payment_failed": following.payment,
    "payment_intent.canceled": following.payment,
    "charge.succeeded": following.charge,
    "charge.updated": following.charge,
    "charge.refunded": following.refunds_of_charge,
    "refund.created": following.refund,
    "refund.updated": following.refund,
    "refund.failed": following.refund,
    "invoice.paid": following.invoice,
    "invoice.payment_failed": following.invoice,
    "invoice.payment_action_required": following.invoice,
    "customer.subscription.created": following.subscription,
    "customer.subscription.updated": following.subscription,
    "customer.subscription.deleted": following.subscription,
    "charge.dispute.created": following.dispute,
    "charge.dispute.updated": following.dispute,
    "charge.dispute.closed": following.dispute,
    "charge.dispute.funds_withdrawn": following.dispute,
    "charge.dispute.funds_reinstated": following.dispute,
    "payout.paid": following.payout,
    "payout.failed": following.payout,
    "payout.updated": following.payout,
    "payout.created": following.payout,
    "payout.reconciliation_completed": following.payout,
    "mandate.updated": following.mandate,
}
# These are about the payment that they name, and about nothing else.
ABOUT_A_PAYMENT = {
    *("checkout.session.completed", "checkout.session.async_payment_succeeded", "charge.succeeded", "charge.updated"),
}
# Things of which Stripe tells much that we need not act on.
HEARD_OF = {
    *("account", "balance", "charge", "checkout", "customer", "invoice", "invoice_payment", "invoiceitem", "mandate"),
    *("payment_intent", "payment_link", "payment_method", "payout", "plan", "price", "product", "refund"),
    *("setup_intent", "subscription_schedule", "test_helpers"),
}
