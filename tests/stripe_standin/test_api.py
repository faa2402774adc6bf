"""Stripe's API as the stand-in speaks it: with Stripe's own library, and on the bare wire."""

import time

import pytest
import requests
import stripe

from tests.stripe_standin.conftest import a_gift, client_of


def bare(standin, method, path, form="", **headers):
    """A request without Stripe's library; the version is the pinned one unless said otherwise."""
    sent = {"Authorization": f"Bearer {standin.key}", "Stripe-Version": stripe.api_version} | headers
    sent["Content-Type"] = "application/x-www-form-urlencoded"
    return requests.request(method, standin.url + path, data=form, headers=sent, timeout=10)


# ---- keys


@pytest.mark.parametrize("key", ["sk_live_123", "rk_live_123", "pk_test_123", "nonsense"])
def test_only_test_keys_are_let_in_and_no_key_is_repeated(standin, key):
    with pytest.raises(stripe.AuthenticationError) as refused:
        client_of(standin.url, key).v1.products.list()
    assert refused.value.http_status == 401
    assert key not in str(refused.value)


def test_restricted_test_keys_are_let_in(standin):
    assert client_of(standin.url, "rk_test_1").v1.products.list().data == []


def test_no_key_is_refused(standin):
    assert bare(standin, "GET", "/v1/products", Authorization="").status_code == 401


# ---- what is not there


def test_an_address_that_stripe_does_not_have_is_refused(standin):
    answer = bare(standin, "GET", "/v1/gifts")
    assert answer.status_code == 404
    assert "Unrecognized request URL" in answer.json()["error"]["message"]


def test_a_call_that_is_not_implemented_is_refused_by_name(standin, client):
    with pytest.raises(stripe.InvalidRequestError, match=r"does not implement POST /v1/transfers"):
        client.v1.transfers.create({"currency": "gbp", "destination": "acct_1"})
    assert [violation.problem for violation in standin.violations] == ["not implemented"]
    standin.forgive()


def test_a_parameter_that_is_not_implemented_is_refused_by_name(standin, client):
    with pytest.raises(
        stripe.InvalidRequestError, match=r"does not implement the parameter phone_number_collection\[en"
    ):
        client.v1.checkout.sessions.create(a_gift(phone_number_collection={"enabled": True}))
    standin.forgive(["phone_number_collection"])


