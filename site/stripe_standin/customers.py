"""Customers: made for a regular gift, or by whoever asks."""

from typing import Any

from stripe_standin import subscriptions
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row


def make(account: Account, **known: Any) -> Row:
    """A customer, and the event that tells of her."""
    customer = account.make(
        "customer",
        "cus",
        **{
            "balance": 0,
            "delinquent": False,
            "invoice_prefix": account.new_id("x")[-8:].upper(),
            "invoice_settings": smallest(LIBRARY.shape("stripe._customer", "Customer.InvoiceSettings")),
            "metadata": {},
            "next_invoice_sequence": 1,
            "preferred_locales": ["en-GB"],
            "tax_exempt": "none",
        }
        | known,
    )
    account.announce("customer.created", customer)
    return customer


def delete(account: Account, customer: Row) -> Row:
    """The customer is forgotten, and her subscriptions end. What she paid stays."""
    for subscription in account.store.every("subscription", customer=customer["id"]):
        if subscription["status"] != "canceled":
            subscriptions.end(account, subscription, "cancellation_requested")
    account.announce("customer.deleted", customer)
    gone = {"id": customer["id"], "object": "customer", "deleted": True}
    account.store.run("UPDATE objects SET kind = 'gone' WHERE id = ?", customer["id"])
    account.store.put(gone)
    return gone
