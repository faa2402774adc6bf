"""Comparing the books with Stripe: what is missing here is found, applied and said; three pairs of sums must agree.

A strict run is the oracle: it repairs nothing, and lists each difference with its id and its pence.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from donations import gateway
from donations.actions import following, obeying, paying_out
from donations.exceptions import DonationsError, NotInOurWords, NotKnownToStripe, PaymentIsNotOurs
from donations.ledger import balances, proving
from donations.ledger.exceptions import LedgerError
from donations.ledger.money import Money
from donations.ledger.posting import Via
from donations.models import (
    BalanceLine,
    DisputeMovement,
    Donation,
    Letter,
    Payment,
    Payout,
    Pledge,
    Reconciliation,
    Refund,
    StripeEvent,
)
from donations.models.pledge import PledgeState

EVENTS_BACK = timedelta(days=3)
LINES_BACK = timedelta(days=35)
WAITING_TOO_LONG = timedelta(hours=1)  # for an event or a letter that a worker should have dealt with
PAGE_CLOSES_AFTER = timedelta(hours=25)  # Stripe closes a payment page within a day


@dataclass
class Finding:
    """One thing that was off: what and which, how many pence, a sentence, and whether it has been put right."""

    what: str
    which: str
    pence: int
    sentence: str
    repaired: bool = False


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


@dataclass
class Run:
    """A comparison that is going on."""

    strict: bool
    findings: list[Finding] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        """One more of these was looked at."""
        self.looked_at[what] = self.looked_at.get(what, 0) + 1

    def found(self, what: str, which: str, pence: int, sentence: str) -> Finding:
        """Write down that something is off."""
        finding = Finding(what, which, pence, sentence)
        self.findings.append(finding)
        return finding

    def mend(self, finding: Finding, repair: Callable[[], object], mended: Callable[[], bool]) -> None:
        """Put it right, unless the run is strict; what cannot be put right stands, with the reason."""
        if self.strict:
            return
        try:
            repair()
        except (DonationsError, LedgerError) as problem:
            finding.sentence += f" Tried: {type(problem).__name__}."
        finding.repaired = mended()


def reconcile(*, strict: bool = False) -> Reconciliation:
    """Compare events, lines, payouts and sums with Stripe's, store what was found, and return it.

    Raises PaymentsUnavailable, GatewayMisused where Stripe cannot be asked.
    """
    begun_at = timezone.now()
    run = Run(strict=strict)
    _compare_events(run, since=begun_at - EVENTS_BACK)
    _look_after_pages(run, before=begun_at - PAGE_CLOSES_AFTER)
    _compare_lines(run, since=begun_at - LINES_BACK)
    _compare_payouts(run, since=begun_at - LINES_BACK)
    sums = [_donations_and_payments(), _funds_and_donations(), _clearing_and_balance()]
    for each in sums:
        if not each.agree:
            off = each.our_pence - each.their_pence
            run.found("sum", each.what, off, f"{each.ours} and {each.theirs} differ by {Money(abs(off)).exact}.")
    _ask_the_oracle(run, now=begun_at)
    return _store(run, sums, begun_at)


# ---- what Stripe told, line by line


def _compare_events(run: Run, *, since: datetime) -> None:
    for event in gateway.events_since(since, gateway.SUBSCRIBED):
        run.count("events")
        if StripeEvent.objects.filter(event_id=event.id).exists():
            continue
        if StripeEvent.objects.filter(payload__snapshot_event=event.id).exists():
            continue  # its thin twin came
        missing = run.found("event", event.id, 0, f"{event.kind} never reached us.")

        def take(missed: gateway.Event = event) -> None:
            obeying.obey(event_id=obeying.remember(missed)[0].pk)

        def taken(missed: gateway.Event = event) -> bool:
            return StripeEvent.objects.filter(event_id=missed.id, handled_at__isnull=False).exists()

        run.mend(missing, take, taken)
    for waiting in StripeEvent.objects.filter(handled_at__isnull=True).order_by("pk"):
        if strict_or_old(run, waiting.received_at):
            late = run.found("event", waiting.event_id, 0, f"{waiting.kind} came and has not been obeyed.")

            def again(event: StripeEvent = waiting) -> None:
                obeying.obey(event_id=event.pk)

            def obeyed(event: StripeEvent = waiting) -> bool:
                return StripeEvent.objects.filter(pk=event.pk, handled_at__isnull=False).exists()

            run.mend(late, again, obeyed)


def strict_or_old(run: Run, received_at: datetime) -> bool:
    """In a strict run whatever waits is off; else only what has waited too long."""
    return run.strict or received_at < timezone.now() - WAITING_TOO_LONG


def _look_after_pages(run: Run, *, before: datetime) -> None:
    """Pledges whose payment page must have closed, and of which nothing was heard."""
    waiting = Pledge.objects.filter(state=PledgeState.AT_CHECKOUT, created_at__lt=before).exclude(checkout_session="")
    if run.strict:
        return  # nothing is off in the books until Stripe says that something was paid
    for pledge in waiting:
        run.count("pages")
        try:
            following.checkout(pledge.checkout_session)
        except (NotKnownToStripe, PaymentIsNotOurs, NotInOurWords):
            continue


def _compare_lines(run: Run, *, since: datetime) -> None:
    for batch in _batches(gateway.lines_since(since)):
        for line in _not_in_the_books(batch):
            run.count("lines missing")
            sentence = (
                f"A line of Stripe’s balance ({line.category}, {line.source or 'no source'}) is not in the books."
            )
            if not run.strict:
                _follow(line)
            if paying_out.is_in_the_books(line):
                run.found("line", line.line, line.net_pence, sentence).repaired = True
                continue
            if _is_not_ours(line):
                run.count("lines not ours")
                continue
            if line.category in paying_out.OWN and _payout_waits(line):
                continue
            run.found("line", line.line, line.net_pence, sentence)
        for line in batch:
            run.count("lines")
            if not run.strict:
                _keep(line)


def _follow(line: gateway.BalanceLine) -> None:
    try:
        following.know_the_source(line)
    except (NotKnownToStripe, NotInOurWords, LedgerError):
        return


def _keep(line: gateway.BalanceLine) -> None:
    kept = paying_out.keep_line(line=line)
    ours = not _is_not_ours(line)
    if kept.ours != ours:
        BalanceLine.objects.filter(pk=kept.pk).update(ours=ours)


def _batches(lines: Iterator[gateway.BalanceLine], size: int = 100) -> Iterator[list[gateway.BalanceLine]]:
    batch: list[gateway.BalanceLine] = []
    for line in lines:
        batch.append(line)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _not_in_the_books(lines: list[gateway.BalanceLine]) -> list[gateway.BalanceLine]:
    """Those for which no entries stand, to the penny: two queries, however many lines."""
    traced = paying_out.trace(lines)
    found = balances.on_account(Via.STRIPE, keys=[key for each in traced for key in each.keys])
    return [
        each.line
        for each in traced
        if not each.keys or sum(sum(found.get(key, {}).values()) for key in each.keys) != each.line.net_pence
    ]


def _is_not_ours(line: gateway.BalanceLine) -> bool:
    """Money of another system on the same account: its payment is kept as not ours, or was never made here."""
    if line.currency != "gbp":
        return True
    match line.category:
        case "charge":
            return Payment.objects.filter(charge=line.source, ours=False).exists()
        case "refund" | "refund_failure":
            return not Refund.objects.filter(refund=line.source).exists() and _belongs_to_nobody(following.refund, line)
        case "dispute" | "dispute_reversal":
            return _belongs_to_nobody(following.dispute, line)
    return False


def _belongs_to_nobody(follow: Callable[[str], str], line: gateway.BalanceLine) -> bool:
    try:
        follow(line.source)
    except PaymentIsNotOurs:
        return True
    except (DonationsError, LedgerError):
        return False
    return False


def _payout_waits(line: gateway.BalanceLine) -> bool:
    """Whether Stripe does not know yet what a payout is made of; it is said beside the sums."""
    return Payout.objects.filter(payout=line.source, entry__isnull=True, explained_at__isnull=True).exists()


def _compare_payouts(run: Run, *, since: datetime) -> None:
    for payout in gateway.payouts_since(since):
        run.count("payouts")
        if not run.strict:
            following.payout(payout.payout)
    for kept in Payout.objects.exclude(unexplained_pence=None).exclude(unexplained_pence=0):
        not_ours = kept.lines.filter(ours=False).aggregate(pence=Sum("net_pence"))["pence"] or 0
        if (off := (kept.unexplained_pence or 0) - not_ours) != 0:
            said = f"The lines of the payout of {kept.arrives_on:%-d %B %Y} do not add up to it."
            run.found("payout", kept.payout, off, said)


# ---- three pairs of sums


def _donations_and_payments() -> Sums:
    given = Donation.objects.filter(payment__isnull=False).aggregate(pence=Sum("pence"))["pence"] or 0
    paid = Payment.objects.succeeded().ours().filter(currency="gbp").aggregate(pence=Sum("pence"))["pence"] or 0
    return Sums("donations = payments", "Donations by card and debit", given, "payments that succeeded", paid)


def _funds_and_donations() -> Sums:
    """What came to the funds by way of Stripe, against gifts less refunds, disputes and fees."""
    kinds = ["gift", "refund", "dispute", "fee"]
    in_books = balances.moved_on(Via.STRIPE, kinds=kinds)
    given = Donation.objects.filter(payment__isnull=False).aggregate(pence=Sum("pence"))["pence"] or 0
    refunded = (
        Refund.objects.filter(entry__isnull=False, turned__isnull=True).aggregate(pence=Sum("pence"))["pence"] or 0
    )
    disputed = DisputeMovement.objects.aggregate(pence=Sum("pence"))["pence"] or 0
    fees = -balances.moved_on(Via.STRIPE, kinds=["fee"])
    return Sums(
        "funds = donations less fees less refunds",
        "The funds’ money from Stripe",
        in_books,
        "donations less refunds, disputes and fees",
        given - refunded + disputed - fees,
    )


def _clearing_and_balance() -> Sums:
    """Stripe's balance, without what is not ours and with the payouts whose lines Stripe does not know yet."""
    held = gateway.fetch_balance().total_pence
    not_ours = BalanceLine.objects.filter(ours=False, currency="gbp").aggregate(pence=Sum("net_pence"))["pence"] or 0
    paid_out_not_ours = (
        Payout.objects.filter(entry__isnull=False, turned__isnull=True).aggregate(pence=Sum("unexplained_pence"))[
            "pence"
        ]
        or 0
    )
    waiting = (
        Payout.objects.filter(entry__isnull=True)
        .exclude(state__in=paying_out.GONE)
        .aggregate(pence=Sum("pence"))["pence"]
        or 0
    )
    return Sums(
        "Stripe clearing = Stripe’s balance",
        "The account Stripe clearing",
        sum(balances.held_on(Via.STRIPE).values()),
        "Stripe’s balance",
        held - not_ours + paid_out_not_ours + waiting,
    )


