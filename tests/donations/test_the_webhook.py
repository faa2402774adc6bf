"""Stripe's messages: only signed ones are stored, each once, and however often they come there is one gift."""

import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from donations.actions import obeying
from donations.exceptions import PaymentsUnavailable
from donations.ledger.models import Entry
from donations.models import Donation, Letter, Pledge, StripeEvent
from donations.models.pledge import PledgeState
from tests.walks.postman import carry_the_post, stripe_away, work_through_the_jobs
from tests.walks.test_a_gift import pledge_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paid(client, nurse_appeal, standin) -> Pledge:
    """A pledge that Stripe has taken the money for, and of which we have not heard yet."""
    pledge = pledge_of(client, "Ada Periwinkle", "25")
    standin.pay(pledge.checkout_session, card="succeeds")
    return pledge


def deliver(client: Client, body: bytes, signature: str) -> int:
    """Post one message to the webhook; the status that it answers."""
    headers = {"HTTP_STRIPE_SIGNATURE": signature}
    return client.post(reverse("donations:webhook"), body, content_type="application/json", **headers).status_code


def gifts_entries_and_letters() -> tuple[int, int, int]:
    """How many donations, gift entries and sent letters there are."""
    return Donation.objects.count(), Entry.objects.filter(kind="gift").count(), len(mail.outbox)


def test_the_same_messages_ten_times_make_one_gift_one_entry_and_one_receipt(client, paid, standin):
    statuses = carry_the_post(standin, client, times=10)
    assert set(statuses) == {200}
    work_through_the_jobs()
    assert gifts_entries_and_letters() == (1, 1, 1)
    assert StripeEvent.objects.count() == len(standin.events)


def test_the_same_message_ten_times_at_once_is_stored_once(paid, standin):
    body, signature = standin.signed(standin.events[-1])
    statuses = []

    at_once(lambda: statuses.append(deliver(Client(), body, signature)), 10)
    assert statuses == [200] * 10
    assert StripeEvent.objects.count() == 1


def test_ten_workers_that_obey_at_once_make_one_gift(client, paid, standin):
    carry_the_post(standin, client)
    events = list(StripeEvent.objects.values_list("pk", flat=True))

    def obey() -> None:
        for event in events:
            obeying.obey(event_id=event)

    at_once(obey, 10)
    work_through_the_jobs()
    assert gifts_entries_and_letters() == (1, 1, 1)


def test_a_message_that_is_still_being_put_in_when_the_worker_begins_is_obeyed_by_it(client, paid, standin):
    first, *others = standin.events
    deliver(client, *standin.signed(first))
    began = threading.Event()
    done: list[int] = []

    def work() -> None:
        began.set()
        done.append(obeying.obey_what_waits())
        connection.close()

    worker = threading.Thread(target=work)
    with transaction.atomic():
        for event in others:
            deliver(client, *standin.signed(event))  # each sees that a job waits
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            assert cursor.fetchone()[0] == 1
        worker.start()
        began.wait()
        worker.join(timeout=0.5)
        assert worker.is_alive(), "it waits for those who count on it"
    worker.join()
    assert done == [len(standin.events)]


def test_the_order_in_which_messages_come_does_not_matter(client, paid, standin):
    for event in reversed(standin.events):
        body, signature = standin.signed(event)
        client.post(
            reverse("donations:webhook"), body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature
        )
        work_through_the_jobs()
    assert gifts_entries_and_letters() == (1, 1, 1)
    assert Pledge.objects.get().state == PledgeState.GIVEN


@pytest.mark.parametrize(
    ("tampered", "signature"),
    [
        (False, ""),
        (False, "t=1,v1=00"),
        (False, "nonsense"),
        (False, "t=1,v1=é"),
        (True, None),
    ],
    ids=["no signature", "a wrong signature", "no signature at all", "a signature not in ASCII", "a changed body"],
)
def test_a_message_that_stripe_did_not_sign_stores_nothing(client, paid, standin, tampered, signature):
    body, right = standin.signed(standin.events[-1])
    sent = body + b" " if tampered else body
    assert deliver(client, sent, right if signature is None else signature) == 400
    assert not StripeEvent.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == 0


def test_only_a_post_is_a_message(client):
    assert client.get(reverse("donations:webhook")).status_code == 405


def test_an_unknown_kind_of_message_is_kept_and_harms_nothing(client, paid, standin):
    event = {**standin.events[-1], "id": "evt_unknown_kind", "type": "something.new"}
    deliver(client, *standin.signed(event))
    work_through_the_jobs()
    kept = StripeEvent.objects.get(event_id="evt_unknown_kind")
    assert kept.handled_at is not None
    assert "Kept" in kept.outcome


def test_while_stripe_is_away_a_message_waits_with_its_error_and_is_obeyed_later(client, paid, standin, settings):
    carry_the_post(standin, client)
    waiting = StripeEvent.objects.filter(kind="payment_intent.succeeded").get()
    with stripe_away(standin, asked_by="GET"), pytest.raises(PaymentsUnavailable):
        obeying.obey(event_id=waiting.pk)
    waiting.refresh_from_db()
    assert waiting.handled_at is None
    assert waiting.attempts == 1
    assert "PaymentsUnavailable" in waiting.error
    obeying.obey(event_id=waiting.pk)
    waiting.refresh_from_db()
    assert waiting.handled_at is not None
    assert waiting.error == ""


def test_a_lapsed_payment_page_leaves_the_pledge_not_given_and_a_late_lapse_changes_nothing(
    client, nurse_appeal, standin
):
    left = pledge_of(client, "Elis Dulse", "15")
    standin.expire(left.checkout_session)
    carry_the_post(standin, client)
    work_through_the_jobs()
    left.refresh_from_db()
    assert left.state == PledgeState.LEFT
    assert not Donation.objects.exists()
    assert not Letter.objects.exists()


def at_once(work, times: int) -> None:
    """Do the same thing in many threads at the same moment."""
    together = threading.Barrier(times)
    troubles: list[BaseException] = []

    def run() -> None:
        try:
            together.wait()
            work()
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
