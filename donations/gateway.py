"""Everything that is said to Stripe, and everything that Stripe says: the one module that imports `stripe`.

It takes and returns our own values (pence, references, the small classes below), never Stripe's objects, and touches
no database: the caller commits first. Stripe's refusals leave as facts of `donations.exceptions`, which name Stripe's
request id and error code, and never a key, a secret or what the donor typed.

open_checkout, ensure_product, expire_checkout    ask Stripe to do something, each under a key of ours
fetch_payment, fetch_checkout                     read the present state, which is what counts
read_event                                        verify a webhook's raw body and read it, a hint to fetch
check_configuration                               refuse to start with a key and an address that do not belong together
"""

import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeVar

import stripe
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from stripe import RequestOptions
from stripe.params import PaymentIntentRetrieveParams, ProductCreateParams
from stripe.params.checkout import SessionCreateParams

from donations.exceptions import (
    AttemptChanged,
    BadSignature,
    GatewayMisused,
    NotKnownToStripe,
    PaymentsUnavailable,
    WrongMode,
)

API_VERSION = stripe.api_version  # the webhook endpoint must be set to the same
STRIPES_OWN = "https://api.stripe.com"
TIMEOUT = 10  # seconds; the library's own 80 would hold every web worker through one slow minute at Stripe
RETRIES = 2  # under the same key
TOLERANCE = 300  # seconds that a signature may be old, or ahead of our clock
Answer = TypeVar("Answer")
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # PostgreSQL keeps neither in JSON


@dataclass(frozen=True)
class Checkout:
    """Stripe's payment page, opened for one gift."""

    session_id: str
    url: str


@dataclass(frozen=True)
class CheckoutState:
    """How a payment page stands. `status`: open, complete, expired. `payment_status`: paid, unpaid."""

    session_id: str
    reference: str | None
    status: str
    payment_status: str
    payment_intent: str | None


@dataclass(frozen=True)
class Payment:
    """A payment as Stripe has it now.

    `reference` is ours, None where we did not start it. `pence` is what was received once `status` is "succeeded",
    else what is asked. `fee_pence` and `net_pence` are None until Stripe knows the fee. `method` is Stripe's word
    (card, bacs_debit…), "" before there is a charge. `received_at` is when the card was charged, or before that when
    the payment was begun, in UTC.
    """

    payment_intent: str
    reference: str | None
    status: str
    pence: int
    currency: str
    charge: str | None
    fee_pence: int | None
    net_pence: int | None
    method: str
    received_at: datetime
    livemode: bool

    @property
    def succeeded(self) -> bool:
        """Whether the money is ours."""
        return self.status == "succeeded"

    @property
    def received_on(self) -> date:
        """The day, as the charity's calendar has it."""
        return timezone.localdate(self.received_at)


@dataclass(frozen=True)
class Event:
    """A signed message from Stripe, verified. `payload` is the whole event, fit to be stored as JSON."""

    id: str
    kind: str
    livemode: bool
    api_version: str
    created: datetime
    object_id: str
    object_type: str
    payload: dict[str, Any]


# ---- asking Stripe to do something


def ensure_product(*, slug: str, name: str) -> str:
    """The id of the appeal's product at Stripe, which is made if it is not there. May be repeated for ever.

    Raises PaymentsUnavailable, GatewayMisused.
    """
    product_id = f"appeal-{slug}"
    params: ProductCreateParams = {"id": product_id, "name": name, "metadata": {"appeal": slug}}
    with suppress(_AlreadyThere, AttemptChanged):  # made earlier, perhaps under an earlier name: the id is what counts
        _ask(lambda: _client().v1.products.create(params, {"idempotency_key": f"product-{slug}"}))
    return product_id


