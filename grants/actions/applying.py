"""Entering, correcting and withdrawing an application."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from almoner.accounts.models import User
from donations.ledger.money import Money
from grants.actions.moving import hold, move, next_reference, start
from grants.exceptions import NotComplete, NotNow
from grants.models import Application, Programme, ResolutionState


@transaction.atomic
def enter(
    *,
    programme: Programme,
    title: str,
    organisation: str,
    summary: str,
    requested: Money,
    by: User,
    organisation_number: str = "",
) -> Application:
    """Enter a proposal that came to the office. Raises NotAllowed (voters do not enter), NotComplete."""
    _complete(title=title, organisation=organisation, summary=summary, requested=requested)
    application = Application(
        reference=next_reference("P", timezone.localdate().year),
        programme=programme,
        title=title.strip(),
        organisation=organisation.strip(),
        organisation_number=organisation_number.strip(),
        summary=summary.strip(),
        requested_pence=requested.pence,
        entered_by=by,
    )
    return start(application, "enter", by=by)


@transaction.atomic
def correct(
    *,
    application: Application,
    title: str,
    organisation: str,
    summary: str,
    requested: Money,
    by: User,
    organisation_number: str = "",
) -> Application:
    """Put a mistake right, until the application has been before the board. Raises NotAllowed, NotNow, RecordStands."""
    _complete(title=title, organisation=organisation, summary=summary, requested=requested)
    return move(
        hold(application),
        "correct",
        by=by,
        title=title.strip(),
        organisation=organisation.strip(),
        organisation_number=organisation_number.strip(),
        summary=summary.strip(),
        requested_pence=requested.pence,
    )


@transaction.atomic
def withdraw(*, application: Application, because: str, by: User) -> Application:
    """The applicant no longer asks. Its resolution is withdrawn first. Raises NotAllowed, NotNow, NotComplete."""
    if not because.strip():
        raise NotComplete(gettext("Say why."), field="because")
    held = hold(application)
    before = held.resolutions.filter(state__in=[ResolutionState.DRAFTING, ResolutionState.OPEN]).first()
    if before is not None:
        raise NotNow(gettext("Withdraw resolution %(reference)s first.") % {"reference": before.reference})
    return move(held, "withdraw", by=by, reason=because.strip())


def _complete(*, title: str, organisation: str, summary: str, requested: Money) -> None:
    for field, text, sentence in (
        ("title", title, gettext("Enter a title.")),
        ("organisation", organisation, gettext("Enter the organisation that asks.")),
        ("summary", summary, gettext("Enter a summary.")),
    ):
        if not text.strip():
            raise NotComplete(sentence, field=field)
    if requested.pence <= 0:
        raise NotComplete(gettext("Enter an amount of more than nothing."), field="requested")
