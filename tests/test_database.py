"""A test that commits leaves the database to the next one as migrations made it."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from donations.models import Pledge, Wording
from tests.database import COLUMNS, SEQUENCES
from tests.factories import payments

pytestmark = pytest.mark.django_db(transaction=True)


def everything() -> dict[str, object]:
    """Every row of every table, and where every sequence stands."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        tables = dict(cursor.fetchall())
        cursor.execute(SEQUENCES)
        found: dict[str, object] = dict(cursor.fetchall())
        for table, columns in tables.items():
            cursor.execute(f"SELECT {columns} FROM {table}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_what_was_written_changed_and_deleted_is_as_before(django_db_setup, people):
    django_db_setup.restore()  # tests that took back what they wrote have still moved the sequences
    before = everything()
    assert before["public.donations_pledge"] == []
    assert before["public.donations_wording"] != []
    name = connection.settings_dict["NAME"]
    assert people.finance_officer.pk
    Group.objects.filter(name="Finance").update(name="Somebody else")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM donations_wording")
        cursor.execute("SELECT nextval(pg_get_serial_sequence('donations_donor', 'id')) FROM generate_series(1, 9)")
    assert everything() != before
    django_db_setup.restore()
    assert everything() == before
    assert connection.settings_dict["NAME"] == name
    assert Wording.objects.exists()


def test_gifts_are_taken_out_although_no_law_lets_anybody_delete_them(django_db_setup, nurse_appeal):
    payments.regular_gift(nurse_appeal)
    assert Pledge.objects.exists()
    django_db_setup.restore()
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    "built",
    [
        "CREATE TABLE driftwood (id bigint)",
        "DROP TRIGGER line_laws ON ledger_line",
        "ALTER TABLE ledger_line DISABLE TRIGGER line_laws",
        "CREATE FUNCTION never() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE donations_donor ALTER COLUMN name DROP NOT NULL",
    ],
)
def test_where_tables_and_laws_were_changed_there_is_a_new_database(django_db_setup, built):
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(built)
    django_db_setup.restore()
    assert connection.settings_dict["NAME"] != name
