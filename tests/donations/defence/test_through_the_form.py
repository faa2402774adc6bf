"""The defence as a donor meets it: a plain sentence, all that was typed, and a way on with or without script."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from donations import defence
from donations.defence.proof_of_work import seed, zeros
from donations.defence.visitors import digest
from donations.models import Pledge, WatchedMinute
from stripe_standin import methods
from tests.walks.postman import carry_the_post, payment_pages, work_through_the_jobs

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/donate/nurse/at-once/"


@pytest.fixture(autouse=True)
def little_work(settings):
    """A challenge that a test answers at once."""
    settings.DEFENCE_WORK_PIECES, settings.DEFENCE_WORK_BITS = 3, 4


@pytest.fixture
def clock(monkeypatch):
    """What time it is for the defence: clock(90) makes it ninety seconds later."""
    began = timezone.now()
    moved = {"by": 0.0}
    monkeypatch.setattr(
        "donations.defence.answering.timezone.now", lambda: began + timedelta(seconds=moved["by"]), raising=True
    )
    return lambda seconds: moved.update(by=moved["by"] + seconds)


def typed(**changed: str) -> dict[str, str]:
    """A form rightly filled in."""
    answers = {
        "every": "once",
        "choice": "other",
        "other": "£1,000.50",
        "name": "Ada “Dot” O’Limpet <ada>",
        "gift_aid": "no",
    }
    return {**answers, "email": "ada@example.org", "token": str(uuid4()), **changed}


def hidden(page: str) -> dict[str, str]:
    """What the form of a page brings when it is sent again."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def work_of(page: str) -> str:
    """What proof.js would find."""
    seed, pieces, bits = re.search(r'data-seed="(\w+)" data-pieces="(\d+)" data-bits="(\d+)"', page).groups()
    numbers = []
    for piece in range(int(pieces)):
        number = 0
        while zeros(seed, piece, str(number)) < int(bits):
            number += 1
        numbers.append(str(number))
    return " ".join(numbers)


def crowd(address: str = "203.0.113.7") -> None:
    """Somebody has opened many payment pages from there."""
    with connection.cursor() as cursor:
        for _ in range(16):
            cursor.execute(
                "SELECT donations_measure(%s, %s, '20 seconds', 15, true)",
                [f"address:{digest('address', address)}", timezone.now()],
            )


def send(answers: dict[str, str], *, client: Client | None = None):
    """From the crowded address."""
    return (client or Client()).post(FORM, answers, REMOTE_ADDR="203.0.113.7")


# ---- a challenge


def test_a_challenge_keeps_what_was_typed_and_leads_on_once_it_is_answered(nurse_appeal, standin):
    crowd()
    answers = typed()
    asked = send(answers)
    page = asked.content.decode()
    assert asked.status_code == 429
    assert asked["Retry-After"] == "60"
    assert "no-store" in asked["Cache-Control"]
    assert "what you typed is kept" in page
    kept = hidden(page)
    assert {name: kept[name] for name in answers} == answers
    assert not Pledge.objects.exists()
    answered = send({**kept, "defence_answer": work_of(page)})
    assert answered.status_code == 302
    assert Pledge.objects.get().name == answers["name"]


def test_an_answer_is_taken_once_and_only_from_the_donor_it_was_asked_of(nurse_appeal, standin):
    crowd()
    page = send(typed()).content.decode()
    proof = {"defence_ticket": hidden(page)["defence_ticket"], "defence_answer": work_of(page)}
    assert send(typed(email="ben@example.org") | proof).status_code == 429
    assert send(typed() | proof).status_code == 302
    again = send(typed() | proof)
    assert again.status_code == 429
    assert hidden(again.content.decode())["defence_ticket"] != proof["defence_ticket"], "a new one is set"


@pytest.mark.parametrize("answer", ["", "1 2", "1 2 3 4", "a b c", "0 0 0", "9" * 5000, "\x00 ☃ '"])
def test_a_wrong_answer_is_no_answer(nurse_appeal, standin, answer):
    crowd()
    page = send(typed()).content.decode()
    ticket = hidden(page)["defence_ticket"]
    if all(zeros(seed(ticket), piece, number) >= 4 for piece, number in enumerate(answer.split())):
        answer = "none"  # by chance it would have been right
    assert send({**typed(), "defence_ticket": ticket, "defence_answer": answer}).status_code == 429
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("ticket", ["", "forged", "WzEsMl0:1abc:xyz", "☃", "x" * 10_000])
def test_a_forged_ticket_is_none(nurse_appeal, standin, ticket):
    crowd()
    asked = send({**typed(), "defence_ticket": ticket})
    assert asked.status_code == 429
    assert hidden(asked.content.decode())["defence_ticket"] != ticket


def test_without_script_a_minutes_wait_leads_on(nurse_appeal, standin, clock):
    crowd()
    page = send(typed()).content.decode()
    assert "wait for 60 seconds and press the button" in page
    clock(20)
    page = send(hidden(page)).content.decode()
    assert "wait for 40 seconds" in page, "the wait goes on, it does not begin again"
    clock(41)
    assert send(hidden(page)).status_code == 302


