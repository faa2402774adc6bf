"""Each law of the ledger broken on purpose by plain SQL, as the role that serves the site, or as the owner where that
role may not even try. The database says no, by name, with a sentence. test_verbs_refuse.py breaks them by the verbs.
"""

import pytest
from django.db import Error, connection, transaction

from donations.ledger import exceptions, proving
from donations.ledger.exceptions import LedgerError
from tests.donations.ledger.refusing import TOMORROW_WEEK, assert_refused, named
from tests.factories import funds

pytestmark = pytest.mark.django_db

# ---------------------------------------------------------------- entries, in SQL

KEY = "(SELECT id FROM ledger_entry WHERE source_key = '{}')"


def lines(*said: str, entry: str = KEY.format("new")) -> str:
    """SQL that writes lines, each said as “account fund purpose pence [award]”."""
    rows = []
    for words in said:
        account, fund, purpose, pence, award = (*words.split(), None)[:5]
        rows.append(
            f"({entry}, (SELECT id FROM ledger_account WHERE code = '{account}'),"
            f" (SELECT id FROM ledger_fund WHERE code = '{fund}'),"
            f" (SELECT id FROM ledger_purpose WHERE code = '{purpose}'),"
            f" {pence}, {'NULL' if award is None else repr(award)})"
        )
    return "INSERT INTO ledger_line (entry_id, account_id, fund_id, purpose_id, amount, award) VALUES " + ", ".join(
        rows
    )


def entry(kind: str, *said: str, on="2026-03-01", key="new", reason="", authority="", reverses="NULL", by="") -> str:
    """SQL that writes an entry, and its lines in one statement."""
    who = by or "(SELECT id FROM accounts_user WHERE username = 'pearl')"
    head = (
        "INSERT INTO ledger_entry"
        " (effective, kind, narrative, reason, authority, source_key, reverses_id, posted_by_id) VALUES"
        f" ('{on}', '{kind}', '', '{reason}', '{authority}', '{key}', {reverses}, {who})"
    )
    return f"{head}; {lines(*said, entry=KEY.format(key))}" if said else head


GIFT = ("1000 GENERAL any 100", "4000 GENERAL any -100")
OUT_OF_NURSE = ("6000 NURSE nurses 100", "1000 NURSE nurses -100", "1000 GENERAL any 100", "6000 GENERAL any -100")
ON_A_1 = ("9001 NURSE nurses {0} A-1", "9000 NURSE nurses -{0} A-1")
COST, REVERSAL = KEY.format("gift:GENERAL"), KEY.format("reverse:cost:twice")
BECAUSE = {"reason": "Because."}

