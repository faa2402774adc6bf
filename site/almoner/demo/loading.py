"""The parts of the demo's data in the order in which they need each other. Each is whole or not there at all."""

from collections.abc import Callable

from django.db import transaction

from almoner.demo import appeals, diary, funds, history, people
from donations.ledger import proving
from donations.ledger.models import Entry


@transaction.atomic
def load_people() -> None:
    """The cast."""
    people.load()


@transaction.atomic
def load_funds() -> None:
    """Purposes, funds and appeals."""
    funds.load()
    appeals.load()


@transaction.atomic
def load_past() -> None:
    """Everything that was received, decided and paid, in the order of its days; once."""
    if not Entry.objects.filter(source_key__startswith="opening:demo:").exists():
        diary.live_through(history.deeds(bookkeeper=people.on_stage()["rocky"]))


def load_proof() -> None:
    """A first proof, so that the dashboard and /healthz show one."""
    if proving.latest() is None:
        proving.prove()


PARTS: list[tuple[str, Callable[[], None]]] = [
    ("people", load_people),
    ("funds", load_funds),
    ("past", load_past),
    ("proof", load_proof),
]
