"""Charges: each attempt to take money."""

from stripe_standin.account import Account
from stripe_standin.api.calls import call, created_within, needed, page
from stripe_standin.store import Row
from stripe_standin.wire import Params


@call("GET", "/v1/charges/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One charge."""
    return needed(account, id, "charge", "charge")


@call("GET", "/v1/charges", "payment_intent created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The charges, newest first."""
    equal = {"payment_intent": params["payment_intent"]} if "payment_intent" in params else {}
    return page(created_within(account.store.every("charge", **equal), params.get("created")), params, "/v1/charges")
