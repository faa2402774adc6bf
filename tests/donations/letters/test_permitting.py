"""May we write? The newest word holds, a suppression beats all, and it outlives what it came from."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from donations.actions import permitting
from donations.models import ContactPermission, Suppression, Wording
from donations.models.contact import digest_of, is_suppressed
from tests.factories import payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(gift):
    """A donor with an address."""
    return gift.donor


def says(donor, basis="consent", channel="email", **more):
    return permitting.record(channel=channel, basis=basis, source="donation form", donor=donor, **more)


def may(donor, channel="email") -> bool:
    return permitting.may_contact(donor=donor, channel=channel)


def test_who_has_said_nothing_is_not_contacted(ada):
    assert not may(ada)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["consent"], True),
        (["soft_opt_in"], True),
        (["none"], False),
        (["consent", "none"], False),
        (["none", "consent"], True),
        (["consent", "none", "soft_opt_in"], False),  # a box left alone never overrides a no that was said
        (["none", "consent", "soft_opt_in"], True),
    ],
)
def test_the_newest_word_holds(ada, said, answer):
    for basis in said:
        says(ada, basis)
    assert may(ada) is answer


def test_each_channel_is_for_itself(ada):
    says(ada, channel="post")
    assert may(ada, "post")
    assert not may(ada, "email")
    assert not may(ada, "phone")


def test_a_permission_names_the_newest_words_in_use_and_a_refusal_needs_none(ada):
    tomorrow = timezone.localdate() + timedelta(days=1)
    newest = Wording.objects.create(about="contact", version=2, text="Newer.", in_use_from=timezone.localdate())
    Wording.objects.create(about="contact", version=3, text="Not yet.", in_use_from=tomorrow)
    assert says(ada).wording == newest
    assert says(ada, "none").wording is None


def test_a_suppression_beats_every_word_of_the_form(ada):
    permitting.suppress(channel="email", address=ada.email)
    ContactPermission.objects.create(
        donor=ada, channel="email", basis="consent", source="import", wording=Wording.objects.get(about="contact")
    )
    assert not may(ada)


def test_suppressed_twice_it_is_there_once_and_however_the_address_is_written(ada):
    for address in (ada.email, ada.email.upper(), f" {ada.email} "):
        permitting.suppress(channel="email", address=address)
    assert Suppression.objects.count() == 1
    assert is_suppressed(channel="email", address=ada.email.title())


def test_an_empty_address_suppresses_nobody(ada):
    permitting.suppress(channel="phone", address="  ")
    assert not Suppression.objects.exists()


def test_a_suppression_survives_the_permissions_and_the_donors_data(ada):
    says(ada)
    permitting.suppress(channel="email", address=ada.email)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM donations_contactpermission")
    address, ada.email, ada.name = ada.email, "", "Somebody"
    ada.save()
    assert is_suppressed(channel="email", address=address)
    assert address not in str(Suppression.objects.values_list().get())
    assert Suppression.objects.get().digest == digest_of(address)


def test_a_donor_who_says_yes_herself_consents_anew(ada):
    permitting.suppress(channel="email", address=ada.email)
    says(ada)
    assert may(ada)
    assert not Suppression.objects.exists()


def test_nobody_in_the_office_lifts_a_suppression_for_her(ada, people):
    permitting.suppress(channel="email", address=ada.email)
    says(ada, by=people.fundraiser)
    assert not may(ada)


@pytest.mark.parametrize("basis", ["soft_opt_in", "none"])
def test_only_a_yes_lifts_it(ada, basis):
    permitting.suppress(channel="email", address=ada.email)
    says(ada, basis)
    assert not may(ada)


# ---- what was said on a form


@pytest.fixture
def asked(nurse_appeal, ada):
    """Another gift of Ada's, on its way."""
    pledge = payments.pledge(nurse_appeal)
    pledge.email = ada.email
    pledge.save()
    return pledge


def form(pledge, basis, channel="email"):
    return permitting.record(channel=channel, basis=basis, source="donation form", pledge=pledge)


def test_what_a_form_says_is_its_donors_once_the_gift_has_arrived(asked, ada):
    form(asked, "consent")
    form(asked, "none", "phone")
    assert not may(ada)
    assert permitting.take_over(pledge=asked, donor=ada) == 2
    assert permitting.take_over(pledge=asked, donor=ada) == 0
    assert may(ada)
    assert not may(ada, "phone")


