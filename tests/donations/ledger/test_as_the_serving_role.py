"""What the role that serves the site may do, signed in as that role on a connection of its own; and what it may not."""

from datetime import date

import psycopg
import pytest
from django.db import connection

from donations.ledger import balances, posting, proving
from donations.ledger.money import pounds

MAY_NOT = "42501"  # insufficient privilege

KEPT = [
    "ledger_line",
    "ledger_entry",
    "ledger_fund_position",
    "ledger_purpose_position",
    "ledger_award_position",
    "ledger_balance",
    "ledger_seal",
    "ledger_proof",
]


@pytest.fixture
def app(db):
    """A connection signed in as almoner_app."""
    signed_in = {**connection.get_connection_params(), "user": "almoner_app"}
    with connection.get_new_connection(signed_in) as session:
        assert session.execute("SELECT session_user::text, current_user::text").fetchone() == ("almoner_app",) * 2
        yield session
        session.rollback()


def denied(session, sql):
    """The SQLSTATE with which it was refused."""
    with pytest.raises(psycopg.Error) as error:
        session.execute(sql)
    session.rollback()
    return error.value.sqlstate


@pytest.mark.parametrize("table", KEPT)
def test_what_is_in_the_ledger_is_neither_changed_nor_deleted_nor_emptied(app, table):
    column = app.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = '' LIMIT 1",
        [table],
    ).fetchone()[0]
    assert denied(app, f"UPDATE {table} SET {column} = {column}") == MAY_NOT
    assert denied(app, f"DELETE FROM {table}") == MAY_NOT
    assert denied(app, f"TRUNCATE {table} CASCADE") == MAY_NOT


@pytest.mark.parametrize("table", [*KEPT[2:], "ledger_account", "ledger_kind"])
def test_totals_seals_proofs_and_accounts_are_not_written_by_hand(app, table):
    assert denied(app, f"INSERT INTO {table} DEFAULT VALUES") == MAY_NOT


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE ledger_line DISABLE TRIGGER ALL",
        "ALTER TABLE ledger_line DISABLE TRIGGER line_laws",
        "DROP TRIGGER line_laws ON ledger_line",
        "ALTER TABLE ledger_fund_position DROP CONSTRAINT no_over_allocation",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION public.ledger_after_lines() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NULL; END'",
        "ALTER FUNCTION ledger_after_lines() SECURITY INVOKER",
        "DROP FUNCTION ledger_prove()",
        "CREATE FUNCTION public.my_own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE VIEW ledger_disagreements AS SELECT 1 WHERE false",
        "SELECT ledger_move_award('A-1', 1, 100, 0, 0, 0)",
        "SET ROLE almoner_owner",
        "GRANT UPDATE ON ledger_line TO almoner_app",
        "UPDATE ledger_fund_purpose SET authority = 'Mine'",
        "UPDATE ledger_account SET feeds = NULL, feeds_on = NULL",
        "DELETE FROM ledger_fund",
    ],
)  # fmt: skip
def test_the_laws_are_not_switched_off(app, sql):
    # A role's own GRANT is a warning without effect, unless it is refused outright.
    if sql.startswith("GRANT"):
        app.execute(sql)
        assert not app.execute("SELECT has_table_privilege('ledger_line', 'UPDATE')").fetchone()[0]
    else:
        assert denied(app, sql) == MAY_NOT


@pytest.fixture
def as_the_app(transactional_db):
    """The site's own connection, signed in as the serving role, as in production."""
    kept = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "almoner_app"
    yield
    connection.close()
    connection.settings_dict["USER"] = kept


@pytest.mark.django_db(transaction=True)
class TestWhatItMayDo:
    """Everything that a charity does on a day."""

    def test_it_opens_a_fund_posts_proves_and_seals(self, as_the_app, people, nurse_fund, nurses):
        by = people.finance_officer
        posting.receive(pounds(100), into=nurse_fund, key="gift:1", by=by, on=date(2026, 1, 5))
        shares = [posting.Share(nurse_fund, pounds(60))]
        for verb in (posting.reserve, posting.award, posting.pay):
            verb("A-1", shares=shares, purpose=nurses, key=verb.__name__, by=by, on=date(2026, 1, 6))
        nurse_fund.closed = date(2026, 12, 31)
        nurse_fund.save()
        assert balances.of_fund(nurse_fund).paid == pounds(60)
        assert proving.prove().holds
        assert proving.seal_month(date(2026, 1, 1), by=by).lines == 12
        assert proving.broken_seals() == []
        assert list(proving.differences()) == []

    def test_a_table_of_its_own_with_the_same_name_deceives_nobody(self, as_the_app, people, nurse_fund):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE ledger_fund_position (LIKE public.ledger_fund_position INCLUDING ALL)")
            posting.receive(pounds(100), into=nurse_fund, key="gift:1", by=people.finance_officer)
            cursor.execute("SELECT count(*) FROM pg_temp.ledger_fund_position")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT raised FROM public.ledger_fund_position WHERE fund_id = %s", [nurse_fund.pk])
            assert cursor.fetchone() == (10_000,)
