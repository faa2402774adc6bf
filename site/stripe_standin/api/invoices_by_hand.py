"""Invoices written by hand, and what they ask for."""

from stripe_standin import by_hand
from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.store import Row
from stripe_standin.wire import Params, missing, refused


@call("POST", "/v1/invoiceitems", "customer amount currency description")
def create_item(account: Account, params: Params) -> Row:
    """Something that the customer's next invoice will ask for."""
    customer = needed(account, params["customer"], "customer", "customer", "customer")
    if "amount" not in params:
        raise missing("amount")
    return by_hand.add_item(
        account, customer, int(params["amount"]), params.get("currency", "gbp"), params.get("description")
    )


@call("POST", "/v1/invoices", "customer description pending_invoice_items_behavior")
def create(account: Account, params: Params) -> Row:
    """An invoice of everything that waits for one."""
    if "customer" not in params:
        raise missing("customer")
    if params.get("pending_invoice_items_behavior") != "include":
        name = "pending_invoice_items_behavior"
        raise refused(name, "The stand-in's invoices take what waits: say include.", "standin_not_implemented")
    customer = needed(account, params["customer"], "customer", "customer", "customer")
    return by_hand.draft(account, customer, params.get("description"))


@call("POST", "/v1/invoices/{id}/finalize")
def finalize(account: Account, params: Params, id: str) -> Row:
    """Send a draft: it changes no more."""
    return by_hand.finalize(account, needed(account, id, "invoice", "invoice", "invoice"))
