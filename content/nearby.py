"""Finding a centre by where somebody lives: the first part of a postcode is enough, and no map is needed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

WHOLE = re.compile(r"([A-Z]{1,2})(\d[A-Z\d]?)\d[A-Z]{2}")
BEGUN = re.compile(r"([A-Z]{1,2})(\d[A-Z\d]?)?")


@dataclass(frozen=True)
class Place:
    """The area of a postcode (“PO”), and its district (“PO1”) where that was said."""

    area: str
    district: str = ""

    def __str__(self) -> str:
        return self.district or self.area


def place_of(typed: str) -> Place | None:
    """“po1 3ax”, “PO1” or “PO” as a place; None for what does not begin a postcode."""
    plain = "".join(typed.upper().split())
    found = WHOLE.fullmatch(plain) or BEGUN.fullmatch(plain)
    if found is None:
        return None
    return Place(found[1], f"{found[1]}{found[2]}" if found[2] else "")


@dataclass
class Found:
    """The centres that look after a place, and the others; all are near where no place was named."""

    place: Place | None = None
    near: list[Any] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)


def nearest(centres: Iterable[Any], place: Place | None) -> Found:
    """Sort centres by how near they are: those of the district first, then those of the area."""
    in_order = list(centres)
    if place is None:
        return Found(None, in_order)
    told = [(nearness(centre.places, place), centre) for centre in in_order]
    near = sorted((pair for pair in told if pair[0] < FAR), key=lambda pair: pair[0])
    return Found(place, [centre for _, centre in near], [centre for far, centre in told if far == FAR])


HERE, ROUND_HERE, FAR = range(3)


def nearness(places: Iterable[Place], asked: Place) -> int:
    """How near the nearest of these places is."""
    best = FAR
    for place in places:
        if place.area == asked.area:
            same = not place.district or not asked.district or place.district == asked.district
            best = min(best, HERE if same else ROUND_HERE)
    return best
