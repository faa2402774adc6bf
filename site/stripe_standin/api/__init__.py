"""Stripe's API, as far as the stand-in speaks it: one noun a file, one function a call.

A call names the parameters that it obeys. Any other is refused by name, and so is a call that is not here.
"""

from stripe_standin.api import (
    balance_transactions,
    charges,
    checkout_sessions,
    disputes,
    events,
    payment_intents,
    payouts,
    products,
    refunds,
    webhook_endpoints,
)
from stripe_standin.api.calls import CALLS, find

__all__ = [
    "CALLS",
    "balance_transactions",
    "charges",
    "checkout_sessions",
    "disputes",
    "events",
    "find",
    "payment_intents",
    "payouts",
    "products",
    "refunds",
    "webhook_endpoints",
]
