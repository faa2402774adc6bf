"""What every test may ask for, and the database that each test process has for itself: see database.py.

Where DATABASE_URL is unset the tests run their own PostgreSQL; the last session to leave stops it.
"""

import fcntl
import gc
import os
import shutil
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from tests import order
from tests.database import TestDatabase, make_template
from tests.factories.appeals import nurse_appeal
from tests.people import Cast
from tests.standin import standin

__all__ = ["nurse_appeal", "standin"]  # fixtures for every test

OWN_SERVER = "DATABASE_URL" not in os.environ

# Some machines forbid bytecode. The tests start dozens of processes, each of which would compile everything again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_lease = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server, once for all the processes of a run."""
    global _lease
    if OWN_SERVER and not hasattr(config, "workerinput"):
        settings.POSTGRES.home.mkdir(parents=True, exist_ok=True)
        _lease = (settings.POSTGRES.home / ".tests").open("w")
        fcntl.flock(_lease, fcntl.LOCK_SH)
        settings.POSTGRES.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove this process's files; stop the server, unless another run still works with it."""
    shutil.rmtree(settings.FILES, ignore_errors=True)
    if _lease is None:
        return
    try:
        fcntl.flock(_lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    settings.POSTGRES.stop()
    _lease.close()


@pytest.hookimpl(trylast=True)  # after pytest-django, which has an order of its own, and pytest-xdist's groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest begin first, so that the processes end together: see order.py."""
    processes = getattr(config, "workerinput", {"workercount": 0})["workercount"]
    items[:] = order.longest_first(items, processes)


def pytest_collection_finish() -> None:
    """What is loaded now stays: the search for what may go need not go through a million objects again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[TestDatabase]:
    """In place of pytest-django's: clone the template instead of migrating."""
    with django_db_blocker.unblock():
        ours = TestDatabase(make_template())
    # A test that commits ends with the database as it found it: what migrations put there is there again.
    TransactionTestCase._fixture_teardown = lambda test: ours.restore()  # type: ignore[method-assign] # on purpose
    yield ours
    with django_db_blocker.unblock():
        ours.drop()


@pytest.fixture
def people(db: None) -> Cast:
    """The cast, each with their role."""
    return Cast()
