"""The minute of a resolution: one text, written at the close and frozen with its digest. Corrections are addenda.

A blank line parts the sections; the first line of each is its heading; lines that begin with “– ” make a list.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from donations.ledger import balances
from donations.ledger.money import Money
from grants import counting
from grants.counting import Attendance, Tally
from grants.models import Award, Paper, Resolution, ResolutionState, Vote

DECIDED = {
    ResolutionState.CARRIED: "The resolution was carried.",
    ResolutionState.LOST: "The resolution was not carried.",
    ResolutionState.DEFERRED: "The question was deferred.",
    ResolutionState.INQUORATE: "Too few trustees voted for a quorum, so nothing was decided.",
}


@dataclass
class Section:
    """A heading with its lines, for a page."""

    heading: str
    lines: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


@translation.override(settings.LANGUAGE_CODE)  # the charity's language, whoever gave the last vote
def write(
    resolution: Resolution, *, state: ResolutionState, votes: Tally, award: Award | None, closed_at: datetime
) -> str:
    """The text. Called under the resolution's lock and, where money was reserved, under the locks of its funds."""
    application, board = resolution.application, resolution.board
    paper = resolution.papers.get(version=resolution.version)
    present = counting.attendance(resolution)
    parts = [
        [
            f"Minute of resolution {resolution.reference}",
            f"{application.title}, for {application.organisation}. Application {application.reference}, "
            f"programme {application.programme}.",
            f"{board}. Opened {moment(resolution.opened_at)} by {resolution.opened_by}; closed {moment(closed_at)}. "
            f"Version {resolution.version} of the paper was before the board.",
        ],
        ["Decision", *_decision(state, award, paper)],
        ["Attendance", *_attendance(present)],
        ["Conflicts of interest", *_recusals(present)],
        ["Quorum", f"{votes.present} trustees without a conflict voted; the quorum was {resolution.quorum}."],
        ["Votes", *_votes(resolution, votes)],
        ["Funds", *_funds(paper, reserved=award is not None)],
    ]
    return "\n\n".join("\n".join(one_line(line) for line in part) for part in parts) + "\n"


def digest(minute: str) -> str:
    """SHA-256 of the text, to be printed beneath it."""
    return hashlib.sha256(minute.encode()).hexdigest()


def sections(minute: str) -> list[Section]:
    """The text again, taken apart for a page."""
    found = []
    for part in minute.strip().split("\n\n"):
        heading, *lines = part.split("\n")
        section = Section(heading)
        for line in lines:
            (section.items if line.startswith("– ") else section.lines).append(line.removeprefix("– "))
        found.append(section)
    return found


def moment(at: datetime | None) -> str:
    """As in “24 November 2026, 14:05”."""
    return date_format(timezone.localtime(at), "j F Y, H:i") if at else ""


def one_line(text: str) -> str:
    """Whatever people typed, on one line: a reason of several paragraphs does not begin a section."""
    return " ".join(text.split())


def _decision(state: ResolutionState, award: Award | None, paper: Paper) -> Iterable[str]:
    yield DECIDED[state]
    if award is not None:
        what = award.purpose.name.lower()
        yield f"Award {award.reference}: {award.amount.exact} to {award.organisation}, for {what}."
    else:
        yield f"The paper asked for {paper.amount.exact}."


def _attendance(present: Attendance) -> Iterable[str]:
    yield f"{len(present.voted)} trustees voted."
    for person in present.voted:
        yield f"– {person} voted"
    for person in present.reading:
        yield f"– {person} declared no conflict and did not vote"
    for person in present.silent:
        yield f"– {person} did not take part"


def _recusals(present: Attendance) -> Iterable[str]:
    if not present.recused:
        yield "No trustee declared a conflict."
        return
    yield "These trustees declared a conflict, stood aside, and counted neither for the vote nor for the quorum."
    for interest in present.recused:
        yield f"– {interest.trustee}: {interest.nature}"


def _votes(resolution: Resolution, votes: Tally) -> Iterable[str]:
    yield (f"To approve {votes.approve}, to reject {votes.reject}, to defer {votes.defer}, abstaining {votes.abstain}.")
    counted = {person.pk for person in counting.attendance(resolution).voted}
    cast = Vote.objects.cast_on(resolution).filter(trustee__in=counted).select_related("trustee")
    for vote in sorted(cast, key=lambda each: (each.casting, counting.name_of(each.trustee))):
        which = "casting vote" if vote.casting else "vote"
        reason = f" Reason: {vote.reason}" if vote.reason else ""
        yield f"– {vote.trustee}, {which}: {vote.get_choice_display().lower()}.{reason}"


def _funds(paper: Paper, *, reserved: bool) -> Iterable[str]:
    """Each fund before and after. The positions are the ledger's, read where nobody else can move them."""
    for share in paper.shares.select_related("fund"):
        left = balances.left_in(share.fund)
        if reserved:
            before = Money(left.pence + share.pence)
            yield f"– {share.fund}: {share.amount.exact} reserved; {before.exact} free before, {left.exact} after"
        else:
            yield f"– {share.fund}: {share.amount.exact} asked for; {left.exact} free, and nothing reserved"
