"""Another email address: proved by a link that is sent to it, and from then on every letter goes there."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from donations import letters, links, outbox
from donations.actions import correcting, opening, purging
from donations.models import Correction, Letter, Pledge
from donations.models.pledge import PledgeState
from tests.factories import payments

pytestmark = pytest.mark.django_db

EMAIL, NEW = "/giving/details/email/", "ada.at.sea@example.org"


def asks(browser: Client, email: str = NEW) -> None:
    """Ada types it on her page."""
    assert browser.post(EMAIL, {"email": email})["Location"] == "/giving/details/"


def post_comes() -> None:
    """Every letter that waits is sent."""
    for letter in Letter.objects.filter(sent_at=None).order_by("pk"):
        outbox.deliver(letter.pk)


def link() -> str:
    """The address in the newest letter that asks for a confirmation."""
    sent = [each for each in mail.outbox if "/giving/confirm/" in each.body][-1]
    (found,) = re.findall(r"http://testserver(/giving/confirm/\S+)", sent.body)
    return found


def moved(donor, browser: Client, email: str = NEW) -> None:
    """The donor's letters go to this address from now on."""
    asks(browser, email)
    post_comes()
    assert Client().post(link()).status_code == 200
    post_comes()
    donor.refresh_from_db()


def test_nothing_changes_until_the_link_in_the_new_post_box_is_used(ada, as_donor):
    browser, before = as_donor(ada), ada.email
    mail.outbox.clear()
    asks(browser, NEW.upper())
    shown = browser.get("/giving/details/").content.decode()
    assert "We have sent a link to" in shown
    assert f"<b>{before}</b>" in shown
    Letter.objects.filter(kind="receipt").update(sent_at=timezone.now())
    post_comes()
    (sent,) = mail.outbox
    assert sent.to == [NEW]
    assert "Ada" not in sent.body, "whoever reads it has proved nothing yet"
    page = Client().get(link())
    assert NEW in page.content.decode()
    assert "Ada" not in page.content.decode()
    ada.refresh_from_db()
    assert ada.email == before, "mail programs open links too"
    done = Client().post(link())
    assert "Your email address is changed" in done.content.decode()
    ada.refresh_from_db()
    assert ada.email == NEW


def test_the_old_post_box_gets_a_last_letter_that_does_not_tell_the_new_address(ada, as_donor):
    before = ada.email
    moved(ada, as_donor(ada))
    last = mail.outbox[-1]
    assert last.to == [before]
    assert last.subject == "Your email address was changed"
    assert "please tell us at once" in " ".join(last.body.split())
    assert NEW not in last.body


def test_every_later_letter_goes_to_the_new_address_those_of_regular_gifts_too(nurse_appeal, as_donor):
    gift = payments.regular_gift(nurse_appeal)
    donor = gift.donor
    moved(donor, as_donor(donor))
    gift = type(gift).objects.get(pk=gift.pk)
    newest = Letter.objects.latest("pk").pk
    payments.payment(gift)
    payments.payment(gift, status="requires_payment_method")
    letters.say_the_card_expires(gift)
    letters.ask_for_another_account(gift, mandate="mandate_1")
    letters.say_it_has_ended(gift)
    later = Letter.objects.filter(pk__gt=newest)
    assert sorted(later.values_list("kind", "to")) == [
        (kind, NEW) for kind in ("card_expiring", "ended", "failed", "mandate_ended", "receipt")
    ]


def test_a_gift_that_is_on_its_way_is_still_this_donors(ada, nurse_appeal, as_donor):
    on_its_way = payments.pledge(nurse_appeal)
    facts = {"email": ada.email.upper(), "state": PledgeState.PROCESSING}
    Pledge.objects.filter(pk=on_its_way.pk).update(**facts)
    moved(ada, as_donor(ada))
    arrived = payments.payment(on_its_way).donation
    assert arrived.donor == ada
    assert Letter.objects.get(kind="receipt", donation=arrived).to == NEW


def test_stripe_writes_to_the_new_address_too(life, standin, as_donor):
    gift = life.begins()
    donor = gift.donor
    assert standin.account.need(gift.customer, "customer")["email"] == "ada@example.org"
    asks(as_donor(donor))
    life.works()
    Client().post(link())
    life.works()
    assert standin.account.need(gift.customer, "customer")["email"] == NEW
    assert standin.violations == []


def test_a_regular_gift_that_began_on_a_page_of_before_is_brought_up_to_date(life, standin, as_donor):
    life.gives()
    pledge = life.asks("10", every="month")
    donor = life.begins("5").donor
    moved(donor, as_donor(donor))
    life.works()
    standin.pay(pledge.checkout_session)
    life.hears()
    gift = donor.regular_gifts.get(pledge=pledge)
    assert standin.account.need(gift.customer, "customer")["email"] == NEW