# ---- the oracle


def _ask_the_oracle(run: Run, *, now: datetime) -> None:
    proof = proving.prove()
    if not proof.holds:
        run.found("proof", str(proof.pk), proof.differences, "Totals disagree with their lines: see the proof.")
    for payment in Payment.objects.succeeded().ours().filter(currency="gbp", donation__isnull=True):
        run.found("payment", payment.payment_intent, payment.pence, "A payment succeeded and has no donation.")
    due = Donation.objects.filter(payment__isnull=False).exclude(donor__email="").exclude(donor=None)
    for gift in due.exclude(letters__kind=Letter.Kind.RECEIPT):
        run.found("receipt", gift.reference, 0, "No receipt was written.")
    for letter in Letter.objects.filter(sent_at__isnull=True, written_at__lt=now - WAITING_TOO_LONG):
        run.found("letter", letter.about, 0, "A letter was written and has not left.")
    for fund, numbers in balances.of_funds():
        if numbers.shortfall:
            said = f"{fund.name} is {numbers.shortfall.exact} short: money left after it was promised."
            run.looked_at[said] = numbers.shortfall.pence


@transaction.atomic
def _store(run: Run, sums: list[Sums], begun_at: datetime) -> Reconciliation:
    standing = [finding for finding in run.findings if not finding.repaired]
    return Reconciliation.objects.create(
        begun_at=begun_at,
        finished_at=timezone.now(),
        strict=run.strict,
        looked_at=run.looked_at,
        sums=[asdict(each) for each in sums],
        findings=[asdict(finding) for finding in run.findings],
        differences=len(standing),
        repaired=len(run.findings) - len(standing),
    )
