"""May we write, and where to: what a donor says is added to what was said, and the newest word holds."""

from datetime import date

import pytest

from donations import reading
from donations.models import ContactPermission, Suppression, Wording
from donations.models.contact import digest_of
from donations.models.pledge import Every
from tests.factories import payments

pytestmark = pytest.mark.django_db

CONTACT, DETAILS = "/giving/keeping-in-touch/", "/giving/details/"


def said(donor) -> list[tuple[str, str]]:
    return list(donor.permissions.order_by("pk").values_list("channel", "basis"))


def read() -> dict[str, str]:
    """What the form carries of the words that stand on it."""
    return {"words": reading.contact().mark}


def chosen(browser) -> dict[str, str]:
    """What the page shows as chosen."""
    form = browser.get(CONTACT).context["form"]
    return {name: form.initial[name] for name in form.fields if form.initial.get(name)}


def test_where_nothing_was_said_nothing_is_chosen_and_nothing_is_written(ada, as_donor):
    browser = as_donor(ada)
    assert "checked" not in browser.get(CONTACT).content.decode()
    assert browser.post(CONTACT, {}).status_code == 302
    assert said(ada) == []


def test_a_yes_is_kept_with_its_words_source_and_channel(ada, as_donor):
    browser = as_donor(ada)
    browser.post(CONTACT, {**read(), "email": "yes", "phone": "no"})
    assert said(ada) == [("email", "consent"), ("phone", "none")]
    kept = ada.permissions.get(channel="email")
    assert (kept.wording, kept.source, kept.by) == (Wording.objects.get(about="contact"), "donor’s page", None)
    assert chosen(browser) == {"email": "yes", "phone": "no"}


def test_what_says_nothing_new_is_not_written_again(ada, as_donor):
    browser = as_donor(ada)
    for _ in range(2):
        browser.post(CONTACT, {**read(), "email": "yes", "post": "no"})
    browser.post(CONTACT, {**read(), "email": "no", "post": "no"})
    assert said(ada) == [("email", "consent"), ("post", "none"), ("email", "none")]


def test_a_soft_opt_in_shows_as_yes_and_stays_what_it_rests_on(ada, as_donor):
    words = Wording.objects.get(about="contact")
    ContactPermission.objects.create(donor=ada, channel="email", basis="soft_opt_in", wording=words, source="form")
    browser = as_donor(ada)
    assert chosen(browser) == {"email": "yes"}
    browser.post(CONTACT, {**read(), "email": "yes"})
    assert said(ada) == [("email", "soft_opt_in")]
    browser.post(CONTACT, {**read(), "email": "no"})
    assert chosen(browser) == {"email": "no"}


def test_what_was_said_with_a_pledge_that_was_kept_counts(nurse_appeal, as_donor):
    asked = payments.pledge(nurse_appeal, every=Every.ONCE)
    ContactPermission.objects.create(pledge=asked, channel="email", basis="none", source="donation form")
    donor = payments.payment(asked).donation.donor
    assert chosen(as_donor(donor)) == {"email": "no"}


def test_a_suppressed_address_shows_as_no_and_only_a_yes_of_her_own_lifts_it(ada, as_donor):
    browser = as_donor(ada)
    browser.post(CONTACT, {**read(), "email": "yes"})
    Suppression.objects.create(channel="email", digest=digest_of(ada.email))
    assert chosen(browser) == {"email": "no"}
    browser.post(CONTACT, {**read(), "email": "no", "post": "yes"})
    assert Suppression.objects.exists()
    browser.post(CONTACT, {**read(), "email": "yes"})
    assert not Suppression.objects.exists()
    assert chosen(browser)["email"] == "yes"


def test_a_suppression_of_another_channel_is_left_alone(ada, as_donor):
    Suppression.objects.create(channel="text", digest=digest_of("01632 960 001"))
    type(ada).objects.filter(pk=ada.pk).update(telephone="01632 960 001")
    as_donor(ada).post(CONTACT, {**read(), "phone": "yes"})
    assert Suppression.objects.count() == 1


