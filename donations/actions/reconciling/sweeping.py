"""The sweep: what Stripe told in three days and what moved in its balance in five weeks, and what of it is missing."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q
from django.utils import timezone

from donations import gateway
from donations.actions import following, obeying, paying_out
from donations.actions.reconciling.run import Finding, Run
from donations.exceptions import NotInOurWords, NotKnownToStripe, PaymentIsNotOurs, PaymentsUnavailable
from donations.models import BalanceLine, Payment, Payout, Pledge, StripeEvent
from donations.models.pledge import PledgeState

WAITING_TOO_LONG = timedelta(hours=1)  # for an event or a letter that a worker should have dealt with
BATCH = 100


# ---- events


def compare_events(run: Run, *, since: datetime) -> None:
    """Events that never came are taken and obeyed; those that came and wait too long are obeyed."""
    for event in gateway.events_since(since, gateway.SUBSCRIBED):
        run.count("events")
        if not _has_come(event):
            _miss(run, event)
    waiting = StripeEvent.objects.filter(handled_at__isnull=True).order_by("pk")
    if not run.strict:  # in a strict run whatever waits is off
        waiting = waiting.filter(received_at__lt=timezone.now() - WAITING_TOO_LONG)
    for unheeded in waiting:
        late = run.found("event", unheeded.event_id, 0, f"{unheeded.kind} came and has not been obeyed.")
        _obey(run, late, unheeded)


def _has_come(event: gateway.Event) -> bool:
    """It, or its thin twin."""
    inbox = StripeEvent.objects
    return (
        inbox.filter(event_id=event.id).exists() or inbox.filter(thin=True, payload__snapshot_event=event.id).exists()
    )


def _miss(run: Run, event: gateway.Event) -> None:
    missing = run.found("event", event.id, 0, f"{event.kind} never reached us.")
    if not run.strict:
        stored = obeying.remember(event)
        _obey(run, missing, stored)


def _obey(run: Run, finding: Finding, event: StripeEvent) -> None:
    def handled() -> bool:
        in_hand = Q(claimed_at__gte=timezone.now() - obeying.LEASE)  # by a worker that was quicker
        return StripeEvent.objects.filter(Q(handled_at__isnull=False) | in_hand, pk=event.pk).exists()

    run.mend(finding, lambda: obeying.obey(event_id=event.pk), handled)


# ---- pages


def look_after_pages(run: Run, *, before: datetime) -> None:
    """Pledges whose payment page must have closed, and of which nothing was heard, are asked after."""
    if run.strict:
        return  # nothing is off in the books until Stripe says that something was paid
    waiting = Pledge.objects.filter(state=PledgeState.AT_CHECKOUT, created_at__lt=before).exclude(checkout_session="")
    for session in waiting.values_list("checkout_session", flat=True):
        run.count("payment pages")
        run.look("payment page", session, 0, partial(_ask_after, session))


def _ask_after(session: str) -> None:
    with contextlib.suppress(NotKnownToStripe, PaymentIsNotOurs, NotInOurWords):  # facts: nothing is to be done
        following.checkout(session)


# ---- lines and payouts


def compare_lines(run: Run, *, since: datetime) -> None:
    """Each line of Stripe's balance has its entries here, to the penny, or is of another system's money."""
    for batch in _batches(gateway.lines_since(since)):
        run.count("lines", len(batch))
        missing = paying_out.not_in_the_books(batch)
        if run.strict:
            _accuse(run, [line for line in missing if not _is_known_to_be_theirs(line)])
            continue
        theirs = {line.line for line in missing if not _know(line)}
        paying_out.keep_lines((line for line in batch if line.line not in theirs), ours=True)
        paying_out.keep_lines((line for line in batch if line.line in theirs), ours=False)
        run.count("lines not ours", len(theirs))
        ours = [line for line in missing if line.line not in theirs]
        standing = paying_out.not_in_the_books(ours)
        _accuse(run, standing)
        for line in ours:
            if line not in standing and line.category not in paying_out.OWN:
                run.found("line", line.line, line.net_pence, _missing(line)).repaired = True


def _know(line: gateway.BalanceLine) -> bool:
    """Follow a line’s source. Where that fails the line is ours, and is a finding. Raises PaymentsUnavailable."""
    try:
        return following.know_the_source(line)
    except PaymentsUnavailable:
        raise
    except Exception:
        return True


def _accuse(run: Run, lines: list[gateway.BalanceLine]) -> None:
    for line in lines:
        if line.category in paying_out.OWN and Payout.objects.filter(payout=line.source, entry__isnull=True).exists():
            continue  # it waits until its lines are known or add up: that is said of the payout, once
        run.found("line", line.line, line.net_pence, _missing(line))


def _missing(line: gateway.BalanceLine) -> str:
    return f"A line of Stripe’s balance ({line.category}, {line.source or 'no source'}) was not in the books."


def _is_known_to_be_theirs(line: gateway.BalanceLine) -> bool:
    """Whether an earlier sweep, or the payment itself, says that this is another system's money."""
    if line.currency != "gbp" or BalanceLine.objects.filter(line=line.line, ours=False).exists():
        return True
    return line.category == "charge" and Payment.objects.filter(charge=line.source, ours=False).exists()


def compare_payouts(run: Run, *, since: datetime) -> None:
    """Each payout is known, and its lines add up to it."""
    for payout in gateway.payouts_since(since):
        run.count("payouts")
        if not run.strict:
            run.look("payout", payout.payout, payout.pence, partial(following.payout, payout.payout))
        elif not Payout.objects.filter(payout=payout.payout).exists():
            run.found("payout", payout.payout, payout.pence, "A payout is not known here.")
    for kept in Payout.objects.exclude(unexplained_pence=None).exclude(unexplained_pence=0):
        said = f"The lines of the payout of {kept.arrives_on:%-d %B %Y} do not add up to it."
        run.found("payout", kept.payout, kept.unexplained_pence or 0, said)


def _batches(lines: Iterator[gateway.BalanceLine]) -> Iterator[list[gateway.BalanceLine]]:
    batch: list[gateway.BalanceLine] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