def test_an_object_that_is_not_there_is_said_not_to_be(client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.retrieve("pi_nowhere")
    assert (refused.value.code, refused.value.http_status) == ("resource_missing", 404)


# ---- strictness


def test_a_misspelt_parameter_is_refused_and_written_down(standin, client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(a_gift(sucess_url="http://127.0.0.1"))
    assert (refused.value.code, refused.value.param) == ("parameter_unknown", "sucess_url")
    assert [violation.path for violation in standin.violations] == ["sucess_url"]
    assert requests.get(f"{standin.url}/_standin/violations", timeout=5).json()[0]["path"] == "sucess_url"
    standin.forgive()


def test_the_method_list_that_stripe_took_away_is_refused_in_its_words(standin, client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(a_gift(payment_method_types=["card"]))
    assert refused.value.code == "payment_method_types_no_longer_supported"
    standin.forgive()


def test_an_old_caller_is_answered_leniently_as_stripe_does(standin):
    form = "name=A+nurse&statement_of_faith=none"
    answer = bare(standin, "POST", "/v1/products", form, **{"Stripe-Version": ""})
    assert answer.json()["name"] == "A nurse"


def test_a_field_that_stripe_does_not_have_is_found_in_what_the_stand_in_sends(standin, client):
    product = client.v1.products.create({"name": "A nurse"})
    standin.account.change(standin.account.need(product.id, "product"), colour="blue")
    client.v1.products.retrieve(product.id)
    assert [violation.path for violation in standin.violations] == ["colour"]
    standin.forgive(["colour"])


def test_a_field_that_stripe_does_not_have_is_found_in_an_event(standin, client):
    client.v1.products.create({"name": "A nurse"})
    standin.account.announce("product.updated", {"object": "product", "colour": "blue"})
    assert {"colour", "name"} <= {violation.path for violation in standin.violations}
    standin.forgive()


# ---- idempotency


def test_a_repeated_key_is_answered_alike_and_says_so(standin):
    first = bare(standin, "POST", "/v1/products", "name=A+nurse", **{"Idempotency-Key": "k"})
    second = bare(standin, "POST", "/v1/products", "name=A+nurse", **{"Idempotency-Key": "k"})
    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert first.headers["Request-Id"] != second.headers["Request-Id"]


def test_a_key_with_other_parameters_is_refused_in_stripes_shape(client):
    client.v1.products.create({"name": "A nurse"}, {"idempotency_key": "k"})
    with pytest.raises(stripe.IdempotencyError, match="same parameters"):
        client.v1.products.create({"name": "A scanner"}, {"idempotency_key": "k"})


def test_a_key_is_forgotten_after_a_day(standin, client):
    first = client.v1.products.create({"name": "A nurse"}, {"idempotency_key": "k"})
    standin.move_clock(86_500)
    assert client.v1.products.create({"name": "A nurse"}, {"idempotency_key": "k"}).id != first.id


def test_a_refused_request_does_not_use_its_key_up(standin, client):
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(a_gift(customer_email="nobody"), {"idempotency_key": "k"})
    assert client.v1.checkout.sessions.create(a_gift(), {"idempotency_key": "k"}).id


# ---- paging and expansion


def test_lists_are_paged_both_ways(client):
    made = [client.v1.products.create({"name": f"Product {number}"}).id for number in range(7)]
    newest_first = made[::-1]
    assert [product.id for product in client.v1.products.list({"limit": 3}).auto_paging_iter()] == newest_first
    after = client.v1.products.list({"limit": 2, "starting_after": newest_first[1]})
    assert ([product.id for product in after.data], after.has_more) == (newest_first[2:4], True)
    before = client.v1.products.list({"limit": 2, "ending_before": newest_first[3]})
    assert ([product.id for product in before.data], before.has_more) == (newest_first[1:3], True)
    backwards = client.v1.products.list({"limit": 3, "ending_before": newest_first[-1]}).auto_paging_iter()
    assert [product.id for product in backwards] == made[1:]


def test_a_cursor_that_points_nowhere_and_a_limit_of_none_are_refused(client):
    with pytest.raises(stripe.InvalidRequestError, match="No such"):
        client.v1.products.list({"starting_after": "prod_nowhere"})
    with pytest.raises(stripe.InvalidRequestError, match="between 1 and 100"):
        client.v1.products.list({"limit": 0})


def test_ids_are_expanded_at_any_depth(standin, client):
    session = client.v1.checkout.sessions.create(a_gift(), {"idempotency_key": "k"})
    standin.pay(session.id)
    deep = ["payment_intent.latest_charge.balance_transaction", "line_items"]
    whole = client.v1.checkout.sessions.retrieve(session.id, {"expand": deep})
    assert whole.payment_intent.latest_charge.balance_transaction.net == 2500 - 58
    assert whole.line_items.data[0].description == "A nurse"
    listed = client.v1.payment_intents.list({"expand": ["data.latest_charge"]})
    assert listed.data[0].latest_charge.amount == 2500


@pytest.mark.parametrize("path", ["nothing", "amount_total", "line_items.nothing", "a.b.c.d.e"])
def test_what_cannot_be_expanded_is_refused(client, path):
    session = client.v1.checkout.sessions.create(a_gift())
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.retrieve(session.id, {"expand": [path]})
    assert refused.value.param == "expand"


# ---- payment pages


def test_an_id_of_the_callers_own_is_taken_once(client):
    assert client.v1.products.create({"id": "appeal-nurse", "name": "A nurse"}).id == "appeal-nurse"
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.products.create({"id": "appeal-nurse", "name": "Another"})
    assert refused.value.code == "resource_already_exists"


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"line_items": []}, "line_items"),
        ({"success_url": "javascript:alert(1)"}, "success_url"),
        ({"cancel_url": "nurse"}, "cancel_url"),
        ({"expires_at": int(time.time()) + 60}, "expires_at"),
        ({"customer_email": "nobody"}, "customer_email"),
    ],
)
def test_what_stripe_would_refuse_on_a_payment_page_is_refused(client, change, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(a_gift(**change))
    assert refused.value.param == param


def test_too_little_to_be_worth_a_payment_is_refused(client):
    gift = a_gift()
    gift["line_items"][0]["price_data"]["unit_amount"] = 29
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(gift)
    assert refused.value.code == "amount_too_small"


def test_a_page_closes_by_itself_after_a_day_by_the_accounts_clock(standin, client):
    session = client.v1.checkout.sessions.create(a_gift())
    standin.move_clock(86_401)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert len(standin.events_of("checkout.session.expired")) == 1


def test_a_page_that_was_paid_cannot_be_closed(standin, client):
    session = client.v1.checkout.sessions.create(a_gift())
    standin.pay(session.id)
    with pytest.raises(stripe.InvalidRequestError, match="status of complete"):
        client.v1.checkout.sessions.expire(session.id)
    standin.move_clock(90_000)
    assert not standin.events_of("checkout.session.expired")


def test_events_are_listed_by_type_and_by_time(standin, client):
    standin.pay(client.v1.checkout.sessions.create(a_gift()).id)
    every = client.v1.events.list({"limit": 100})
    assert [e.type for e in every.data][:2] == ["checkout.session.completed", "payment_intent.succeeded"]
    assert [e.type for e in client.v1.events.list({"type": "charge.succeeded"}).data] == ["charge.succeeded"]
    assert len(client.v1.events.list({"types": ["charge.*", "payment_intent.succeeded"]}).data) == 2
    assert not client.v1.events.list({"created": {"gt": int(time.time()) + 60}}).data
    event = every.data[0]
    assert client.v1.events.retrieve(event.id).data.object["id"] == event.data.object["id"]


def test_requests_that_are_no_requests_are_refused_and_the_server_lives(standin):
    assert bare(standin, "POST", "/v1/products", b"\xff\xfe").status_code == 400
    assert bare(standin, "POST", "/v1/products", "a=1&a[b]=2").status_code == 400
    assert bare(standin, "PUT", "/v1/products").status_code == 501
    assert bare(standin, "POST", "/v1/products", "name=A+nurse").status_code == 200
    standin.forgive()
