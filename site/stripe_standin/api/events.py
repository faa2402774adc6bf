"""Events: what was announced, for 30 days."""

from collections.abc import Iterable
from functools import cache

from stripe_standin import thin
from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.api.listing import listed
from stripe_standin.specification import LIBRARY
from stripe_standin.specification.shapes import Exactly
from stripe_standin.store import Row
from stripe_standin.wire import Params, no_such, refused

THIRTY_DAYS = 30 * 86_400
DELIVERED = (
    "{} (SELECT 1 FROM deliveries WHERE event = objects.id AND state <> 'delivered')",
    {"true": "NOT EXISTS", "false": "EXISTS"},
)


@call("GET", "/v1/events/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One event, as it was sent."""
    return needed(account, id, "event", "event")


@call("GET", "/v2/core/events/{id}")
def retrieve_thin(account: Account, params: Params, id: str) -> Row:
    """One thin event."""
    event = account.store.get(thin.twin_of(id), "event")
    if event is None:
        raise no_such("event", id)
    return thin.fetched(event)


@call("GET", "/v1/events", "type types[] created created[*] delivery_success", paged=True)
def every(account: Account, params: Params) -> Row:
    """The events of the last 30 days, newest first; by type, or by up to twenty types."""
    wanted = params.get("types", [])
    if len(wanted) > 20:
        raise refused("types", "You may pass up to 20 event types.", "parameter_invalid_integer")
    if "type" in params:
        wanted = [params["type"]]
    where = ""
    if "delivery_success" in params:
        where = DELIVERED[0].format(DELIVERED[1][params["delivery_success"]])
    any_of = ("type", _meant(wanted)) if wanted else None
    since = account.now() - THIRTY_DAYS
    return listed(account, "event", params, "/v1/events", any_of=any_of, where=where, since=since)


@cache
def _kinds() -> tuple[str, ...]:
    """Every type of event that Stripe has."""
    shape = LIBRARY.need("event").fields["type"].shape
    return shape.values if isinstance(shape, Exactly) else ()


def _meant(wanted: Iterable[str]) -> list[str]:
    """Types by name; `charge.*` means all that begin so."""
    kinds: list[str] = []
    for name in wanted:
        kinds += [kind for kind in _kinds() if kind.startswith(name[:-1])] if name.endswith("*") else [name]
    return kinds
