"""The run: each part in turn, a line a figure as soon as it is known, and whether any fell short."""

import os
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from tests.bench import parts
from tests.bench.figure import Figure
from tests.bench.place import Place

QUIET = 1.2  # a load average above this disturbs what is measured

Part = Callable[[Place], Iterator[Figure]]


def known() -> dict[str, Part]:
    """Every part by its name: a file in parts/ is a part."""
    names = sorted(module.name for module in pkgutil.iter_modules(parts.__path__))
    return {name: import_module(f"{parts.__name__}.{name}").measure for name in names}


def run(chosen: Iterable[Part], place: Place) -> int:
    """Measure and print; how many figures fell short."""
    small = (
        ""
        if place.scale == 1
        else f"NOT THE REPORTED SIZES: all is made {place.scale:g} times as large. Quote nothing."
    )
    if small:
        place.write(small)
    load = os.getloadavg()[0]
    place.say(f"{os.cpu_count()} cores, load average {load:.2f}")
    if load > QUIET:
        place.write(
            f"WARNING: the load average is above {QUIET}: something else works here, and disturbs what follows."
        )
    made = short = 0
    for part in chosen:
        for figure in part(place):
            made += 1
            short += not figure.met
            for line in figure.lines():
                place.write(line)
    place.write(f"{made} figures, {short} short")
    if small:
        place.write(small)
    return short
