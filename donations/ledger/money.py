"""Money: whole pence, never a float. Pounds are parsed here and nowhere else."""

import re
from dataclasses import dataclass
from functools import total_ordering


class NotAnAmount(ValueError):
    """The text is not an amount of money; the message is a sentence for the person who typed it."""


_SHAPE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")


_keep = object.__setattr__


@total_ordering
@dataclass(frozen=True, slots=True, init=False)
class Money:
    """An amount in pence sterling; negative where money goes the other way."""

    pence: int

    def __init__(self, pence: int) -> None:
        if type(pence) is not int:
            raise TypeError(f"Money is whole pence, not {pence!r}")
        _keep(self, "pence", pence)

    @classmethod
    def pounds(cls, typed: str | int) -> "Money":
        """The amount that somebody typed: “25”, “£1,000.50”, “12.5”. Raises NotAnAmount with a sentence."""
        text = str(typed).strip().removeprefix("£").strip()
        found = _SHAPE.fullmatch(text)
        if found is None or len(text) > 20 or not text.isascii():
            raise NotAnAmount("Enter an amount in pounds, like 25 or 12.50.")
        return cls(int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0")))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.pence + other.pence)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.pence - other.pence)

    def __neg__(self) -> "Money":
        return Money(-self.pence)

    def __lt__(self, other: "Money") -> bool:
        return self.pence < other.pence

    def __bool__(self) -> bool:
        return self.pence != 0

    def __str__(self) -> str:
        """“£1,234.50”, or “£1,234” where there are no odd pence."""
        whole, odd = divmod(abs(self.pence), 100)
        return f"{'−' if self.pence < 0 else ''}£{whole:,}" + (f".{odd:02}" if odd else "")

    @property
    def exact(self) -> str:
        """“£1,234.00”: always with the pence, for tables and papers."""
        whole, odd = divmod(abs(self.pence), 100)
        return f"{'−' if self.pence < 0 else ''}£{whole:,}.{odd:02}"


NOTHING = Money(0)


def pounds(typed: str | int) -> Money:
    """Short for Money.pounds."""
    return Money.pounds(typed)
