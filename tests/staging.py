"""A stage that is set once for all the tests of a module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction

Stage = TypeVar("Stage")


@contextmanager
def set_once(blocker: Any, set_the_stage: Callable[[], Stage]) -> Iterator[Stage]:
    """A stage for every test that follows, each of which takes back what it wrote; in the end the stage goes too.

    For one that takes longer to set than to play on. What a test does to its Python objects stays.
    """
    with blocker.unblock():
        stage = transaction.atomic()
        stage.__enter__()
        made = set_the_stage()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        stage.__exit__(None, None, None)
