"""The challenge that needs nobody else: a browser looks for numbers whose digests begin with zeros.

One form costs a telephone a few seconds; two thousand cost whoever tests cards hours. It is done by
static/almoner/proof.js, and checked here with one digest for each number.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.http import QueryDict

FIELD = "defence_answer"


class ProofOfWork:
    """So many numbers, each so hard to find."""

    template_name = "donations/defence/proof_of_work.html"

    def shown(self, ticket: str) -> dict[str, Any]:
        """What proof.js reads."""
        return {"seed": seed(ticket), "pieces": settings.DEFENCE_WORK_PIECES, "bits": settings.DEFENCE_WORK_BITS}

    def is_met(self, answers: QueryDict, *, ticket: str) -> bool:
        """Whether every number is right."""
        found = answers.get(FIELD, "")[:1000].split()
        start = seed(ticket)
        return len(found) == settings.DEFENCE_WORK_PIECES and all(
            zeros(start, piece, number) >= settings.DEFENCE_WORK_BITS for piece, number in enumerate(found)
        )


def seed(ticket: str) -> str:
    """Where the search of one ticket begins."""
    return hashlib.sha256(ticket.encode()).hexdigest()


def zeros(start: str, piece: int, number: str) -> int:
    """With how many zero bits the digest begins."""
    found = hashlib.sha256(f"{start}.{piece}.{number}".encode()).digest()
    return len(found) * 8 - int.from_bytes(found).bit_length()
