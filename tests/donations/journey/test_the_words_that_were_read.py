"""The words that were read are the words that are declared: those that change meanwhile are read again first."""

from datetime import date

import pytest
from django.urls import reverse

from donations import charity, reading
from donations.models import ContactPermission, Declaration, Pledge, Wording
from donations.models.declaration import Scope
from donations.models.wording import digest
from tests.donations.journey.walker import ANSWERS, read

pytestmark = pytest.mark.django_db(transaction=True)

CHANGED = "The words of the declaration have changed since you opened this page"
AT_ONCE = {**ANSWERS["amount"], **ANSWERS["details"], **ANSWERS["gift-aid"], **ANSWERS["home"]}


def new_words(about: str = "gift_aid", text: str = "I Gift Aid {gifts} to {charity}, and have read it.") -> Wording:
    """Staff put other words into use."""
    return Wording.objects.create(about=about, version=2, text=text, in_use_from=date(2026, 1, 2))


def sends_at_once(client, typed):
    return client.post(reverse("donations:give_at_once", args=["nurse"]), typed)


def test_the_pages_that_ask_for_a_declaration_carry_which_words_stand_on_them(walker, client):
    walker.walks_to("home")
    for page in (
        walker.opens("home"),
        client.get(reverse("donations:give_at_once", args=["nurse"])).content.decode(),
    ):
        assert f'name="words" value="{reading.declaration().mark}"' in page


def test_words_that_change_while_she_fills_in_her_home_come_back_with_nothing_lost(walker):
    walker.walks_to("home")
    old = read("home")
    new_words()
    assert walker.sends("home", **old) == "home"
    page = walker.answer.content.decode()
    assert walker.answer.status_code == 422
    assert page.count(CHANGED) == 2, "in the summary, and beside the choice"
    assert "and have read it" in page
    assert all(f'value="{typed}"' in page for typed in ("Ada Mary", "1 Quay Street", "Harbourton"))
    assert "checked" not in page.split('name="scope"', 1)[1], "the new words are not chosen for her"
    assert walker.sends("home") == "tribute"


def test_words_that_change_before_she_pays_lead_her_back_to_read_them(walker, standin):
    walker.walks_to("check")
    newer = new_words()
    assert walker.sends("check") == "home"
    assert not Pledge.objects.exists()
    page = walker.opens("home")
    assert CHANGED in page
    assert 'value="1 Quay Street"' in page
    assert walker.sends("home") == "check", "all else stands as she left it"
    walker.sends("check")
    declared = Declaration.objects.get()
    assert declared.wording == newer
    assert declared.shown == digest(reading.declaration().shown(Scope.FUTURE.gifts))
    assert declared.words.endswith("and have read it.")


def test_the_last_page_is_not_shown_with_words_that_she_has_not_read(walker):
    walker.walks_to("check")
    new_words()
    assert walker.client.get(walker.address("check"))["Location"].endswith("/home/")


def test_another_name_of_the_charity_is_read_again_too(walker, monkeypatch):
    walker.walks_to("check")
    renamed = charity.Charity(name="Saltmarsh", registered_name="Saltmarsh and Estuary Fund")
    monkeypatch.setattr(charity, "_teller", lambda: renamed)
    assert walker.sends("check") == "home"
    assert "Saltmarsh and Estuary Fund" in walker.opens("home")


def test_whoever_claims_no_gift_aid_has_nothing_to_read_again(walker, standin):
    walker.walks_to("check", gift_aid={"gift_aid": "no"})
    new_words()
    walker.sends("check")
    assert walker.answer["Location"].startswith(standin.url)


def test_all_on_one_page_the_words_of_a_page_that_was_kept_for_long_are_read_again(client, nurse_appeal, standin):
    old = read()
    newer = new_words()
    answer = sends_at_once(client, {**AT_ONCE, **old})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert CHANGED in page
    assert 'value="Ada Mary Periwinkle"' in page
    assert 'value="1 Quay Street"' in page
    assert f'name="words" value="{read()["words"]}"' in page
    assert not Pledge.objects.exists()
    assert sends_at_once(client, {**AT_ONCE, **read()}).status_code == 302
    assert Declaration.objects.get().wording == newer


@pytest.mark.parametrize("mark", ["", "x", "0" * 64, "x" * 100_000])
def test_a_form_that_does_not_say_which_words_were_read_declares_nothing(client, nurse_appeal, mark):
    assert sends_at_once(client, {**AT_ONCE, **read(), "words": mark}).status_code == 422
    assert not Declaration.objects.exists()


def test_the_same_words_under_a_new_number_have_been_read(client, nurse_appeal, standin):
    old = read()
    again = new_words(text=Wording.objects.get(about="gift_aid").text)
    assert sends_at_once(client, {**AT_ONCE, **old}).status_code == 302
    assert Declaration.objects.get().wording == again


def test_who_comes_back_from_stripe_after_the_words_have_changed_declares_the_new_ones_anew(walker, standin):
    first = walker.gives()
    new_words()
    assert walker.sends("check") == "home"
    walker.sends("home")
    walker.sends("check")
    assert Pledge.objects.get(checkout_url=walker.answer["Location"]) != first
    assert [each.wording.version for each in Declaration.objects.order_by("pk")] == [1, 2]
    assert standin.session(first.checkout_session)["status"] == "expired"


# ---- may we write?


def test_who_permits_something_permits_it_in_the_words_that_she_read(walker, standin):
    walker.walks_to("contact")
    old, newer = read("contact"), new_words("contact", "We write often.")
    assert walker.sends("contact", email_news="on", **old) == "contact"
    page = walker.answer.content.decode()
    assert "please read it again" in page
    assert "We write often." in page
    assert walker.sends("contact", email_news="on") == "check"
    walker.sends("check")
    assert ContactPermission.objects.get().wording == newer


def test_who_permits_nothing_has_nothing_to_read_again(walker, standin):
    walker.walks_to("check")
    new_words("contact", "We write often.")
    walker.sends("check")
    assert walker.answer["Location"].startswith(standin.url)


def test_a_permission_keeps_its_words_until_they_change_and_then_she_is_asked_again(walker, standin):
    walker.walks_to("check", contact={"email_news": "on"})
    new_words("contact", "We write often.")
    assert walker.sends("check") == "contact"
    assert not ContactPermission.objects.exists()


def test_where_the_soft_opt_in_is_relied_on_a_box_that_is_left_alone_is_left_alone_after_reading(
    walker, standin, settings
):
    settings.SOFT_OPT_IN = ["email", "text"]
    walker.walks_to("contact")
    old = read("contact")
    newer = new_words("contact", "We write often.")
    assert walker.sends("contact", **old) == "contact"
    assert walker.sends("contact") == "check"
    walker.sends("check")
    kept = ContactPermission.objects.get()
    assert (kept.channel, kept.basis, kept.wording) == ("email", "soft_opt_in", newer), "no number, no answer about it"