def open_checkout(
    *,
    reference: str,
    pence: int,
    appeal_slug: str,
    appeal_name: str,
    email: str,
    success_url: str,
    cancel_url: str,
) -> Checkout:
    """Open Stripe's payment page for one gift of `pence`. The pledge's reference is the key: repeating it is harmless.

    Stripe fills in {CHECKOUT_SESSION_ID} where `success_url` says so. Raises PaymentsUnavailable; AttemptChanged where
    the reference was used for another gift; GatewayMisused.
    """

    def ask(product: str) -> Checkout:
        params: SessionCreateParams = {
            "mode": "payment",
            "submit_type": "donate",
            "line_items": [
                {"quantity": 1, "price_data": {"currency": "gbp", "unit_amount": pence, "product": product}},
            ],
            "client_reference_id": reference,
            "customer_email": email,
            "metadata": {"reference": reference},
            # Stripe copies no metadata from the session to the payment, and the payment is what we are told about.
            "payment_intent_data": {"metadata": {"reference": reference}, "description": f"{appeal_name}: {reference}"},
            "success_url": success_url,
            "cancel_url": cancel_url,
        }
        key: RequestOptions = {"idempotency_key": f"checkout-{reference}"}
        session = _ask(lambda: _client().v1.checkout.sessions.create(params, key))
        if not session.url:  # only a page that was paid or closed has no address to send anybody to
            raise GatewayMisused("Stripe opened a payment page without an address.")
        return Checkout(session_id=session.id, url=session.url)

    try:
        return ask(_product(settings.STRIPE_KEY, _base(), appeal_slug, appeal_name))
    except NotKnownToStripe:  # an account that was emptied since this process last looked: a stand-in, begun afresh
        _product.cache_clear()
        return ask(_product(settings.STRIPE_KEY, _base(), appeal_slug, appeal_name))


@lru_cache(maxsize=1000)  # so that a gift costs one call to Stripe, not two
def _product(key: str, base: str, slug: str, name: str) -> str:
    """The appeal's product in the account of `key`, looked after once a process."""
    return ensure_product(slug=slug, name=name)


def expire_checkout(session_id: str) -> CheckoutState:
    """Close a payment page that nobody has paid on. One that is paid or closed already is left as it is.

    Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused.
    """
    state = fetch_checkout(session_id)
    if state.status != "open":
        return state
    try:
        session = _ask(lambda: _client().v1.checkout.sessions.expire(session_id))
    except GatewayMisused:
        state = fetch_checkout(session_id)
        if state.status == "open":
            raise
        return state  # the donor paid between the two calls
    return _checkout_state(session)


# ---- reading what is


def fetch_checkout(session_id: str) -> CheckoutState:
    """How a payment page stands now. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    return _checkout_state(_ask(lambda: _client().v1.checkout.sessions.retrieve(session_id)))


def fetch_payment(payment_intent: str) -> Payment:
    """A payment as it is now, with its charge and its fee.

    Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused.
    """
    params: PaymentIntentRetrieveParams = {"expand": ["latest_charge.balance_transaction"]}
    intent = _ask(lambda: _client().v1.payment_intents.retrieve(payment_intent, params))
    charge = intent.latest_charge if isinstance(intent.latest_charge, stripe.Charge) else None
    line = charge.balance_transaction if charge else None
    line = line if isinstance(line, stripe.BalanceTransaction) else None
    details = charge.payment_method_details if charge else None
    succeeded = intent.status == "succeeded"
    return Payment(
        payment_intent=intent.id,
        reference=_reference(intent.metadata),
        status=intent.status,
        pence=intent.amount_received if succeeded else intent.amount,
        currency=intent.currency,
        charge=charge.id if charge else None,
        fee_pence=line.fee if line else None,
        net_pence=line.net if line else None,
        method=details.type if details else "",
        received_at=_moment((charge or intent).created),
        livemode=intent.livemode,
    )


def _checkout_state(session: stripe.checkout.Session) -> CheckoutState:
    intent = session.payment_intent
    return CheckoutState(
        session_id=session.id,
        reference=session.client_reference_id or _reference(session.metadata),
        status=session.status or "",
        payment_status=session.payment_status,
        payment_intent=intent.id if isinstance(intent, stripe.PaymentIntent) else intent,
    )


def _reference(metadata: stripe.StripeObject | None) -> str | None:
    """Our reference, where the object carries one."""
    return metadata.to_dict().get("reference") or None if metadata is not None else None


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


# ---- hearing from Stripe


def read_event(body: bytes, signature: str | None) -> Event:
    """Verify a webhook's raw body against its Stripe-Signature header, and read it.

    Raises BadSignature where no secret of ours made the signature, where it is more than 300 seconds old or ahead,
    or where the body is no snapshot event; WrongMode where a live event meets a test key or the reverse.
    """
    header = signature or ""
    if not header.isascii():
        raise BadSignature("The signature holds characters that Stripe never sends.")
    if not any(_is_signed(body, header, secret) for secret in settings.STRIPE_WEBHOOK_SECRETS):
        raise BadSignature("The message is not signed with a secret of ours, or is too old.")
    if _stamp(header) > time.time() + TOLERANCE:  # the library accepts any time to come
        raise BadSignature("The message is dated in the future.")
    try:
        payload = _storable(json.loads(body))
        event = Event(
            id=payload["id"],
            kind=payload["type"],
            livemode=payload["livemode"],
            api_version=payload.get("api_version") or "",
            created=_moment(payload["created"]),
            object_id=payload["data"]["object"].get("id") or "",
            object_type=payload["data"]["object"].get("object") or "",
            payload=payload,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadSignature("The message is signed, but it is no snapshot event.") from None
    if payload.get("object") != "event" or not (isinstance(event.id, str) and isinstance(event.kind, str)):
        raise BadSignature("The message is signed, but it is no snapshot event.")
    if event.livemode is not is_live():
        raise WrongMode(f"{event.id} is {_mode(event.livemode)}, and our key is {_mode(is_live())}.")
    return event


def _is_signed(body: bytes, header: str, secret: str) -> bool:
    """Whether the signature was made with `secret` and is not too old."""
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE)
    except (stripe.SignatureVerificationError, ValueError):  # ValueError: the body is not UTF-8
        return False
    return True


def _stamp(header: str) -> int:
    """The time of a signature that has been verified: the same `t` that the library read."""
    return next(int(part.split("=", 2)[1]) for part in header.split(",") if part.split("=", 2)[0] == "t")


def _storable(value: Any) -> Any:
    """`value` with what PostgreSQL cannot keep in JSON replaced: a name must not make an event unstorable."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


