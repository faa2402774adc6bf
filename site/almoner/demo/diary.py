"""The demo's past, one deed after another: whatever happened, in the order of the days on which it happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Deed:
    """Something done on a day. Deeds of one day keep the order in which they were written down."""

    on: date
    do: Callable[[], object]


def live_through(deeds: Iterable[Deed]) -> None:
    """Do everything in the order of its days, so that no decision comes before the money it needs."""
    for deed in sorted(deeds, key=lambda deed: deed.on):
        deed.do()
