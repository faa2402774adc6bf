"""Payouts: listed and explained; or made by the charity's own hand."""

from typing import Any

from stripe_standin import payouts
from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params

POOR = "You have insufficient funds in your Stripe account for this transfer."


@call("POST", "/v1/payouts", "amount currency description statement_descriptor metadata[*]")
def create(account: Account, params: Params) -> Row:
    """Pay out an amount by hand."""
    said = {name: params[name] for name in ("description", "statement_descriptor") if name in params}
    metadata = merged({}, params.get("metadata"))
    try:
        return payouts.pay_out_by_hand(
            account, int(params["amount"]), params["currency"].lower(), metadata=metadata, **said
        )
    except payouts.NothingToPayOut:
        raise ApiError(400, POOR, code="balance_insufficient") from None


@call("GET", "/v1/payouts/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One payout."""
    return needed(account, id, "payout", "payout", "payout")


@call("POST", "/v1/payouts/{id}", "metadata[*]")
def update(account: Account, params: Params, id: str) -> Row:
    """Change what the charity noted on a payout."""
    payout = needed(account, id, "payout", "payout", "payout")
    changed = account.change(payout, metadata=merged(payout["metadata"], params.get("metadata")))
    account.announce("payout.updated", changed, previous={"metadata": payout["metadata"]})
    return changed


@call("POST", "/v1/payouts/{id}/cancel")
def cancel(account: Account, params: Params, id: str) -> Row:
    """Stop a payout that has not left."""
    needed(account, id, "payout", "payout", "payout")
    try:
        return payouts.cancel(account, id)
    except ValueError as error:
        raise ApiError(400, str(error)) from None


@call("GET", "/v1/payouts", "status created created[*] arrival_date arrival_date[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The payouts, newest first."""
    equal = {"status": params["status"]} if "status" in params else {}
    return listed(account, "payout", params, "/v1/payouts", equal, **_arrives(params.get("arrival_date")))


def _arrives(wanted: Any) -> dict[str, Any]:
    """A condition on the day of arrival: a number, or a map of gt, gte, lt, lte."""
    if wanted is None:
        return {}
    bounds = {"gte": wanted, "lte": wanted} if isinstance(wanted, str) else wanted
    signs = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
    where = " AND ".join(f"json_extract(body, '$.arrival_date') {signs[name]} ?" for name in bounds)
    return {"where": where, "values": [int(value) for value in bounds.values()]}
