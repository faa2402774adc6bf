"""Past gifts come in from a spreadsheet: looked at first, then all or nothing, each dated on its own day."""

import hashlib
import html
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donations.actions import purging
from donations.ledger import balances, posting, proving
from donations.ledger.models import Entry
from donations.ledger.money import Money
from donations.models import Donation, Donor, ImportRun, Letter
from donations.staff.importing import running
from tests.donations.test_the_webhook import at_once

pytestmark = pytest.mark.django_db

HEADER = "source,external_id,date,amount,fund,purpose,method,donor name,email,note"
ADA = 'old list,1,31/03/2014,"£1,000.50",NURSE,,cheque,Ada Periwinkle,ada@example.org,thank you'
BEN = "old list,2,01/04/2015,20,nurse,nurses,Cash or collection,,,tin at the harbour"


def sheet(*lines: str, header: str = HEADER) -> bytes:
    """A CSV file of these lines."""
    return "\r\n".join([header, *lines]).encode()


def upload(client: Client, content: bytes, name: str = "gifts.csv"):
    """Choose the file and send the form."""
    return client.post(reverse("import_gifts:upload"), {"file": SimpleUploadedFile(name, content)})


def checked(client: Client, content: bytes, name: str = "gifts.csv") -> ImportRun:
    """The run that the upload led to."""
    answer = upload(client, content, name)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return ImportRun.objects.latest("pk")


def confirm(client: Client, run: ImportRun, **more: str) -> str:
    """Press the button; what the page then says."""
    sent = {"digest": run.digest, **more}
    return client.post(reverse("import_gifts:confirm", args=[run.pk]), sent, follow=True).content.decode()


def page_of(client: Client, run: ImportRun) -> str:
    return client.get(reverse("import_gifts:run", args=[run.pk])).content.decode()


@pytest.fixture
def pearl(people, signed_in, nurse_fund) -> Iterator[Client]:
    """Pearl from Finance at her desk; what she uploads is swept up afterwards."""
    yield signed_in(people.finance_officer)
    shutil.rmtree(settings.PRIVATE_ROOT / "imports", ignore_errors=True)


def test_checking_a_file_says_what_it_holds_and_puts_nothing_into_the_books(pearl, nurse_fund):
    run = checked(pearl, sheet(ADA, BEN))
    page = page_of(pearl, run)
    assert run.summary["new"] == 2
    assert run.summary["funds"] == {"NURSE": {"name": "Nurse Fund", "gifts": 2, "pence": 102_050}}
    assert "Bring in 2 new gifts" in page
    assert "£1,020.50" in page
    assert (Donation.objects.count(), Entry.objects.count(), Donor.objects.count()) == (0, 0, 0)
    assert balances.of_fund(nurse_fund).raised == Money(0)


def test_confirming_records_each_gift_with_its_entry_on_its_own_day_and_writes_to_nobody(pearl, nurse_fund, people):
    said = confirm(pearl, checked(pearl, sheet(ADA, BEN)))
    assert "2 gifts were brought in" in said
    ada = Donation.objects.get(external_id="1")
    assert (ada.pence, ada.received_on, ada.donor.email, ada.donor_name, ada.note, ada.source) == (
        *(100_050, date(2014, 3, 31), "ada@example.org", "Ada Periwinkle", "thank you", "old list"),
    )
    assert ada.entry.effective == date(2014, 3, 31)
    assert ada.entry.posted_by == people.finance_officer
    ben = Donation.objects.get(external_id="2")
    assert (ben.donor, ben.method, ben.entry.effective) == (None, "cash", date(2015, 4, 1))
    assert balances.of_fund(nurse_fund).raised == Money.pounds("1,020.50")
    assert not Letter.objects.exists()
    assert mail.outbox == []
    assert proving.prove().holds


def test_the_same_file_twice_brings_in_nothing_new(pearl):
    confirm(pearl, checked(pearl, sheet(ADA, BEN)))
    again = checked(pearl, sheet(ADA, BEN))
    page = page_of(pearl, again)
    assert (again.summary["new"], again.summary["unchanged"]) == (0, 2)
    assert "There is nothing new in this file" in page
    assert "The same file was brought in by Pearl Whelk" in page
    assert Donation.objects.count() == 2


def test_pressing_the_button_twice_brings_in_once(pearl):
    run = checked(pearl, sheet(ADA, BEN))
    confirm(pearl, run)
    assert "brought in already. Nothing was recorded twice" in confirm(pearl, run)
    assert (Donation.objects.count(), Entry.objects.count()) == (2, 2)


def test_a_longer_file_adds_only_what_is_new(pearl):
    confirm(pearl, checked(pearl, sheet(ADA)))
    run = checked(pearl, sheet(ADA, BEN))
    assert (run.summary["new"], run.summary["unchanged"]) == (1, 1)
    confirm(pearl, run)
    assert Donation.objects.count() == 2


