"""The balance and its lines: what each movement of money left in the account, and what it cost."""

from stripe_standin import balance
from stripe_standin.account import Account
from stripe_standin.api.calls import call, needed
from stripe_standin.api.listing import listed
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row
from stripe_standin.wire import Params

OF_PAYOUT = "seq IN (SELECT o.seq FROM lines JOIN objects o ON o.id = lines.line WHERE lines.payout = ?)"


@call("GET", "/v1/balance")
def show(account: Account, params: Params) -> Row:
    """What the account holds."""
    sums = balance.sums(account)
    return smallest(
        LIBRARY.need("balance"),
        livemode=False,
        available=[_money(currency, available) for currency, (available, _) in sums.items()],
        pending=[_money(currency, pending) for currency, (_, pending) in sums.items()],
    )


@call("GET", "/v1/balance_transactions/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One balance transaction."""
    return balance.as_now(account, needed(account, id, "balance_transaction", "balance transaction"))


@call("GET", "/v1/balance_transactions", "payout source type currency created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The balance transactions, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("source", "type", "currency") if name in params}
    where, values = "", []
    if "payout" in params:
        needed(account, params["payout"], "payout", "payout", "payout")
        where, values = OF_PAYOUT, [params["payout"]]
    found = listed(
        account, "balance_transaction", params, "/v1/balance_transactions", equal, where=where, values=values
    )
    return found | {"data": [balance.as_now(account, line) for line in found["data"]]}


def _money(currency: str, amount: int) -> Row:
    return {"amount": amount, "currency": currency, "source_types": {"card": amount}}
