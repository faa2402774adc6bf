"""The oracle, “nothing lost”: what must hold of the books whatever happened, each difference with its id and pence."""

from datetime import datetime

from donations.actions.reconciling.run import Run
from donations.actions.reconciling.sweeping import WAITING_TOO_LONG
from donations.ledger import balances, proving
from donations.ledger.balances import Numbers
from donations.models import Donation, Letter, Payment


def ask(run: Run, *, now: datetime) -> None:
    """Ask everything that needs no word of Stripe's: the sums and the sweep have asked the rest."""
    the_proof_holds(run)
    each_payment_has_its_donation(run)
    each_donation_has_its_receipt(run, now=now)
    each_fund_adds_up(run)


def the_proof_holds(run: Run) -> None:
    """Every entry comes to nothing in each fund, and every total is the sum of its lines."""
    proof = proving.prove()
    if not proof.holds:
        run.found("proof", str(proof.pk), proof.differences, "Totals disagree with their lines: see the proof.")


def each_payment_has_its_donation(run: Run) -> None:
    """Each payment of ours that succeeded has one donation of the same amount, and no other payment has one."""
    for payment in Payment.objects.succeeded().ours().filter(currency="gbp", donation__isnull=True):
        run.found("payment", payment.payment_intent, payment.pence, "A payment succeeded and has no donation.")
    for gift in Donation.objects.filter(payment__isnull=False).select_related("payment").iterator():
        paid = gift.payment
        if paid is not None and (not paid.ours or paid.state != "succeeded" or paid.pence != gift.pence):
            run.found("donation", gift.reference, gift.pence, "A donation is not what its payment was.")


def each_donation_has_its_receipt(run: Run, *, now: datetime) -> None:
    """Receipts sent are receipts due, and no letter waits."""
    due = Donation.objects.filter(payment__isnull=False).exclude(donor__email="").exclude(donor=None)
    for reference in due.exclude(letters__kind=Letter.Kind.RECEIPT).values_list("reference", flat=True):
        run.found("receipt", reference, 0, "No receipt was written.")
    waiting = Letter.objects.filter(sent_at__isnull=True)
    if not run.strict:  # in a strict run whatever waits is off
        waiting = waiting.filter(written_at__lt=now - WAITING_TOO_LONG)
    for about in waiting.values_list("about", flat=True):
        run.found("letter", about, 0, "A letter was written and has not left.")


def each_fund_adds_up(run: Run) -> None:
    """available + reserved + owed + paid = raised + moved − costs − awaited; a shortfall is named, and is no fault."""
    for fund, numbers in balances.of_funds():
        if (off := _off(numbers)) != 0:
            run.found("fund", fund.code, off, f"The numbers of {fund.name} do not add up.")
        if numbers.shortfall:
            said = f"{fund.name} is {numbers.shortfall.exact} short: money left after it was promised."
            run.looked_at[said] = numbers.shortfall.pence


def _off(numbers: Numbers) -> int:
    there = numbers.available + numbers.reserved + numbers.owed + numbers.paid
    return (there - (numbers.raised + numbers.moved - numbers.costs - numbers.awaited)).pence
