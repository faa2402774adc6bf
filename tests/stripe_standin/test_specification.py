"""The validator: it knows Stripe's API from the installed package, and finds what is planted."""

import json
from pathlib import Path

import pytest
import stripe

from stripe_standin.specification import LIBRARY, VERSION, Routes

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "stripe" / "events"
ROUTES = Routes()


def faults_of_request(method, path, **params):
    return [(fault.path, fault.problem) for fault in ROUTES.find(method, path).params.faults(params, "", wire=True)]


def faults_of(body):
    return [(fault.path, fault.problem) for fault in LIBRARY.object(body["object"]).faults(body, "", wire=False)]


def a_line(**changes):
    return {"quantity": "1", "price_data": {"currency": "gbp", "unit_amount": "2500", "product": "prod_1"} | changes}


SESSION = "/v1/checkout/sessions"


def test_the_version_is_the_one_that_the_package_sends():
    assert stripe.api_version == VERSION


def test_a_route_is_found_by_its_address_and_literal_words_win_over_placeholders():
    assert ROUTES.find("GET", "/v1/payment_intents/pi_1").path == "/v1/payment_intents/{intent}"
    assert ROUTES.find("GET", "/v1/payment_intents/search").path == "/v1/payment_intents/search"
    assert ROUTES.find("POST", f"{SESSION}/cs_1/expire").answer == "Session"
    assert ROUTES.find("GET", "/v1/gifts") is None
    assert ROUTES.find("DELETE", SESSION) is None


def test_every_class_of_object_can_be_read_and_its_smallest_example_is_valid():
    kinds = [kind for kind in LIBRARY.objects if not kind.endswith(("list", "search_result"))]
    assert len(kinds) > 120
    for kind in kinds:
        assert not faults_of({"object": kind} | LIBRARY.need(kind).smallest()), kind


def test_a_request_in_order_has_no_faults():
    assert not faults_of_request(
        "POST", SESSION, mode="payment", line_items=[a_line()], metadata={"reference": "G-1"}, expires_at="1800000000"
    )


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ({"sucess_url": "http://127.0.0.1"}, ("sucess_url", "unknown")),
        ({"mode": "donation"}, ("mode", "value")),
        ({"submit_type": "give"}, ("submit_type", "value")),
        ({"payment_method_types": ["card"]}, ("payment_method_types", "unknown")),
        ({"expires_at": "tomorrow"}, ("expires_at", "type")),
        ({"allow_promotion_codes": "yes"}, ("allow_promotion_codes", "type")),
        ({"line_items": "one"}, ("line_items", "type")),
        ({"metadata": ["a"]}, ("metadata", "type")),
        ({"payment_intent_data": {"meta": {}}}, ("payment_intent_data[meta]", "unknown")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_fault_planted_in_a_request_is_found(planted, found):
    assert faults_of_request("POST", SESSION, **planted) == [found]


def test_a_line_without_a_currency_is_found():
    line = a_line()
    del line["price_data"]["currency"]
    assert faults_of_request("POST", SESSION, line_items=[line]) == [("line_items[0][price_data][currency]", "missing")]


@pytest.mark.parametrize(
    ("kind", "planted", "found"),
    [
        ("payment_intent", {"charges": {"object": "list", "data": []}}, ("charges", "unknown")),
        ("payment_intent", {"status": "paid"}, ("status", "value")),
        ("payment_intent", {"amount": "2500"}, ("amount", "type")),
        ("payment_intent", {"amount": None}, ("amount", "type")),
        ("payment_intent", {"livemode": 0}, ("livemode", "type")),
        ("charge", {"invoice": "in_1"}, ("invoice", "unknown")),
        ("charge", {"billing_details": {"address": {"town": "Leeds"}}}, ("billing_details.address.town", "unknown")),
        ("checkout.session", {"metadata": {"reference": 7}}, ("metadata[reference]", "type")),
    ],
)
def test_a_fault_planted_in_an_object_is_found(kind, planted, found):
    assert found in faults_of(LIBRARY.need(kind).smallest() | planted)


def test_a_missing_field_is_found():
    body = LIBRARY.need("charge").smallest()
    del body["currency"]
    assert faults_of(body) == [("currency", "missing")]


def test_an_expanded_object_is_looked_into():
    charge = LIBRARY.need("charge").smallest()
    intent = LIBRARY.need("payment_intent").smallest()
    assert not faults_of(intent | {"latest_charge": "ch_1"})
    assert not faults_of(intent | {"latest_charge": charge})
    assert faults_of(intent | {"latest_charge": charge | {"tip": 1}}) == [("latest_charge.tip", "unknown")]


def test_an_unknown_kind_of_event_is_found():
    event = LIBRARY.need("event").smallest() | {"type": "gift.received"}
    assert faults_of(event) == [("type", "value")]


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.json")) or [None], ids=lambda path: path and path.stem)
def test_the_example_events_are_valid(example):
    if example is None:
        pytest.skip(f"the example events are not here ({EXAMPLES})")
    event = json.loads(example.read_text())
    assert not faults_of(event)
    assert not faults_of(event["data"]["object"])
