"""Paying: planned, requested, authorised by two others, confirmed by the bank. Grants leave by bank, never by card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext

from almoner.accounts.models import User
from donations.ledger import posting
from donations.ledger.models import Entry
from donations.ledger.money import NOTHING, Money
from grants.actions.moving import hold, move, start
from grants.exceptions import AwardIsExceeded, NotComplete, NotNow, in_our_words
from grants.models import Award, AwardState, Instalment, InstalmentShare, InstalmentState
from grants.proportion import split

PAYABLE = (AwardState.ACCEPTED, AwardState.ACTIVE)
NOBODY = {"requested_by": None, "first_authoriser": None, "second_authoriser": None}


@dataclass(frozen=True, slots=True)
class Plan:
    """One instalment to be: how much, when, and what must be shown first, if anything."""

    amount: Money
    due_on: date
    condition: str = ""


@transaction.atomic
def plan(*, award: Award, instalments: Sequence[Plan], by: User) -> list[Instalment]:
    """Plan instalments, each in the proportions of what is left of the award's shares, exact to the penny.

    A condition is set before the offer: what is owed cannot be made conditional afterwards.
    Raises NotAllowed, NotNow, NotComplete, AwardIsExceeded.
    """
    held = hold(award)
    if held.state in (AwardState.CLOSED, AwardState.LAPSED):
        raise NotNow(
            gettext("%(reference)s is %(state)s.")
            % {"reference": held.reference, "state": held.get_state_display().lower()}
        )
    left = _unplanned(held)
    number = held.instalments.aggregate(last=Max("number"))["last"] or 0
    planned = []
    for each in instalments:
        if each.amount <= NOTHING:
            raise NotComplete(gettext("Enter an amount of more than nothing."), field="amount")
        if each.condition.strip() and held.state != AwardState.RESOLVED:
            raise NotComplete(gettext("A condition is set before the award is offered."), field="condition")
        if each.amount.pence > sum(left.values()):
            raise AwardIsExceeded(
                gettext("%(left)s of %(reference)s is left to plan.")
                % {"left": Money(sum(left.values())).exact, "reference": held.reference}
            )
        number += 1
        planned.append(_plan_one(held, number, each, left, by=by))
    return planned


@transaction.atomic
def reschedule(*, instalment: Instalment, due_on: date, by: User) -> Instalment:
    """Another day, before anybody has asked for it. Raises NotAllowed, NotNow."""
    held = _hold(instalment)
    if held.state == InstalmentState.HELD:
        raise NotNow(gettext("It is held back: free it first."))
    return move(held, "reschedule", by=by, due_on=due_on)


@transaction.atomic
def hold_back(*, instalment: Instalment, because: str, by: User) -> Instalment:
    """Something is missing, a report perhaps. Raises NotAllowed, NotNow, NotComplete."""
    _say_why(because)
    return move(_hold(instalment), "hold", by=by, reason=because.strip(), held_for=because.strip())


@transaction.atomic
def free(*, instalment: Instalment, by: User) -> Instalment:
    """What was missing has come. Raises NotAllowed, NotNow."""
    return move(_hold(instalment), "free", by=by, held_for="")


@transaction.atomic
def meet_condition(*, instalment: Instalment, evidence: str, by: User, on: date | None = None) -> Instalment:
    """Accept what shows that the condition is met, by somebody other than its author: the instalment is owed.

    Raises NotAllowed, NotNow, NotComplete, HandsAreTheSame, LedgerError.
    """
    if not evidence.strip():
        raise NotComplete(gettext("Say what shows that the condition is met."), field="evidence")
    held = _hold(instalment)
    award = held.award
    if not held.waits_for_a_condition:
        raise NotNow(gettext("This instalment waits for no condition."))
    if award.state == AwardState.RESOLVED:
        raise NotNow(gettext("Offer the award first."))
    today = on or timezone.localdate()
    move(
        held, "meet_condition", by=by, reason=evidence.strip(),
        condition_evidence=evidence.strip(), condition_met_on=today, condition_accepted_by=by,
    )  # fmt: skip
    posting.award(
        award.reference,
        shares=held.borne_by(),
        purpose=award.purpose,
        key=f"instalment:{held.pk}:owed",
        by=by,
        on=today,
    )
    return held


@transaction.atomic
def request(*, instalment: Instalment, by: User) -> Instalment:
    """Ask for the payment. Two other people authorise it. Raises NotAllowed, NotNow."""
    held = _hold(instalment)
    if held.award.state not in PAYABLE:
        raise NotNow(gettext("%(reference)s is not accepted yet.") % {"reference": held.award.reference})
    if held.waits_for_a_condition:
        raise NotNow(gettext("It waits for a condition: %(condition)s") % {"condition": held.condition})
    return move(held, "request", by=by, requested_by=by)


@transaction.atomic
def authorise(*, instalment: Instalment, by: User) -> Instalment:
    """Authorise the payment: first one, then another, and neither the one who asked.

    Raises NotAllowed, NotNow, HandsAreTheSame.
    """
    held = _hold(instalment)
    if held.state == InstalmentState.DUE:
        return move(held, "authorise", by=by, first_authoriser=by)
    return move(held, "authorise", by=by, second_authoriser=by)


@transaction.atomic
def send_back(*, instalment: Instalment, because: str, by: User) -> Instalment:
    """Something is wrong with the request: it falls back to the start. Raises NotAllowed, NotNow, NotComplete."""
    _say_why(because)
    return move(_hold(instalment), "send_back", by=by, reason=because.strip(), **NOBODY)


@transaction.atomic
def confirm(*, instalment: Instalment, bank_reference: str, by: User, on: date | None = None) -> Instalment:
    """The bank has paid: paid +, owed −. `bank_reference` is the bank's, of the line on its statement.

    Raises NotAllowed, NotNow, NotComplete, LedgerError.
    """
    if not bank_reference.strip():
        raise NotComplete(gettext("Enter the bank’s reference for this payment."), field="bank_reference")
    today = on or timezone.localdate()
    if today > timezone.localdate():
        raise NotComplete(gettext("This day is still to come."), field="paid_on")
    held = _hold(instalment)
    award = held.award
    move(held, "confirm", by=by, confirmed_by=by, paid_on=today, bank_reference=bank_reference.strip())
    move(award, "pay", by=by)
    posting.pay(award.reference, shares=held.borne_by(), purpose=award.purpose, key=paid_key(held), by=by, on=today)
    return held


@transaction.atomic
def bounce(*, instalment: Instalment, because: str, by: User) -> Instalment:
    """The bank sent it back: owed again, and requested again from the start. Raises NotAllowed, NotNow, NotComplete."""
    _say_why(because)
    held = _hold(instalment)
    entry = Entry.objects.get(source_key=paid_key(held))
    move(
        held, "bounce", by=by, reason=because.strip(), attempt=held.attempt + 1,
        confirmed_by=None, paid_on=None, bank_reference="", **NOBODY,
    )  # fmt: skip
    posting.reverse(entry, because=because.strip(), by=by)
    return held


@transaction.atomic
def cancel(*, instalment: Instalment, because: str, by: User) -> Instalment:
    """Take it out of the plan; its amount can be planned again. Raises NotAllowed, NotNow, NotComplete."""
    _say_why(because)
    held = _hold(instalment)
    if held.waits_for_a_condition and held.award.state != AwardState.RESOLVED:
        raise NotNow(gettext("Its amount is reserved for its condition: the award must be varied instead."))
    return move(held, "cancel", by=by, reason=because.strip(), held_for="")


def left_to_plan(award: Award) -> Money:
    """What of the award no instalment takes yet."""
    return Money(sum(_unplanned(award).values()))


def paid_key(instalment: Instalment) -> str:
    """The key of its payment in the books; a payment that bounced is followed by another."""
    again = f":{instalment.attempt}" if instalment.attempt > 1 else ""
    return f"instalment:{instalment.pk}:paid{again}"


def _hold(instalment: Instalment) -> Instalment:
    """The instalment, locked after its award, so that two people at work on one award wait instead of meeting."""
    award = hold(instalment.award)
    held = hold(instalment)
    held.award = award
    return held


def _plan_one(award: Award, number: int, each: Plan, left: dict[int, int], *, by: User) -> Instalment:
    """One instalment with its shares, taken from what is `left` by fund."""
    instalment = start(
        Instalment(
            award=award, number=number, pence=each.amount.pence, due_on=each.due_on, planned_by=by,
            condition=each.condition.strip(),
        ),
        "plan",
        by=by,
    )  # fmt: skip
    parts = split(each.amount.pence, list(left.values()))
    with in_our_words():
        InstalmentShare.objects.bulk_create(
            [
                InstalmentShare(instalment=instalment, fund_id=fund, pence=part)
                for fund, part in zip(left, parts, strict=True)
                if part
            ]
        )
    for fund, part in zip(list(left), parts, strict=True):
        left[fund] -= part
    return instalment


def _unplanned(award: Award) -> dict[int, int]:
    """What of each fund's share no instalment takes yet, in pence, in order of fund."""
    taken = dict(
        InstalmentShare.objects.filter(instalment__award=award)
        .exclude(instalment__state=InstalmentState.CANCELLED)
        .values_list("fund")
        .annotate(pence=Sum("pence"))
        .order_by()
    )
    shares = award.shares.order_by("fund").values_list("fund", "pence")
    return {fund: pence - taken.get(fund, 0) for fund, pence in shares}


def _say_why(because: str) -> None:
    if not because.strip():
        raise NotComplete(gettext("Say why."), field="because")
