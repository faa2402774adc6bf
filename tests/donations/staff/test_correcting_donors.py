"""The office puts right how a donor is called and reached: with a reason, under a name, and letters follow."""

import pytest
from django.db import Error, transaction
from django.urls import reverse

from donations import letters
from donations.models import Correction, Letter
from tests.factories import payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift(nurse_appeal):
    """£10 a month from Ada."""
    return payments.regular_gift(nurse_appeal)


def typed(donor, **changed: str) -> dict[str, str]:
    """The form, as it stands but for what is said here."""
    stands = {name: getattr(donor, name) for name in ("name", "email", "telephone", "address", "town", "postcode")}
    return {**stands, "because": "She telephoned.", **changed}


def correct(donor) -> str:
    return reverse("donors_list:correct", args=[donor.pk])


def test_an_address_is_put_right_and_letters_stripe_and_the_record_follow(people, signed_in, gift, standin):
    donor, old = gift.donor, gift.donor.email
    browser = signed_in(people.fundraiser)
    shown = browser.get(correct(donor)).content.decode()
    assert f'value="{old}"' in shown
    answer = browser.post(correct(donor), typed(donor, email="Ada.At.Sea@example.org", town="Eastquay"), follow=True)
    page = answer.content.decode()
    assert "Corrected: email, town." in page
    assert "She telephoned." in page
    assert f"email was “{old}”" in page
    donor.refresh_from_db()
    assert (donor.email, donor.town) == ("ada.at.sea@example.org", "Eastquay")
    made = Correction.objects.get()
    assert (made.by, made.because, made.before) == (people.fundraiser, "She telephoned.", {"email": old, "town": ""})
    assert Letter.objects.get(kind="address_changed").to == old
    letters.say_it_has_ended(type(gift).objects.get(pk=gift.pk))
    assert Letter.objects.get(kind="ended").to == "ada.at.sea@example.org"


def test_a_name_that_was_misspelt_is_put_right_in_later_letters_and_not_in_what_was_given(people, signed_in, gift):
    donor = gift.donor
    signed_in(people.finance_officer).post(correct(donor), typed(donor, name="Ada Perrywinkle"))
    later = payments.payment(type(gift).objects.get(pk=gift.pk)).donation
    assert later.donor_name == "Ada Perrywinkle"
    assert donor.donations.order_by("pk").first().donor_name == "Ada Periwinkle"


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"because": ""}, "because", "Say why."),
        ({"name": ""}, "name", "Enter the full name."),
        ({"email": "ada at sea"}, "email", "Enter an email address like name@example.org."),
        ({"email": "ELIS@example.org"}, "email", "Another donor is known by this email address."),
        ({"email": ""}, "email", "Ada Periwinkle gives regularly: letters about payments need an email address."),
        ({"telephone": "call me"}, "telephone", "Enter a telephone number, like 01632 960 001."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(people, signed_in, gift, nurse_appeal, changed, field, sentence):
    other, donor = payments.gift(nurse_appeal, name="Elis Dab").donor, gift.donor
    type(other).objects.filter(pk=other.pk).update(email="elis@example.org")
    answer = signed_in(people.fundraiser).post(correct(donor), typed(donor, **changed))
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field]
    assert not Correction.objects.exists()
    before = donor.email
    donor.refresh_from_db()
    assert donor.email == before


def test_who_gives_nothing_regularly_may_be_without_an_address(people, signed_in, nurse_appeal):
    donor = payments.gift(nurse_appeal).donor
    assert signed_in(people.fundraiser).post(correct(donor), typed(donor, email="")).status_code == 302
    donor.refresh_from_db()
    assert donor.email == ""


def test_what_is_not_different_changes_nothing(people, signed_in, gift):
    type(gift.donor).objects.filter(pk=gift.donor.pk).update(email="Ada.Imported@example.org")
    gift.donor.refresh_from_db()
    answer = signed_in(people.fundraiser).post(correct(gift.donor), typed(gift.donor), follow=True)
    assert "nothing is changed" in answer.content.decode()
    assert not Correction.objects.exists()


def test_the_database_wants_a_reason_and_lets_nobody_change_it(people, gift):
    said = {"donor": gift.donor, "before": {}, "after": {}, "by": people.fundraiser}
    with pytest.raises(Error), transaction.atomic():
        Correction.objects.create(**said)
    made = Correction.objects.create(**said, because="Asked.")
    with pytest.raises(Error), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(because="Another.")
