"""No kind of page asks the database more for fifty of a thing than for five; what it asks for can tell of a change."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content import edition
from content.models.base import BasePage
from tests.content.every_kind import CASES, NOT_READ
from tests.content.shore import Shore

MOST = 15  # questions of a page as it is served
ANEW = 28  # with nothing kept, of a page that holds every block that it can hold
TABLE = re.compile(r'(?:FROM|JOIN) "?([a-z_]+)"?')
KINDS = [pytest.param(kind, id=kind.__name__) for kind in CASES]
# What is asked for at each request, since it changes by the minute; and what Django keeps.
LIVE = re.compile(r"ledger_(fund|purpose|award)_numbers|django_content_type|content_change")
Asked = dict[type[BasePage], list[str]]


def asked_on_a_shore(many: int) -> tuple[Asked, Asked, set[str]]:
    """What each kind of page asks with nothing kept, and once more; and the tables that tell. Nothing of it stays."""
    client, whole, again = Client(), {}, {}
    with transaction.atomic():
        shore = Shore(many)
        paths = {kind: make(shore).get_url() for kind, make in CASES.items()}
        for kind, path in paths.items():
            client.get(path)  # what is learned only once
            edition.forget()
            whole[kind], again[kind] = (questions(client, path) for _ in range(2))
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'pages_are_made_of_it'")
            telling = {table for (table,) in cursor.fetchall()}
        transaction.set_rollback(True)
    return whole, again, telling


def questions(client: Client, path: str) -> list[str]:
    """In SQL."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return [each["sql"] for each in asked]


@pytest.fixture(scope="module")
def shores(django_db_setup, django_db_blocker) -> Iterator[tuple[tuple, tuple]]:
    """One with five of everything, one with fifty."""
    with django_db_blocker.unblock():
        yield asked_on_a_shore(5), asked_on_a_shore(50)


def test_there_is_a_case_for_every_kind_of_page():
    kinds = {model for model in apps.get_app_config("content").get_models() if issubclass(model, BasePage)}
    assert kinds == {*CASES, *NOT_READ}


@pytest.mark.parametrize("kind", KINDS)
def test_fifty_ask_no_more_than_five(shores, kind):
    (five, five_again, _), (fifty, fifty_again, _) = shores
    assert len(fifty[kind]) == len(five[kind]) <= ANEW, "\n".join(fifty[kind])
    assert len(fifty_again[kind]) == len(five_again[kind]) <= MOST, "\n".join(fifty_again[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_page_asks_for_tells_when_it_changes(shores, kind):
    (asked, _, telling), _ = shores
    read = {table for sql in asked[kind] for table in TABLE.findall(sql)}
    assert {table for table in read - telling if not LIVE.fullmatch(table)} == set()
