"""The payment page as a program reaches it. Stripe does not publish these addresses; its own CLI pays by them."""

from stripe_standin import payments
from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.api.payment_methods import usable
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params


@call("GET", "/v1/payment_pages/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """What the page is for."""
    return needed(account, id, "checkout.session", "checkout.session")


@call("POST", "/v1/payment_pages/{id}/confirm", "payment_method expected_amount")
def confirm(account: Account, params: Params, id: str) -> Row:
    """Pay on the page."""
    session = needed(account, id, "checkout.session", "checkout.session")
    if "expected_amount" in params and int(params["expected_amount"]) != session["amount_total"]:
        raise ApiError(400, "The amount has changed.", code="checkout_amount_mismatch", param="expected_amount")
    try:
        return payments.pay_with(account, id, usable(account, params["payment_method"]))
    except payments.NotOpen:
        raise ApiError(400, f"This Checkout Session is {session['status']}.") from None
