"""Counting votes: the only place that reads a choice, once voting is over. Nothing here writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q

from almoner.accounts.models import User
from grants import rights
from grants.models import Interest, Resolution, ResolutionState, Vote


class Tally(NamedTuple):
    """The votes on a version, without those of trustees in conflict."""

    present: int
    approve: int
    reject: int
    defer: int
    abstain: int


TIED = "tied"


def tally(resolution: Resolution) -> Tally:
    """Counted by the database, with the same function that its laws use."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM grants_tally(%s, %s)", [resolution.pk, resolution.version])
        return Tally(*cursor.fetchone())


def outcome(resolution: Resolution, votes: Tally) -> str:
    """The state that the votes lead to, or TIED. Abstentions make the quorum and decide nothing.

    Carried by more approvals than rejections and deferrals together. Otherwise deferred, if at least as many would
    wait as refuse. Inquorate below the quorum that was frozen at the opening.
    """
    against = votes.reject + votes.defer
    if votes.present < (resolution.quorum or 0):
        return ResolutionState.INQUORATE
    if votes.approve > against:
        return ResolutionState.CARRIED
    if votes.approve == against and votes.approve > 0:
        return TIED
    return ResolutionState.DEFERRED if votes.defer and votes.defer >= votes.reject else ResolutionState.LOST


@dataclass(frozen=True)
class Attendance:
    """Who has done what on the present version: never how."""

    voted: list[User]
    recused: list[Interest]
    reading: list[User]  # no conflict, no vote yet
    silent: list[User]  # nothing declared

    @property
    def is_complete(self) -> bool:
        """Whether everybody has voted or stood aside."""
        return not self.reading and not self.silent

    @property
    def eligible(self) -> int:
        """How many may vote: those who have not stood aside."""
        return len(self.voted) + len(self.reading) + len(self.silent)


def attendance(resolution: Resolution) -> Attendance:
    """Of one resolution."""
    return attendances([resolution])[resolution.pk]


def attendances(resolutions: Sequence[Resolution]) -> dict[int, Attendance]:
    """Of each, by its key: three queries, however many there are. Who has left since stays where she stood."""
    present_paper = Q(resolution__in=resolutions, version=F("resolution__version"))
    standing = (
        Interest.objects.filter(present_paper)
        .order_by("resolution_id", "trustee_id", "-pk")
        .distinct("resolution_id", "trustee_id")
        .select_related("trustee")
    )
    ballots = Vote.objects.filter(present_paper, casting=False).values_list("resolution_id", "trustee_id")
    declared: dict[int, list[Interest]] = {resolution.pk: [] for resolution in resolutions}
    has_voted: dict[int, set[int]] = {resolution.pk: set() for resolution in resolutions}
    for interest in standing:
        declared[interest.resolution_id].append(interest)
    for resolution_id, trustee_id in ballots.distinct():
        has_voted[resolution_id].add(trustee_id)
    board = list(rights.voters())
    return {
        resolution.pk: _attendance(declared[resolution.pk], has_voted[resolution.pk], board)
        for resolution in resolutions
    }


def _attendance(declared: Sequence[Interest], has_voted: set[int], board: Sequence[User]) -> Attendance:
    here = {person.pk for person in board}
    known = {each.trustee_id for each in declared}
    recused = {each.trustee_id for each in declared if each.conflicted}
    reading = [each.trustee for each in declared if each.trustee_id in here - has_voted - recused]
    return Attendance(
        voted=by_name(each.trustee for each in declared if each.trustee_id in has_voted - recused),
        recused=sorted((each for each in declared if each.conflicted), key=lambda each: name_of(each.trustee)),
        reading=by_name(reading),
        silent=[person for person in board if person.pk not in known],
    )


def by_name(people: Iterable[User]) -> list[User]:
    """In the order in which a minute names them."""
    return sorted(people, key=name_of)


def name_of(person: User) -> tuple[str, str, int]:
    """By last name."""
    return (person.last_name, person.first_name, person.pk)
