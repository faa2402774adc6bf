"""All that is held about a donor, in one file, and nothing of anybody else; and the wish that it be deleted."""

import json
from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from donations import held
from donations.actions import answering, correcting
from donations.exceptions import AlreadyAnswered
from donations.models import (
    ContactPermission,
    DataRequest,
    Declaration,
    DeclarationScan,
    Donation,
    Donor,
    Draft,
    Pledge,
    RegularGift,
    StripeEvent,
    Tribute,
    Wording,
)
from donations.models.match import Match, MatchedGift
from tests.donations.own.test_gifts import declared
from tests.factories import payments

pytestmark = pytest.mark.django_db


def somebody_with_everything(appeal, word: str) -> Donor:
    """A donor who has one of everything, each with a word in it that only they use."""
    asked = payments.pledge(appeal, name=f"{word} Periwinkle")
    Tribute.objects.create(
        pledge=asked, kind="memory", honoured=f"{word} honoured", message=f"{word} message", tell_name=f"{word} told",
        tell_email=f"{word.lower()}-told@example.org",
    )  # fmt: skip
    Draft.objects.create(appeal=appeal, answers={"details": {"name": f"{word} draft"}}, pledge=asked)
    match = Match.objects.create(
        appeal=appeal, champion="A local family", pence=1000, available_pence=0, opens_on=date(2026, 1, 1)
    )
    MatchedGift.objects.create(match=match, pledge=asked, pence=1000)
    gift = payments.payment(asked).donation
    donor = gift.donor
    payments.refund(gift, 500)
    payments.dispute(gift, taken=False)
    left = payments.pledge(appeal, name=f"{word} left")
    type(left).objects.filter(pk=left.pk).update(email=donor.email.upper())
    regular = payments.regular_gift(appeal, name=f"{word} regular")
    type(regular).objects.filter(pk=regular.pk).update(donor=donor)
    regular.donations.update(donor=donor)
    regular.changes.create(reference=f"C-{word}", kind="amount", because=f"{word} because", asked_by="donor")
    made = declared(donor, reference=f"D-{word}", first_name=word, address=f"{word} Quay", channel="paper")
    DeclarationScan.objects.create(
        declaration=made, kind="pdf", size=9, digest=f"{word} scan", file="scans/S", added_by=payments.office()
    )
    words = Wording.objects.get(about="contact")
    ContactPermission.objects.create(
        donor=donor, channel="email", basis="consent", wording=words, source=f"{word} source"
    )
    ContactPermission.objects.create(pledge=asked, channel="post", basis="none", source=f"{word} pledge source")
    correcting.change_details(
        donor=donor, name=f"{word} Limpet", telephone="", address=f"{word} Lane", town="", postcode=""
    )
    request = answering.ask_to_erase(donor=donor)
    assert request.donor == donor
    StripeEvent.objects.create(
        event_id=f"evt_{word}", kind="payment_intent.succeeded", livemode=False, object_id=gift.payment.payment_intent,
        created=timezone.now(), payload={"name": f"{word} at Stripe"},
    )  # fmt: skip
    Donor.objects.filter(pk=donor.pk).update(name=f"{word} Periwinkle", address=f"{word} Lane")
    donor.refresh_from_db()
    return donor


WORDS = [  # each of them stands in what one noun holds
    *("Periwinkle", "honoured", "message", "told", "draft", "left", "regular", "because", "Quay", "source"),
    *("pledge source", "at Stripe", "Lane", "scan", "Limpet"),
]


@pytest.fixture
def coral(nurse_appeal):
    return somebody_with_everything(nurse_appeal, "Coral")


@pytest.fixture
def wade(nurse_appeal):
    return somebody_with_everything(nurse_appeal, "Wade")