def test_a_ticket_lasts_half_an_hour(nurse_appeal, standin, clock):
    crowd()
    page = send(typed()).content.decode()
    clock(31 * 60)
    crowd()
    with connection.cursor() as cursor:  # the address is as crowded as it was
        cursor.execute("UPDATE donations_sighting SET full_at = full_at + interval '40 minutes' WHERE key ~ '^address'")
    answered = send({**hidden(page), "defence_answer": work_of(page)})
    assert answered.status_code == 429


def test_another_challenge_can_be_named_and_while_it_is_away_the_form_stays_open(nurse_appeal, standin, settings):
    settings.DEFENCE_CHALLENGE = "tests.donations.defence.another_challenge.Away"
    crowd()
    page = send(typed()).content.decode()
    assert send(hidden(page)).status_code == 302, "as if the donor had waited"
    assert WatchedMinute.objects.filter(proved=1).exists()


# ---- a wait


def test_a_donor_who_tries_too_often_is_told_how_long_to_wait(nurse_appeal, standin, clock):
    for number in range(5):
        assert send(typed(name=f"Ada {number}")).status_code == 302
    told = send(typed(name="Ada 6"))
    page = told.content.decode()
    assert told.status_code == 429
    assert int(told["Retry-After"]) in (29, 30)
    assert re.search(r"Wait for (29|30) seconds, then press the button", page)
    assert hidden(page)["name"] == "Ada 6"
    clock(31)
    assert send(hidden(page)).status_code == 302


def test_a_double_click_is_free(nurse_appeal, standin):
    answers = typed()
    assert {send(answers).status_code for _ in range(12)} == {302}
    assert payment_pages(standin) == 1


def test_the_page_names_the_telephone(nurse_appeal, standin, monkeypatch):
    from donations.charity import Charity

    monkeypatch.setattr("donations.charity._teller", lambda: Charity(telephone="01632 960 001"))
    crowd()
    assert 'href="tel:01632960001"' in send(typed()).content.decode()


def test_a_wrong_form_is_not_counted(nurse_appeal):
    for _ in range(30):
        assert send(typed(email="ada at example")).status_code == 422
    assert not WatchedMinute.objects.exists()


# ---- cards, from Stripe


@pytest.fixture
def new_cards(monkeypatch):
    """Each call puts another card into the hands of whoever is declined."""
    number = iter(range(1000))

    def another() -> None:
        card = {"brand": "visa", "last4": "0002", "fingerprint": f"fingerprint{next(number)}"}
        monkeypatch.setitem(methods.CARDS, "declined", card)

    return another


def test_six_new_cards_on_one_payment_page_close_it_and_the_donor_can_come_back_later(
    nurse_appeal, standin, new_cards, clock
):
    client = Client()
    assert send(typed(), client=client).status_code == 302
    session = Pledge.objects.get().checkout_session
    for number in range(6):
        assert standin.session(session)["status"] == "open", number
        new_cards()
        standin.pay(session, card="declined")
        carry_the_post(standin, client)
        work_through_the_jobs()
    assert standin.session(session)["status"] == "expired"
    told = send(typed(name="Ada Again"), client=client)
    assert told.status_code == 429
    assert "30 minutes" in told.content.decode()
    assert "declin" not in told.content.decode().lower(), "nobody is told what became of a card"
    clock(31 * 60)
    assert send(typed(name="Ada Again"), client=client).status_code == 302


def test_a_card_that_is_declined_once_then_another_that_pays_changes_nothing(nurse_appeal, standin, new_cards):
    client = Client()
    send(typed(), client=client)
    pledge = Pledge.objects.get()
    new_cards()
    standin.pay(pledge.checkout_session, card="declined")
    standin.pay(pledge.checkout_session, card="succeeds")
    carry_the_post(standin, client, times=2)
    work_through_the_jobs()
    pledge.refresh_from_db()
    assert pledge.donation.pence == 100_050
    assert not defence.watched(at=timezone.now()).alarm


def test_a_real_attack_through_the_form_is_stopped_within_twenty_and_ada_gives(nurse_appeal, standin, new_cards):
    """Each bot has an address, a name and a card of its own; Stripe's news is carried at once."""
    for number in range(40):
        bot = Client(REMOTE_ADDR=f"2001:db8:{number:x}::1")
        answer = bot.post(FORM, typed(email=f"bot{number}@example.org"))
        if answer.status_code == 302:
            new_cards()
            standin.pay(Pledge.objects.get(email=f"bot{number}@example.org").checkout_session, card="declined")
            event = standin.events_of("payment_intent.payment_failed")[-1]
            body, signature = standin.signed(event)
            bot.post("/stripe/webhook/", body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature)
            work_through_the_jobs()
    assert payment_pages(standin) <= 20
    ada = Client(REMOTE_ADDR="198.51.100.1")
    page = ada.post(FORM, typed()).content.decode()
    assert ada.post(FORM, {**hidden(page), "defence_answer": work_of(page)}).status_code == 302
