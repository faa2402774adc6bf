"""Deciding: open, declare, vote, close. Whoever does any of these holds the resolution's row until it is done."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from almoner.accounts.models import User, system_user
from donations.ledger.exceptions import BooksAreBusy, FundIsShort, LedgerError, PurposeIsShort
from donations.ledger.money import Money
from grants import counting, minutes, rights
from grants.actions import awarding
from grants.actions.moving import hold, move, note
from grants.exceptions import NotAllowed, NotNow, in_our_words
from grants.models import ApplicationState, Award, Choice, Interest, Resolution, ResolutionState, Vote

ENDINGS = {
    ResolutionState.CARRIED: "carry",
    ResolutionState.LOST: "lose",
    ResolutionState.DEFERRED: "defer",
    ResolutionState.INQUORATE: "end_inquorate",
}


@transaction.atomic
def open_resolution(*, resolution: Resolution, by: User) -> Resolution:
    """Put a draft before the board: its paper stands from now on, and the quorum is frozen.

    Raises NotAllowed, or NotNow where there are fewer voters than the quorum or the deadline has passed.
    """
    held = hold(resolution)
    voters = rights.voters().count()
    if voters < held.board.quorum:
        raise NotNow(
            gettext("There are %(voters)s trustees who can vote; the quorum is %(quorum)s.")
            % {"voters": voters, "quorum": held.board.quorum}
        )
    if held.deadline <= timezone.now():
        raise NotNow(gettext("The deadline has passed: set a later one first."))
    return move(held, "open", by=by, quorum=held.board.quorum, opened_by=by, opened_at=timezone.now())


@transaction.atomic
def declare(*, resolution: Resolution, version: int, conflicted: bool, by: User, nature: str = "") -> Interest:
    """Say whether one has a conflict with this version. A conflict shuts the papers, and stands.

    If hers was the last word that was missing, the votes are counted.
    Raises NotAllowed, NotComplete, VotingIsOver, PaperHasChanged, TrusteeIsInConflict.
    """
    rights.require(by, rights.VOTE)
    held = hold(resolution)
    with in_our_words():
        interest = Interest.objects.create(
            resolution=held, version=version, trustee=by, conflicted=conflicted, nature=nature.strip()
        )
    note(held, "declare", by=by)
    _count_when_all_have_spoken(held, by=by)
    return interest


@transaction.atomic
def vote(*, resolution: Resolution, version: int, choice: Choice, by: User, reason: str = "") -> Vote:
    """Cast a vote, or another in its place. The last that is missing closes the resolution.

    Raises NotAllowed, VotingIsOver, PaperHasChanged, TrusteeIsInConflict, and LawBroken for a missing reason.
    """
    rights.require(by, rights.VOTE)
    held = hold(resolution)
    with in_our_words():
        cast = Vote.objects.create(resolution=held, version=version, trustee=by, choice=choice, reason=reason.strip())
    note(held, "vote", by=by)
    _count_when_all_have_spoken(held, by=by)
    return cast


@transaction.atomic
def close(*, resolution: Resolution, by: User) -> Resolution:
    """The chair ends the voting before everybody has voted. Raises NotAllowed, NotNow."""
    held = hold(resolution)
    rights.require(by, rights.VOTE)
    if by != held.board.chair:
        raise NotAllowed(gettext("Only the chair ends the voting before the deadline."))
    _stand_in_no_conflict(held, by)
    if not held.takes_votes:
        raise NotNow(gettext("Voting on this resolution is over."))
    return _count(held, by=by)


@transaction.atomic
def cast(*, resolution: Resolution, choice: Choice, by: User, reason: str = "") -> Resolution:
    """The chair's casting vote, after a tie, where the governing document gives one.

    Raises NotAllowed, NotNow, and what a law says.
    """
    held = hold(resolution)
    rights.require(by, rights.VOTE)
    if not held.is_waiting or counting.outcome(held, counting.tally(held)) != counting.TIED:
        raise NotNow(gettext("There is no tie to decide."))
    with in_our_words():
        Vote.objects.create(
            resolution=held, version=held.version, trustee=by, choice=choice, reason=reason.strip(), casting=True
        )
    note(held, "cast", by=by)
    return _conclude(held, by=by)


@transaction.atomic
def reconsider(*, resolution: Resolution, by: User) -> Resolution:
    """Try again to reserve the money for a resolution that waits for funds. The votes stand as they were cast.

    Raises NotAllowed, NotNow. If a fund is still short, it goes on waiting and says so anew.
    """
    held = hold(resolution)
    if not held.is_waiting:
        raise NotNow(gettext("This resolution does not wait for funds."))
    move(held, "reconsider", by=by)
    return _conclude(held, by=by)


def close_overdue() -> int:
    """Close every resolution whose deadline has passed, each in a transaction of its own; how many there were."""
    overdue = list(Resolution.objects.overdue(timezone.now()))
    for resolution in overdue:
        _close_at_the_deadline(resolution)
    return len(overdue)


@transaction.atomic
def _close_at_the_deadline(resolution: Resolution) -> None:
    held = hold(resolution)
    if held.takes_votes and held.deadline <= timezone.now():
        _count(held, by=system_user("clock"))


def _stand_in_no_conflict(held: Resolution, chair: User) -> None:
    interest = Interest.objects.of(chair.pk, held)
    if interest is None or interest.conflicted:
        raise NotAllowed(gettext("Only a chair who has declared that she has no conflict ends the voting."))


def _count_when_all_have_spoken(held: Resolution, *, by: User) -> None:
    if counting.attendance(held).is_complete:
        _count(held, by=by)


def _count(held: Resolution, *, by: User) -> Resolution:
    """Voting is over: no vote changes from here on."""
    move(held, "count", by=by, counted_at=timezone.now())
    return _conclude(held, by=by)


def _conclude(held: Resolution, *, by: User) -> Resolution:
    """What the votes lead to. A tie waits for the chair, where she has a casting vote that she may give."""
    votes = counting.tally(held)
    ending = counting.outcome(held, votes)
    if ending == counting.TIED:
        chair = held.board.chair
        interest = Interest.objects.of(chair.pk, held)
        if held.board.casting_vote and interest is not None and not interest.conflicted:
            return _wait(
                held, gettext("The votes are equal: the casting vote of %(chair)s decides.") % {"chair": chair}
            )
        ending = ResolutionState.LOST
    if ending == ResolutionState.CARRIED:
        return _carry(held, votes, by=by)
    return _end(held, ending, votes, None, by=by)


def _carry(held: Resolution, votes: counting.Tally, *, by: User) -> Resolution:
    """Award and reservation, or neither: where a fund is short the votes stand, and the resolution waits."""
    try:
        with transaction.atomic():  # a savepoint: a refusal takes back the award and leaves the deciding vote
            award = awarding.make(resolution=held, by=by)
            return _end(held, ResolutionState.CARRIED, votes, award, by=by)
    except BooksAreBusy:
        raise  # the whole vote is cast again; nothing is recorded
    except LedgerError as refusal:
        held.refresh_from_db()
        return _wait(held, what_is_missing(held, refusal))


def _wait(held: Resolution, for_what: str) -> Resolution:
    held.waiting_for = for_what
    held.save(update_fields=["waiting_for"])
    note(held, "wait", by=system_user("clock"), reason=for_what)
    return held


def _end(held: Resolution, state: str, votes: counting.Tally, award: Award | None, *, by: User) -> Resolution:
    now = timezone.now()
    minute = minutes.write(held, state=ResolutionState(state), votes=votes, award=award, closed_at=now)
    move(
        held,
        ENDINGS[ResolutionState(state)],
        by=by,
        closed_at=now,
        waiting_for="",
        minute=minute,
        minute_digest=minutes.digest(minute),
    )
    if state in (ResolutionState.CARRIED, ResolutionState.LOST):
        application = hold(held.application)
        if application.state == ApplicationState.SUBMITTED:
            move(application, "decide", by=by)
    return held


def what_is_missing(resolution: Resolution, refusal: LedgerError) -> str:
    """Which fund lacks how much: “Nurse Fund has £9,986.00 left; this asks for £12,000.00.”"""
    if isinstance(refusal, FundIsShort | PurposeIsShort) and "asked" in refusal.detail:
        return gettext("%(sentence)s; this asks for %(asked)s.") % {
            "sentence": refusal.sentence.rstrip("."),
            "asked": Money(int(refusal.detail["asked"])).exact,
        }
    return refusal.sentence
