"""What must be set up at Stripe: the webhook endpoint, the kinds it hears, the rights of our key, the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import cast

import stripe
from django.conf import settings
from stripe.params import WebhookEndpointCreateParams, WebhookEndpointUpdateParams

from donations.exceptions import GatewayMisused, NotKnownToStripe, PaymentsUnavailable
from donations.gateway.asking import API_VERSION, ask, client
from donations.gateway.values import Endpoint

# What an endpoint must hear. The first words of each line say what it is about.
SUBSCRIBED = (
    *("checkout.session.completed", "checkout.session.async_payment_succeeded"),
    *("checkout.session.async_payment_failed", "checkout.session.expired"),
    *("payment_intent.processing", "payment_intent.succeeded", "payment_intent.payment_failed"),
    "payment_intent.canceled",
    *("charge.updated", "charge.refunded"),
    *("refund.created", "refund.updated", "refund.failed"),
    *("invoice.paid", "invoice.payment_failed", "invoice.payment_action_required"),
    *("customer.subscription.created", "customer.subscription.updated", "customer.subscription.deleted"),
    *("charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"),
    *("charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated"),
    *("payout.paid", "payout.failed", "payout.reconciliation_completed"),
    "mandate.updated",
)


@dataclass(frozen=True)
class Right:
    """A right that a restricted key needs: what Stripe's dashboard calls it, and whether ours has it."""

    name: str
    access: str  # read or write
    held: bool


def endpoints() -> list[Endpoint]:
    """Every webhook endpoint of the account. Raises PaymentsUnavailable, GatewayMisused."""
    return [_read(each) for each in ask(lambda: client().v1.webhook_endpoints.list({"limit": 100})).data]


def create_endpoint(url: str) -> tuple[Endpoint, str]:
    """Have Stripe send its events to `url`; the endpoint, and the secret that is shown this once.

    Raises PaymentsUnavailable, GatewayMisused.
    """
    params = cast(
        WebhookEndpointCreateParams,
        {"url": url, "enabled_events": list(SUBSCRIBED), "api_version": API_VERSION, "description": "Almoner"},
    )
    made = ask(lambda: client().v1.webhook_endpoints.create(params))
    return _read(made), made.secret or ""


def repair_endpoint(endpoint: str) -> Endpoint:
    """Have an endpoint hear what it must, and listen. Its version cannot be changed: that needs a new endpoint.

    Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused.
    """
    params = cast(WebhookEndpointUpdateParams, {"enabled_events": list(SUBSCRIBED), "disabled": False})
    return _read(ask(lambda: client().v1.webhook_endpoints.update(endpoint, params)))


def key_kind() -> str:
    """“restricted”, which is best, or “secret”; “none” where no key is set."""
    key: str = settings.STRIPE_KEY
    return {"rk": "restricted", "sk": "secret"}.get(key[:2], "none")


def clock_skew() -> float:
    """How many seconds our clock is ahead of Stripe's, by the date of an answer; below nil, behind.

    Raises PaymentsUnavailable, GatewayMisused.
    """
    asked = time.time()
    answer = ask(lambda: client().v1.balance.retrieve()).last_response
    if answer is None or "Date" not in answer.headers:
        raise PaymentsUnavailable("Stripe's answer bore no date.")
    return (asked + time.time()) / 2 - parsedate_to_datetime(answer.headers["Date"]).timestamp()


def rights() -> list[Right]:
    """What our key may do, asked by harmless calls: lists are read, and writing is tried on what does not exist.

    Raises PaymentsUnavailable.
    """
    nothing = "almoner_asks_whether_it_may"
    v1 = client().v1
    tries: list[tuple[str, str, Callable[[], object]]] = [
        ("Charges", "read", lambda: v1.charges.list({"limit": 1})),
        ("PaymentIntents", "read", lambda: v1.payment_intents.list({"limit": 1})),
        ("Invoices", "read", lambda: v1.invoices.list({"limit": 1})),
        ("Balance", "read", lambda: v1.balance.retrieve()),
        ("Balance transactions", "read", lambda: v1.balance_transactions.list({"limit": 1})),
        ("Payouts", "read", lambda: v1.payouts.list({"limit": 1})),
        ("Disputes", "read", lambda: v1.disputes.list({"limit": 1})),
        ("Events", "read", lambda: v1.events.list({"limit": 1})),
        ("Webhook endpoints", "write", lambda: v1.webhook_endpoints.update(nothing, {"disabled": False})),
        ("Products", "write", lambda: v1.products.update(nothing, {"name": "nothing"})),
        ("Checkout Sessions", "write", lambda: v1.checkout.sessions.expire(nothing)),
        ("Subscriptions", "write", lambda: v1.subscriptions.update(nothing, {"description": "nothing"})),
        ("Customers", "write", lambda: v1.customers.update(nothing, {"description": "nothing"})),
        ("Refunds", "write", lambda: v1.refunds.update(nothing, {"metadata": {}})),
    ]
    return [Right(name, access, _may(call)) for name, access, call in tries]


def _may(call: Callable[[], object]) -> bool:
    """Whether Stripe lets us. That a thing does not exist is said only to those who may."""
    try:
        ask(call)
    except NotKnownToStripe:
        return True
    except GatewayMisused as refused:
        return "PermissionError" not in str(refused) and "AuthenticationError" not in str(refused)
    return True


def _read(found: stripe.WebhookEndpoint) -> Endpoint:
    return Endpoint(
        endpoint=found.id,
        url=found.url,
        kinds=tuple(found.enabled_events),
        api_version=found.api_version or "",
        enabled=found.status == "enabled",
    )
