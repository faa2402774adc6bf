"""Each migration written in SQL goes back, and forward again to exactly what was there: tried inside a transaction."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from donations.ledger.migrations._sql import WAY_BACK

pytestmark = pytest.mark.django_db

FILES = sorted((Path(apps.get_app_config("ledger").path) / "migrations").glob("*.sql"))

# Everything that SQL made: functions, triggers, constraints, views, indexes, and the room on each page; but for what
# content hangs on every table that its pages are made of.
MADE = r"""
  SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc
   WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'ledger\_%%'
  UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger
   WHERE tgrelid::regclass::text LIKE 'ledger\_%%' AND NOT tgisinternal AND tgname <> 'pages_are_made_of_it'
  UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
   WHERE conrelid::regclass::text LIKE 'ledger\_%%'
  UNION ALL SELECT 'view', viewname, definition FROM pg_views WHERE viewname LIKE 'ledger\_%%'
  UNION ALL SELECT 'table', relname, reloptions::text FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ledger\_%%'
  ORDER BY 1, 2, 3
"""


def made():
    """What the database holds of the ledger, beside its rows."""
    with connection.cursor() as cursor:
        cursor.execute(MADE)
        return cursor.fetchall()


def run(sql):
    """As a migration runs it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def test_the_way_back_leaves_nothing_and_the_way_forward_leaves_what_there_was(db):
    assert len(FILES) >= 9
    before = made()
    for file in reversed(FILES):
        run(file.read_text(encoding="utf-8").split(WAY_BACK)[1])
    bare = made()
    assert {what for what, *_ in bare} == {"constraint", "table"}
    assert {options for what, _, options in bare if what == "table"} == {None}
    for file in FILES:
        run(file.read_text(encoding="utf-8").split(WAY_BACK)[0])
    assert made() == before


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_migration_stands_with_its_way_back(file):
    """No file goes forward only."""
    forward, back = file.read_text(encoding="utf-8").split(WAY_BACK)
    assert forward.strip()
    assert back.strip()
