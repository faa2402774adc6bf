"""What is asked of everybody while many cards are tried. DEFENCE_CHALLENGE names the class: ours, or another's."""

from typing import Any, Protocol

from django.conf import settings
from django.http import QueryDict
from django.utils.module_loading import import_string


class ChallengeIsAway(Exception):
    """Whoever judges the answers cannot be reached: they count as waited, which are few."""


class Challenge(Protocol):
    """A question to a browser or a person. It is asked on a page of ours, inside the form that is sent again."""

    template_name: str

    def shown(self, ticket: str) -> dict[str, Any]:
        """What its template needs."""

    def is_met(self, answers: QueryDict, *, ticket: str) -> bool:
        """Whether the form brings the answer to the challenge of that ticket. Raises ChallengeIsAway."""


def challenge() -> Challenge:
    """The one that is in use."""
    made: Challenge = import_string(settings.DEFENCE_CHALLENGE)()
    return made
