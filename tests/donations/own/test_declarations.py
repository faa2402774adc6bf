"""Gift Aid on the donor's page: each declaration as declared; cancelled, never edited; made anew, word for word."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from donations import charity, reading
from donations.models import Declaration, Wording
from donations.models.declaration import Scope
from donations.models.wording import digest
from tests.donations.own.test_gifts import declared

pytestmark = pytest.mark.django_db

NEW = "/giving/gift-aid/new/"
TOKEN = "5a5a5a5a-5a5a-4a5a-8a5a-5a5a5a5a5a5a"


@pytest.fixture(autouse=True)
def charity_of_the_tests(monkeypatch):
    """Saltmarsh Fund."""
    monkeypatch.setattr(charity, "_teller", lambda: charity.Charity(name="Saltmarsh Fund"))


def typed(**more: str) -> dict[str, str]:
    return {
        "words": reading.declaration().mark, "token": TOKEN,
        "scope": "future", "first_name": "Ada", "last_name": "Periwinkle", "home": "uk",
        "address": "1 Quay Street", "town": "Eastquay", "postcode": "tr184ab", **more,
    }  # fmt: skip


def test_a_declaration_stands_there_as_it_was_declared(ada, as_donor):
    wording = Wording.objects.get(about="gift_aid")
    words = wording.shown(charity="Saltmarsh Fund", gifts=Scope.PAST.gifts)
    declared(ada, scope="past", shown=digest(words))
    type(ada).objects.filter(pk=ada.pk).update(name="Ada Limpet", address="9 Elsewhere")
    page = as_donor(ada).get("/giving/gift-aid/").content.decode()
    assert words in page
    assert "Ada Periwinkle" in page
    assert "1 Quay, TR18 4AB" in page
    assert "in force" in page
    assert "9 Elsewhere" not in page


def test_a_new_one_is_kept_with_the_very_words_that_were_chosen(ada, as_donor):
    browser = as_donor(ada)
    page = browser.get(NEW).content.decode()
    assert "checked" not in page
    wording = Wording.objects.get(about="gift_aid")
    shown = wording.shown(charity="Saltmarsh Fund", gifts="any donations I make in the future")
    assert shown in page
    assert browser.post(NEW, typed()).status_code == 302
    made = Declaration.objects.get()
    assert (made.donor, made.scope, made.channel, made.wording) == (ada, "future", "online", wording)
    assert made.shown == digest(shown)
    assert (made.postcode, made.declared_on) == ("TR18 4AB", timezone.localdate())
    assert shown in browser.get("/giving/gift-aid/").content.decode()


def test_the_same_form_sent_twice_is_one_declaration(ada, as_donor):
    browser = as_donor(ada)
    browser.post(NEW, typed())
    browser.post(NEW, typed())
    assert Declaration.objects.count() == 1


def test_a_home_on_the_islands_has_no_postcode(ada, as_donor):
    assert as_donor(ada).post(NEW, typed(home="islands", postcode="JE2 3AB")).status_code == 302
    assert Declaration.objects.get().postcode == ""


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"scope": ""}, "scope", "Choose what you declare."),
        ({"scope": "this"}, "scope", "Choose one of these."),
        ({"first_name": ""}, "first_name", "Enter your first name."),
        ({"last_name": "x" * 36}, "last_name", "This can have up to 35 letters."),
        ({"home": ""}, "home", "Choose where your home is."),
        ({"address": ""}, "address", "Enter your house and street."),
        ({"address": "1 Quay\nStreet"}, "address", "Use letters and figures only, on one line."),
        ({"postcode": ""}, "postcode", "Enter your postcode."),
        ({"postcode": "12345"}, "postcode", "Enter a postcode like TR18 4AB."),
        ({"postcode": "🐚"}, "postcode", "Enter a postcode like TR18 4AB."),
        (
            {"postcode": "IM1 1AA"},
            "home",
            "That is a postcode of the Channel Islands or the Isle of Man: choose this, please.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(ada, as_donor, more, field, sentence):
    answer = as_donor(ada).post(NEW, typed(**more))
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field]
    if field != "last_name":
        assert 'value="Periwinkle"' in answer.content.decode()
    assert not Declaration.objects.exists()


def test_words_that_changed_meanwhile_are_read_again_and_then_taken(ada, as_donor):
    browser, old = as_donor(ada), typed()
    Wording.objects.create(about="gift_aid", version=2, text="I, {gifts}, {charity}.", in_use_from=date(2026, 1, 2))
    answer = browser.post(NEW, old)
    assert answer.status_code == 422
    assert "I, any donations I make in the future, Saltmarsh Fund." in answer.content.decode()
    assert f'name="words" value="{typed()["words"]}"' in answer.content.decode()
    assert "checked" not in answer.content.decode().split('name="home"')[0], "the new words are not chosen for her"
    assert browser.post(NEW, typed()).status_code == 302
    assert Declaration.objects.get().wording.version == 2


def test_another_name_of_the_charity_is_read_again_too(ada, as_donor, monkeypatch):
    browser, old = as_donor(ada), typed()
    monkeypatch.setattr(charity, "_teller", lambda: charity.Charity(name="Saltmarsh Fund and Friends"))
    answer = browser.post(NEW, old)
    assert answer.status_code == 422
    assert "please read them again" in str(answer.context["form"].errors["scope"])
    assert not Declaration.objects.exists()
    browser.post(NEW, typed())
    assert Declaration.objects.get().charity_name == "Saltmarsh Fund and Friends"


def test_a_form_that_says_nothing_of_what_was_read_declares_nothing(ada, as_donor):
    assert as_donor(ada).post(NEW, typed(words="")).status_code == 422
    assert not Declaration.objects.exists()


def test_the_same_form_with_another_name_is_another_declaration_and_both_stand(ada, as_donor):
    browser = as_donor(ada)
    browser.post(NEW, typed())
    browser.post(NEW, typed(last_name="Limpet"))
    assert {each.last_name for each in Declaration.objects.all()} == {"Periwinkle", "Limpet"}


def test_declared_cancelled_and_declared_anew_on_one_day_it_is_in_force(ada, as_donor):
    browser = as_donor(ada)
    browser.post(NEW, typed())
    browser.post(f"/giving/gift-aid/{Declaration.objects.get().reference}/cancel/")
    opened = browser.get(NEW).context["form"].initial["token"]
    browser.post(NEW, typed(token=str(opened)))
    assert [each.cancelled_on is None for each in Declaration.objects.order_by("pk")] == [False, True]


def test_words_of_next_year_are_not_shown_yet(ada, as_donor):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Wording.objects.create(about="gift_aid", version=2, text="Not yet.", in_use_from=tomorrow)
    assert "Not yet." not in as_donor(ada).get(NEW).content.decode()


def test_cancelling_takes_one_button_and_leaves_what_was_declared(ada, as_donor):
    kept, browser = declared(ada), as_donor(ada)
    where = f"/giving/gift-aid/{kept.reference}/cancel/"
    assert browser.get(where).status_code == 200
    kept.refresh_from_db()
    assert kept.cancelled_on is None, "looking cancels nothing"
    browser.post(where)
    kept.refresh_from_db()
    assert (kept.cancelled_on, kept.cancelled_by, kept.void) == (timezone.localdate(), None, False)
    said = browser.post(where, follow=True).content.decode()
    assert "This declaration was cancelled before." in said
    assert "Cancelled on" in said


@pytest.mark.parametrize(
    ("sent", "void"),
    [(None, True), (timezone.localdate(), True), (timezone.localdate() - timedelta(days=31), False)],
    ids=["no letter yet", "within thirty days", "later"],
)
def test_a_spoken_one_cancelled_within_thirty_days_is_as_if_never_made(ada, as_donor, sent, void):
    kept = declared(ada, channel="oral", record_sent_on=sent, declared_on=timezone.localdate() - timedelta(days=40))
    as_donor(ada).post(f"/giving/gift-aid/{kept.reference}/cancel/")
    kept.refresh_from_db()
    assert kept.void is void
