"""Thin events: which object changed, and where its present state can be read. Each has a whole event as its twin."""

from datetime import UTC, datetime

from stripe_standin.account import Account
from stripe_standin.store import Row

SETTING = "thin"


def wanted(account: Account, endpoint: Row) -> bool:
    """Whether an endpoint is sent thin events: its own setting, or the stand-in's."""
    return endpoint.get("metadata", {}).get("event_payload") == "thin" or bool(account.store.setting(SETTING))


def set_thin(account: Account, *, thin: bool) -> None:
    """Whether events are sent thin from now on."""
    account.store.set(SETTING, "1" if thin else "")


def notification(event: Row) -> Row:
    """The thin twin of an event, as it is sent."""
    body = event["data"]["object"]
    related = {"id": body["id"], "type": body["object"], "url": _place(body)}
    return fetched(event) | {"related_object": related}


def fetched(event: Row) -> Row:
    """The thin twin of an event, as it is read from the API."""
    request = event["request"] or {}
    reason = None
    if request.get("id"):
        asked = {"id": request["id"], "idempotency_key": request["idempotency_key"] or ""}
        reason = {"type": "request", "request": asked}
    return {
        "id": event["id"].replace("evt_", "evt_test_", 1),
        "object": "v2.core.event",
        "type": f"v1.{event['type']}",
        "created": datetime.fromtimestamp(event["created"], UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "livemode": event["livemode"],
        "context": None,
        "reason": reason,
        "snapshot_event": event["id"],
    }


def twin_of(thin_id: str) -> str:
    """The id of the whole event to which a thin one belongs."""
    return thin_id.replace("evt_test_", "evt_", 1)


def _place(body: Row) -> str:
    """Where an object is read, such as /v1/checkout/sessions/cs_1."""
    return f"/v1/{body['object'].replace('.', '/')}s/{body['id']}"
