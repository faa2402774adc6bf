"""The whole demo, loaded once for all the tests of this folder by the role that serves, and taken back afterwards."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share one demo, so one process runs them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo's data."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE almoner_app")
        call_command("seed_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
