"""Balance transactions: what each movement of money left in the account, and what it cost."""

from stripe_standin.account import Account
from stripe_standin.api.calls import call, created_within, needed, page
from stripe_standin.store import Row
from stripe_standin.wire import Params


@call("GET", "/v1/balance_transactions/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One balance transaction."""
    return needed(account, id, "balance_transaction", "balance transaction")


@call("GET", "/v1/balance_transactions", "source type currency created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The balance transactions, newest first."""
    equal = {name: params[name] for name in ("source", "type", "currency") if name in params}
    rows = created_within(account.store.every("balance_transaction", **equal), params.get("created"))
    return page(rows, params, "/v1/balance_transactions")
