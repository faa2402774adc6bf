"""Exactly once each: a cause has one letter however often it is told, and one letter is sent once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from donations import letters, outbox
from donations.actions import receiving
from donations.actions.looking_after import tell_of_tributes
from donations.exceptions import YearIsNotOver
from donations.models import Donation, Letter, LetterWords
from donations.models.contact import Suppression, digest_of
from donations.models.donation import Method
from tests.donations.letters.conftest import declared, tribute
from tests.donations.test_the_webhook import at_once
from tests.factories import payments

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def kinds() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def send_all() -> None:
    for letter in Letter.objects.filter(sent_at=None).order_by("pk"):
        outbox.deliver(letter.pk)


# ---- copies


def test_each_press_is_one_copy_and_a_form_sent_twice_is_one_press(gift):
    first = uuid4()
    assert letters.send_receipt_again(gift, token=first) is True
    assert letters.send_receipt_again(gift, token=first) is False
    assert letters.send_receipt_again(gift, token=uuid4()) is True
    assert kinds() == ["receipt", "receipt_copy", "receipt_copy"]


def test_a_copy_goes_to_where_the_donor_gets_letters_now(gift):
    gift.donor.email = "ada.at.sea@example.org"
    gift.donor.save()
    letters.send_receipt_again(gift, token=uuid4())
    send_all()
    receipt, copy = mail.outbox
    assert copy.to == ["ada.at.sea@example.org"]
    assert copy.subject.startswith("Copy: ")
    assert not receipt.subject.startswith("Copy")


def test_a_donor_without_an_address_gets_none(gift):
    gift.donor.email = ""
    gift.donor.save()
    assert letters.send_receipt_again(gift, token=uuid4()) is False


# ---- tributes


def test_who_was_named_is_told_once_when_the_gift_arrives(nurse_appeal):
    asked = payments.pledge(nurse_appeal)
    tribute(asked)
    gift = payments.payment(asked).donation
    assert letters.tell_of_tribute(gift) is False, "its arrival has written it"
    send_all()
    told = mail.outbox[-1]
    assert told.to == ["dory@example.org"]
    assert "Dear Dory Whelk" in told.body
    assert "in memory of Kitty Whelk" in told.subject
    for said in (told.subject, told.body, told.alternatives[0].content):
        assert "£" not in said


def test_the_amount_is_said_only_if_the_donor_agreed(nurse_appeal):
    asked = payments.pledge(nurse_appeal)
    tribute(asked, say_amount=True)
    letters.tell_of_tribute(payments.payment(asked).donation)
    send_all()
    assert "£25.00" in mail.outbox[-1].body


def test_a_later_payment_of_a_monthly_gift_tells_nobody_again(nurse_appeal):
    regular = payments.regular_gift(nurse_appeal)
    tribute(regular.pledge)
    first, second = payments.payment(regular).donation, payments.payment(regular).donation
    assert letters.tell_of_tribute(first) is True
    assert letters.tell_of_tribute(second) is False


def test_a_day_in_the_future_is_waited_for_and_then_told_by_the_clock(nurse_appeal):
    asked = payments.pledge(nurse_appeal)
    told_on = TODAY() + timedelta(days=3)
    given = tribute(asked, tell_on=told_on)
    gift = payments.payment(asked).donation
    assert letters.tell_of_tribute(gift) is False
    assert tell_of_tributes() == 0
    given.tell_on = TODAY()
    given.save()
    assert [tell_of_tributes(), tell_of_tributes()] == [1, 0]


def test_nobody_is_told_of_a_gift_that_never_came_or_has_gone_back(nurse_appeal):
    left = payments.pledge(nurse_appeal)
    tribute(left, tell_on=TODAY())
    returned = payments.pledge(nurse_appeal)
    tribute(returned, tell_on=TODAY())
    payments.refund(payments.payment(returned).donation)
    assert tell_of_tributes() == 0


@pytest.mark.parametrize("changed", [{"tell_email": ""}, {"tell_email": "", "tell_name": ""}])
def test_where_nobody_is_named_nobody_is_told(nurse_appeal, changed):
    asked = payments.pledge(nurse_appeal)
    tribute(asked, **changed)
    assert letters.tell_of_tribute(payments.payment(asked).donation) is False


def test_who_wants_no_letters_is_told_of_no_tribute(nurse_appeal):
    asked = payments.pledge(nurse_appeal)
    tribute(asked)
    Suppression.objects.create(channel="email", digest=digest_of("Dory@Example.org"))
    assert letters.tell_of_tribute(payments.payment(asked).donation) is False


# ---- spoken declarations


def test_a_spoken_declaration_has_its_record_once_and_knows_when_it_was_sent(gift):
    spoken = declared(gift.donor, channel="oral", declared_on=TODAY() - timedelta(days=2))
    assert letters.send_declaration_record(spoken) is True
    assert letters.send_declaration_record(spoken) is False
    spoken.refresh_from_db()
    assert spoken.record_sent_on is None, "written is not sent"
    send_all()
    spoken.refresh_from_db()
    assert spoken.record_sent_on == TODAY()
    body = " ".join(mail.outbox[-1].body.split())
    until = TODAY() + timedelta(days=30)
    assert f"You may cancel this declaration until {until:%-d %B %Y}" in body
    assert "Home address 2 Lobster Lane, Eastquay, EQ1 2BB" in body


@pytest.mark.parametrize("channel", ["online", "paper"])
def test_other_declarations_need_no_record(gift, channel):
    assert letters.send_declaration_record(declared(gift.donor, channel=channel)) is False


def test_a_spoken_declaration_without_an_address_is_not_said_to_be_recorded(gift):
    gift.donor.email = ""
    gift.donor.save()
    assert letters.send_declaration_record(declared(gift.donor, channel="oral")) is False


# ---- statements


@pytest.fixture
def last_year(nurse_appeal, people) -> int:
    """Ada gave twice in the tax year to 5 April 2026, on its first day and its last, and once the day after; Ben's
    cheque came without an address."""
    number = iter(range(9))

    def give(name: str, email: str, day: date, pence: int = 2500) -> Donation:
        from donations.ledger.money import Money

        donor = receiving.find_donor(name=name, email=email)
        return receiving.record_gift(
            amount=Money(pence), fund=nurse_appeal.fund, method=Method.CHEQUE, received_on=day, donor=donor,
            donor_name=name, key=f"gift:test:{next(number)}", by=people.finance_officer, appeal=nurse_appeal,
        )  # fmt: skip

    give("Ada Periwinkle", "ada@example.org", date(2025, 4, 6))
    give("Ada Periwinkle", "ada@example.org", date(2026, 4, 5), 1000)
    give("Ada Periwinkle", "ada@example.org", date(2026, 4, 6), 99_900)
    give("Ben Limpet", "", date(2025, 12, 24))
    return 2026


def test_everybody_has_one_statement_and_who_cannot_be_reached_is_listed(last_year):
    written = letters.send_statements(last_year)
    assert (written.letters, [donor.name for donor in written.without_address]) == (1, ["Ben Limpet"])
    assert letters.send_statements(last_year).letters == 0
    send_all()
    (sent,) = mail.outbox
    assert "6 April 2025" in sent.body
    assert "5 April 2026" in sent.body
    assert "£35.00" in sent.body
    assert "£999.00" not in sent.body
    assert [name for name, _, _ in sent.attachments] == ["gifts-2025-2026.pdf"]


def test_a_year_that_is_not_over_has_no_statements_yet(last_year):
    with pytest.raises(YearIsNotOver):
        letters.send_statements(TODAY().year + 1)
    assert not Letter.objects.exists()


# ---- sending


def test_a_letter_remembers_the_words_that_it_was_sent_in(gift):
    send_all()
    LetterWords.objects.filter(kind="receipt").update(opening="Other words.")
    assert Letter.objects.get().words["opening"] == "Thank you. Your gift of {amount} has arrived."


def test_the_staffs_words_are_in_the_letter_and_the_facts_are_there_all_the_same(gift):
    LetterWords.objects.filter(kind="receipt").update(
        subject="{donor}, you are kind", opening="A gull told us of {amount} for {fund}.", closing="Until soon."
    )
    send_all()
    (sent,) = mail.outbox
    assert sent.subject == "Ada Periwinkle, you are kind"
    for said in (sent.body, sent.alternatives[0].content):
        assert "A gull told us of £25 for Nurse Fund." in said
        assert "Until soon." in said
        for fact in ("£25.00", gift.reference, "Nurse Fund (restricted)", "number 0000000", "No Gift Aid is claimed"):
            assert fact in said


def test_words_that_a_later_version_no_longer_knows_give_way_to_the_standard(gift):
    LetterWords.objects.filter(kind="receipt").update(opening="You gave {gold}.", closing="Until soon.")
    send_all()
    assert "Thank you. Your gift of £25 has arrived." in mail.outbox[0].body
    assert "Until soon." in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_write_one_letter_and_send_one(nurse_appeal):
    asked = payments.pledge(nurse_appeal)
    tribute(asked)
    gift = payments.payment(asked).donation
    spoken = declared(gift.donor, channel="oral")
    token = uuid4()
    at_once(lambda: letters.tell_of_tribute(Donation.objects.get(pk=gift.pk)), 10)
    at_once(lambda: letters.send_receipt(Donation.objects.get(pk=gift.pk)), 10)
    at_once(lambda: letters.send_receipt_again(Donation.objects.get(pk=gift.pk), token=token), 10)
    at_once(lambda: letters.send_declaration_record(spoken), 10)
    assert sorted(kinds()) == ["declaration_record", "receipt", "receipt_copy", "tribute"]
    for letter in Letter.objects.all():
        at_once(lambda number=letter.pk: outbox.deliver(number), 10)
    assert len(mail.outbox) == 4


@pytest.mark.django_db(transaction=True)
def test_statements_asked_for_by_four_at_once_are_one_for_each_donor(last_year):
    written = []
    at_once(lambda: written.append(letters.send_statements(last_year).letters), 4)
    assert sum(written) == 1
    assert kinds() == ["statement"]
