"""SetupIntents: another card or account was named, or is being named. And mandates, which Direct Debits rest on."""

from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.api.listing import listed
from stripe_standin.store import Row
from stripe_standin.wire import Params


@call("GET", "/v1/setup_intents/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One SetupIntent."""
    return needed(account, id, "setup_intent", "setup_intent", "intent")


@call("GET", "/v1/setup_intents", "customer payment_method created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The SetupIntents, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("customer", "payment_method") if name in params}
    return listed(account, "setup_intent", params, "/v1/setup_intents", equal)


@call("GET", "/v1/mandates/{id}")
def mandate(account: Account, params: Params, id: str) -> Row:
    """One mandate."""
    return needed(account, id, "mandate", "mandate", "mandate")
