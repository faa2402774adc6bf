"""The billing portal: a page of Stripe's own, on which a regular donor names another card."""

from stripe_standin import portal
from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, missing


@call(
    "POST",
    "/v1/billing_portal/sessions",
    """customer return_url locale flow_data[type] flow_data[after_completion][type]
    flow_data[after_completion][redirect][return_url]""",
)
def create(account: Account, params: Params) -> Row:
    """Open a page for one customer, with the flow `payment_method_update`."""
    if "customer" not in params:
        raise missing("customer")
    customer = needed(account, params["customer"], "customer", "customer", "customer")
    flow = params.get("flow_data", {})
    if flow.get("type") != portal.FLOW:
        message = f"The stand-in's portal has one flow: {portal.FLOW}."
        raise ApiError(400, message, code="standin_not_implemented", param="flow_data[type]")
    after = flow.get("after_completion", {}).get("redirect", {}).get("return_url")
    return portal.open_session(account, customer["id"], params.get("return_url"), after)
