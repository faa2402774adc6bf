"""Customers: whoever gives regularly, with the card or account that she gives from."""

from typing import Any

from stripe_standin import customers, methods, renewals
from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.api.payment_methods import usable
from stripe_standin.store import Row
from stripe_standin.wire import Params

FIELDS = ("name", "email", "description", "phone")
TAKEN = "name email description phone metadata[*] invoice_settings[default_payment_method]"


@call("POST", "/v1/customers", f"{TAKEN} payment_method")
def create(account: Account, params: Params) -> Row:
    """Make a customer."""
    known = {name: params[name] or None for name in FIELDS if name in params}
    customer = customers.make(account, **known, metadata=merged({}, params.get("metadata")))
    if "payment_method" in params:
        method = methods.attach(account, usable(account, params["payment_method"]), customer["id"])
        if params.get("invoice_settings", {}).get("default_payment_method") == params["payment_method"]:
            params = params | {"invoice_settings": {"default_payment_method": method["id"]}}
    return _settle_default(account, customer, params)


@call("GET", "/v1/customers/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One customer; of one that was deleted, that she was."""
    return account.store.get(id, "gone") or needed(account, id, "customer", "customer")


@call("POST", "/v1/customers/{id}", TAKEN)
def update(account: Account, params: Params, id: str) -> Row:
    """Change a customer."""
    customer = needed(account, id, "customer", "customer")
    fields: dict[str, Any] = {name: params[name] or None for name in FIELDS if name in params}
    fields["metadata"] = merged(customer["metadata"], params.get("metadata"))
    return _settle_default(account, account.revise(customer, "customer.updated", **fields), params)


@call("DELETE", "/v1/customers/{id}")
def delete(account: Account, params: Params, id: str) -> Row:
    """Forget a customer, and end her subscriptions."""
    return customers.delete(account, needed(account, id, "customer", "customer"))


@call("GET", "/v1/customers", "email created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The customers, newest first."""
    equal = {"email": params["email"]} if "email" in params else {}
    return listed(account, "customer", params, "/v1/customers", equal)


def _settle_default(account: Account, customer: Row, params: Params) -> Row:
    """What her invoices are paid with, where no subscription says otherwise."""
    if "default_payment_method" not in params.get("invoice_settings", {}):
        return customer
    chosen = params["invoice_settings"]["default_payment_method"] or None
    if chosen:
        needed(account, chosen, "payment_method", "PaymentMethod", "invoice_settings[default_payment_method]")
        for subscription in account.store.every("subscription", customer=customer["id"]):
            if subscription["default_payment_method"] is None:
                renewals.reprieve(account, subscription["id"])
    settings = customer["invoice_settings"] | {"default_payment_method": chosen}
    return account.revise(customer, "customer.updated", invoice_settings=settings)
