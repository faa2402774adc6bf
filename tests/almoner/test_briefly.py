"""What every page asks is known for a moment, and never longer."""

import time

import pytest

from almoner.kit import briefly as room
from almoner.kit.briefly import briefly


class Clock:
    """Seconds that pass when they are told to."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch, settings):
    settings.KNOWN_SECONDS = 1
    clock = Clock()
    monkeypatch.setattr(room, "time", clock)
    return clock


@pytest.fixture
def asked():
    return []


@pytest.fixture
def menu(asked):
    @briefly
    def menu(site: str) -> str | None:
        asked.append(site)
        return f"menu {len(asked)} of {site}" if site != "nowhere" else None

    return menu


def test_within_a_second_it_is_asked_once(clock, menu, asked):
    assert [menu("here"), menu("here")] == ["menu 1 of here"] * 2
    clock.now += 0.9
    assert menu("here") == "menu 1 of here"


def test_after_a_second_it_is_asked_again(clock, menu):
    menu("here")
    clock.now += 1
    assert menu("here") == "menu 2 of here"


def test_one_question_is_never_answered_for_another(clock, menu):
    assert (menu("here"), menu("there")) == ("menu 1 of here", "menu 2 of there")


def test_what_was_not_found_may_be_there_a_moment_later(clock, menu, asked):
    assert menu("nowhere") is None
    assert menu("nowhere") is None
    assert asked == ["nowhere"] * 2


def test_whoever_asks_for_a_thousand_things_fills_no_memory(clock, menu, asked):
    menu("here")
    for number in range(room.MOST):
        menu(f"made up {number}")
    asked.clear()
    menu("here")
    assert asked == ["here"]


def test_where_it_is_turned_off_everything_is_asked(clock, menu, asked, settings):
    settings.KNOWN_SECONDS = 0
    menu("here")
    menu("here")
    assert asked == ["here"] * 2


def test_what_one_process_keeps_is_forgotten_before_another_can_have_changed_much(monkeypatch):
    known = room.BriefCache("only this test", {})
    known.set("site", "/", 3600)
    known.set("always", "nothing", None)
    assert known.get("site") == "/"
    later = time.time() + room.LONGEST + 1
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: later)
    assert known.get("site") is None
    assert known.get("always") is None
