"""Taking a step: the one function that changes a state, and the row it leaves behind."""

from typing import TypeVar

from django.db import connection
from django.db.models import Model

from almoner.accounts.models import User
from grants import rights, transitions
from grants.exceptions import in_our_words
from grants.models import Application, Award, Event, Instalment, Resolution

Thing = TypeVar("Thing", Application, Resolution, Award, Instalment)


def hold(thing: Thing) -> Thing:
    """The thing as it stands now, locked until the transaction ends."""
    rows = type(thing)._default_manager.select_for_update(of=("self",))
    return rows.get(pk=thing.pk)


def start(thing: Thing, action: str, *, by: User) -> Thing:
    """Store a new thing, in the state in which it begins. Raises NotAllowed, or what a law says."""
    step = transitions.find(noun_of(thing), action, "")
    if step.permission:
        rights.require(by, step.permission)
    thing.state = step.to
    with in_our_words():
        thing.save(force_insert=True)
    _remember(thing, step, by=by, from_state="", reason="")
    return thing


def move(thing: Thing, action: str, *, by: User, reason: str = "", **changes: object) -> Thing:
    """Take the step `action`, with the columns that change with it, and write the event.

    Raises NotNow where the table knows no such step from this state, NotAllowed, or what a law says.
    """
    step = transitions.find(noun_of(thing), action, thing.state)
    if step.permission:
        rights.require(by, step.permission)
    from_state = thing.state
    for name, value in {"state": step.to, **changes}.items():
        setattr(thing, name, value)
    with in_our_words():
        thing.save(update_fields=["state", *changes])
    _remember(thing, step, by=by, from_state=from_state, reason=reason)
    return thing


def note(thing: Thing, action: str, *, by: User, reason: str = "") -> None:
    """Write an event that changes no state: a declaration made, a vote cast. It never says how anybody voted."""
    step = transitions.Step(noun_of(thing), action, (thing.state,), thing.state, transitions.FOLLOWS)
    _remember(thing, step, by=by, from_state=thing.state, reason=reason)


def noun_of(thing: Model) -> str:
    """As in “resolution”."""
    return thing._meta.model_name or ""


def next_reference(letter: str, year: int) -> str:
    """The next of a letter and year, as “A-2026-014”. Whoever takes one holds the row until her transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO grants_numbering (letter, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (letter, year) DO UPDATE SET last = grants_numbering.last + 1 RETURNING last",
            [letter, year],
        )
        (number,) = cursor.fetchone()
    return f"{letter}-{year}-{number:03}"


def _remember(thing: Thing, step: transitions.Step, *, by: User, from_state: str, reason: str) -> None:
    Event.objects.create(
        noun=step.noun, number=thing.pk, action=step.action, from_state=from_state, to_state=step.to,
        actor=by, reason=reason, version=getattr(thing, "version", None),
    )  # fmt: skip
