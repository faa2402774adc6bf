"""Thin events: what changed, and where to read it; and events that are lost, or come in any order."""

import json

import pytest
import stripe

from stripe_standin import Standin
from tests.stripe_standin.conftest import a_paid_gift, client_of


@pytest.fixture
def thin(listener):
    """A stand-in that sends thin events."""
    with Standin(thin=True, webhook_url=listener.url) as running:
        yield running
        assert not running.violations, "\n".join(map(str, running.violations))


def test_a_thin_event_is_understood_by_stripes_own_library(thin, listener):
    gift = a_paid_gift(thin)
    thin.wait_until_delivered()
    client = client_of(thin.url, thin.key)
    told = {}
    for body, signature in listener.heard:
        with pytest.raises(ValueError, match="parse_event_notification"):
            stripe.Webhook.construct_event(body, signature, thin.secret)
        told[json.loads(body)["type"]] = client.parse_event_notification(body, signature, thin.secret)
    paid = told["v1.payment_intent.succeeded"]
    assert (paid.related_object.id, paid.related_object.type) == (gift["id"], "payment_intent")
    assert paid.fetch_related_object().amount == 2500
    assert paid.created.endswith("Z")
    fetched = paid.fetch_event()
    assert client.v1.events.retrieve(fetched.snapshot_event).type == "payment_intent.succeeded"
    assert told["v1.checkout.session.completed"].fetch_related_object().payment_status == "paid"


def test_a_thin_event_names_the_request_that_caused_it(thin, listener):
    gift = a_paid_gift(thin)
    client_of(thin.url, thin.key).v1.refunds.create({"payment_intent": gift["id"]}, {"idempotency_key": "k"})
    thin.wait_until_delivered()
    bodies = [json.loads(body) for body, _ in listener.heard]
    refunded = next(body for body in bodies if body["type"] == "v1.charge.refunded")
    assert refunded["reason"]["request"]["idempotency_key"] == "k"


def test_thin_events_can_be_switched_off_again(thin, listener):
    thin.send_thin(thin=False)
    a_paid_gift(thin)
    thin.wait_until_delivered()
    assert "charge.succeeded" in listener.kinds


def test_an_event_is_signed_thin_or_whole_for_a_test(standin):
    a_paid_gift(standin)
    event = standin.events_of("charge.succeeded")[0]
    assert json.loads(standin.signed(event, thin=True)[0])["snapshot_event"] == event["id"]
    assert json.loads(standin.signed(event)[0])["id"] == event["id"]


def test_an_event_that_is_dropped_never_arrives_and_is_in_the_list(standin, listener):
    standin.webhook_url = listener.url
    standin.hold()
    a_paid_gift(standin)
    lost = standin.events_of("charge.succeeded")[0]
    assert standin.drop(lost["id"]) == 1
    standin.release()
    standin.wait_until_delivered()
    assert sorted(listener.kinds) == ["checkout.session.completed", "payment_intent.succeeded"]
    found = client_of(standin.url, standin.key).v1.events.list({"delivery_success": False}).data
    assert [event.id for event in found] == [lost["id"]]


def test_events_that_were_kept_back_come_in_an_order_of_chance(listener):
    with Standin(webhook_url=listener.url, carriers=1) as standin:
        standin.hold()
        for _ in range(8):
            a_paid_gift(standin)
        standin.shuffle_held()
        standin.release()
        standin.wait_until_delivered()
        happened = [event["id"] for event in standin.events]
        heard = [json.loads(body)["id"] for body, _ in listener.heard]
        assert heard != happened
        assert sorted(heard) == sorted(happened)
