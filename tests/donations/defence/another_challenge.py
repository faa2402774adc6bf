"""Somebody else's challenge, which cannot be reached."""

from typing import Any

from django.http import QueryDict

from donations.defence.challenges import ChallengeIsAway


class Away:
    """Asks, and cannot tell whether it was answered."""

    template_name = "donations/defence/proof_of_work.html"

    def shown(self, ticket: str) -> dict[str, Any]:
        """Nothing."""
        return {}

    def is_met(self, answers: QueryDict, *, ticket: str) -> bool:
        """Nobody knows."""
        raise ChallengeIsAway("No answer.")
