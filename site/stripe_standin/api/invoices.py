"""Invoices, by which subscriptions ask to be paid; and invoice payments, which lead from a payment to its invoice."""

from stripe_standin import by_hand, invoicing, renewals
from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.api.listing import listed
from stripe_standin.api.payment_methods import usable
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, refused


@call("GET", "/v1/invoices/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One invoice."""
    return needed(account, id, "invoice", "invoice", "invoice")


@call("GET", "/v1/invoices", "subscription customer status created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The invoices, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("customer", "status") if name in params}
    if "subscription" in params:
        equal["parent.subscription_details.subscription"] = params["subscription"]
    return listed(account, "invoice", params, "/v1/invoices", equal)


@call("POST", "/v1/invoices/{id}/pay", "payment_method")
def pay(account: Account, params: Params, id: str) -> Row:
    """Try now to collect what is open."""
    invoice = needed(account, id, "invoice", "invoice", "invoice")
    if invoice["parent"] is None:
        return by_hand.pay(account, invoice, usable(account, params.get("payment_method", "")))
    if "payment_method" in params:
        message = "The stand-in pays a subscription's invoice by the subscription's own means."
        raise refused("payment_method", message, "standin_not_implemented")
    if invoice["status"] != "open":
        raise ApiError(400, f"Invoice is already {invoice['status']}", code="invoice_not_editable")
    renewals.retry(account, id)
    return account.need(id, "invoice")


@call("POST", "/v1/invoices/{id}/void")
def void(account: Account, params: Params, id: str) -> Row:
    """Nobody is to pay this."""
    invoice = needed(account, id, "invoice", "invoice", "invoice")
    if invoice["status"] != "open":
        raise ApiError(400, f"You can only pass in open invoices. This invoice is {invoice['status']}.")
    account.never("retry", id)
    return invoicing.void(account, invoice)


@call("GET", "/v1/invoice_payments/{id}")
def retrieve_payment(account: Account, params: Params, id: str) -> Row:
    """What pays, or is to pay, an invoice."""
    return needed(account, id, "invoice_payment", "invoice_payment", "invoice_payment")


@call("GET", "/v1/invoice_payments", "invoice status payment[type] payment[payment_intent] created[*]", paged=True)
def every_payment(account: Account, params: Params) -> Row:
    """What pays an invoice; or by a PaymentIntent, which invoice it pays."""
    equal: dict[str, str] = {name: params[name] for name in ("invoice", "status") if name in params}
    if "payment" in params:
        asked = params["payment"]
        equal["payment.type"] = asked["type"]
        if "payment_intent" in asked:
            equal["payment.payment_intent"] = asked["payment_intent"]
    return listed(account, "invoice_payment", params, "/v1/invoice_payments", equal)
