"""Stripe's API, as far as the stand-in speaks it: one noun a file, one function a call.

A call names the parameters that it obeys. Any other is refused by name, and so is a call that is not here.
"""

from stripe_standin.api import (
    balance_transactions,
    billing_portal,
    charges,
    checkout_sessions,
    customers,
    disputes,
    events,
    invoices,
    invoices_by_hand,
    payment_intents,
    payment_methods,
    payment_pages,
    payouts,
    prices,
    products,
    refunds,
    setup_intents,
    subscriptions,
    webhook_endpoints,
)
from stripe_standin.api.calls import CALLS, find

__all__ = [
    "CALLS",
    "balance_transactions",
    "billing_portal",
    "charges",
    "checkout_sessions",
    "customers",
    "disputes",
    "events",
    "find",
    "invoices",
    "invoices_by_hand",
    "payment_intents",
    "payment_methods",
    "payment_pages",
    "payouts",
    "prices",
    "products",
    "refunds",
    "setup_intents",
    "subscriptions",
    "webhook_endpoints",
]