def test_words_that_changed_meanwhile_are_read_again_before_a_yes_and_a_no_needs_none(ada, as_donor):
    browser, old = as_donor(ada), read()
    newer = Wording.objects.create(about="contact", version=2, text="We write often.", in_use_from=date(2026, 1, 2))
    answer = browser.post(CONTACT, {**old, "post": "yes", "email": "no"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "please read it again" in str(answer.context["form"].errors["post"])
    assert "We write often." in page
    assert read()["words"] in page
    assert said(ada) == []
    browser.post(CONTACT, {**read(), "post": "yes", "email": "no"})
    assert ada.permissions.get(channel="post").wording == newer
    assert browser.post(CONTACT, {**old, "post": "no"}).status_code == 302


def test_a_no_is_taken_from_an_old_page_although_a_yes_stands_beside_it(ada, as_donor):
    browser, old = as_donor(ada), read()
    browser.post(CONTACT, {**old, "post": "yes"})
    Wording.objects.create(about="contact", version=2, text="We write often.", in_use_from=date(2026, 1, 2))
    assert browser.post(CONTACT, {**old, "post": "yes", "email": "no"}).status_code == 302
    assert said(ada) == [("post", "consent"), ("email", "none")]
    assert ada.permissions.get(channel="post").wording.version == 1


def test_a_no_of_before_she_gave_a_number_holds_for_the_number_too(ada, as_donor):
    browser = as_donor(ada)
    browser.post(CONTACT, {**read(), "phone": "no"})
    assert not Suppression.objects.exists()
    browser.post(DETAILS, {"name": "Ada", "telephone": "01632 960 001"})
    browser.post(CONTACT, {**read(), "phone": "no"})
    assert Suppression.objects.get().digest == digest_of("01632 960 001")
    assert said(ada) == [("phone", "none")], "and is not written down again"


def test_a_no_on_her_page_is_kept_for_good_without_her_address(ada, as_donor):
    as_donor(ada).post(CONTACT, {**read(), "email": "no"})
    assert Suppression.objects.get().digest == digest_of(ada.email)


def test_something_else_than_yes_or_no_is_refused(ada, as_donor):
    answer = as_donor(ada).post(CONTACT, {**read(), "email": "maybe"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors["email"]) == ["Choose yes or no."]


def test_details_are_changed_and_the_gift_keeps_the_name_it_was_given_in(ada, as_donor):
    browser = as_donor(ada)
    typed = {
        "name": "Ada Limpet", "telephone": "01632 960 001", "address": "1 Quay", "town": "Eastquay",
        "postcode": "TR18 4AB",
    }  # fmt: skip
    assert browser.post(DETAILS, typed).status_code == 302
    ada.refresh_from_db()
    assert {name: getattr(ada, name) for name in typed} == typed
    assert ada.donations.get().donor_name == "Ada Periwinkle"


def test_the_email_address_is_shown_and_cannot_be_changed_there(ada, as_donor):
    browser, before = as_donor(ada), ada.email
    assert before in browser.get(DETAILS).content.decode()
    browser.post(DETAILS, {"name": "Ada", "email": "somebody@example.org"})
    ada.refresh_from_db()
    assert ada.email == before


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter your full name."),
        ({"name": "x" * 151}, "name", "Your name can have up to 150 letters."),
        ({"name": "Ada\u202eLimpet"}, "name", "Use letters and figures only, on one line."),
        ({"telephone": "call me"}, "telephone", "Enter a telephone number, like 01632 960 001."),
        ({"telephone": "1" * 21}, "telephone", "A telephone number can have up to 20 figures."),
        ({"address": "x" * 1_000_000}, "address", "This can have up to 200 letters."),
        ({"town": "A\tB"}, "town", "Use letters and figures only, on one line."),
        ({"postcode": "x" * 13}, "postcode", "A postcode can have up to 12 letters."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(ada, as_donor, more, field, sentence):
    answer = as_donor(ada).post(DETAILS, {"name": "Ada Limpet", **more})
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field]
    ada.refresh_from_db()
    assert ada.name == "Ada Periwinkle"


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "'; DROP TABLE donations_donor; --", "Ada 🐚"])
def test_whatever_is_typed_is_shown_as_it_was_typed_and_does_nothing(ada, as_donor, typed):
    browser = as_donor(ada)
    browser.post(DETAILS, {"name": typed})
    ada.refresh_from_db()
    assert ada.name == typed
    assert "<script>alert" not in browser.get("/giving/").content.decode()