def test_a_line_that_says_something_else_than_the_books_is_refused_beside_its_cell(pearl):
    confirm(pearl, checked(pearl, sheet(ADA)))
    reference = Donation.objects.get().reference
    run = checked(pearl, sheet(ADA.replace("£1,000.50", "£1,000.51")))
    assert run.state == "refused"
    assert run.rows[0]["wrong"] == {
        "amount": f"In the books as {reference} this is £1,000.50. A file does not change the books."
    }


def test_two_lines_with_one_number_are_refused_unless_they_say_the_same(pearl):
    same = checked(pearl, sheet(ADA, ADA))
    assert (same.summary["new"], same.summary["unchanged"]) == (1, 1)
    other = checked(pearl, sheet(ADA, ADA.replace("1,000.50", "5")))
    assert other.rows[0]["wrong"] == {"external_id": "Line 2 has this number too, for another gift."}


def test_a_file_that_is_tried_in_parts_is_still_one_file(pearl, monkeypatch):
    """The check works through a long file in parts, so that donors' payments never wait long for a fund."""
    monkeypatch.setattr(running, "TRIED_TOGETHER", 1)
    run = checked(pearl, sheet(ADA, BEN, ADA, BEN.replace("tin", "jar"), BEN.replace(",2,", ",3,")))
    assert [(row["line"], row["standing"]) for row in run.rows] == [
        *((5, "refused"), (2, "new"), (3, "new"), (6, "new"), (4, "unchanged")),
    ]
    assert run.rows[0]["wrong"] == {"external_id": "Line 3 has this number too, for another gift."}
    assert not Donation.objects.exists()


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("date", "32/13/2014", "“32/13/2014” is no day. Enter one like 31/03/2014."),
        ("date", "", "Enter the day, like 31/03/2014."),
        ("date", "31/03/2999", "This day is still to come."),
        ("date", "31/03/14", "“31/03/14” is no day. Enter one like 31/03/2014."),
        ("amount", "ten pounds", "Enter an amount in pounds, like 25 or 12.50."),
        ("amount", "0.00", "A gift is more than nothing."),
        ("amount", "-5", "A gift is more than nothing. Money given back is not imported."),
        ("amount", "0.001", "Enter an amount in pounds, like 25 or 12.50."),
        ("amount", "5,00", "Enter an amount in pounds, like 25 or 12.50."),
        ("amount", "NaN", "Enter an amount in pounds, like 25 or 12.50."),
        ("amount", "1e9", "Enter an amount in pounds, like 25 or 12.50."),
        ("amount", "999,999,999", "This is more than £100,000,000."),
        ("fund", "NURS", "No fund has the code “NURS”. There are: NURSE."),
        ("purpose", "research", "Nurse Fund may not be used for “Research”."),
        ("purpose", "parties", "“parties” is no purpose. There are: any, nurses, equipment, treatments, research."),
        (
            "method",
            "barter",
            "“barter” is not known. Use one of: card, bacs, cheque, cash, transfer, legacy, gift_aid, other.",
        ),
        ("email", "ada at home", "This is no email address. Enter one like name@example.org, or leave it empty."),
        ("donor name", "A" * 151, "This has 151 letters; 150 are possible."),
        (
            "donor name",
            "Ada\u202eelkniwireP",
            "A hidden character is in this cell (U+202E, right-to-left override). Type it again.",
        ),
        ("donor name", "Ada\x07", "A hidden character is in this cell (U+0007, a control character). Type it again."),
        ("external_id", "", "Every gift needs its number there."),
        ("source", "a:b", "This may not hold “:”."),
    ],
)
def test_a_wrong_cell_gets_its_sentence(pearl, column, cell, sentence):
    columns = HEADER.split(",")
    cells = ["old list", "1", "31/03/2014", "10", "NURSE", "", "cheque", "Ada", "", ""]
    cells[columns.index(column)] = cell
    run = checked(pearl, sheet(",".join(f'"{text}"' for text in cells)))
    assert run.rows[0]["wrong"] == {column: sentence}
    assert sentence in html.unescape(page_of(pearl, run))
    assert run.state == "refused"


def test_one_refused_line_keeps_the_whole_file_out(pearl):
    run = checked(pearl, sheet(ADA, BEN.replace("01/04/2015", "soon")))
    assert run.summary["refused"] == 1
    assert "Bring in" not in page_of(pearl, run)
    assert "Lines of this file are refused" in confirm(pearl, run)
    assert not Donation.objects.exists()


def test_a_gift_in_a_closed_month_is_refused_in_the_words_of_the_books(pearl, people, nurse_fund):
    posting.receive(Money(100), into=nurse_fund, key="gift:old", by=people.treasurer, on=date(2014, 3, 1))
    proving.seal_month(date(2014, 3, 1), by=people.treasurer)
    run = checked(pearl, sheet(ADA))
    assert run.rows[0]["wrong"] == {"date": "The books are closed up to the end of March 2014."}


