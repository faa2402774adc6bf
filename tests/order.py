"""In which order the tests are handed to the processes of a run, so that they end together: what takes long, first."""

from collections.abc import Iterator
from itertools import chain, islice

import pytest

# What takes half a minute or more. Of a group the first test here leads, and the group comes at its place.
LONG = (
    "tests/browser/test_the_demo_itself.py",
    "tests/browser/test_an_editor_builds_a_campaign.py",
    "tests/browser/test_every_page.py",
    "tests/browser/",
    "tests/storms/",
    "tests/bench/test_bench.py::test_everything_is_measured",
    "tests/almoner/demo/",
)
AHEAD = 4  # a process takes three tests ahead, and what it has taken no other process does


def longest_first(items: list[pytest.Item], processes: int) -> Iterator[pytest.Item]:
    """The long ones one by one, between short ones; without processes beside this one, all at the beginning."""
    parts: dict[str, list[pytest.Item]] = {}
    for item in sorted(items, key=place):
        group = item.get_closest_marker("xdist_group")
        parts.setdefault(group.args[0] if group else item.nodeid, []).append(item)
    long = [part for part in parts.values() if place(part[0]) < len(LONG)]
    short = iter([part for part in parts.values() if place(part[0]) == len(LONG)])
    at_once = processes or len(long)
    turns = [*long[:at_once], *islice(short, at_once)]
    for part in long[at_once:]:
        turns += [part, *islice(short, AHEAD)]
    return chain.from_iterable([*turns, *short])


def place(item: pytest.Item) -> int:
    """Its place among the long ones, or after them."""
    return next((at for at, each in enumerate(LONG) if item.nodeid.startswith(each)), len(LONG))
