"""One form is one pledge and one payment page, however often it is sent; and a receipt leaves once."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donations import gateway, outbox
from donations.actions import pledging
from donations.ledger.models import Entry
from donations.models import Donation, Draft, Letter, Pledge
from tests.donations.test_the_webhook import at_once
from tests.walks.postman import carry_the_post, payment_pages, stripe_away, work_through_the_jobs
from tests.walks.test_a_gift import pledge_of

pytestmark = pytest.mark.django_db(transaction=True)


def form(**changed: str) -> dict[str, str]:
    """A form rightly filled in."""
    typed = {"every": "once", "choice": "2500", "name": "Ada Periwinkle", "email": "ada@example.org", "gift_aid": "no"}
    return {**typed, "token": str(uuid4()), **changed}


def test_a_double_click_is_one_pledge_and_one_payment_page(client, nurse_appeal, standin):
    answers = form()
    first = client.post(reverse("donations:give_at_once", args=["nurse"]), answers)
    second = client.post(reverse("donations:give_at_once", args=["nurse"]), answers)
    assert first["Location"] == second["Location"]
    assert Pledge.objects.count() == 1
    assert payment_pages(standin) == 1


def test_eight_identical_forms_at_once_are_one_pledge_and_one_payment_page(client, nurse_appeal, standin):
    answers = form()
    led_to = []

    def send() -> None:
        led_to.append(Client().post(reverse("donations:give_at_once", args=["nurse"]), answers)["Location"])

    at_once(send, 8)
    assert len(set(led_to)) == 1
    assert Pledge.objects.count() == 1
    assert payment_pages(standin) == 1


def test_a_form_whose_answer_was_lost_at_stripe_leads_to_the_same_page_when_sent_again_later(
    client, nurse_appeal, standin, monkeypatch
):
    pledge_of(client, "Ben Limpet", "40")  # the appeal is known at Stripe from here on
    answers = form()
    standin.trouble(after=True, final=True)
    assert client.post(reverse("donations:give_at_once", args=["nurse"]), answers).status_code == 503
    assert payment_pages(standin) == 2, "Stripe opened hers, and nobody heard of it"
    ten_minutes_on = time.time() + 600
    monkeypatch.setattr("time.time", lambda: ten_minutes_on)
    assert client.post(reverse("donations:give_at_once", args=["nurse"]), answers).status_code == 302
    assert payment_pages(standin) == 2


def test_a_changed_amount_is_a_new_pledge_even_on_the_same_form(client, nurse_appeal, standin):
    answers = form()
    client.post(reverse("donations:give_at_once", args=["nurse"]), answers)
    for _ in range(2):
        client.post(reverse("donations:give_at_once", args=["nurse"]), {**answers, "choice": "5000"})
    assert sorted(Pledge.objects.values_list("pence", flat=True)) == [2500, 5000]


def test_windows_with_other_answers_at_the_same_moment_leave_one_page_to_pay_on(client, nurse_appeal, standin):
    answers = form()
    amounts = iter(["1000", "2500", "5000"])
    led_to = []

    def send() -> None:
        typed = {**answers, "choice": next(amounts)}
        led_to.append(Client().post(reverse("donations:give_at_once", args=["nurse"]), typed)["Location"])

    at_once(send, 3)
    pages = list(Pledge.objects.exclude(checkout_session=""))
    assert [standin.session(each.checkout_session)["status"] for each in pages].count("open") == 1
    (one,) = Draft.objects.all()
    others = [address for address in led_to if not address.startswith(standin.url)]
    assert set(others) <= {reverse("donations:question", args=["nurse", one.token, "check"])}


def test_who_goes_on_in_another_window_while_stripe_opens_a_page_has_one_page(
    client, nurse_appeal, standin, monkeypatch
):
    opened = gateway.open_checkout

    def meanwhile(**asked):
        page = opened(**asked)
        pledging.lapse(reference=asked["reference"])
        return page

    answers = form()
    monkeypatch.setattr(gateway, "open_checkout", meanwhile)
    answer = client.post(reverse("donations:give_at_once", args=["nurse"]), answers)
    assert answer["Location"] == reverse("donations:question", args=["nurse", answers["token"], "check"])
    assert standin.session(Pledge.objects.get().checkout_session)["status"] == "expired"


def test_a_form_that_is_paid_leads_to_its_thanks_however_often_it_is_sent(client, nurse_appeal, standin, settings):
    settings.DEFENCE_DONOR_TRIES = 1
    answers = form()
    client.post(reverse("donations:give_at_once", args=["nurse"]), answers)
    pledge = Pledge.objects.get()
    standin.pay(pledge.checkout_session, card="succeeds")
    carry_the_post(standin, client)
    work_through_the_jobs()
    for choice in ("2500", "5000", "1000"):
        again = client.post(reverse("donations:give_at_once", args=["nurse"]), {**answers, "choice": choice})
        assert again["Location"].startswith(reverse("donations:thanks", args=[pledge.reference]))
    assert client.post(reverse("donations:give_at_once", args=["nurse"]), form()).status_code == 429


def test_when_stripe_cannot_be_reached_the_form_comes_back_filled_and_can_be_sent_again(client, nurse_appeal, standin):
    answers = form()
    with stripe_away(standin, asked_by="POST"):
        page = client.post(reverse("donations:give_at_once", args=["nurse"]), answers)
    assert page.status_code == 503
    assert "Nothing has been taken" in page.content.decode()
    assert 'value="Ada Periwinkle"' in page.content.decode()
    assert client.post(reverse("donations:give_at_once", args=["nurse"]), answers).status_code == 302
    assert Pledge.objects.count() == 1


def test_the_thanks_page_and_the_worker_together_make_one_gift(client, nurse_appeal, standin):
    pledge = pledge_of(client, "Ben Limpet", "40")
    standin.pay(pledge.checkout_session, card="succeeds")
    page = client.get(reverse("donations:thanks", args=[pledge.reference]), {"session": pledge.checkout_session})
    assert "Thank you for your gift of £40" in page.content.decode()
    carry_the_post(standin, client)
    work_through_the_jobs()
    assert (Donation.objects.count(), Entry.objects.filter(kind="gift").count(), len(mail.outbox)) == (1, 1, 1)


def test_the_thanks_page_opens_only_with_the_number_that_stripe_gave_this_donor(client, nurse_appeal, standin):
    pledge = pledge_of(client, "Ben Limpet", "40")
    address = reverse("donations:thanks", args=[pledge.reference])
    assert client.get(address).status_code == 404
    assert client.get(address, {"session": "cs_test_guess"}).status_code == 404
    assert client.get(address, {"session": pledge.checkout_session}).status_code == 200


def test_before_stripe_confirms_nobody_is_thanked(client, nurse_appeal, standin):
    pledge = pledge_of(client, "Ben Limpet", "40")
    page = client.get(reverse("donations:thanks", args=[pledge.reference]), {"session": pledge.checkout_session})
    assert "We are confirming" in page.content.decode()
    assert not Donation.objects.exists()


@pytest.fixture
def letter(client, nurse_appeal, standin) -> Letter:
    """A receipt that is written and not yet sent."""
    pledge = pledge_of(client, "Ada Periwinkle", "25")
    standin.pay(pledge.checkout_session, card="succeeds")
    client.get(reverse("donations:thanks", args=[pledge.reference]), {"session": pledge.checkout_session})
    return Letter.objects.get()


def test_a_letter_is_sent_once_however_often_its_job_runs(letter):
    assert outbox.deliver(letter.pk) is True
    assert outbox.deliver(letter.pk) is False
    assert len(mail.outbox) == 1


def test_while_the_mail_server_refuses_the_gift_stands_and_the_receipt_follows(letter, settings):
    right, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.donations.refusing_mail.Backend"
    with pytest.raises(ConnectionRefusedError):
        outbox.deliver(letter.pk)
    assert Donation.objects.count() == 1
    settings.EMAIL_BACKEND = right
    assert outbox.deliver(letter.pk) is True
    assert len(mail.outbox) == 1


def test_a_letter_claimed_by_a_worker_that_died_is_sent_after_its_lease(letter):
    Letter.objects.update(claimed_at=timezone.now())
    assert outbox.deliver(letter.pk) is False
    Letter.objects.update(claimed_at=timezone.now() - outbox.LEASE - timedelta(seconds=1))
    assert outbox.deliver(letter.pk) is True


def test_a_receipt_names_gift_fund_and_charity_and_no_card(letter):
    outbox.deliver(letter.pk)
    sent = mail.outbox[0]
    for said in ("£25.00", letter.donation.reference, letter.donation.fund.name, "Ada Periwinkle"):
        assert said in sent.body
        assert said in sent.alternatives[0].content
    assert sent.extra_headers["Message-ID"].startswith(f"<receipt-{letter.donation.reference}@")
    assert "4242" not in sent.body
