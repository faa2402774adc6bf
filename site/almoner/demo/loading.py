"""The parts of the demo's data in the order in which they need each other. Each is whole or not there at all."""

import contextlib
import logging
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import transaction

from almoner.demo import appeals, awards, board, diary, funds, history, pages, people
from content.finding import learning
from content.models import Word
from donations.ledger import proving
from donations.ledger.models import Entry


@transaction.atomic
def load_people() -> None:
    """The cast."""
    people.load()


@transaction.atomic
def load_funds() -> None:
    """Purposes, funds, appeals and programmes."""
    funds.load()
    appeals.load()
    awards.load()


@transaction.atomic
def load_past() -> None:
    """Everything that was received, decided and paid, in the order of its days; then what waits today. Once."""
    if Entry.objects.filter(source_key__startswith="opening:demo:").exists():
        return
    cast = people.on_stage()
    diary.live_through([*history.deeds(bookkeeper=cast["rocky"]), *awards.deeds(cast)])
    awards.as_it_stands(cast)
    board.load(cast)


@transaction.atomic
def load_pages() -> None:
    """The site, with its pictures and voices."""
    with quiet("wagtail"):
        pages.load(by=people.on_stage()["sandy"])


@transaction.atomic
def load_search() -> None:
    """What the search knows: the index that the worker would make in time, and the words of it."""
    if not Word.objects.exists():
        call_command("update_index", verbosity=0)
        learning.learn()


@contextlib.contextmanager
def quiet(name: str) -> Iterator[None]:
    """Without a line on the screen for every page that is published."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


def load_proof() -> None:
    """A first proof, so that the dashboard and /healthz show one."""
    if proving.latest() is None:
        proving.prove()


PARTS: list[tuple[str, Callable[[], None]]] = [
    ("people", load_people),
    ("funds", load_funds),
    ("past", load_past),
    ("pages", load_pages),
    ("search", load_search),
    ("proof", load_proof),
]
