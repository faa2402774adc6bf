"""The balance: a line for each movement of money, available after some days, and paid out once."""

from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

DAY = 86_400
PENDING_FOR = {"charge": 3 * DAY}  # seconds by reporting category; what is not named here is available at once


def make_line(
    account: Account,
    *,
    category: str,
    type: str,
    amount: int,
    fee: int,
    source: str | None,
    currency: str,
    description: str | None,
) -> Row:
    """A balance transaction: `amount` moved, of which `fee` was kept. `category` is Stripe's reporting category."""
    detail = LIBRARY.shape("stripe._balance_transaction", "BalanceTransaction.FeeDetail")
    invented = "Invented by the stand-in: 1.5% and 20p" if category == "charge" else "Invented by the stand-in"
    details = [smallest(detail, amount=fee, currency=currency, type="stripe_fee", description=invented)] if fee else []
    wait = PENDING_FOR.get(category, 0)
    line = account.make(
        "balance_transaction",
        "txn",
        amount=amount,
        available_on=account.now() + wait,
        balance_type="payments",
        currency=currency,
        description=description,
        fee=fee,
        fee_details=details,
        net=amount - fee,
        reporting_category=category,
        source=source,
        status="pending" if wait else "available",
        type=type,
    )
    account.store.run(
        "INSERT INTO lines (line, currency, net, available_on) VALUES (?, ?, ?, ?)",
        line["id"],
        currency,
        line["net"],
        line["available_on"],
    )
    return line


def make_available(account: Account, line: Row) -> Row:
    """The money need not wait: Stripe has a test card for that."""
    now = account.now()
    account.store.run("UPDATE lines SET available_on = ? WHERE line = ?", now, line["id"])
    return account.change(line, available_on=now, status="available")


def as_now(account: Account, line: Row) -> Row:
    """A line as the clock has it: what was pending becomes available."""
    return line | {"status": "available" if line["available_on"] <= account.now() else "pending"}


def sums(account: Account) -> dict[str, tuple[int, int]]:
    """By currency, what is available and what is pending."""
    rows = account.store.rows(
        "SELECT currency, sum(CASE WHEN available_on <= ? THEN net ELSE 0 END) AS available, sum(net) AS whole "
        "FROM lines GROUP BY currency ORDER BY currency",
        account.now(),
    )
    return {row["currency"]: (row["available"], row["whole"] - row["available"]) for row in rows} or {"gbp": (0, 0)}
