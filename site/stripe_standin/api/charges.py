"""Charges: each attempt to take money."""

from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.api.listing import listed
from stripe_standin.store import Row
from stripe_standin.wire import Params


@call("GET", "/v1/charges/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One charge."""
    return needed(account, id, "charge", "charge")


@call("GET", "/v1/charges", "payment_intent customer created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The charges, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("payment_intent", "customer") if name in params}
    return listed(account, "charge", params, "/v1/charges", equal)