def test_a_yes_on_the_form_lifts_the_suppression_when_the_gift_arrives_and_not_before(asked, ada):
    permitting.suppress(channel="email", address=ada.email)
    form(asked, "consent")
    assert Suppression.objects.exists()
    permitting.take_over(pledge=asked, donor=ada)
    assert may(ada)


@pytest.mark.parametrize("basis", ["soft_opt_in", "none"])
def test_a_form_without_a_yes_lifts_nothing(asked, ada, basis):
    permitting.suppress(channel="email", address=ada.email)
    form(asked, basis)
    permitting.take_over(pledge=asked, donor=ada)
    assert not may(ada)


def test_who_unsubscribes_while_her_debit_is_on_its_way_stays_unsubscribed(asked, ada):
    form(asked, "consent")
    permitting.unsubscribe(letter=ada.donations.get().letters.get())
    permitting.take_over(pledge=asked, donor=ada)
    assert Suppression.objects.exists()
    assert not may(ada)


def test_a_yes_for_one_channel_lifts_no_other(asked, ada):
    ada.telephone = "01632 960001"
    ada.save()
    permitting.suppress(channel="phone", address="01632960001")
    form(asked, "consent")
    permitting.take_over(pledge=asked, donor=ada)
    assert is_suppressed(channel="phone", address=ada.telephone)


# ---- a no is for good


@pytest.fixture
def reached(ada, asked):
    """Ada, and a pledge of hers, with a number and an address for post."""
    for somebody in (ada, asked):
        somebody.telephone = "01632 960001"
        somebody.save()
    type(ada).objects.filter(pk=ada.pk).update(address="1 Quay Street", town="Eastquay", postcode="TR18 4AB")
    type(asked).objects.filter(pk=asked.pk).update(postal="1 Quay Street, Eastquay, TR18 4AB")
    ada.refresh_from_db()
    asked.refresh_from_db()
    return ada


@pytest.mark.parametrize("channel", ["email", "post", "phone", "text"])
@pytest.mark.parametrize("who", ["herself", "the office", "a form"])
def test_an_explicit_no_outlives_the_donor_however_it_was_said(reached, asked, people, channel, who):
    match who:
        case "herself":
            says(reached, "none", channel)
        case "the office":
            says(reached, "none", channel, by=people.fundraiser)
        case "a form":
            form(asked, "none", channel)
    address = permitting.pledged_address(asked, channel) if who == "a form" else permitting.address_of(reached, channel)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM donations_contactpermission")
    reached.name, reached.email, reached.telephone, reached.address = "Somebody", "", "", ""
    reached.save()
    assert is_suppressed(channel=channel, address=address)
    assert Suppression.objects.count() == 1


def test_a_no_on_a_form_counts_from_when_it_was_said_although_the_gift_never_comes(asked, ada):
    says(ada)
    form(asked, "none")
    assert not may(ada)


def test_a_later_yes_of_her_own_lifts_it(ada):
    says(ada, "none")
    says(ada)
    assert may(ada)
    assert not Suppression.objects.exists()


def test_a_yes_on_a_form_lifts_an_earlier_no_once_the_gift_has_arrived(asked, ada):
    says(ada, "none")
    form(asked, "consent")
    assert not may(ada)
    permitting.take_over(pledge=asked, donor=ada)
    assert may(ada)


def test_a_no_that_is_said_again_is_as_new_as_it_was_said_last(asked, ada):
    says(ada, "none")
    form(asked, "consent")
    says(ada, "none")
    permitting.take_over(pledge=asked, donor=ada)
    assert Suppression.objects.exists(), "the yes of the form is older than the newest no"
    assert not may(ada)


def test_a_yes_to_a_new_number_lifts_nothing_from_the_old_one(reached):
    says(reached, "none", "phone")
    reached.telephone = "01632 960002"
    reached.save()
    says(reached, "consent", "phone")
    assert may(reached, "phone")
    assert is_suppressed(channel="phone", address="01632 960001")


def test_who_is_reached_nowhere_says_no_without_anything_to_remember(ada):
    says(ada, "none", "phone")
    assert not Suppression.objects.exists()