def test_stripe_is_told_the_newest_address_however_late_the_job_comes(life, standin, as_donor):
    gift = life.begins()
    donor = gift.donor
    for email in (NEW, "ada.on.land@example.org"):
        moved(donor, as_donor(donor), email)
    first, second = Correction.objects.order_by("pk")
    assert correcting.tell_stripe(correction_id=second.pk) == 1
    assert correcting.tell_stripe(correction_id=first.pk) == 0
    assert standin.account.need(gift.customer, "customer")["email"] == "ada.on.land@example.org"


def test_a_customer_that_was_deleted_at_stripe_stops_nothing(life, as_donor):
    gift = life.begins()
    donor = gift.donor
    life.stripes_own_client().v1.customers.delete(gift.customer)
    moved(donor, as_donor(donor))
    assert correcting.tell_stripe(correction_id=Correction.objects.get().pk) == 1


def test_the_key_goes_to_the_new_address_and_those_in_the_old_post_box_open_nothing(ada, as_donor):
    before, browser = ada.email, as_donor(ada)
    key = links.new_key(ada)
    moved(ada, browser)
    assert Client().post(key).status_code == 410
    assert opening.donor_known_by(before) is None
    assert opening.donor_known_by(NEW.upper()) == ada
    assert browser.get("/giving/").status_code == 200, "who is signed in stays so"


def test_a_link_works_once_for_a_day_and_a_newer_one_takes_its_place(ada, as_donor, monkeypatch):
    browser = as_donor(ada)
    asks(browser)
    post_comes()
    first = link()
    asks(browser, "ada.on.land@example.org")
    post_comes()
    second = link()
    assert Client().post(first).status_code == 410
    assert Client().post(second).status_code == 200
    assert Client().post(second).status_code == 410
    assert Client().get("/giving/confirm/forged/").status_code == 410
    asks(browser)
    post_comes()
    monkeypatch.setattr(links, "CONFIRM_FOR", timedelta(seconds=-1))
    answer = Client().post(link())
    assert answer.status_code == 410
    assert "Nothing was changed just now." in answer.content.decode()


def test_an_address_of_another_donor_is_told_only_to_whoever_reads_its_mail(ada, elis, as_donor):
    browser = as_donor(ada)
    known, unknown = (browser.post(EMAIL, {"email": email}) for email in (elis.email.upper(), NEW))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    Correction.objects.filter(after__email=NEW).delete()
    post_comes()
    (correction,) = Correction.objects.all()
    answer = Client().post(links.confirm_address(correction.pk))
    assert answer.status_code == 409
    assert "are kept on a giving page of their own" in answer.content.decode()
    assert correction.done_at is None
    before = ada.email
    ada.refresh_from_db()
    assert ada.email == before


def test_after_five_in_a_day_no_more_links_are_sent(ada, as_donor):
    browser = as_donor(ada)
    for number in range(correcting.ADDRESSES_A_DAY):
        asks(browser, f"ada{number}@example.org")
    answer = browser.post(EMAIL, {"email": NEW})
    assert answer.status_code == 422
    assert "several of these links today" in answer.content.decode()
    assert Letter.objects.filter(kind="confirm_address").count() == correcting.ADDRESSES_A_DAY


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter your new email address."),
        ("ada at sea", "Enter an email address like name@example.org."),
        ("ada@example.org\nBcc: x@example.org", "Enter an email address like name@example.org."),
        ("a" * 250 + "@example.org", "An email address can have up to 254 letters."),
        ("x" * 1_000_000, "An email address can have up to 254 letters."),
        ("<script>@example.org", "Enter an email address like name@example.org."),
        ("the same", "That is the address we have already."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(ada, as_donor, typed, sentence):
    answer = as_donor(ada).post(EMAIL, {"email": ada.email.upper() if typed == "the same" else typed})
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["email"]
    assert not Correction.objects.exists()


def test_an_address_that_nobody_confirmed_is_forgotten_after_a_month(ada, as_donor, monkeypatch):
    asks(as_donor(ada))
    as_donor(ada).post("/giving/details/", {"name": "Ada Limpet"})
    purging.remove_old_keys()
    assert Correction.objects.count() == 2
    monkeypatch.setattr(purging, "KEPT", timedelta(seconds=-1))
    purging.remove_old_keys()
    assert list(Correction.objects.get().after) == ["name"], "what was done stays on record"


def test_a_stranger_who_refuses_the_letter_refuses_nothing_for_the_donor(ada, as_donor):
    asks(as_donor(ada), "stranger@example.org")
    letter = Letter.objects.get(kind="confirm_address")
    assert Client().post(links.unsubscribe(letter)).status_code == 200
    assert not ada.permissions.exists()


def test_what_she_puts_right_herself_is_written_down(ada, as_donor):
    as_donor(ada).post("/giving/details/", {"name": "Ada Limpet", "town": "Eastquay"})
    (made,) = ada.corrections.all()
    assert (made.before, made.after) == (
        {"name": "Ada Periwinkle", "town": ""},
        {"name": "Ada Limpet", "town": "Eastquay"},
    )
    assert (made.by, made.because) == (None, "")
    as_donor(ada).post("/giving/details/", {"name": "Ada Limpet", "town": "Eastquay"})
    assert ada.corrections.count() == 1, "what says nothing new is not written again"