def file_of(browser) -> str:
    answer = browser.get("/giving/data/copy/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="all-that-is-held-about-me-')
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_the_file_holds_everything_and_nothing_of_anybody_else(coral, wade, as_donor):
    text = file_of(as_donor(coral))
    assert [word for word in WORDS if f"Coral {word}" not in text] == []
    assert "Wade" not in text
    assert wade.email not in text
    assert "wade" not in text.lower()
    for theirs in (wade.donations.all(), wade.regular_gifts.all(), wade.declarations.all()):
        for thing in theirs:
            assert thing.reference not in text
    assert "Wade" in file_of(as_donor(wade))


def test_every_part_of_the_file_has_something_of_a_donor_with_everything(coral, as_donor):
    found = json.loads(file_of(as_donor(coral)))
    assert [part for part, held in found.items() if not held] == []
    assert [len(found[part]) for part in ("donations", "pledges", "regular_gifts", "permissions")] == [2, 3, 1, 2]
    assert found["donations"][0]["status"] == "part_refunded"
    assert found["donations"][0]["net_pence"] == 2000
    assert {letter["kind"] for letter in found["letters"]} >= {"receipt"}


def test_every_noun_that_names_a_donor_or_a_pledge_is_in_the_file():
    """A new table that holds something about donors fails here until the file holds it too."""
    known = {
        *("Donation", "Pledge", "RegularGift", "RegularGiftChange", "Declaration", "ContactPermission", "Letter"),
        *("DeclarationScan", "DataRequest", "DonorKey", "Correction", "Tribute", "Draft", "MatchedGift", "Payment"),
        *("Refund", "Dispute"),
    }
    named = {
        each.related_model.__name__
        for noun in (Donor, Pledge, Donation, RegularGift, Declaration)
        for each in noun._meta.related_objects
    }
    assert named <= known


def test_a_donor_without_an_address_of_email_gets_no_strangers_pledges(nurse_appeal, as_donor):
    nobody = Donor.objects.create(name="Finn Cockle")
    left = payments.pledge(nurse_appeal, name="Left behind")
    type(left).objects.filter(pk=left.pk).update(email="")
    text = file_of(as_donor(nobody))
    assert "Left behind" not in text
    assert json.loads(text)["pledges"] == []


def test_the_keys_themselves_are_not_in_the_file(coral, as_donor):
    found = json.loads(file_of(as_donor(coral)))
    assert [set(each) for each in found["times_signed_in"]] == [{"made_at", "used_at"}]


def test_what_opens_something_is_not_in_the_file_and_every_other_column_of_a_pledge_is(coral, as_donor):
    found = json.loads(file_of(as_donor(coral)))
    own = {field.name for field in Pledge._meta.concrete_fields if not (field.primary_key or field.is_relation)}
    assert set(found["pledges"][0]) == own - {"token", "checkout_url"} | {"appeal"}
    assert "token" not in found["forms_begun"][0]


def test_the_file_costs_as_many_questions_for_many_gifts_as_for_few(coral, nurse_appeal, as_donor):
    def questions() -> int:
        with CaptureQueriesContext(connection) as seen:
            held.all_about(coral)
        return len(seen)

    before = questions()
    for _ in range(5):
        gift = payments.gift(nurse_appeal)
        type(gift).objects.filter(pk=gift.pk).update(donor=coral)
    assert questions() == before


def test_asking_for_deletion_is_written_down_once_and_shown_as_asked(ada, as_donor):
    browser = as_donor(ada)
    assert "Ask us to delete your data" in browser.get("/giving/data/").content.decode()
    assert browser.get("/giving/data/delete/").status_code == 200
    assert not DataRequest.objects.exists(), "looking asks nothing"
    for _ in range(2):
        said = browser.post("/giving/data/delete/", follow=True).content.decode()
    assert DataRequest.objects.get().donor == ada
    assert "You have asked us to delete your data." in said
    assert "Delete my data, asked on" in said
    assert "You have asked for this." in browser.get("/giving/data/delete/").content.decode()


def test_a_regular_gift_that_goes_on_is_named_before_she_asks(nurse_appeal, as_donor):
    gift = payments.regular_gift(nurse_appeal)
    page = as_donor(gift.donor).get("/giving/data/delete/").content.decode()
    assert f"/giving/regular/{gift.reference}/end/" in page


def test_the_donor_reads_the_answer_and_may_ask_again(people, ada, as_donor):
    asked = answering.ask_to_erase(donor=ada)
    answering.answer(request=asked, answer="Your address is deleted.", by=people.administrator)
    browser = as_donor(ada)
    page = browser.get("/giving/data/").content.decode()
    assert "Your address is deleted." in page
    assert "Gale" not in page, "the office answers, whoever it was"
    browser.post("/giving/data/delete/")
    assert ada.data_requests.count() == 2


def test_a_request_is_answered_once_and_its_answer_stands(people, ada):
    asked = answering.ask_to_erase(donor=ada)
    answering.answer(request=asked, answer="Done.", by=people.administrator)
    with pytest.raises(AlreadyAnswered):
        answering.answer(request=asked, answer="Again.", by=people.administrator)
    for changed in ({"answer": "Other."}, {"answered_by": people.fundraiser}, {"kind": "copy"}):
        with pytest.raises(Error, match="stands"), transaction.atomic():
            DataRequest.objects.filter(pk=asked.pk).update(**changed)


@pytest.mark.parametrize("facts", [{"answer": "x"}, {"answered_at": timezone.now()}])
def test_half_an_answer_is_refused(ada, facts):
    answering.ask_to_erase(donor=ada)
    with pytest.raises(Error, match="answered_data_request_says_what_was_done_by_whom"), transaction.atomic():
        DataRequest.objects.update(**facts)


def test_two_requests_cannot_wait_at_once(ada):
    answering.ask_to_erase(donor=ada)
    with pytest.raises(Error, match="data_request_waits_once"), transaction.atomic():
        DataRequest.objects.create(donor=ada, kind="erase")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 11, 30), date(2026, 12, 30)),
    ],
)
def test_it_is_to_be_answered_within_a_month(asked, due):
    noon = timezone.make_aware(timezone.datetime(asked.year, asked.month, asked.day, 12))
    assert DataRequest(asked_at=noon).due_on == due
