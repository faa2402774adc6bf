"""What Stripe says of itself: signed messages, snapshot or thin, verified before they are read; and their list."""

import json
import re
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import stripe
from django.conf import settings
from stripe.params import EventListParams

from donations.exceptions import BadSignature, WrongMode
from donations.gateway.asking import client, every, is_live, moment
from donations.gateway.values import Event

TOLERANCE = 300  # seconds that a signature may be old, or ahead of our clock
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # PostgreSQL keeps neither in JSON
MOST_KINDS = 20  # that Stripe lists at once


def read_event(body: bytes, signature: str | None) -> Event:
    """Verify a webhook's raw body against its Stripe-Signature header, and read it, whether it is snapshot or thin.

    Raises BadSignature where no secret of ours made the signature, where it is more than 300 seconds old or ahead,
    or where the body is no event; WrongMode where a live event meets a test key or the reverse.
    """
    header = signature or ""
    if not header.isascii():
        raise BadSignature("The signature holds characters that Stripe never sends.")
    if not any(_is_signed(body, header, secret) for secret in settings.STRIPE_WEBHOOK_SECRETS):
        raise BadSignature("The message is not signed with a secret of ours, or is too old.")
    if _stamp(header) > time.time() + TOLERANCE:  # the library accepts any time to come
        raise BadSignature("The message is dated in the future.")
    try:
        event = _read(_storable(json.loads(body)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadSignature("The message is signed, but it is no event.") from None
    if event.livemode is not is_live():
        raise WrongMode(f"{event.id} is {_mode(event.livemode)}, and our key is {_mode(is_live())}.")
    return event


def events_since(since: datetime, kinds: Sequence[str]) -> Iterator[Event]:
    """What Stripe told since a moment, newest first, of the given kinds; Stripe remembers thirty days.

    Raises PaymentsUnavailable, GatewayMisused.
    """
    for first in range(0, len(kinds), MOST_KINDS):
        params: EventListParams = {
            "created": {"gte": int(since.timestamp())},
            "types": list(kinds[first : first + MOST_KINDS]),
            "limit": 100,
        }
        for found in every(lambda asked: client().v1.events.list(asked).auto_paging_iter(), params):
            yield _read(_storable(found.to_dict()))


def _read(payload: dict[str, Any]) -> Event:
    """A snapshot event carries its object; a thin one only says which object it is about."""
    match payload["object"]:
        case "event":
            told = payload["data"]["object"]
            created, thin, twin = moment(payload["created"]), False, ""
        case "v2.core.event":
            related = payload.get("related_object") or {}
            told = {"id": related.get("id"), "object": related.get("type")}
            created, thin = datetime.fromisoformat(payload["created"]), True
            twin = payload.get("snapshot_event") or ""
        case _:
            raise ValueError("no event")
    if not (isinstance(payload["id"], str) and isinstance(payload["type"], str)):
        raise TypeError("an event without a name")
    return Event(
        id=payload["id"],
        kind=payload["type"].removeprefix("v1.") if thin else payload["type"],
        livemode=payload["livemode"],
        api_version=payload.get("api_version") or "",
        created=created,
        object_id=told.get("id") or "",
        object_type=told.get("object") or "",
        payload=payload,
        thin=thin,
        twin=twin,
    )


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
    if isinstance(value, Decimal):  # the library makes one of Stripe's text
        return str(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _mode(live: bool) -> str:
    return "live" if live else "test"
