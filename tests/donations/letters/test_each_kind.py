"""Every kind of letter, as text and as HTML: nothing unresolved, nothing missing, and what the law wants in it."""

import re

import pytest

from almoner.kit import mail
from donations import facts, words
from donations.models import Letter, LetterWords
from donations.models.letter_words import ALLOWED, PLACEHOLDERS, faults, fill
from donations.staff import examples

pytestmark = pytest.mark.django_db
KINDS = list(Letter.Kind)


def example(kind: str) -> mail.Rendered:
    """An example of this kind, as its reader has it."""
    letter, told = examples.letter(kind)
    return mail.render(f"donations/letters/{kind}", **facts.of(letter, for_the_donor=False, told=told))


def as_read(html: str) -> str:
    """The words of some HTML."""
    body = html[html.index("<body") :]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?a[^>]*>", "", body)).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_placeholders_and_a_row_in_the_office(kind):
    standard = words.STANDARD[kind]
    assert standard.subject
    assert standard.opening
    assert LetterWords.objects.filter(kind=kind).count() == 1
    assert set(ALLOWED[kind]) <= set(PLACEHOLDERS)
    for part in standard.stored().values():
        assert faults(part, ALLOWED[kind]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_read_with_nothing_unresolved_and_no_gaps(kind):
    shown = example(kind)
    read = as_read(shown.html)
    for said in (shown.subject, shown.text, read):
        assert not re.search(r"[{}]|None|\bnull\b|&amp;amp;|  ,|\(\)", said), said
        assert not re.search(r"\s[,.](\s|$)|“”|\.\.", said), said
    assert "\n\n\n" not in shown.text
    assert not re.search(r"[ \t]+$", shown.text, re.MULTILINE)
    assert 5 < len(shown.subject) < 100
    assert re.search(r"^Dear \w+", shown.text)
    assert "Dear " in read


@pytest.mark.parametrize("kind", KINDS)
def test_every_placeholder_of_a_kind_stands_for_something(kind):
    letter, told = examples.letter(kind)
    stands_for = facts.values(facts.of(letter, for_the_donor=False, told=told))
    assert set(stands_for) == set(ALLOWED[kind])
    assert all(value.strip() for value in stands_for.values()), stands_for


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_names_the_charity_and_how_to_hear_no_more(kind):
    shown = example(kind)
    for said in (shown.text, as_read(shown.html)):
        assert "Harbour Lights Trust is a registered charity in England and Wales, number 0000000" in said
        assert "1 Quay Street" in said
    for said in (shown.text, shown.html):
        assert "/unsubscribe/" in said
    still_come = "Receipts and letters about your own gifts will still come."
    assert (still_come in shown.text) == (kind != Letter.Kind.TRIBUTE)
    assert (still_come in as_read(shown.html)) == (kind != Letter.Kind.TRIBUTE)


def test_a_receipt_says_all_that_it_must():
    shown = example(Letter.Kind.RECEIPT)
    for said in (shown.text, as_read(shown.html)):
        flat = " ".join(said.split())
        for line in (
            *("Gift £25.00", "Added for the card fee £0.75", "In all £25.75", "Received 31 March 2026", "Paid by Card"),
            *("Given to Example appeal: a bench on the pier", "Fund Example Bench Fund (restricted)"),
            *("Only for benches from which the sea can be seen.", "Gift Aid You have declared Gift Aid: it adds £6.25"),
            *("Given in memory of Barnaby Example", "Given by Ottoline Example", "Reference G-EXAMPLE"),
            *("Because of you somebody will sit down", "No goods or services were given in return."),
        ):
            assert line in flat, line


def test_a_copy_says_that_it_is_one_in_its_subject_and_beneath():
    shown = example(Letter.Kind.RECEIPT_COPY)
    assert shown.subject.startswith("Copy: ")
    assert "This is a copy of your receipt" in shown.text


def test_the_notice_of_a_direct_debit_says_what_when_and_how_often():
    flat = " ".join(example(Letter.Kind.PENDING).text.split())
    for line in (
        *("Amount £10.00", "On or about 7 April 2026", "How often monthly, next on or about 30 April 2026"),
        *("Our reference R-EXAMPLE", "Direct Debit Guarantee", "this letter is not one yet"),
    ):
        assert line in flat, line


def test_the_record_of_a_spoken_declaration_says_what_hmrc_wants():
    flat = " ".join(example(Letter.Kind.DECLARATION_RECORD).text.split())
    for line in (
        *(
            "Declared by Ottoline Example",
            "Home address 1 Example Quay, Exampleton, EX1 1AA",
            "Charity Example Charity",
        ),
        *("Covers This gift and any that I make later", "Spoken on 31 March 2026", "This record sent on"),
        *("it is your responsibility to pay any difference", "You may cancel this declaration until"),
        "I want to Gift Aid this donation and any donations I make in the future to Example Charity.",
    ):
        assert line in flat, line


def test_who_is_told_of_a_tribute_reads_no_amount():
    shown = example(Letter.Kind.TRIBUTE)
    for said in (shown.subject, shown.text, shown.html):
        assert "£" not in said
    assert "Dear Clementine Example" in shown.text
    assert "in memory of Barnaby Example" in shown.text
    assert "He liked the gulls." in shown.text


def test_a_statement_adds_up():
    flat = " ".join(example(Letter.Kind.STATEMENT).text.split())
    assert "In all £65.00" in flat
    assert "Under Gift Aid £25.00" in flat
    assert "Gift Aid adds £6.25" in flat


def test_what_a_value_says_is_never_read_as_a_placeholder_or_as_markup():
    assert fill("Dear {donor}, {amount}.", {"donor": "{amount} {0.__class__}", "amount": "£1"}) == (
        "Dear {amount} {0.__class__}, £1."
    )
    letter, _ = examples.letter(Letter.Kind.RECEIPT)
    letter.donation.donor_name = "<script>alert(1)</script> & {reference}"
    letter.words = words.Words("For {donor}", "Hello {donor}").stored()
    shown = mail.render("donations/letters/receipt", **facts.of(letter, for_the_donor=False))
    assert "<script>" not in shown.html
    assert "Hello &lt;script&gt;alert(1)&lt;/script&gt; &amp; {reference}" in shown.html
    assert shown.subject == "For <script>alert(1)</script> & {reference}"
