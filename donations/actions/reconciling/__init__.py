"""Comparing the books with Stripe: what is missing here is found, applied and said; three pairs of sums must agree.

sweeping.py  three days of events, five weeks of lines, the payouts: what of them is missing here
sums.py      donations = payments; funds = donations less fees less refunds; clearing = Stripe's balance
oracle.py    what must hold of our own rows: proof, donations, receipts, funds
run.py       a comparison that is going on, and what it found

A strict run repairs nothing, and lists each difference with its id and its pence.
"""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from donations.actions.reconciling import oracle, sums, sweeping
from donations.actions.reconciling.run import Run
from donations.actions.reconciling.sums import Sums
from donations.ledger.money import Money
from donations.models import Reconciliation

EVENTS_BACK = timedelta(days=3)
LINES_BACK = timedelta(days=35)
PAGE_CLOSES_AFTER = timedelta(hours=25)  # Stripe closes a payment page within a day


def reconcile(*, strict: bool = False, by: User | None = None) -> Reconciliation:
    """Compare events, lines, payouts and sums with Stripe's, store what was found, and return it.

    `by` is whoever asked for it; nobody where the clock did. Raises PaymentsUnavailable, GatewayMisused where Stripe
    cannot be asked.
    """
    begun_at = timezone.now()
    run = Run(strict=strict)
    sweeping.compare_events(run, since=begun_at - EVENTS_BACK)
    sweeping.look_after_pages(run, before=begun_at - PAGE_CLOSES_AFTER)
    sweeping.compare_lines(run, since=begun_at - LINES_BACK)
    sweeping.compare_payouts(run, since=begun_at - LINES_BACK)
    three = sums.all_three()
    for each in three:
        if not each.agree:
            off = each.our_pence - each.their_pence
            run.found("sum", each.what, off, f"{each.ours} and {each.theirs} differ by {Money(abs(off)).exact}.")
    oracle.ask(run, now=begun_at)
    return _store(run, three, begun_at, by)


@transaction.atomic
def _store(run: Run, three: list[Sums], begun_at: datetime, by: User | None) -> Reconciliation:
    standing = [finding for finding in run.findings if not finding.repaired]
    return Reconciliation.objects.create(
        begun_at=begun_at,
        finished_at=timezone.now(),
        strict=run.strict,
        by=by,
        looked_at=run.looked_at,
        sums=[asdict(each) for each in three],
        findings=[asdict(finding) for finding in run.findings],
        differences=len(standing),
        repaired=len(run.findings) - len(standing),
    )