AS_THE_APP = [
    ("entry_balances_in_each_fund", entry("gift", "1000 GENERAL any 100", "4000 GENERAL any -99")),
    ("entry_balances_in_each_fund", entry("gift", "1000 GENERAL any 100", "4000 NURSE nurses -100")),
    ("entry_has_lines", entry("gift")),
    ("entry_is_written_once", lines(*GIFT, entry=KEY.format("gift:GENERAL"))),
    ("entry_is_written_once", entry("gift", *GIFT) + "; " + lines(*GIFT)),
    ("grant_line_names_its_award", entry("award", "5100 NURSE nurses 100", "2100 NURSE nurses -100")),
    ("transfers_net_to_nil", entry("transfer", "6000 GENERAL any 100", "1000 GENERAL any -100", **BECAUSE)),
    ("transfer_is_its_own_kind", entry("set_aside", *OUT_OF_NURSE)),
    ("transfer_is_its_own_kind", entry("gift", "6000 GENERAL any 100", "6000 GENERAL nurses -100")),
    ("restricted_money_needs_authority", entry("transfer", *OUT_OF_NURSE, **BECAUSE)),
    ("restricted_money_needs_authority", entry("charge", *OUT_OF_NURSE, **BECAUSE)),
    ("capital_is_kept", entry("reserve", "9001 ENDOW any 100 A-2", "9000 ENDOW any -100 A-2")),
    ("fund_is_open", entry("reserve", "9001 OLD any 100 A-2", "9000 OLD any -100 A-2")),
    ("nothing_awarded_unreserved", entry("award", "5100 NURSE nurses 100 A-1", "2100 NURSE nurses -100 A-1")),
    ("only_a_decision_allocates", entry("gift", *(line.format(100) for line in ON_A_1))),
    ("reversal_mirrors_its_entry", entry("gift", *GIFT, reverses=COST, **BECAUSE)),
    (
        "reversal_mirrors_its_entry",
        entry("gift", "1000 GENERAL any -9999", "4000 GENERAL any 9999", reverses=COST, **BECAUSE),
    ),
    (
        "reversal_mirrors_its_entry",
        entry("refund", "1000 GENERAL any -10000", "4000 GENERAL any 10000", reverses=COST, **BECAUSE),
    ),
    (
        "reversal_mirrors_its_entry",
        entry("cost", "5200 GENERAL any 100", "1000 GENERAL any -100", reverses=REVERSAL, **BECAUSE),
    ),
    (
        "entry_reversed_once",
        entry("cost", "1000 GENERAL any 100", "5200 GENERAL any -100", reverses=KEY.format("cost:twice"), **BECAUSE),
    ),
    ("entry_source_key_once", entry("gift", *GIFT, key="gift:GENERAL")),
    ("entry_says_what_caused_it", entry("gift", *GIFT, key="")),
    ("entry_kind_is_known", entry("present", key="x")),
    ("entry_reverses_an_entry", entry("gift", reverses="0", **BECAUSE)),
    ("entry_posted_by_somebody", entry("gift", *GIFT, by="0")),
    ("transfer_and_reversal_give_a_reason", entry("transfer", "1000 GENERAL any 1", "6000 GENERAL any -1")),
    (
        "transfer_and_reversal_give_a_reason",
        entry("gift", "4000 GENERAL any 10000", "1000 GENERAL any -10000", reverses=COST),
    ),
    ("line_is_not_nothing", entry("gift", *GIFT, "1000 GENERAL any 0")),
    ("line_award_is_named", entry("gift", *GIFT).replace("100, NULL", "100, ''")),
    ("line_has_an_entry", lines(*GIFT, entry="0")),
    ("line_account_is_known", entry("gift", *GIFT).replace("(SELECT id FROM ledger_account WHERE code = '4000')", "0")),
    ("fund_serves_purpose", entry("gift", "1000 NURSE equipment 100", "4000 NURSE equipment -100")),
    ("fund_has_a_usual_purpose", entry("gift", *GIFT).replace("'any'", "'none'")),
    ("no_over_allocation", entry("reserve", "9001 GENERAL any 10001 A-2", "9000 GENERAL any -10001 A-2")),
    (
        "no_over_allocation",
        entry(
            "transfer",
            "6000 GENERAL any 10001",
            "1000 GENERAL any -10001",
            "1000 NURSE nurses 10001",
            "6000 NURSE nurses -10001",
            **BECAUSE,
        ),
    ),
    ("no_over_allocation_for_purpose", entry("reserve", "9001 GENERAL nurses 1 A-2", "9000 GENERAL nurses -1 A-2")),
    (
        "award_paid_within_awarded",  # £20 are owed
        entry(
            "pay",
            "2100 NURSE nurses 2001 A-1",
            "1000 NURSE nurses -2001",
            "9201 NURSE nurses 2001 A-1",
            "9200 NURSE nurses -2001 A-1",
        ),
    ),
    (
        "award_paid_within_awarded",  # the general fund owes nothing on this award
        entry(
            "pay", "2100 GENERAL any 1 A-1", "1000 GENERAL any -1", "9201 GENERAL any 1 A-1", "9200 GENERAL any -1 A-1"
        ),
    ),
    ("award_owed_is_awarded_less_paid", entry("pay", "2100 NURSE nurses 100 A-1", "1000 NURSE nurses -100")),
    (
        "award_reserved_not_negative",  # £10 are still reserved
        entry("release", "9000 NURSE nurses 1001 A-1", "9001 NURSE nurses -1001 A-1"),
    ),
    ("period_is_open", entry("gift", *GIFT, on="2026-01-31")),
    ("period_is_open", entry("gift", *GIFT, on="2019-01-31")),
    ("entry_has_happened", entry("gift", *GIFT, on=TOMORROW_WEEK)),
    # Months.
    ("month_is_over", "SELECT ledger_seal_month(date_trunc('month', current_date)::date, 1)"),
    ("months_sealed_in_order", "SELECT ledger_seal_month('2026-03-01', 1)"),
    # Funds and purposes.
    ("fund_class_known", "UPDATE ledger_fund SET class = 'secret' WHERE code = 'NEW'"),
    ("restricted_fund_says_why", "UPDATE ledger_fund SET class = 'restricted' WHERE code = 'NEW'"),
    ("fund_closes_after_it_opens", "UPDATE ledger_fund SET closed = '1999-01-01' WHERE code = 'NEW'"),
    ("fund_code_once", "UPDATE ledger_fund SET code = 'GENERAL' WHERE code = 'NEW'"),
    ("fund_has_one_usual_purpose", "UPDATE ledger_fund_purpose SET usual = true"),
    ("purpose_code_once", "INSERT INTO ledger_purpose (code, name) VALUES ('nurses', 'More nurses')"),
    ("meaning_is_fixed", "UPDATE ledger_fund SET class = 'unrestricted' WHERE code = 'NURSE'"),
    ("meaning_is_fixed", "UPDATE ledger_fund SET restriction = 'For anything' WHERE code = 'NURSE'"),
    ("meaning_is_fixed", "UPDATE ledger_fund SET code = 'NURSES' WHERE code = 'NURSE'"),
    (
        "meaning_is_fixed",
        "INSERT INTO ledger_fund_purpose (fund_id, purpose_id, usual, authority) SELECT f.id, p.id, false, ''"
        " FROM ledger_fund f, ledger_purpose p WHERE f.code = 'NURSE' AND p.code = 'equipment'",
    ),
]


