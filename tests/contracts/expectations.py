"""Each expectation is a sentence and a few calls of the gateway. Nothing here knows who answers.

Payments are made with one of Stripe's own test cards, because nobody sits before a page.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import stripe
from django.conf import settings

from donations import gateway
from donations.exceptions import AttemptChanged, GatewayMisused, NotKnownToStripe


def a_page(reference: str = "", pence: int = 2500, **more: str) -> gateway.Checkout:
    """A payment page, opened."""
    return gateway.open_checkout(
        reference=reference or f"G-{uuid4().hex[:8]}",
        pence=pence,
        appeal_slug="contract",
        appeal_name="A contract kept",
        email="contract@example.org",
        success_url="https://charity.example/thanks/?session={CHECKOUT_SESSION_ID}",
        cancel_url="https://charity.example/",
        **more,  # type: ignore[arg-type] # every
    )


def a_payment(reference: str, pence: int = 2500) -> str:
    """A payment that succeeded, of a pledge with this reference."""
    client = stripe.StripeClient(settings.STRIPE_KEY, base_addresses={"api": settings.STRIPE_API_BASE})
    made = client.v1.payment_intents.create(
        {
            "amount": pence,
            "currency": "gbp",
            "payment_method": "pm_card_visa",
            "confirm": True,
            "return_url": "https://charity.example/",
            "metadata": {"reference": reference},
        }
    )
    return made.id


def a_page_has_an_address_and_is_open() -> None:
    page = a_page()
    assert page.url.startswith("http")
    state = gateway.fetch_checkout(page.session_id)
    assert (state.status, state.payment_status, state.mode) == ("open", "unpaid", "payment")


def the_same_reference_opens_the_same_page() -> None:
    reference = f"G-{uuid4().hex[:8]}"
    assert a_page(reference) == a_page(reference)


def the_same_reference_for_another_amount_is_refused() -> None:
    reference = f"G-{uuid4().hex[:8]}"
    a_page(reference)
    with pytest.raises(AttemptChanged):
        a_page(reference, pence=3000)


def a_page_carries_our_reference() -> None:
    reference = f"G-{uuid4().hex[:8]}"
    assert gateway.fetch_checkout(a_page(reference).session_id).reference == reference


def a_regular_page_is_of_a_subscription() -> None:
    state = gateway.fetch_checkout(a_page(every="month").session_id)
    assert (state.mode, state.subscription) == ("subscription", None)


def a_page_can_be_closed_and_closed_again() -> None:
    page = a_page()
    assert gateway.expire_checkout(page.session_id).status == "expired"
    assert gateway.expire_checkout(page.session_id).status == "expired"


def a_product_is_made_once_whatever_its_name() -> None:
    slug = f"contract-{uuid4().hex[:8]}"
    first = gateway.ensure_product(slug=slug, name="A contract kept")
    assert gateway.ensure_product(slug=slug, name="Another name") == first == f"appeal-{slug}"


def what_does_not_exist_is_said_not_to() -> None:
    for fetch in (gateway.fetch_payment, gateway.fetch_refund, gateway.fetch_subscription, gateway.fetch_payout):
        with pytest.raises(NotKnownToStripe):
            fetch("nothing_of_this_name")


def a_payment_is_read_with_its_charge_and_reference() -> None:
    reference = f"G-{uuid4().hex[:8]}"
    payment = gateway.fetch_payment(a_payment(reference))
    assert (payment.status, payment.pence, payment.currency) == ("succeeded", 2500, "gbp")
    assert (payment.reference, payment.method, payment.failed) == (reference, "card", False)
    assert payment.charge is not None
    assert gateway.payment_of_charge(payment.charge) == payment.payment_intent
    assert (payment.invoice, payment.subscription) == (None, None)


def a_refund_is_made_once_under_its_reference() -> None:
    intent = a_payment(f"G-{uuid4().hex[:8]}")
    reference = f"F-{uuid4().hex[:8]}"
    first = gateway.send_refund(reference=reference, payment_intent=intent, pence=1000)
    again = gateway.send_refund(reference=reference, payment_intent=intent, pence=1000)
    assert (first.refund, first.reference, first.pence) == (again.refund, reference, 1000)
    assert [each.refund for each in gateway.refunds_of(intent)] == [first.refund]
    assert first.line is not None
    assert first.line.net_pence == -1000


def more_than_was_paid_is_not_given_back() -> None:
    intent = a_payment(f"G-{uuid4().hex[:8]}")
    with pytest.raises(GatewayMisused):
        gateway.send_refund(reference=f"F-{uuid4().hex[:8]}", payment_intent=intent, pence=2501)


def the_balance_has_a_line_for_each_refund() -> None:
    intent = a_payment(f"G-{uuid4().hex[:8]}")
    refund = gateway.send_refund(reference=f"F-{uuid4().hex[:8]}", payment_intent=intent, pence=500)
    lines = gateway.lines_since(datetime.now(UTC) - timedelta(minutes=10))
    line = next(each for each in lines if each.source == refund.refund)
    assert (line.category, line.pence, line.currency) == ("refund", -500, "gbp")
    assert gateway.fetch_line(line.line) == line


def events_tell_of_what_was_done() -> None:
    intent = a_payment(f"G-{uuid4().hex[:8]}")
    told = gateway.events_since(datetime.now(UTC) - timedelta(minutes=10), ["payment_intent.succeeded"])
    assert intent in {event.object_id for event in told}


def a_customer_is_told_another_address_and_one_that_is_not_there_is_not_known() -> None:
    client = stripe.StripeClient(settings.STRIPE_KEY, base_addresses={"api": settings.STRIPE_API_BASE})
    customer = client.v1.customers.create({"email": "before@example.org"}).id
    for _ in range(2):
        gateway.tell_address(customer=customer, email="after@example.org", key=f"address-{customer}")
    assert client.v1.customers.retrieve(customer).email == "after@example.org"
    with pytest.raises(NotKnownToStripe):
        gateway.tell_address(customer="cus_nobody", email="after@example.org", key=f"address-{uuid4()}")


def no_more_than_twenty_kinds_are_asked_for_at_once() -> None:
    assert len(gateway.SUBSCRIBED) > 20
    list(gateway.events_since(datetime.now(UTC) - timedelta(minutes=10), gateway.SUBSCRIBED))


def an_endpoint_is_made_for_our_kinds_and_version_and_tells_its_secret() -> None:
    endpoint, secret = gateway.create_endpoint(f"https://charity.example/{uuid4().hex}/")
    client = stripe.StripeClient(settings.STRIPE_KEY, base_addresses={"api": settings.STRIPE_API_BASE})
    try:
        assert secret.startswith("whsec_")
        assert endpoint.api_version == gateway.API_VERSION
        assert set(endpoint.kinds) == set(gateway.SUBSCRIBED)
        assert gateway.repair_endpoint(endpoint.endpoint).enabled
    finally:
        client.v1.webhook_endpoints.delete(endpoint.endpoint)


def the_clock_and_the_rights_can_be_asked() -> None:
    assert abs(gateway.clock_skew()) < 60
    assert all(right.held for right in gateway.rights())


CONTRACT: list[Callable[[], None]] = [
    a_page_has_an_address_and_is_open,
    the_same_reference_opens_the_same_page,
    the_same_reference_for_another_amount_is_refused,
    a_page_carries_our_reference,
    a_regular_page_is_of_a_subscription,
    a_page_can_be_closed_and_closed_again,
    a_product_is_made_once_whatever_its_name,
    what_does_not_exist_is_said_not_to,
    a_payment_is_read_with_its_charge_and_reference,
    a_refund_is_made_once_under_its_reference,
    more_than_was_paid_is_not_given_back,
    the_balance_has_a_line_for_each_refund,
    events_tell_of_what_was_done,
    a_customer_is_told_another_address_and_one_that_is_not_there_is_not_known,
    no_more_than_twenty_kinds_are_asked_for_at_once,
    an_endpoint_is_made_for_our_kinds_and_version_and_tells_its_secret,
    the_clock_and_the_rights_can_be_asked,
]
