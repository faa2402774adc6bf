"""Papers: a receipt and a statement as PDF hold what the law wants, can be read aloud, and no text does them harm."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from pypdf import PdfReader

from donations import letters, outbox, paper
from donations.models import Donation, Letter
from donations.statements import TaxYear, donors_of, last_year_over, statement
from tests.donations.letters.conftest import declared, tribute
from tests.factories import payments

pytestmark = pytest.mark.django_db


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """All that stands in a PDF, in one line, without the places where a long word may be broken."""
    pages = read(content).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


@pytest.fixture
def full_gift(nurse_appeal) -> Donation:
    """£25 and 75p for the card fee, with Gift Aid, in memory of Kitty."""
    nurse_appeal.thanks = "A nurse can visit two homes more.\n\nThank you from all of us."
    nurse_appeal.save()
    asked = payments.pledge(nurse_appeal, 2575)
    tribute(asked)
    made = payments.payment(asked).donation
    made.fee_cover_pence, made.declaration = 75, declared(made.donor)
    made.save()
    return Donation.objects.get(pk=made.pk)


def test_a_receipt_holds_what_the_law_wants(full_gift):
    said = text_of(paper.receipt(full_gift))
    for line in (
        *(f"Receipt {full_gift.reference}", "Gift £25.00", "Added for the card fee £0.75", "In all £25.75"),
        *(f"Received {full_gift.received_on:%-d %B %Y}", "Paid by Card", "Given to A nurse for our coast"),
        *("Fund Nurse Fund (restricted)", "“Only for nurse fund.”", "You have declared Gift Aid: it adds £6.25"),
        *("in memory of Kitty Whelk", "Given by Ada Periwinkle", "A nurse can visit two homes more."),
        "Harbour Lights Trust is a registered charity in England and Wales, number 0000000.",
        *("1 Quay Street, Eastquay, EQ1 1AA", "Thank you from all of us.", "No goods or services"),
    ):
        assert line in said, line
    assert "copy" not in said.lower()


def test_a_receipt_after_a_refund_never_looks_like_a_clean_one(full_gift):
    payments.refund(full_gift, 1000)
    day = f"{timezone.localdate():%-d %B %Y}"
    gift = Donation.objects.get(pk=full_gift.pk)
    said = text_of(paper.receipt(gift))
    for line in (
        *(f"Receipt {gift.reference}, part refunded", f"£10.00 of this gift was refunded on {day}."),
        *(f"Refunded on {day} £10.00", "Left of it £15.75", "it adds £3.75", "had arrived"),
    ):
        assert line in said, line
    payments.refund(gift, 1575)
    gift = Donation.objects.get(pk=full_gift.pk)
    said = text_of(paper.receipt(gift, copy=True))
    for line in (
        *(f"Copy of receipt {gift.reference}, refunded", f"All of this gift was refunded on {day}."),
        *("Left of it £0.00", "No Gift Aid is claimed on this gift"),
    ):
        assert line in said, line
    assert "A nurse can visit two homes more." not in said


def test_a_refund_that_failed_leaves_the_receipt_as_it_was(full_gift):
    refund = payments.refund(full_gift)
    payments.refund(full_gift, known=refund, status="failed")
    said = text_of(paper.receipt(Donation.objects.get(pk=full_gift.pk)))
    assert "efunded" not in said
    assert "has arrived" in said


def test_what_a_bank_took_back_is_on_the_receipt(full_gift):
    payments.dispute(full_gift, status="lost")
    said = text_of(paper.receipt(Donation.objects.get(pk=full_gift.pk)))
    assert "All of this gift was taken back by the bank." in said
    assert "Taken back by the bank £25.75" in said


def test_a_copy_that_is_mailed_says_what_went_back(full_gift):
    payments.refund(full_gift)
    letters.send_receipt_again(Donation.objects.get(pk=full_gift.pk), token=uuid4())
    outbox.deliver(Letter.objects.get(kind="receipt_copy").pk)
    body = " ".join(mail.outbox[-1].body.split())
    assert "All of this gift was refunded on" in body
    assert "A nurse can visit two homes more." not in body


def test_a_copy_says_so(full_gift):
    said = text_of(paper.receipt(full_gift, copy=True))
    assert f"Copy of receipt {full_gift.reference}" in said
    assert "This is a copy." in said


@pytest.mark.parametrize("draw", ["receipt", "statement"])
def test_a_screen_reader_can_read_it(full_gift, draw):
    content = (
        paper.receipt(full_gift)
        if draw == "receipt"
        else paper.statement(full_gift.donor, year_ending=full_gift.received_on.year)
    )
    pdf = read(content)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert pdf.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert [round(float(side) * 25.4 / 72) for side in pdf.pages[0].mediabox[2:]] == [210, 297]


NAMES = [
    "Zoë Ünal-O’Whelk",
    '#import "/etc/passwd": *',
    "$x^2$ *bold* _soft_ `raw` \\ // @ref <label> [x] #(1+1)",
    "Ada 🦀 李小龍 مرحبا",
    "W" * 150,
    "https://example.org/" + "a" * 130,
    "Ada\u202eelknirwireP\x07",
    "' OR 1=1; -- {{ 7*7 }} {% now %} </w:t>",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_does_a_paper_any_harm(full_gift, name):
    given = Donation(
        **{field.attname: getattr(full_gift, field.attname) for field in Donation._meta.concrete_fields}
    )  # a donation stands as it was given, so one like it is made
    given.donor_name = name
    content = paper.receipt(given)
    said = text_of(content)
    assert len(read(content).pages) == 1
    if all(ord(each) < 0x250 or each in "’" for each in name):
        shown = "".join(each for each in name if each.isprintable())
        assert shown.replace(" ", "") in said.replace(" ", "")
    assert "In all £25.75" in said


def test_a_long_word_does_not_run_off_the_page(full_gift):
    full_gift.donor_name = "W" * 150
    page = read(paper.receipt(full_gift)).pages[0]
    right = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: right.append(tm[4]) if "W" in text else None)
    assert right
    assert max(right) < 210 / 25.4 * 72


def test_a_paper_that_cannot_be_drawn_does_not_hold_the_receipt_back(full_gift, monkeypatch, caplog):
    def fail(*args: object, **more: object) -> bytes:
        raise paper.CannotBeDrawn("receipt")

    monkeypatch.setattr(paper, "receipt", fail)
    outbox.deliver(Letter.objects.get(kind="receipt").pk)
    assert mail.outbox[0].attachments == []
    assert "goes without its paper" in caplog.text
    assert "Periwinkle" not in caplog.text


def test_the_receipt_leaves_with_its_paper(full_gift):
    outbox.deliver(Letter.objects.get(kind="receipt").pk)
    ((name, content, kind),) = mail.outbox[0].attachments
    assert (name, kind) == (f"receipt-{full_gift.reference}.pdf", "application/pdf")
    assert "In all £25.75" in text_of(content)


def test_the_record_of_a_spoken_declaration_can_be_posted(gift):
    spoken = declared(gift.donor, channel="oral", declared_on=date(2026, 3, 1), record_sent_on=date(2026, 3, 2))
    said = text_of(paper.declaration_record(spoken))
    for line in (
        *("Declared by Ada Periwinkle", "Home address 2 Lobster Lane, Eastquay, EQ1 2BB", "Spoken on 1 March 2026"),
        *("This record sent on 2 March 2026", "You may cancel this declaration until 1 April 2026"),
        *("I want to Gift Aid this donation and any donations I make in the future to Harbour Lights Trust.",),
        *("it is your responsibility to pay any difference", "number 0000000"),
    ):
        assert line in said, line


# ---- Gift Aid


@pytest.mark.parametrize(("pence", "added"), [(1000, 250), (999, 249), (3333, 833), (4, 1)])
def test_gift_aid_is_a_quarter_in_whole_pence(gift, pence, added):
    gift.pence, gift.declaration = pence, declared(gift.donor)
    assert gift.gift_aid.pence == added


def test_gift_aid_is_not_claimed_without_a_declaration_that_stands(gift):
    assert gift.gift_aid is None
    gift.declaration = declared(gift.donor, channel="oral", void=True, cancelled_on=date(2020, 3, 20))
    assert gift.gift_aid is None
    gift.declaration = declared(gift.donor, cancelled_on=gift.received_on)
    assert gift.gift_aid is None
    gift.declaration = declared(gift.donor, cancelled_on=gift.received_on + timedelta(days=1))
    assert gift.gift_aid is not None


# ---- statements


def test_a_statement_counts_what_is_left_of_each_gift(nurse_appeal):
    whole, part, gone = (payments.gift(nurse_appeal, pence) for pence in (2500, 4000, 9900))
    for each in (part, gone):
        Donation.objects.filter(pk=each.pk).update(donor=whole.donor)
    Donation.objects.filter(pk=part.pk).update(declaration=declared(whole.donor))
    payments.refund(part, 1001)
    payments.refund(gone)
    year = last_year_over(whole.received_on).ending + 1
    told = statement(whole.donor, year_ending=year)
    assert [each.amount.pence for each in told.gifts] == [2500, 2999]
    assert (told.total.pence, told.with_gift_aid.pence, told.gift_aid.pence) == (5499, 2999, 749)
    said = text_of(paper.statement(whole.donor, year_ending=year))
    for line in ("Given £54.99", "Given under Gift Aid £29.99", "Gift Aid adds £7.49", "registered charity", "0000000"):
        assert line in said, line
    assert gone.reference not in said


def test_who_was_given_all_of_it_back_has_no_statement(nurse_appeal):
    kept, gone = payments.gift(nurse_appeal), payments.gift(nurse_appeal, name="Ben Limpet")
    payments.refund(gone)
    year = TaxYear(last_year_over(kept.received_on).ending + 1)
    assert [donor.name for donor in donors_of(year)] == ["Ada Periwinkle"]


def test_a_tax_year_ends_on_the_fifth_of_april():
    assert (TaxYear(2026).first, TaxYear(2026).last) == (date(2025, 4, 6), date(2026, 4, 5))
    assert last_year_over(date(2026, 4, 5)).ending == 2025
    assert last_year_over(date(2026, 4, 6)).ending == 2026
    assert str(TaxYear(2000)) == "1999–00"


def test_a_year_without_gifts_says_so(gift):
    assert "There are none in this tax year." in text_of(paper.statement(gift.donor, year_ending=2019))
