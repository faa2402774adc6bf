"""How Stripe is asked: the client, the key and its address, the guards at the start, and Stripe's errors as facts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

import requests
import stripe
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from requests.utils import get_environ_proxies
from stripe import RequestOptions

from donations.exceptions import AttemptChanged, GatewayMisused, NotKnownToStripe, PaymentsUnavailable

API_VERSION = stripe.api_version  # the webhook endpoint must be set to the same
STRIPES_OWN = "https://api.stripe.com"
TIMEOUT = 10  # seconds; the library's own 80 would hold every web worker through one slow minute at Stripe
RETRIES = 2  # under the same key
LIVE_KEYS = ("sk_live_", "rk_live_")
TEST_KEYS = ("sk_test_", "rk_test_")
Answer = TypeVar("Answer")
Asked = TypeVar("Asked")


# ---- key and address


def is_live() -> bool:
    """Whether our key moves real money."""
    return settings.STRIPE_KEY.startswith(LIVE_KEYS)


def is_demonstration() -> bool:
    """Whether payments go to a stand-in and not to Stripe: every public page must say so."""
    return base() != STRIPES_OWN


def check_configuration() -> None:
    """Raise ImproperlyConfigured where key, address and DEMO do not belong together. Called when the app starts."""
    if is_live() and is_demonstration():
        raise ImproperlyConfigured("STRIPE_KEY is a live key, so STRIPE_API_BASE may be nothing but Stripe's own.")
    if is_demonstration() and not settings.DEMO:
        raise ImproperlyConfigured("STRIPE_API_BASE is not Stripe's own: that is for the demo and the tests only.")
    if settings.STRIPE_KEY and not settings.STRIPE_KEY.startswith(LIVE_KEYS + TEST_KEYS):
        raise ImproperlyConfigured("STRIPE_KEY is no secret or restricted key of Stripe's: it begins with sk_ or rk_.")


def base() -> str:
    """Where Stripe, or its stand-in, is asked."""
    said: str = settings.STRIPE_API_BASE
    return said.rstrip("/")


# ---- the client


def client() -> stripe.StripeClient:
    """The client of our key and address, one a process. Raises GatewayMisused where no key is set."""
    if not settings.STRIPE_KEY:
        raise GatewayMisused("STRIPE_KEY is not set, so no payment can be taken.")
    return _client_for(settings.STRIPE_KEY, base())


@lru_cache(maxsize=4)  # tests speak to several stand-ins in turn
def _client_for(key: str, address: str) -> stripe.StripeClient:
    session = requests.Session()
    session.proxies, session.trust_env = get_environ_proxies(address), False  # else they are looked for at each call
    return stripe.StripeClient(
        key,
        base_addresses={"api": address},
        http_client=stripe.RequestsClient(timeout=TIMEOUT, session=session),
        max_network_retries=RETRIES,
    )


def forget_clients() -> None:
    """Begin afresh. For tests, each of which has a stand-in of its own."""
    _client_for.cache_clear()


def keyed(key: str) -> RequestOptions:
    """The options of a call that may be repeated: `key` comes from a row of ours, committed before the call."""
    return {"idempotency_key": key}


# ---- Stripe's errors as facts of ours


class AlreadyThere(GatewayMisused):
    """There is an object with this id already."""


def ask(call: Callable[[], Answer]) -> Answer:
    """Ask Stripe. What its library raises becomes a fact, and is let go: it may quote what was sent.

    Raises PaymentsUnavailable, NotKnownToStripe, AttemptChanged, AlreadyThere, GatewayMisused.
    """
    try:
        return call()
    except stripe.StripeError as error:
        fact = _fact(error)
    raise fact


def ask_plainly(method: str, path: str, params: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """Ask Stripe for what every gift needs, and take the answer as it was sent: no object of the library's is made.

    That spares a third of the question's cost. Raises what `ask` raises.
    """
    answer = ask(lambda: client().raw_request(method, path, **params, **options))
    said: dict[str, Any] = answer.data
    return said


def every(listing: Callable[[Asked], Iterator[Answer]], asked: Asked) -> Iterator[Answer]:
    """Everything that a list of Stripe's holds, page after page; each page is a call of its own, with its own facts."""
    pages = ask(lambda: listing(asked))
    while (found := ask(lambda: next(pages, None))) is not None:
        yield found


def _fact(error: stripe.StripeError) -> Exception:
    param = getattr(error, "param", None)
    where = f"at {param}" if param else None
    request = f"({error.request_id or 'no request id'})"
    said = " ".join(filter(None, [type(error).__name__, error.code, where, request]))
    match error:
        case stripe.IdempotencyError() if error.code != "idempotency_key_in_use":
            return AttemptChanged(said)
        case stripe.InvalidRequestError(code="resource_already_exists"):
            return AlreadyThere(said)
        case stripe.InvalidRequestError(code="resource_missing"):
            return NotKnownToStripe(said)
        case stripe.APIConnectionError() | stripe.RateLimitError() | stripe.APIError() | stripe.IdempotencyError():
            return PaymentsUnavailable(said)
    return GatewayMisused(said)


# ---- reading Stripe's objects


def moment(stamp: int) -> datetime:
    """Stripe's seconds as a moment in UTC."""
    return datetime.fromtimestamp(stamp, UTC)


def moment_or_none(stamp: int | None) -> datetime | None:
    """The same, where there may be none."""
    return None if stamp is None else moment(stamp)


def reference_in(metadata: stripe.StripeObject | None) -> str | None:
    """Our reference, where the object carries one."""
    return metadata.to_dict().get("reference") or None if metadata is not None else None


def id_of(thing: object) -> str | None:
    """The id of what may be an object, an id or nothing."""
    if thing is None or isinstance(thing, str):
        return thing or None
    found: str = thing.id  # type: ignore[attr-defined] # whatever Stripe expands has one
    return found
