"""Events on their way: signed, repeated until they are taken, kept back and let go, alive after a restart."""

import json
import threading

import stripe

from stripe_standin import Standin
from tests.stripe_standin.conftest import a_gift, client_of

GIVEN = {"product.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"}


def paid(standin, card="succeeds"):
    """A gift, made and paid (or not); the id of its session."""
    session = client_of(standin.url, standin.key).v1.checkout.sessions.create(a_gift())
    standin.pay(session.id, card)
    return session.id


def test_each_event_arrives_once_rightly_signed_in_the_pinned_version(standin, listener):
    standin.webhook_url = listener.url
    paid(standin)
    standin.wait_until_delivered()
    assert sorted(listener.kinds) == sorted(GIVEN - {"product.created"})
    for body, signature in listener.heard:
        event = stripe.Webhook.construct_event(body, signature, standin.secret)
        assert event.api_version == stripe.api_version
        assert not event.livemode


def test_a_decline_is_told_and_a_second_try_uses_the_same_payment(standin, listener):
    session = paid(standin, "declined")
    standin.pay(session)
    failed = standin.events_of("payment_intent.payment_failed")[0]["data"]["object"]
    given = standin.events_of("payment_intent.succeeded")[0]["data"]["object"]
    assert failed["id"] == given["id"]
    assert failed["last_payment_error"]["code"] == "card_declined"
    assert given["last_payment_error"] is None
    assert len(standin.events_of("charge.failed")) == 1


def test_the_fee_is_told_later_where_that_is_asked_for(standin, listener):
    standin.fees_after(60)
    paid(standin)
    assert standin.events_of("charge.succeeded")[0]["data"]["object"]["balance_transaction"] is None
    standin.move_clock(61)
    updated = standin.events_of("charge.updated")[0]["data"]
    assert updated["object"]["balance_transaction"].startswith("txn_")
    assert updated["previous_attributes"] == {"balance_transaction": None}


def test_a_listener_that_refuses_is_asked_again(standin, listener):
    standin.post.hurry = 0.01
    listener.answers = [500, 503, 404]
    standin.webhook_url = listener.url
    paid(standin)
    standin.wait_until_delivered()
    assert len(listener.heard) == 3


def test_events_are_kept_back_and_let_go(standin, listener):
    standin.webhook_url = listener.url
    standin.hold()
    paid(standin)
    assert {row["state"] for row in standin.undelivered()} == {"held"}
    assert not listener.heard
    standin.release()
    standin.wait_until_delivered()
    assert len(listener.heard) == 3


def test_one_event_ten_times_at_once(standin, listener):
    paid(standin)
    standin.webhook_url = listener.url
    event = standin.events_of("checkout.session.completed")[0]
    assert standin.deliver(event, times=10, at_once=True) == [200] * 10
    assert {json.loads(body)["id"] for body, _ in listener.heard} == {event["id"]}


def test_an_endpoint_registered_through_the_api_hears_what_it_asked_for(standin, listener):
    client = client_of(standin.url, standin.key)
    kinds = ["checkout.session.completed"]
    endpoint = client.v1.webhook_endpoints.create({"url": listener.url, "enabled_events": kinds})
    paid(standin)
    standin.wait_until_delivered()
    assert listener.kinds == kinds
    stripe.Webhook.construct_event(*listener.heard[0], endpoint.secret)
    assert not hasattr(client.v1.webhook_endpoints.retrieve(endpoint.id), "secret")
    client.v1.webhook_endpoints.update(endpoint.id, {"disabled": True})
    paid(standin)
    assert len(listener.heard) == 1
    assert client.v1.webhook_endpoints.delete(endpoint.id).deleted


def test_what_was_not_delivered_is_delivered_after_a_restart(tmp_path, listener):
    state = str(tmp_path / "state")
    with Standin(state=state, webhook_url=listener.url) as first:
        first.hold()
        session = paid(first)
    with Standin(state=state, webhook_url=listener.url) as second:
        assert second.session(session)["status"] == "complete"
        assert second.undelivered()
        second.release()
        second.wait_until_delivered()
        assert len(listener.heard) == 3
        assert not second.violations


def test_many_donors_at_once_are_each_charged_once(standin, listener):
    standin.webhook_url = listener.url
    client = client_of(standin.url, standin.key)
    session = client.v1.checkout.sessions.create(a_gift())
    others = [client.v1.checkout.sessions.create(a_gift()) for _ in range(10)]
    threads = [threading.Thread(target=standin.pay, args=[session.id]) for _ in range(10)]
    threads += [threading.Thread(target=standin.pay, args=[other.id]) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(standin.events_of("checkout.session.completed")) == 11
    standin.wait_until_delivered()
    assert len(listener.heard) == 33


def test_one_key_used_by_twenty_at_once_opens_one_page(standin):
    made = []
    lock = threading.Lock()

    def ask():
        session = client_of(standin.url, standin.key).v1.checkout.sessions.create(a_gift(), {"idempotency_key": "k"})
        with lock:
            made.append(session.id)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 20
    assert len(set(made)) == 1
