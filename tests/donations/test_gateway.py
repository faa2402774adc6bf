"""What the gateway promises, shown against a stand-in that checks each request by Stripe's own specification."""

import inspect
import json
import logging
import time
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from donations import gateway
from donations.apps import DonationsConfig
from donations.exceptions import (
    AttemptChanged,
    BadSignature,
    GatewayMisused,
    NotKnownToStripe,
    PaymentsUnavailable,
    WrongMode,
)

GIFT = {
    "reference": "G-2345-6789",
    "pence": 2500,
    "appeal_slug": "nurse",
    "appeal_name": "A nurse for every ward",
    "email": "ada@example.org",
    "success_url": "http://testserver/donate/thanks/G-2345-6789/?session={CHECKOUT_SESSION_ID}",
    "cancel_url": "http://testserver/donate/nurse/",
}


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits for retries: no pause between them, and a fifth of a second for an answer."""
    monkeypatch.setattr("stripe.HTTPClient._sleep_time_seconds", lambda *_: 0.0)
    monkeypatch.setattr("donations.gateway.asking.TIMEOUT", 0.2)


# ---- opening Stripe's page


def test_a_page_is_opened_with_the_pledges_reference_wherever_stripe_may_show_it_again(standin):
    checkout = gateway.open_checkout(**GIFT)
    assert checkout.url.startswith(standin.url)
    session = standin.session(checkout.session_id)
    assert session["amount_total"] == 2500
    assert session["currency"] == "gbp"
    assert session["submit_type"] == "donate"
    assert session["client_reference_id"] == session["metadata"]["reference"] == "G-2345-6789"
    assert session["customer_email"] == "ada@example.org"
    standin.pay(checkout.session_id)
    intent = standin.events_of("payment_intent.succeeded")[0]["data"]["object"]
    assert intent["metadata"] == {"reference": "G-2345-6789"}, "the payment is what we are told about"


def test_a_second_gift_to_the_same_appeal_makes_no_second_product(standin):
    gateway.open_checkout(**GIFT)
    gateway.open_checkout(**GIFT | {"reference": "G-2345-6780"})
    assert len(standin.events_of("product.created")) == 1


def test_an_appeal_that_is_renamed_keeps_its_product(standin):
    first = gateway.ensure_product(slug="nurse", name="A nurse")
    assert gateway.ensure_product(slug="nurse", name="Two nurses") == first  # under the same key, so refused
    standin.move_clock(2 * 86_400)
    assert gateway.ensure_product(slug="nurse", name="Three nurses") == first  # the key is forgotten, the product not


def test_a_stand_in_that_was_begun_afresh_gets_its_products_again(standin):
    gateway.open_checkout(**GIFT)
    standin.reset()
    assert gateway.open_checkout(**GIFT).session_id


def test_asking_twice_under_one_reference_opens_one_page(standin):
    assert gateway.open_checkout(**GIFT) == gateway.open_checkout(**GIFT)


def test_one_reference_for_two_amounts_is_refused(standin):
    gateway.open_checkout(**GIFT)
    with pytest.raises(AttemptChanged):
        gateway.open_checkout(**GIFT | {"pence": 5000})


def test_a_key_that_stripe_refuses_is_our_fault_and_is_not_repeated_in_the_error(standin, settings, caplog):
    settings.STRIPE_KEY = "sk_live_51secretsecret"
    with caplog.at_level(logging.DEBUG), pytest.raises(GatewayMisused) as refused:
        gateway.fetch_payment("pi_1")
    told = f"{refused.value!r} {refused.value.__context__!r} {refused.value.__cause__!r} {caplog.text}"
    assert "secretsecret" not in told


def test_without_a_key_nothing_is_asked(settings):
    settings.STRIPE_KEY = ""
    with pytest.raises(GatewayMisused, match="STRIPE_KEY is not set"):
        gateway.open_checkout(**GIFT)


def test_a_refused_parameter_is_our_fault_and_names_the_parameter_but_not_what_the_donor_typed(standin):
    with pytest.raises(GatewayMisused, match="customer_email") as refused:
        gateway.open_checkout(**GIFT | {"email": "ada-at-example"})
    assert "ada-at" not in str(refused.value)
    assert refused.value.__context__ is None, "nor does it drag Stripe's own error along, which quotes it"


# ---- when Stripe does not answer


def test_one_failure_at_stripe_is_not_noticed_by_anybody(standin, impatient):
    gateway.ensure_product(slug="nurse", name="A nurse for every ward")
    standin.trouble(503, times=2)
    assert gateway.open_checkout(**GIFT).session_id


@pytest.mark.parametrize("status", [429, 500, 503])
def test_stripe_that_goes_on_failing_is_unavailable(standin, impatient, status):
    standin.trouble(status, times=9)
    with pytest.raises(PaymentsUnavailable):
        gateway.open_checkout(**GIFT)


def test_stripe_that_says_nothing_is_unavailable(standin, impatient):
    standin.trouble(times=9, silent=0.5)
    began = time.monotonic()
    with pytest.raises(PaymentsUnavailable):
        gateway.open_checkout(**GIFT)
    assert time.monotonic() - began < 5


def test_while_stripe_is_away_nothing_can_be_read_and_afterwards_it_can(standin):
    checkout = gateway.open_checkout(**GIFT)
    with standin.away(), pytest.raises(PaymentsUnavailable):
        gateway.fetch_checkout(checkout.session_id)
    assert gateway.fetch_checkout(checkout.session_id).status == "open"


def test_nobody_at_the_address_is_unavailable(settings, impatient):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(PaymentsUnavailable):
        gateway.fetch_payment("pi_1")


def test_an_answer_lost_after_the_page_was_opened_opens_no_second_page(standin, impatient):
    gateway.ensure_product(slug="nurse", name="A nurse for every ward")
    standin.trouble(times=3, after=True)  # the first call and both retries are heard, and no answer arrives
    with pytest.raises(PaymentsUnavailable):
        gateway.open_checkout(**GIFT)
    checkout = gateway.open_checkout(**GIFT)
    assert [session["id"] for session in standin.sessions] == [checkout.session_id]


# ---- reading what is


def test_a_payment_is_read_with_its_fee(standin):
    checkout = gateway.open_checkout(**GIFT)
    standin.pay(checkout.session_id)
    state = gateway.fetch_checkout(checkout.session_id)
    assert (state.status, state.payment_status, state.reference) == ("complete", "paid", "G-2345-6789")
    payment = gateway.fetch_payment(state.payment_intent)
    assert payment.succeeded
    assert (payment.pence, payment.currency, payment.method) == (2500, "gbp", "card")
    assert payment.reference == "G-2345-6789"
    assert payment.fee_pence + payment.net_pence == 2500
    assert payment.received_at.tzinfo is UTC
    assert not payment.livemode


def test_a_fee_that_stripe_does_not_know_yet_is_none_and_comes_later(standin):
    checkout = gateway.open_checkout(**GIFT)
    standin.fees_after(5)
    standin.pay(checkout.session_id)
    payment_intent = gateway.fetch_checkout(checkout.session_id).payment_intent
    assert gateway.fetch_payment(payment_intent).fee_pence is None
    standin.move_clock(6)
    assert gateway.fetch_payment(payment_intent).fee_pence == 58
    assert standin.events_of("charge.updated")


def test_a_declined_payment_is_not_received(standin):
    checkout = gateway.open_checkout(**GIFT)
    standin.pay(checkout.session_id, card="declined")
    state = gateway.fetch_checkout(checkout.session_id)
    assert (state.status, state.payment_status) == ("open", "unpaid")
    payment = gateway.fetch_payment(state.payment_intent)
    assert not payment.succeeded
    assert payment.fee_pence is None


def test_a_payment_counts_on_the_day_that_the_charitys_clock_shows(standin):
    checkout = gateway.open_checkout(**GIFT)
    standin.pay(checkout.session_id)
    payment = gateway.fetch_payment(gateway.fetch_checkout(checkout.session_id).payment_intent)
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # already July in London
    assert gateway.Payment(**payment.__dict__ | {"received_at": late}).received_on.isoformat() == "2026-07-01"


def test_a_payment_that_stripe_does_not_know_is_said_to_be_unknown(standin):
    with pytest.raises(NotKnownToStripe):
        gateway.fetch_payment("pi_of_somebody_else")


def test_closing_a_page_closes_it_and_closing_it_again_changes_nothing(standin):
    checkout = gateway.open_checkout(**GIFT)
    assert gateway.expire_checkout(checkout.session_id).status == "expired"
    assert gateway.expire_checkout(checkout.session_id).status == "expired"
    assert len(standin.events_of("checkout.session.expired")) == 1


def test_a_page_that_was_paid_is_not_closed(standin):
    checkout = gateway.open_checkout(**GIFT)
    standin.pay(checkout.session_id)
    assert gateway.expire_checkout(checkout.session_id).status == "complete"


# ---- hearing from Stripe


@pytest.fixture
def event(standin):
    """The news of a gift."""
    standin.pay(gateway.open_checkout(**GIFT).session_id)
    return standin.events_of("payment_intent.succeeded")[0]


def test_a_signed_event_is_read(standin, event):
    read = gateway.read_event(*standin.signed(event))
    assert (read.id, read.kind, read.livemode) == (event["id"], "payment_intent.succeeded", False)
    assert read.api_version == gateway.API_VERSION
    assert read.object_type == "payment_intent"
    assert read.object_id == event["data"]["object"]["id"]
    assert read.created == datetime.fromtimestamp(event["created"], UTC)
    assert read.payload == event


def test_the_old_secret_is_good_while_the_new_one_comes_in(standin, event, settings):
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", *settings.STRIPE_WEBHOOK_SECRETS]
    assert gateway.read_event(*standin.signed(event)).id == event["id"]


def test_a_tampered_body_is_refused(standin, event):
    body, signature = standin.signed(event)
    with pytest.raises(BadSignature):
        gateway.read_event(body.replace(b"2500", b"9500"), signature)


def test_another_secret_is_refused(standin, event):
    with pytest.raises(BadSignature):
        gateway.read_event(*standin.signed(event, secret="whsec_somebody_elses"))


def test_no_secret_at_all_refuses_everything(standin, event, settings):
    settings.STRIPE_WEBHOOK_SECRETS = []
    with pytest.raises(BadSignature):
        gateway.read_event(*standin.signed(event))


@pytest.mark.parametrize("off", [-301, 302], ids=["301 seconds old", "more than 300 seconds ahead"])
def test_a_message_too_far_from_now_is_refused(standin, event, off):
    with pytest.raises(BadSignature):
        gateway.read_event(*standin.signed(event, at=int(time.time()) + off))


@pytest.mark.parametrize("off", [-298, 298])
def test_a_clock_that_is_a_little_off_is_no_matter(standin, event, off):
    assert gateway.read_event(*standin.signed(event, at=int(time.time()) + off)).id == event["id"]


@pytest.mark.parametrize(
    "header",
    [None, "", "t=,v1=", "t=abc,v1=00", "v1=00", "t=1", "nonsense", "t=1,v1=é", "t=1,v1=\N{FULLWIDTH DIGIT ONE}"],
)
def test_a_header_that_is_no_signature_is_refused(standin, event, header):
    body, _ = standin.signed(event)
    with pytest.raises(BadSignature):
        gateway.read_event(body, header)


def test_a_signature_with_letters_that_are_not_ascii_is_refused(standin, event):
    body, signature = standin.signed(event)
    stamp = signature.split(",")[0]
    with pytest.raises(BadSignature):
        gateway.read_event(body, f"{stamp},v1=ñé")


def test_a_body_that_is_not_utf8_is_refused(standin, event):
    body, signature = standin.signed(event)
    with pytest.raises(BadSignature):
        gateway.read_event(body + b"\xff\xfe", signature)


@pytest.mark.parametrize(
    "body",
    [
        {"object": "v2.core.event", "id": "evt_1", "type": "v1.charge.updated", "created": "2026-11-01T00:00:00Z"},
        {"object": "payment_intent", "id": "pi_1"},
        {"object": "event"},
        [],
        "event",
    ],
    ids=["a thin event", "no event", "nothing in it", "a list", "a word"],
)
def test_a_signed_message_that_is_no_snapshot_event_is_refused(standin, body):
    with pytest.raises(BadSignature):
        gateway.read_event(*standin.signed(body))


def test_a_live_event_is_refused_by_a_test_site_and_the_reverse(standin, event, settings):
    with pytest.raises(WrongMode, match="is live, and our key is test"):
        gateway.read_event(*standin.signed(event | {"livemode": True}))
    settings.STRIPE_KEY = "rk_live_123"
    with pytest.raises(WrongMode, match="is test, and our key is live"):
        gateway.read_event(*standin.signed(event))


def test_a_name_that_postgresql_cannot_keep_does_not_lose_the_event(standin, event):
    text = json.dumps(event | {"account": "A\x00da \ud83d"})
    read = gateway.read_event(*standin.signed_text(text))
    assert read.payload["account"] == "A\N{REPLACEMENT CHARACTER}da \N{REPLACEMENT CHARACTER}"
    assert json.dumps(read.payload, ensure_ascii=False).encode()


def test_no_event_is_read_without_its_signature():
    assert "without_verification" not in inspect.getsource(gateway)


# ---- key and address


@pytest.mark.parametrize("key", ["sk_live_1", "rk_live_1"])
def test_a_live_key_starts_with_no_address_but_stripes(settings, key):
    settings.STRIPE_KEY, settings.STRIPE_API_BASE, settings.DEMO = key, "http://127.0.0.1:8001", True
    with pytest.raises(ImproperlyConfigured, match="live key"):
        gateway.check_configuration()
    settings.STRIPE_API_BASE, settings.DEMO = "https://api.stripe.com", False
    gateway.check_configuration()


def test_another_address_than_stripes_starts_in_the_demo_only(settings):
    settings.STRIPE_KEY, settings.STRIPE_API_BASE, settings.DEMO = "sk_test_1", "https://api.stripe.com.example", False
    with pytest.raises(ImproperlyConfigured, match="demo"):
        gateway.check_configuration()
    settings.DEMO = True
    gateway.check_configuration()
    assert gateway.is_demonstration()


def test_a_key_that_is_no_secret_key_does_not_start(settings):
    settings.STRIPE_KEY = "pk_test_1"
    with pytest.raises(ImproperlyConfigured, match="no secret or restricted key"):
        gateway.check_configuration()


def test_the_guard_stands_where_the_site_starts(settings):
    settings.STRIPE_KEY, settings.STRIPE_API_BASE = "sk_live_1", "http://127.0.0.1:8001"
    import donations

    with pytest.raises(ImproperlyConfigured):
        DonationsConfig("donations", donations).ready()