# ---- key, address, client


def is_live() -> bool:
    """Whether our key moves real money."""
    return settings.STRIPE_KEY.startswith(("sk_live_", "rk_live_"))


def is_demonstration() -> bool:
    """Whether payments go to a stand-in and not to Stripe: every public page must say so."""
    return _base() != STRIPES_OWN


def check_configuration() -> None:
    """Raise ImproperlyConfigured where key, address and DEMO do not belong together. Called when the app starts."""
    if is_live() and is_demonstration():
        raise ImproperlyConfigured("STRIPE_KEY is a live key, so STRIPE_API_BASE may be nothing but Stripe's own.")
    if is_demonstration() and not settings.DEMO:
        raise ImproperlyConfigured("STRIPE_API_BASE is not Stripe's own: that is for the demo and the tests only.")
    if settings.STRIPE_KEY and not settings.STRIPE_KEY.startswith(("sk_live_", "rk_live_", "sk_test_", "rk_test_")):
        raise ImproperlyConfigured("STRIPE_KEY is no secret or restricted key of Stripe's: it begins with sk_ or rk_.")


def _base() -> str:
    base: str = settings.STRIPE_API_BASE
    return base.rstrip("/")


def _mode(live: bool) -> str:
    return "live" if live else "test"


def _client() -> stripe.StripeClient:
    if not settings.STRIPE_KEY:
        raise GatewayMisused("STRIPE_KEY is not set, so no payment can be taken.")
    return _client_for(settings.STRIPE_KEY, _base())


@lru_cache(maxsize=4)  # one a process; tests speak to several stand-ins in turn
def _client_for(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base},
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
        max_network_retries=RETRIES,
    )


def forget_clients() -> None:
    """Begin afresh: nothing is remembered of any account. For tests, each of which has a stand-in of its own."""
    _client_for.cache_clear()
    _product.cache_clear()


# ---- Stripe's errors as facts of ours


class _AlreadyThere(GatewayMisused):
    """There is an object with this id already."""


def _ask(call: Callable[[], Answer]) -> Answer:
    """Ask Stripe. What its library raises becomes a fact, and is let go: it may quote what was sent."""
    try:
        return call()
    except stripe.StripeError as error:
        fact = _fact(error)
    raise fact


def _fact(error: stripe.StripeError) -> Exception:
    param = getattr(error, "param", None)
    where = f"at {param}" if param else None
    request = f"({error.request_id or 'no request id'})"
    said = " ".join(filter(None, [type(error).__name__, error.code, where, request]))
    match error:
        case stripe.IdempotencyError() if error.code != "idempotency_key_in_use":
            return AttemptChanged(said)
        case stripe.InvalidRequestError(code="resource_already_exists"):
            return _AlreadyThere(said)
        case stripe.InvalidRequestError(code="resource_missing"):
            return NotKnownToStripe(said)
        case stripe.APIConnectionError() | stripe.RateLimitError() | stripe.APIError() | stripe.IdempotencyError():
            return PaymentsUnavailable(said)
    return GatewayMisused(said)