def position(table: str, change: str, fund: str = "NURSE") -> str:
    """A total written by hand."""
    return f"UPDATE ledger_{table} SET {change} WHERE fund_id = (SELECT id FROM ledger_fund WHERE code = '{fund}')"


SEAL_FEBRUARY = "SELECT ledger_seal_month('2026-02-01', (SELECT min(id) FROM accounts_user))"

AS_THE_OWNER = [
    *(("append_only", f"UPDATE ledger_{table}") for table in ("entry SET narrative = 'x'", "line SET amount = 1")),
    *(("append_only", f"DELETE FROM ledger_{table}") for table in ("line", "entry", "seal", "proof")),
    ("append_only", "UPDATE ledger_seal SET lines = 0"),
    ("append_only", "UPDATE ledger_proof SET differences = 0"),
    ("meaning_is_fixed", "UPDATE ledger_account SET feeds = 'spent' WHERE code = '4000'"),
    ("meaning_is_fixed", "UPDATE ledger_account SET cash = true WHERE code = '4000'"),
    ("meaning_is_fixed", "UPDATE ledger_kind SET decision = true WHERE code = 'gift'"),
    ("seal_needs_agreement", position("balance", "debits = debits + 1") + "; " + SEAL_FEBRUARY),
    (
        "seal_is_of_a_month",
        "INSERT INTO ledger_seal (month, entries, lines, debits, previous, digest, sealed_by_id)"
        " SELECT '2026-02-15', 0, 0, 0, '', '', sealed_by_id FROM ledger_seal",
    ),
    ("account_code_once", "UPDATE ledger_account SET code = '4000' WHERE code = '4100'"),
    ("account_kind_known", "UPDATE ledger_account SET kind = 'treasure' WHERE code = '4100'"),
    ("account_feeds_known", "UPDATE ledger_account SET feeds = 'ducks' WHERE code = '4100'"),
    ("account_feeds_on_a_side", "UPDATE ledger_account SET feeds_on = NULL WHERE code = '4100'"),
    ("balance_not_negative", position("balance", "debits = -1")),
    (
        "position_is_of_a_served_purpose",
        "INSERT INTO ledger_purpose_position (fund_id, purpose_id) SELECT f.id, p.id"
        " FROM ledger_fund f, ledger_purpose p WHERE f.code = 'NURSE' AND p.code = 'research'",
    ),
    ("no_over_allocation", position("fund_position", "reserved = reserved + 10001")),
    ("no_over_allocation_for_purpose", position("purpose_position", "reserved = reserved + 10001")),
    *(
        (f"{noun}_{law}", position(f"{noun}_position", change))
        for noun in ("fund", "purpose")
        for law, change in (
            ("shortfall_not_negative", "shortfall = -1"),
            ("reserved_not_negative", "reserved = -1"),
            ("paid_within_awarded", "paid = awarded + 1, owed = -1"),
            ("owed_is_awarded_less_paid", "owed = owed + 1"),
        )
    ),
    ("award_paid_within_awarded", position("award_position", "paid = awarded + 1, owed = -1")),
    ("award_reserved_not_negative", position("award_position", "reserved = -1")),
]  # fmt: skip


