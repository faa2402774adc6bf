"""PaymentIntents: the payment that a Checkout Session leads to."""

from stripe_standin.account import Account
from stripe_standin.api.calls import call, created_within, needed, page
from stripe_standin.store import Row
from stripe_standin.wire import Params


@call("GET", "/v1/payment_intents/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One PaymentIntent."""
    return needed(account, id, "payment_intent", "payment_intent", "intent")


@call("GET", "/v1/payment_intents", "created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The PaymentIntents, newest first."""
    return page(
        created_within(account.store.every("payment_intent"), params.get("created")), params, "/v1/payment_intents"
    )