def test_a_new_donor_whose_first_line_is_refused_is_known_by_the_second(pearl, people, nurse_fund):
    posting.receive(Money(100), into=nurse_fund, key="gift:old", by=people.treasurer, on=date(2014, 3, 1))
    proving.seal_month(date(2014, 3, 1), by=people.treasurer)
    again = "old list,3,01/04/2015,20,NURSE,,cheque,Ada Periwinkle,ada@example.org,"
    run = checked(pearl, sheet(ADA, again))
    assert [row["wrong"] for row in run.rows if row["wrong"]] == [
        {"date": "The books are closed up to the end of March 2014."}
    ]
    assert "The books refused this file as a whole" not in page_of(pearl, run)
    assert not Donor.objects.exists()


def test_a_month_closed_between_check_and_button_brings_in_nothing_and_says_why(pearl, people, nurse_fund):
    posting.receive(Money(100), into=nurse_fund, key="gift:old", by=people.treasurer, on=date(2014, 3, 1))
    run = checked(pearl, sheet(BEN, ADA))
    proving.seal_month(date(2014, 3, 1), by=people.treasurer)
    said = confirm(pearl, run)
    assert "The books have changed since the check. Nothing was brought in" in said
    assert "The books are closed up to the end of March 2014." in said
    assert not Donation.objects.exists()


def test_another_file_than_the_checked_one_is_refused(pearl):
    run = checked(pearl, sheet(ADA))
    assert "This is not the file that was checked" in confirm(pearl, run, digest=hashlib.sha256(b"other").hexdigest())
    with Path(run.file.path).open("ab") as kept:
        kept.write(b"\r\n" + BEN.encode())
    assert "This is not the file that was checked" in confirm(pearl, run)
    assert not Donation.objects.exists()


def test_the_file_lies_where_no_web_server_looks_under_a_name_of_ours(pearl):
    run = checked(pearl, sheet(ADA), name="../../ada's gifts.csv")
    path = Path(run.file.path)
    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert (path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077) == (0, 0)
    assert "ada" not in run.file.name
    assert run.filename == "ada's gifts.csv"
    assert pearl.get(f"/media/{run.file.name}").status_code == 404
    with pytest.raises(ValueError, match="not accessible via a URL"):
        _ = run.file.url


def test_after_thirty_days_the_file_and_its_lines_are_gone_and_the_counts_stay(pearl):
    run = checked(pearl, sheet(ADA))
    path = Path(run.file.path)
    assert purging.remove_old_imports() == 0
    ImportRun.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    assert purging.remove_old_imports() == 1
    run.refresh_from_db()
    assert (run.file.name, run.rows, run.summary["new"]) == ("", [], 1)
    assert not path.exists()
    assert "ada@example.org" not in page_of(pearl, run)
    assert "no longer kept" in confirm(pearl, run)
    assert purging.remove_old_imports() == 0


def test_who_uploaded_and_who_confirmed_are_kept(pearl, people, signed_in):
    run = checked(pearl, sheet(ADA))
    confirm(signed_in(people.treasurer), run)
    run.refresh_from_db()
    assert (run.uploaded_by, run.confirmed_by, run.state) == (people.finance_officer, people.treasurer, "confirmed")
    assert Donation.objects.get().entry.posted_by == people.treasurer


def test_the_empty_sheet_can_be_downloaded_and_read_back(pearl):
    answer = pearl.get(reverse("import_gifts:template"))
    assert answer.content.decode("utf-8-sig").strip() == HEADER
    said = upload(pearl, answer.content)
    assert "a header and no gifts" in said.content.decode()


def test_a_law_that_speaks_only_at_the_end_of_a_transaction_is_heard_by_the_check(pearl, monkeypatch, people):
    """The check ends with SET CONSTRAINTS ALL IMMEDIATE, or a deferred law would stay silent until the button."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE 'not today' USING ERRCODE = 'check_violation'; END $$;"
            " CREATE CONSTRAINT TRIGGER late AFTER INSERT ON donations_donation"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION never()"
        )
    run = running.check(content=sheet(ADA), filename="gifts.csv", by=people.finance_officer)
    assert run.state == "refused"
    assert "The books refused this file as a whole" in page_of(pearl, run)
    assert not Donation.objects.exists()


def test_without_the_permission_there_is_no_page_of_it(people, signed_in, nurse_fund):
    shelly = signed_in(people.fundraiser)
    assert upload(shelly, sheet(ADA)).status_code == 403
    assert shelly.get(reverse("import_gifts:upload")).status_code == 403
    assert shelly.get(reverse("import_gifts:template")).status_code == 403
    assert not ImportRun.objects.exists()


def test_the_upload_is_still_guarded_against_forged_forms(people, nurse_fund):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.finance_officer)
    assert upload(client, sheet(ADA)).status_code == 403
    assert not ImportRun.objects.exists()


def test_what_is_far_too_large_is_refused_before_it_is_read(pearl):
    answer = pearl.post(
        reverse("import_gifts:upload"), b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**10)
    )
    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_the_button_at_once_bring_in_once(pearl, people, signed_in):
    run = checked(pearl, sheet(ADA, BEN))
    desks = iter([signed_in(people.finance_officer), signed_in(people.treasurer)])
    at_once(lambda: confirm(next(desks), run), 2)
    assert (Donation.objects.count(), Entry.objects.count()) == (2, 2)
    run.refresh_from_db()
    assert run.state == "confirmed"
