"""Lists of donors leave by one door: for a purpose, written down, harmless in any spreadsheet."""

import csv
import hashlib
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from donations.models import ExportLog
from donations.staff.exporting import columns
from donations.staff.exporting.harmless import FORMULA_BEGINS, harmless, original
from tests.factories import funds

pytestmark = pytest.mark.django_db

PURPOSE = "Thank-you letters for the spring appeal"
EVERY_COLUMN = [column.name for column in columns.ALL]


def export(client, do: str = "csv", **more: object):
    """Send the form."""
    asked: dict[str, object] = {"purpose": PURPOSE, "columns": ["reference", "donor_name", "amount"], "do": do}
    return client.post(reverse("export_gifts:form"), {**asked, **more})


def read_csv(answer) -> list[list[str]]:
    """The rows of the file, header included."""
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))


@pytest.fixture
def pearl(people, signed_in):
    return signed_in(people.finance_officer)


def test_an_export_holds_the_chosen_columns_and_is_written_down(pearl, people, gives):
    gives("£1,000.50", "Ada Periwinkle", "ada@example.org")
    answer = export(pearl)
    content = b"".join(answer.streaming_content)
    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == ["Reference", "Donor’s name", "Amount in pounds"]
    assert row[1:] == ["Ada Periwinkle", "1000.50"]
    log = ExportLog.objects.get()
    assert (log.asked_by, log.purpose, log.form, log.rows) == (people.finance_officer, PURPOSE, "csv", 1)
    assert log.columns == ["reference", "donor_name", "amount"]
    assert (log.outcome, log.digest) == ("given", hashlib.sha256(content).hexdigest())
    assert log.finished_at is not None
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_without_a_purpose_nothing_leaves(pearl, gives):
    gives()
    answer = export(pearl, purpose="")
    assert answer.status_code == 422
    assert "Say what the list is for." in answer.content.decode()
    assert export(pearl, purpose="why not").status_code == 422
    assert not ExportLog.objects.exists()


def test_without_a_column_nothing_leaves(pearl, gives):
    gives()
    assert "Choose at least one column." in export(pearl, columns=[]).content.decode()
    assert export(pearl, columns=["donor__password"]).status_code == 422
    assert not ExportLog.objects.exists()


def test_somebody_who_may_only_look_is_refused_and_it_is_written_down(people, signed_in, gives):
    from django.contrib.auth.models import Permission

    gives(email="ada@example.org")
    skip = people.stranger
    skip.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_donation", "view_donor"]))
    client = signed_in(skip)
    assert client.get(reverse("donations_list:index")).status_code == 200
    answer = export(client)
    assert answer.status_code == 403
    assert "ada@example.org" not in answer.content.decode()
    log = ExportLog.objects.get()
    assert (log.asked_by, log.outcome, log.rows, log.digest) == (skip, "refused", 0, "")


def test_looking_at_the_form_without_the_permission_is_refused_and_changes_nothing(people, signed_in):
    assert signed_in(people.editor).get(reverse("export_gifts:form")).status_code == 403
    assert not ExportLog.objects.exists()


