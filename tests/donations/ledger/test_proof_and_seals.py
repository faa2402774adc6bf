"""What a proof finds and a seal shows, when somebody with every right in the database changes the past by hand."""

import logging
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from donations.ledger import posting, proving, tasks
from donations.ledger.exceptions import LedgerError, PeriodIsSealed
from donations.ledger.management.commands import prove
from donations.ledger.models import Entry, Proof, Seal
from donations.ledger.money import pounds
from donations.ledger.posting import Share

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def books(people, nurse_fund, nurses):
    """Two gifts, in January and February, and an award from them."""
    by = people.finance_officer
    posting.receive(pounds(1_000), into=nurse_fund, key="gift:january", by=by, on=date(2026, 1, 31))
    posting.receive(pounds(500), into=nurse_fund, key="gift:february", by=by, on=date(2026, 2, 1))
    shares = [Share(nurse_fund, pounds(600))]
    posting.reserve("A-2026-001", shares=shares, purpose=nurses, key="resolution:1", by=by, on=date(2026, 2, 3))
    return by


@contextmanager
def laws_asleep():
    """As the owner may: every trigger off, while the past is changed."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")


def double_a_line(key):
    """One line of an entry, made twice what it was."""
    with laws_asleep() as cursor:
        cursor.execute(
            "UPDATE ledger_line SET amount = amount * 2 WHERE id = (SELECT min(l.id) FROM ledger_line l"
            " JOIN ledger_entry e ON e.id = l.entry_id WHERE e.source_key = %s)",
            [key],
        )


def printed(command, *words):
    """What a command prints, and the sentence with which it fails."""
    out, failure = StringIO(), None
    try:
        call_command(command, *words, stdout=out)
    except CommandError as error:
        failure = str(error)
    return out.getvalue().splitlines(), failure


def test_honest_books_are_proven_and_the_proof_is_kept(books):
    lines, failure = printed("prove")
    assert failure is None
    assert lines[0].startswith("3 entries, 6 lines, in ")
    assert lines[1].startswith("0 differences")
    assert proving.latest().holds


def test_the_command_exits_with_1_where_the_books_do_not_agree(books):
    double_a_line("gift:january")
    with pytest.raises(SystemExit) as ended:
        prove.Command(stdout=StringIO(), stderr=StringIO()).run_from_argv(["manage.py", "prove"])
    assert ended.value.code == 1


def test_a_line_doubled_by_hand_is_shown_by_the_proof_and_by_the_seal(books):
    proving.seal_month(JANUARY, by=books)
    assert proving.prove().holds
    double_a_line("gift:january")
    lines, failure = printed("prove")
    assert failure == "The books do not agree: 1 difference, 1 broken seal."
    assert lines[1:] == [
        "- Nurse Fund, Specialist nurses, 1100 Stripe clearing, gift, January 2026: the lines come to £2,000.00 debit"
        " and £0.00 credit in 1 lines, the balance says £1,000.00 debit and £0.00 credit in 1 lines.",
        "- The seal of January 2026 is broken: its lines are not those that were sealed.",
    ]
    assert Proof.objects.count() == 2


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        (
            "ledger_fund_position",
            "raised = raised + 100",
            ["- Nurse Fund: raised comes to £1,500.00 by its purposes, the position says £1,501.00."],
        ),
        (
            "ledger_purpose_position",
            "spent = spent + 100, moved = moved + 300",
            [
                "- Nurse Fund, Specialist nurses: moved comes to £0.00 by its balances, the position says £3.00;"
                " spent comes to £0.00 by its balances, the position says £1.00.",
                "- Nurse Fund: moved comes to £3.00 by its purposes, the position says £0.00;"
                " spent comes to £1.00 by its purposes, the position says £0.00.",
            ],
        ),
        (
            "ledger_award_position",
            "reserved = reserved - 100",
            ["- Award A-2026-001 in Nurse Fund: reserved comes to £600.00 by its lines, the position says £599.00."],
        ),
        (
            "ledger_balance",
            "month = '2025-12-01' WHERE month = '2026-01-01' AND debits > 0",
            [
                "- Nurse Fund, Specialist nurses, 1100 Stripe clearing, gift, December 2025: the lines come to nothing,"
                " the balance says £1,000.00 debit and £0.00 credit in 1 lines.",
                "- Nurse Fund, Specialist nurses, 1100 Stripe clearing, gift, January 2026: the lines come to £1,000.00"
                " debit and £0.00 credit in 1 lines, the balance says nothing.",
            ],
        ),
    ],
)
def test_a_total_changed_by_hand_is_shown_by_the_proof(books, table, change, told):
    with laws_asleep() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")
    lines, failure = printed("prove")
    assert sorted(lines[1:]) == sorted(told)
    assert failure == f"The books do not agree: {len(told)} difference{'s' if len(told) > 1 else ''}."


def test_a_narrative_changed_in_a_sealed_month_breaks_its_seal_alone(books):
    proving.seal_month(JANUARY, by=books)
    with laws_asleep() as cursor:
        cursor.execute("UPDATE ledger_entry SET narrative = 'Something else' WHERE source_key = 'gift:january'")
    assert proving.broken_seals() == [JANUARY]
    assert list(proving.differences()) == []


def test_a_seal_made_anew_over_changed_lines_breaks_the_one_after_it(books):
    """Each seal holds the one before, so the past is not resealed quietly."""
    proving.seal_month(JANUARY, by=books)
    proving.seal_month(FEBRUARY, by=books)
    with laws_asleep() as cursor:
        cursor.execute("UPDATE ledger_entry SET narrative = 'Something else' WHERE source_key = 'gift:january'")
        cursor.execute(
            "UPDATE ledger_seal SET digest = ledger_month_digest(month, previous) WHERE month = %s", [JANUARY]
        )
    assert proving.broken_seals() == [FEBRUARY]


def test_a_sealed_month_takes_no_more_postings(books, nurse_fund):
    proving.seal_month(JANUARY, by=books)
    with pytest.raises(PeriodIsSealed) as refusal:
        posting.receive(pounds(5), into=nurse_fund, key="gift:late", by=books, on=date(2026, 1, 15))
    assert refusal.value.sentence == "The books are closed up to the end of January 2026."
    with pytest.raises(PeriodIsSealed):
        posting.receive(pounds(5), into=nurse_fund, key="gift:later", by=books, on=date(2025, 6, 1))
    posting.receive(pounds(5), into=nurse_fund, key="gift:in time", by=books, on=date(2026, 2, 1))


def test_an_event_of_a_sealed_month_that_is_told_again_is_already_there(books, nurse_fund):
    proving.seal_month(JANUARY, by=books)
    again = posting.receive(pounds(1_000), into=nurse_fund, key="gift:january", by=books, on=date(2026, 1, 31))
    assert again == Entry.objects.get(source_key="gift:january")


def refused_seal(month, by):
    """The law that keeps a month open."""
    with pytest.raises(LedgerError) as refusal:
        proving.seal_month(month, by=by)
    return refusal.value.constraint


def test_months_are_sealed_in_order_once_and_when_they_are_over(books):
    assert refused_seal(FEBRUARY, books) == "months_sealed_in_order"  # January holds money
    proving.seal_month(JANUARY, by=books)
    assert refused_seal(JANUARY, books) == "months_sealed_in_order"
    assert refused_seal(date(2026, 3, 1), books) == "months_sealed_in_order"
    assert refused_seal(date.today(), books) == "month_is_over"
    proving.seal_month(FEBRUARY, by=books)
    assert Seal.objects.count() == 2


def test_a_month_whose_totals_disagree_is_not_sealed(books):
    double_a_line("gift:january")
    assert refused_seal(JANUARY, books) == "seal_needs_agreement"


def test_a_month_without_entries_is_sealed_too(books):
    for month in (JANUARY, FEBRUARY, date(2026, 3, 1)):
        proving.seal_month(month, by=books)
    assert Seal.objects.get(month=date(2026, 3, 1)).lines == 0
    assert proving.broken_seals() == []


def test_the_treasurer_seals_a_month_and_gets_its_hash_for_the_minutes(books):
    lines, failure = printed("seal", "2026-01", "--by", books.username)
    seal = Seal.objects.get()
    assert (failure, seal.sealed_by) == (None, books)
    assert lines == ["January 2026 is sealed: 1 entries, 2 lines, £1,000.00 debited.", f"For the minutes: {seal.hash}"]
    assert len(seal.hash) == 64


def test_a_seal_that_is_refused_says_why(books):
    soon = date.today() + timedelta(days=40)
    assert printed("seal", f"{soon:%Y-%m}", "--by", books.username)[1] == "The month is not over."
    assert printed("seal", "2026-01", "--by", "nobody")[1] == "Nobody here signs in as nobody."
    assert "like 2026-10" in printed("seal", "January", "--by", books.username)[1]


def test_the_nightly_proof_says_nothing_while_the_books_agree(books, caplog):
    tasks.prove(timestamp=0)
    assert proving.latest().lines == 6
    assert caplog.records == []


def test_the_nightly_proof_raises_an_alarm_that_names_nobody(books, caplog):
    double_a_line("gift:january")
    tasks.prove(timestamp=0)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("The books do not agree: 1 difference.")
    assert not proving.latest().holds
