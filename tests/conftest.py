"""A database for each test process, cloned from a template that is rebuilt only when a migration changes.

Where DATABASE_URL is unset the tests run their own PostgreSQL; the last session to leave stops it.
"""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from tests.factories.appeals import nurse_appeal
from tests.people import Cast
from tests.standin import standin

__all__ = ["nurse_appeal", "standin"]  # fixtures for every test

TEMPLATE = "tpl_almoner"
# The guard on the ledger lets a database be emptied only if its name begins so.
NAME = f"test_almoner_{os.getpid()}_"
MOST_OLD = 20  # clones that wait to be dropped together: PostgreSQL writes everything to disk before each first drop
OWN_SERVER = "DATABASE_URL" not in os.environ

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


LONG = ("tests/bench/", "tests/storms/")


@pytest.hookimpl(trylast=True)  # after pytest-django, which has an order of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin first, so that the processes end together."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """In place of pytest-django's: clone the template instead of migrating."""
    with django_db_blocker.unblock():
        template = make_template()
        clone(template)
    # A test that commits ends with a new clone, so that what migrations put there is there again.
    TransactionTestCase._fixture_teardown = lambda test: clone(template)  # type: ignore[method-assign] # on purpose
    yield
    with django_db_blocker.unblock():
        drop_clones()


def make_template() -> str:
    """The template's name, after making it if these migrations have none; older templates and dead clones go."""
    name = f"{TEMPLATE}_{migrations_hash()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])  # other processes wait here
        try:
            cursor.execute("SELECT datname FROM pg_database WHERE datname = %s AND datistemplate", [name])
            if cursor.fetchone() is None:
                sweep(cursor)
                cursor.execute(f'CREATE DATABASE "{name}_unfinished"')
                settings_dict = connections["default"].settings_dict
                settings_dict["NAME"] = f"{name}_unfinished"
                call_command("migrate", verbosity=0, interactive=False)
                connections.close_all()
                cursor.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
                cursor.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [TEMPLATE])
    return name


def sweep(cursor: object) -> None:
    """Drop templates of other migrations, and databases whose test process is gone."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^(tpl|test)_almoner_'")
    for (old,) in cursor.fetchall():
        if old.startswith("test_") and Path(f"/proc/{old.split('_')[2]}").exists():
            continue
        cursor.execute(f'ALTER DATABASE "{old}" IS_TEMPLATE false')
        cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')


_clones: list[str] = []


def clone(template: str) -> None:
    """Another database for this process, fresh from the template."""
    connections.close_all()
    if len(_clones) > MOST_OLD:
        drop_clones()
    name = f"{NAME}{time.monotonic_ns()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _clones.append(name)
    connections["default"].settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def drop_clones() -> None:
    """Drop this process's databases."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        while _clones:
            cursor.execute(f'DROP DATABASE IF EXISTS "{_clones.pop()}" WITH (FORCE)')


def migrations_hash() -> str:
    """A digest of everything that a migrated database is made of."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        folder = Path(app.path)
        for file in sorted(
            [*folder.glob("migrations/*"), *folder.glob("*.sql"), *folder.glob("starting.py"), *folder.glob("roles.py")]
        ):
            if file.suffix in {".py", ".sql"}:
                digest.update(f"{app.name}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture
def people(db: None) -> Cast:
    """The cast, each with their role."""
    return Cast()
