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
    """The centres that look after a place, those round about, and the others; without a place all are near."""

    place: Place | None = None
    near: list[Any] = field(default_factory=list)
    around: list[Any] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)

    @property
    def all(self) -> list[Any]:
        """Each of them, the nearest first."""
        return [*self.near, *self.around, *self.others]


def nearest(centres: Iterable[Any], place: Place | None) -> Found:
    """Sort centres by how near they are: those of the district, those of its area, all others."""
    if place is None:
        return Found(None, list(centres))
    found = Found(place)
    groups = {HERE: found.near, ROUND_HERE: found.around, FAR: found.others}
    for centre in centres:
        groups[nearness(centre.places, place)].append(centre)
    return found


HERE, ROUND_HERE, FAR = range(3)


def nearness(places: Iterable[Place], asked: Place) -> int:
    """How near the nearest of these places is."""
    best = FAR
    for place in places:
        if place.area == asked.area:
            same = not place.district or not asked.district or place.district == asked.district
            best = min(best, HERE if same else ROUND_HERE)
    return best