def refusal(sql: str, *, role: str | None = None) -> LedgerError | None:
    """Run it, with deferred laws speaking at once; the refusal, if there was one."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if role:
                cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(sql)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except Error as error:
        return exceptions.as_fact(error)
    return None


@pytest.mark.parametrize(("law", "sql"), AS_THE_APP, ids=named(AS_THE_APP))
def test_a_law_broken_as_the_serving_role_is_refused_by_name(stage, law, sql):
    funds.fund("NEW", "New Fund", "any", "nurses")
    assert_refused(refusal(sql, role="almoner_app"), law)


@pytest.mark.parametrize(("law", "sql"), AS_THE_OWNER, ids=named(AS_THE_OWNER))
def test_a_law_broken_as_the_owner_is_refused_by_name(stage, law, sql):
    proving.prove()
    assert_refused(refusal(sql), law)


def test_what_is_lawful_passes_as_the_serving_role(stage):
    assert refusal(entry("gift", *GIFT), role="almoner_app") is None
    assert refusal(SEAL_FEBRUARY, role="almoner_app") is None
    assert refusal("SELECT ledger_prove()", role="almoner_app") is None


# ---------------------------------------------------------------- the tables above are complete


def every_law() -> set[str]:
    """Each named law that this database holds for the ledger: constraints, unique indexes, and what triggers raise."""
    with connection.cursor() as cursor:
        cursor.execute(
            r"""
            SELECT conname FROM pg_constraint WHERE conrelid::regclass::text LIKE 'ledger\_%%'
               AND contype IN ('c', 'u', 'f', 't') AND conname NOT LIKE 'ledger\_%%'
            UNION SELECT indexrelid::regclass::text FROM pg_index
             WHERE indrelid::regclass::text LIKE 'ledger\_%%' AND indisunique AND NOT indisprimary
            UNION SELECT m[1] FROM pg_proc p,
                  regexp_matches(p.prosrc, '(?:ledger_refuse\(|THEN |CONSTRAINT = )''(\w+)''', 'g') m
             WHERE p.proname LIKE 'ledger\_%%' AND m[1] LIKE '%%\_%%'
            """
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_law_of_the_ledger_is_broken_by_a_test():
    broken = {law for law, _ in [*AS_THE_APP, *AS_THE_OWNER]} | {
        "posting_reads_committed"
    }  # the last one in test_at_once.py
    laws = every_law()
    assert len(laws) > 50
    assert laws - broken == set()
    assert broken - laws == {"fund_has_a_usual_purpose"}  # a column that is never empty, and so without a name


def test_every_law_that_postgresql_words_itself_has_our_sentence():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'ledger_refuse'")
        (ours,) = cursor.fetchone()
    constraints = every_law() - {name for name in every_law() if f"'{name}'" in ours} - set(WORDED_BY_ITS_TRIGGER)
    assert constraints - set(exceptions.SENTENCES) == set()
    assert set(exceptions.SENTENCES) - every_law() == {"fund_has_a_usual_purpose"}


# These say more than a fixed sentence could; what they say is tested above and in test_proof_and_seals.py.
WORDED_BY_ITS_TRIGGER = [
    "append_only",
    "meaning_is_fixed",
    "period_is_open",
    "month_is_over",
    "months_sealed_in_order",
    "seal_needs_agreement",
]
