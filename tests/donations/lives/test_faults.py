"""Processes die, answers are lost, buttons are pressed twice: one charge, one donation, one receipt."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from donations import gateway
from donations.actions import charging, collecting, looking_after, obeying, pledging, receiving
from donations.gateway import asking
from donations.models import Donation, Letter, Payment, Pledge, StripeEvent

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process is gone: nothing is caught, nothing is tidied up."""


def dies(*args: object, **more: object) -> None:
    raise Killed


@pytest.fixture
def paid(life) -> Pledge:
    """Paid on Stripe's page; we have not heard."""
    pledge = life.asks("25")
    life.standin.pay(pledge.checkout_session)
    return pledge


def one_of_each(life) -> None:
    """One charge, one donation, one receipt."""
    assert len(life.standin.account.store.every("charge", status="succeeded")) == 1
    assert Donation.objects.count() == 1
    assert Letter.objects.filter(kind="receipt").count() == 1
    life.stands()


PLACES = [
    (gateway, "fetch_payment"),
    (collecting, "note_payment"),
    (charging, "record_fee"),
    (receiving, "record_gift"),
    (collecting.letters, "send_receipt"),
    (receiving.posting, "receive"),
]


@pytest.mark.parametrize(("room", "verb"), PLACES, ids=[verb for _, verb in PLACES])
@pytest.mark.parametrize("done_first", [False, True], ids=["before", "after"])
def test_a_worker_that_dies_at_any_place_leaves_no_half_and_the_next_one_finishes(
    life, paid, monkeypatch, room, verb, done_first
):
    whole = getattr(room, verb)
    life.brings(life.news())
    with monkeypatch.context() as patched:
        patched.setattr(room, verb, lambda *a, **k: dies(whole(*a, **k) if done_first else None))
        with pytest.raises(Killed):
            life.works()
    half = Donation.objects.count()
    assert half in {0, 1}
    assert half == Letter.objects.count()
    StripeEvent.objects.filter(handled_at=None).update(claimed_at=timezone.now() - obeying.LEASE - timedelta(seconds=1))
    looking_after.take_up_what_was_left()
    life.works()
    one_of_each(life)


def test_a_web_process_that_dies_with_stripes_answer_in_its_hand_opens_the_same_page_again(life, monkeypatch, client):
    typed = {
        "every": "once",
        "choice": "2500",
        "name": "Ada",
        "email": "ada@example.org",
        "gift_aid": "no",
        "token": str(uuid4()),
    }
    whole = gateway.open_checkout
    with monkeypatch.context() as patched:
        patched.setattr(pledging.gateway, "open_checkout", lambda **asked: dies(whole(**asked)))
        with pytest.raises(Killed):
            client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    assert Pledge.objects.get().checkout_session == ""
    answer = client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    assert len(life.standin.sessions) == 1
    assert answer["Location"] == life.standin.sessions[0]["url"]
    life.standin.pay(life.standin.sessions[0]["id"])
    life.hears()
    one_of_each(life)


def test_a_503_after_the_charge_says_confirming_and_the_worker_finishes(life, paid, client):
    page = {"session": paid.checkout_session}
    with life.standin.away():
        answer = client.get(reverse("donations:thanks", args=[paid.reference]), page)
    assert answer.status_code == 200
    assert "confirming" in answer.content.decode().lower()
    assert not Donation.objects.exists()
    life.hears()
    assert client.get(reverse("donations:thanks", args=[paid.reference]), page).status_code == 200
    one_of_each(life)


def test_silence_after_the_page_was_opened_is_one_page_when_the_donor_tries_again(life, monkeypatch, client):
    gateway.ensure_product(slug="nurse", name="A nurse for our coast")
    monkeypatch.setattr(asking, "TIMEOUT", 0.4)
    monkeypatch.setattr(asking, "RETRIES", 0)
    gateway.forget_clients()
    gateway.ensure_product(slug="nurse", name="A nurse for our coast")
    typed = {
        "every": "once",
        "choice": "2500",
        "name": "Ada",
        "email": "ada@example.org",
        "gift_aid": "no",
        "token": str(uuid4()),
    }
    life.standin.trouble(silent=1.0, after=True, times=2)  # product and page
    assert client.post(reverse("donations:give_at_once", args=["nurse"]), typed).status_code == 503
    life.standin.trouble(times=0)
    answer = client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    if answer.status_code == 503:  # Stripe is still at the first
        answer = client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    assert answer.status_code == 302
    life.standin.pay(Pledge.objects.get().checkout_session)
    life.hears()
    one_of_each(life)


def test_a_donor_who_goes_back_after_paying_and_sends_the_form_again_is_not_charged_again(life, client):
    typed = {
        "every": "once",
        "choice": "2500",
        "name": "Ada",
        "email": "ada@example.org",
        "gift_aid": "no",
        "token": str(uuid4()),
    }
    first = client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    session = life.standin.sessions[0]["id"]
    life.standin.pay(session)
    second = client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    assert second["Location"] == first["Location"]
    life.standin.pay(session)
    life.hears()
    one_of_each(life)


def test_a_donor_who_goes_back_and_changes_the_amount_pays_the_one_that_she_pays(life, client):
    typed = {
        "every": "once",
        "choice": "2500",
        "name": "Ada",
        "email": "ada@example.org",
        "gift_aid": "no",
        "token": str(uuid4()),
    }
    client.post(reverse("donations:give_at_once", args=["nurse"]), typed)
    client.post(reverse("donations:give_at_once", args=["nurse"]), {**typed, "choice": "5000"})
    assert Pledge.objects.count() == 2
    life.standin.pay(life.standin.sessions[-1]["id"])
    life.hears()
    assert Donation.objects.get().pence == 5000
    one_of_each(life)


def test_page_and_worker_at_once_are_one_gift(life, paid, client):
    client.get(reverse("donations:thanks", args=[paid.reference]), {"session": paid.checkout_session})
    life.hears(times=3)
    client.get(reverse("donations:thanks", args=[paid.reference]), {"session": paid.checkout_session})
    assert Payment.objects.count() == 1
    one_of_each(life)
