"""Counting votes: the only place that reads a choice, once voting is over. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

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
    """Three queries, whatever the size of the board. A trustee who has left since stays where she stood."""
    interests = {each.trustee_id: each for each in Interest.objects.standing(resolution).select_related("trustee")}
    ballots = Vote.objects.filter(resolution=resolution, version=resolution.version, casting=False)
    has_voted = set(ballots.values_list("trustee_id", flat=True))
    recused = [each for each in interests.values() if each.conflicted]
    unconflicted = [each.trustee for each in interests.values() if not each.conflicted]
    present = list(rights.voters()) if not resolution.is_over else []
    here = {person.pk for person in present} | has_voted
    return Attendance(
        voted=by_name(person for person in unconflicted if person.pk in has_voted),
        recused=sorted(recused, key=lambda each: name_of(each.trustee)),
        reading=by_name(person for person in unconflicted if person.pk in here - has_voted),
        silent=[person for person in present if person.pk not in interests],
    )


def by_name(people: Iterable[User]) -> list[User]:
    """In the order in which a minute names them."""
    return sorted(people, key=name_of)


def name_of(person: User) -> tuple[str, str, int]:
    """By last name."""
    return (person.last_name, person.first_name, person.pk)
