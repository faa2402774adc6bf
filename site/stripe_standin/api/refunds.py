"""Refunds: made by the charity, asked about, and listed."""

from stripe_standin import refunds
from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, missing


@call("POST", "/v1/refunds", "charge payment_intent amount reason metadata[*]")
def create(account: Account, params: Params) -> Row:
    """Give money back: of a charge, or of the charge that a PaymentIntent led to."""
    charge = _charge(account, params)
    amount = int(params["amount"]) if "amount" in params else None
    try:
        return refunds.refund(account, charge, amount, params.get("reason"), merged({}, params.get("metadata")))
    except refunds.NotRefundable as error:
        raise ApiError(400, str(error), code=error.code, param=error.param) from None


@call("GET", "/v1/refunds/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One refund."""
    return needed(account, id, "refund", "refund")


@call("POST", "/v1/refunds/{id}", "metadata[*]")
def update(account: Account, params: Params, id: str) -> Row:
    """Change what the charity noted on a refund."""
    refund = needed(account, id, "refund", "refund")
    changed = account.change(refund, metadata=merged(refund["metadata"], params.get("metadata")))
    if changed != refund:
        account.announce("refund.updated", changed, previous={"metadata": refund["metadata"]})
    return changed


@call("GET", "/v1/refunds", "charge payment_intent created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The refunds, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("charge", "payment_intent") if name in params}
    return listed(account, "refund", params, "/v1/refunds", equal)


def _charge(account: Account, params: Params) -> Row:
    if "charge" in params:
        return needed(account, params["charge"], "charge", "charge", "charge")
    if "payment_intent" not in params:
        raise missing("payment_intent")
    intent = needed(account, params["payment_intent"], "payment_intent", "payment_intent", "payment_intent")
    if intent["status"] != "succeeded":
        raise ApiError(400, f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
    return account.need(intent["latest_charge"], "charge")