def test_a_file_cannot_be_had_by_following_a_link(pearl, gives):
    gives()
    answer = pearl.get(reverse("export_gifts:form"), {"do": "csv", "purpose": PURPOSE, "columns": "donor_email"})
    assert answer["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in answer
    assert not ExportLog.objects.exists()


def test_the_form_says_how_many_donations_it_means(pearl, gives):
    for day in (1, 2, 3):
        gives(received_on=date(2026, 3, day))
    assert "3 donations" in pearl.get(reverse("export_gifts:form")).content.decode()
    counted = export(pearl, do="count", purpose="", first="02/03/2026").content.decode()
    assert "2 donations" in counted
    assert not ExportLog.objects.exists()


def test_filters_are_obeyed_and_written_down(pearl, gives):
    other = funds.general_fund()
    gives(name="Ada", received_on=date(2026, 3, 1))
    gives(name="Ben", received_on=date(2026, 3, 2), fund=other)
    gives(name="Coral", received_on=date(2026, 3, 3), fund=other)
    rows = read_csv(export(pearl, fund=other.pk, last="02/03/2026"))
    assert [row[1] for row in rows[1:]] == ["Ben"]
    assert ExportLog.objects.get().filters == {"fund": "GENERAL", "to": "2026-03-02"}


def test_personal_columns_are_not_chosen_beforehand(pearl):
    personal = {column.name for column in columns.ALL if column.personal}
    assert personal == {"donor_name", "donor_email", "note"}
    assert not personal & set(columns.FIRST_CHOICE)


FORMULAS = [
    *("=1+1", "+44 20", "-2+3", "@SUM(A1)", " =1+1", "'=1+1", "＝1+1"),
    '=HYPERLINK("http://evil.example")',
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_donor_whose_name_is_a_formula_is_harmless_in_csv_and_xlsx(pearl, gives, name):
    gives("£20", name)
    (_, row) = read_csv(export(pearl))
    assert row[1].startswith("'")
    assert original(row[1]) == name
    assert row[2] == "20.00"
    book = load_workbook(io.BytesIO(b"".join(export(pearl, do="xlsx").streaming_content)))
    cell, amount = book.active["B2"], book.active["C2"]
    assert (cell.value, cell.data_type) == (f"'{name}", "s")
    assert (amount.data_type, Decimal(str(amount.value))) == ("n", Decimal(20))
    assert amount.number_format == "#,##0.00"


@given(st.text(max_size=8, alphabet=st.sampled_from("'=+-@\t\r\n ＝aé1")))
def test_every_text_comes_back_as_it_was_and_never_begins_as_a_formula(text):
    guarded = harmless(text)
    assert original(guarded) == text
    assert not guarded.startswith(FORMULA_BEGINS)


def test_what_left_as_a_formula_comes_back_through_the_import_as_it_was(pearl, gives, people):
    from donations.staff.importing import reading

    gives("£20", "=1+1")
    name = read_csv(export(pearl))[1][1]
    content = f"source,external_id,date,amount,fund,method,donor name\nold,9,31/03/2014,20,NURSE,cheque,{name}"
    ((_, line),) = reading.read(content.encode(), "back.csv").lines
    assert line["donor name"] == "=1+1"


def test_a_workbook_has_real_days_and_numbers(pearl, gives):
    gives("£1,000.50", email="ada@example.org")
    answer = export(pearl, do="xlsx", columns=EVERY_COLUMN)
    content = b"".join(answer.streaming_content)
    sheet = load_workbook(io.BytesIO(content)).active
    row = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert row["Received on"].value.date() == date(2026, 3, 31)
    assert Decimal(str(row["Amount in pounds"].value)) == Decimal("1000.50")
    assert row["Donor’s email"].value == "ada@example.org"
    assert ExportLog.objects.get().digest == hashlib.sha256(content).hexdigest()


def test_an_export_asks_the_same_number_of_questions_for_one_gift_and_for_twenty(pearl, gives):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            read_csv(export(pearl, columns=EVERY_COLUMN))
        return len(asked)

    gives(email="ada@example.org")
    questions()
    few = questions()
    for number in range(20):
        gives(email=f"donor{number}@example.org")
    assert questions() == few


def test_a_connection_that_breaks_leaves_a_line_that_says_so(pearl, gives):
    gives()
    answer = export(pearl)
    next(iter(answer.streaming_content))
    log = ExportLog.objects.get()
    assert (log.outcome, log.digest, log.finished_at) == ("begun", "", None)


def test_the_log_can_be_read_by_finance(pearl, gives):
    gives()
    read_csv(export(pearl))
    assert PURPOSE in pearl.get(reverse("export_log:index")).content.decode()
