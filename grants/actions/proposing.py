"""Writing a resolution: a draft, then versions. What a trustee reads is a paper that nobody can change any more."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from almoner.accounts.models import User
from donations.ledger.models import FundPurpose
from donations.ledger.money import NOTHING
from donations.ledger.posting import Share
from grants.actions.moving import hold, move, next_reference, start
from grants.exceptions import NotComplete, NotNow, in_our_words
from grants.models import Application, ApplicationState, Board, Paper, Resolution, ResolutionShare


@transaction.atomic
def draft(
    *,
    application: Application,
    text: str,
    shares: Sequence[Share],
    deadline: datetime,
    by: User,
    board: Board | None = None,
) -> Resolution:
    """Begin a resolution on an application. Raises NotAllowed, NotNow, NotComplete (whose `field` says where)."""
    held = hold(application)
    if held.state != ApplicationState.SUBMITTED:
        raise NotNow(
            gettext("%(reference)s is %(state)s.")
            % {"reference": held.reference, "state": held.get_state_display().lower()}
        )
    decides = board or Board.objects.first()
    if decides is None:
        raise NotNow(gettext("First enter the rules of decision: the board, its quorum and its chair."))
    _complete(application=held, text=text, shares=shares, deadline=deadline)
    resolution = Resolution(
        reference=next_reference("R", timezone.localdate().year),
        application=held,
        board=decides,
        deadline=deadline,
        drafted_by=by,
    )
    start(resolution, "draft", by=by)
    _write(resolution, 1, text=text, shares=shares, by=by)
    return resolution


@transaction.atomic
def redraft(*, resolution: Resolution, text: str, shares: Sequence[Share], deadline: datetime, by: User) -> Resolution:
    """Change a draft, which no trustee has seen. Raises NotAllowed, NotNow, NotComplete."""
    held = hold(resolution)
    _complete(application=held.application, text=text, shares=shares, deadline=deadline)
    move(held, "redraft", by=by, deadline=deadline)
    paper = held.papers.get(version=held.version)
    with in_our_words():
        paper.text = text.strip()
        paper.written_by = by
        paper.save(update_fields=["text", "written_by"])
        paper.shares.all().delete()
        _share(paper, shares)
    return held


@transaction.atomic
def revise(*, resolution: Resolution, text: str, shares: Sequence[Share], deadline: datetime, by: User) -> Resolution:
    """Put a new version before the board. Declarations and votes on the last one count no more.

    The way on for a resolution that waits for funds: reduce, or split across funds.
    Raises NotAllowed, NotNow, NotComplete.
    """
    held = hold(resolution)
    _complete(application=held.application, text=text, shares=shares, deadline=deadline)
    if not held.takes_votes and not held.is_waiting:
        raise NotNow(gettext("Only a resolution that is before the board gets a new version."))
    _write(held, held.version + 1, text=text, shares=shares, by=by)
    return move(held, "revise", by=by, version=held.version + 1, deadline=deadline, counted_at=None, waiting_for="")


@transaction.atomic
def withdraw(*, resolution: Resolution, because: str, by: User) -> Resolution:
    """Take it back, before it is decided. Raises NotAllowed, NotNow, NotComplete."""
    if not because.strip():
        raise NotComplete(gettext("Say why."), field="because")
    held = hold(resolution)
    return move(held, "withdraw", by=by, reason=because.strip(), waiting_for="", closed_at=timezone.now())


def _write(resolution: Resolution, version: int, *, text: str, shares: Sequence[Share], by: User) -> Paper:
    with in_our_words():
        paper = Paper.objects.create(resolution=resolution, version=version, text=text.strip(), written_by=by)
        _share(paper, shares)
    return paper


def _share(paper: Paper, shares: Sequence[Share]) -> None:
    in_order = sorted(shares, key=lambda share: share.fund.pk)
    ResolutionShare.objects.bulk_create(
        [ResolutionShare(paper=paper, fund=share.fund, pence=share.amount.pence) for share in in_order]
    )


def _complete(*, application: Application, text: str, shares: Sequence[Share], deadline: datetime) -> None:
    if not text.strip():
        raise NotComplete(gettext("Write the paper."), field="text")
    if not shares:
        raise NotComplete(gettext("Say which fund pays, and how much."), field="shares")
    purpose = application.programme.purpose
    served = set(FundPurpose.objects.filter(purpose=purpose).values_list("fund", flat=True))
    for share in shares:
        if share.amount <= NOTHING:
            raise NotComplete(gettext("A share is more than nothing."), field="shares")
        if share.fund.pk not in served:
            raise NotComplete(
                gettext("%(fund)s may not be used for %(name)s.") % {"fund": share.fund, "name": purpose.name.lower()},
                field="shares",
            )
    if len({share.fund.pk for share in shares}) < len(shares):
        raise NotComplete(gettext("Name each fund once."), field="shares")
    if deadline <= timezone.now():
        raise NotComplete(gettext("The deadline is still to come."), field="deadline")
