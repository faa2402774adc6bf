"""A cheque, cash or a transfer, recorded by hand: a donation and its entry together, or a sentence."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.ledger import balances, posting, proving
from donations.ledger.models import Entry
from donations.ledger.money import Money
from donations.models import Donation, Donor, Letter
from tests.factories import funds

pytestmark = pytest.mark.django_db


@pytest.fixture
def pearl(people, signed_in):
    return signed_in(people.finance_officer)


def gift(into, /, **changed: object) -> dict[str, object]:
    """A form rightly filled in."""
    return {
        "amount": "£1,000.50",
        "method": "cheque",
        "received_on": "31/03/2026",
        "fund": into.pk,
        "donor_name": "Ada Periwinkle",
        "donor_email": "",
        "note": "slip 104",
        "token": str(uuid4()),
        **changed,
    }


def record(client, answers):
    return client.post(reverse("record_gift:form"), answers)


def errors(answer) -> dict[str, list[str]]:
    """What is said, beside which field."""
    assert answer.status_code == 422, answer.status_code
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def test_a_cheque_raises_its_fund_and_names_who_recorded_it(pearl, people, nurse_fund):
    answer = record(pearl, gift(nurse_fund))
    assert answer.status_code == 302
    donation = Donation.objects.get()
    assert (donation.pence, donation.method, donation.received_on, donation.note, donation.donor) == (
        *(100_050, "cheque", date(2026, 3, 31), "slip 104", None),
    )
    assert (donation.entry.effective, donation.entry.posted_by) == (date(2026, 3, 31), people.finance_officer)
    assert balances.of_fund(nurse_fund).raised == Money(100_050)
    assert not Letter.objects.exists()


def test_the_form_sent_twice_is_one_gift(pearl, nurse_fund):
    answers = gift(nurse_fund)
    record(pearl, answers)
    assert record(pearl, answers).status_code == 302
    assert (Donation.objects.count(), Entry.objects.count()) == (1, 1)


def test_the_same_form_with_another_amount_is_refused_in_words(pearl, nurse_fund):
    answers = gift(nurse_fund)
    record(pearl, answers)
    (said,) = errors(record(pearl, {**answers, "amount": "5"}))["__all__"]
    assert said == "This form has been recorded already, with other amounts. Open a new one for another gift."
    assert Donation.objects.count() == 1


def test_a_gift_that_looks_like_one_in_the_books_is_asked_about_once(pearl, nurse_fund):
    record(pearl, gift(nurse_fund))
    reference = Donation.objects.get().reference
    again = gift(nurse_fund)
    page = record(pearl, again)
    assert errors(page) == {"again": [f"{reference} is for the same amount, day, fund and donor. Is this another?"]}
    assert 'type="checkbox" name="again"' in page.content.decode()
    assert record(pearl, {**again, "again": "on"}).status_code == 302
    assert Donation.objects.count() == 2


def test_a_receipt_is_written_if_it_is_wanted(pearl, nurse_fund):
    record(pearl, gift(nurse_fund, donor_email="ada@example.org", receipt="on"))
    assert Letter.objects.get().to == "ada@example.org"
    assert Donor.objects.get().name == "Ada Periwinkle"


def test_an_appeal_brings_its_fund_and_purpose(pearl, nurse_appeal):
    record(pearl, gift(nurse_appeal.fund, fund="", appeal=nurse_appeal.pk))
    donation = Donation.objects.get()
    assert (donation.fund, donation.appeal, donation.purpose) == (nurse_appeal.fund, nurse_appeal, nurse_appeal.purpose)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"amount": ""}, "amount", "Enter the amount, like 25 or 1,000.50."),
        ({"amount": "-1"}, "amount", "Enter an amount in pounds, like 25 or 12.50."),
        ({"amount": "0"}, "amount", "Enter an amount of more than nothing."),
        ({"amount": "0.001"}, "amount", "Enter an amount in pounds, like 25 or 12.50."),
        ({"method": "card"}, "method", "Choose one of these."),
        ({"received_on": "soon"}, "received_on", "Enter a day like 31/03/2026."),
        ({"fund": ""}, "fund", "Choose a fund, or an appeal."),
        ({"donor_email": "ada"}, "donor_email", "Enter an email address like name@example.org, or leave it empty."),
        ({"receipt": "on"}, "donor_email", "Enter the address that the receipt goes to."),
        ({"donor_name": "Ada\u202e"}, "donor_name", "Enter the name on one line, without hidden characters."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(pearl, nurse_fund, changed, field, sentence):
    page = record(pearl, gift(nurse_fund, **changed))
    assert errors(page)[field] == [sentence]
    assert "slip 104" in page.content.decode()
    assert not Donation.objects.exists()


def test_nothing_is_received_tomorrow(pearl, nurse_fund):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert errors(record(pearl, gift(nurse_fund, received_on=f"{tomorrow:%d/%m/%Y}"))) == {
        "received_on": ["This day is still to come."]
    }


def test_a_purpose_that_the_fund_does_not_serve_is_refused(pearl, nurse_fund):
    research = funds.purpose("research")
    assert errors(record(pearl, gift(nurse_fund, purpose=research.pk))) == {
        "purpose": ["Nurse Fund may not be used for “Research”."]
    }


def test_a_closed_month_is_refused_beside_the_day(pearl, people, nurse_fund):
    posting.receive(Money(100), into=nurse_fund, key="gift:old", by=people.treasurer, on=date(2026, 3, 1))
    proving.seal_month(date(2026, 3, 1), by=people.treasurer)
    assert errors(record(pearl, gift(nurse_fund))) == {
        "received_on": ["The books are closed up to the end of March 2026."]
    }
    assert not Donation.objects.exists()


def test_a_fundraiser_may_look_at_gifts_and_not_record_them(people, signed_in, nurse_fund):
    shelly = signed_in(people.fundraiser)
    assert shelly.get(reverse("record_gift:form")).status_code == 403
    assert record(shelly, gift(nurse_fund)).status_code == 403
    assert not Donation.objects.exists()
