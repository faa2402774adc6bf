"""What happens to an award: made by a carried resolution, offered, accepted, lapsed, closed; money returned."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from almoner.accounts.models import User
from donations.ledger import balances, posting
from donations.ledger.models import AwardPosition
from donations.ledger.money import NOTHING, Money
from donations.ledger.posting import Share
from grants.actions.moving import hold, move, next_reference, start
from grants.exceptions import NotComplete, NotNow
from grants.models import Award, AwardShare, Instalment, InstalmentState, Programme, Resolution
from grants.proportion import split


@transaction.atomic
def make(*, resolution: Resolution, by: User) -> Award:
    """The award of a resolution that its votes carry, and the reservation of its money. For deciding.py alone.

    Raises LedgerError where a fund cannot cover it; then neither is there.
    """
    application = resolution.application
    shares = resolution.papers.get(version=resolution.version).asked_of_funds()
    today = timezone.localdate()
    award = Award(
        reference=next_reference("A", today.year),
        resolution=resolution,
        programme=application.programme,
        title=application.title,
        organisation=application.organisation,
        organisation_number=application.organisation_number,
        purpose=application.programme.purpose,
        pence=_sum(shares).pence,
        decided_on=today,
    )
    _store(award, "make", shares, by=by)
    posting.reserve(
        award.reference, shares=shares, purpose=award.purpose, key=f"resolution:{resolution.pk}", by=by, on=today
    )
    return award


@transaction.atomic
def bring_in(
    *, programme: Programme, title: str, organisation: str, shares: Sequence[Share], decided_on: date, source: str,
    by: User, organisation_number: str = "", reference: str = "",
) -> Award:  # fmt: skip
    """An award that was decided before these books began; `source` says where that is recorded.

    Its money is reserved on the day it was decided, so old gifts are brought in first. Without a reference it
    gets the next of its year. Raises NotAllowed, NotComplete, LedgerError.
    """
    if not source.strip():
        raise NotComplete(gettext("Say where the decision is recorded."), field="source")
    award = Award(
        reference=reference or next_reference("A", decided_on.year),
        source=source.strip(),
        programme=programme,
        title=title,
        organisation=organisation,
        organisation_number=organisation_number,
        purpose=programme.purpose,
        pence=_sum(shares).pence,
        decided_on=decided_on,
    )
    _store(award, "bring_in", shares, by=by)
    posting.reserve(
        award.reference, shares=shares, purpose=award.purpose, key=f"past-award:{award.reference}", by=by, on=decided_on
    )
    return award


@transaction.atomic
def offer(*, award: Award, by: User, on: date | None = None, expires_on: date | None = None) -> Award:
    """Tell the grantee. What waits for no condition is owed from this day; the rest stays reserved.

    Instalments with conditions are planned before. Raises NotAllowed, NotNow, LedgerError.
    """
    held = hold(award)
    today = on or timezone.localdate()
    move(held, "offer", by=by, offered_on=today, offer_expires_on=expires_on)
    owed = _without_conditions(held)
    if owed:
        posting.award(
            held.reference, shares=owed, purpose=held.purpose, key=f"award:{held.reference}:offered", by=by, on=today
        )
    return held


@transaction.atomic
def accept(*, award: Award, accepted_by: str, by: User, on: date | None = None) -> Award:
    """The grantee agreed; `accepted_by` is who signed and in what office. Raises NotAllowed, NotNow, NotComplete."""
    if not accepted_by.strip():
        raise NotComplete(gettext("Enter who accepted for the grantee."), field="accepted_by")
    return move(
        hold(award), "accept", by=by, accepted_on=on or timezone.localdate(), accepted_for_by=accepted_by.strip()
    )


@transaction.atomic
def lapse(*, award: Award, because: str, by: User, on: date | None = None) -> Award:
    """The offer was not taken up, or the decision is withdrawn: all of the money is free again.

    Raises NotAllowed, NotNow, NotComplete, LedgerError.
    """
    if not because.strip():
        raise NotComplete(gettext("Say why."), field="because")
    held = hold(award)
    move(held, "lapse", by=by, reason=because.strip())
    for each in held.instalments.exclude(state=InstalmentState.CANCELLED):
        move(hold(each), "cancel", by=by, reason=gettext("The award lapsed."))
    reserved, owed = standing(held)
    name = f"award:{held.reference}:lapsed"
    if reserved:
        posting.release(held.reference, shares=reserved, purpose=held.purpose, key=name, by=by, on=on)
    if owed:
        posting.cut(held.reference, shares=owed, purpose=held.purpose, key=f"{name}:owed", by=by, on=on)
    return held


@transaction.atomic
def recover(*, award: Award, amount: Money, because: str, key: str, by: User, on: date | None = None) -> Award:
    """Money that the grantee returned, in the award's own proportions; `key` names the bank's line.

    Raises NotAllowed, NotNow, NotComplete, LedgerError.
    """
    held = hold(award)
    paid = list(AwardPosition.objects.filter(award=held.reference, paid__gt=0).select_related("fund").order_by("fund"))
    if amount <= NOTHING or amount.pence > sum(each.paid for each in paid):
        raise NotComplete(gettext("Enter an amount of more than nothing and not above what was paid."), field="amount")
    parts = split(amount.pence, [each.paid for each in paid])
    shares = [Share(each.fund, Money(part)) for each, part in zip(paid, parts, strict=True) if part]
    move(held, "recover", by=by, reason=because.strip())
    posting.recover(held.reference, shares=shares, purpose=held.purpose, key=key, by=by, on=on)
    return held


@transaction.atomic
def close(*, award: Award, by: User) -> Award:
    """Everything is paid. Raises NotAllowed, NotNow while anything is reserved or owed."""
    held = hold(award)
    left = balances.of_award(held.reference).still_to_pay
    if left:
        raise NotNow(
            gettext("%(left)s of %(reference)s is still to be paid.")
            % {"left": left.exact, "reference": held.reference}
        )
    return move(held, "close", by=by)


def standing(award: Award) -> tuple[list[Share], list[Share]]:
    """What the ledger holds of an award, fund by fund: reserved, and owed."""
    rows = list(AwardPosition.objects.filter(award=award.reference).select_related("fund").order_by("fund"))
    reserved = [Share(row.fund, Money(row.reserved)) for row in rows if row.reserved]
    return reserved, [Share(row.fund, Money(row.owed)) for row in rows if row.owed]


def _store(award: Award, action: str, shares: Sequence[Share], *, by: User) -> None:
    start(award, action, by=by)
    AwardShare.objects.bulk_create(
        [AwardShare(award=award, fund=share.fund, pence=share.amount.pence) for share in shares]
    )


def _without_conditions(award: Award) -> list[Share]:
    """The award's shares, less those of instalments that wait for a condition."""
    waiting: dict[int, int] = {}
    for each in Instalment.objects.filter(award=award).exclude(state=InstalmentState.CANCELLED):
        if each.waits_for_a_condition:
            for share in each.borne_by():
                waiting[share.fund.pk] = waiting.get(share.fund.pk, 0) + share.amount.pence
    left = [(share.fund, share.amount.pence - waiting.get(share.fund.pk, 0)) for share in award.borne_by()]
    return [Share(fund, Money(pence)) for fund, pence in left if pence]


def _sum(shares: Sequence[Share]) -> Money:
    return Money(sum(share.amount.pence for share in shares))
