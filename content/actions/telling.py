"""What a letter about a coming day is made of."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Coming:
    """Something with a day, the addresses that hear of it, and what the letter says."""

    about: str
    day: date
    to: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def days_left(self, today: date) -> int:
        """0 on the day itself, less from the day after."""
        return (self.day - today).days


def in_words(day: date) -> str:
    """“2 March 2026”."""
    return f"{day:%-d %B %Y}"
