"""Events: what was announced, for 30 days."""

import re

from stripe_standin.account import Account
from stripe_standin.api.calls import call, created_within, needed, page
from stripe_standin.store import Row
from stripe_standin.wire import Params, refused

THIRTY_DAYS = 30 * 86_400


@call("GET", "/v1/events/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One event, as it was sent."""
    return needed(account, id, "event", "event")


@call("GET", "/v1/events", "type types[] created created[*] delivery_success", paged=True)
def every(account: Account, params: Params) -> Row:
    """The events of the last 30 days, newest first; by type, or by up to twenty types."""
    wanted = params.get("types", [])
    if len(wanted) > 20:
        raise refused("types", "You may pass up to 20 event types.", "parameter_invalid_integer")
    if "type" in params:
        wanted = [params["type"]]
    rows = [row for row in account.store.every("event") if row["created"] >= account.now() - THIRTY_DAYS]
    if wanted:
        patterns = [re.compile(re.escape(name).replace(r"\*", ".*")) for name in wanted]
        rows = [row for row in rows if any(pattern.fullmatch(row["type"]) for pattern in patterns)]
    if "delivery_success" in params:
        undelivered = {
            row["event"] for row in account.store.rows("SELECT event FROM deliveries WHERE state <> 'delivered'")
        }
        rows = [row for row in rows if (row["id"] not in undelivered) == (params["delivery_success"] == "true")]
    return page(created_within(rows, params.get("created")), params, "/v1/events")
