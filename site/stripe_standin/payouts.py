"""Payouts: what is available leaves for the charity's bank, arrives there, or comes back."""

from contextlib import suppress

from stripe_standin import balance
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

ARRIVES_AFTER = 2 * balance.DAY
BANK = "ba_standin"
DAILY = "pays_out_daily"  # the setting


class NothingToPayOut(Exception):
    """No money is available."""


def pay_out(account: Account, currency: str = "gbp") -> Row:
    """Pay out everything that is available, as Stripe does by itself. Raises NothingToPayOut."""
    with account.store.transaction():
        store = account.store
        which = "payout IS NULL AND currency = ? AND available_on <= ?"
        total = store.row(f"SELECT sum(net) AS net FROM lines WHERE {which}", currency, account.now())
        amount = (total and total["net"]) or 0
        if amount <= 0:
            raise NothingToPayOut(currency)
        payout = _make(account, amount, currency, automatic=True, reconciliation_status="in_progress")
        store.run(f"UPDATE lines SET payout = ? WHERE {which}", payout["id"], currency, account.now())
        payout = _with_line(account, payout)
        store.run("UPDATE lines SET payout = ? WHERE line = ?", payout["id"], payout["balance_transaction"])
        account.announce("payout.created", payout)
        payout = _sent(account, payout)
        payout = account.change(payout, reconciliation_status="completed")
        account.announce("payout.reconciliation_completed", payout)
        return payout


def pay_out_by_hand(account: Account, amount: int, currency: str, **said: object) -> Row:
    """Pay out what the charity asks for. Its lines cannot be listed. Raises NothingToPayOut."""
    with account.store.transaction():
        if amount > balance.sums(account).get(currency, (0, 0))[0]:
            raise NothingToPayOut(currency)
        payout = _make(account, amount, currency, automatic=False, reconciliation_status="not_applicable", **said)
        payout = _with_line(account, payout)
        account.announce("payout.created", payout)
        account.later(balance.DAY, "payout_leaves", payout["id"])
        account.later(ARRIVES_AFTER, "payout_arrives", payout["id"])
        return payout


def leave(account: Account, payout_id: str) -> None:
    """A payout that waits is sent to the bank."""
    payout = account.need(payout_id, "payout")
    if payout["status"] == "pending":
        _change(account, payout, status="in_transit")


def arrive(account: Account, payout_id: str) -> Row:
    """The money is at the bank. A payout that has arrived, failed or been stopped stays as it is."""
    with account.store.transaction():
        payout = account.need(payout_id, "payout")
        if payout["status"] not in {"pending", "in_transit"}:
            return payout
        trace = {"status": "supported", "value": f"STANDIN{payout['id'][-8:].upper()}"}
        payout = account.change(payout, status="paid", trace_id=trace)
        account.announce("payout.paid", payout)
        return payout


def fail(account: Account, payout_id: str) -> Row:
    """The bank sends the money back, perhaps days after it was said to be paid. The next payout takes it along."""
    with account.store.transaction():
        payout = account.need(payout_id, "payout")
        if payout["status"] in {"failed", "canceled"}:
            return payout
        line = _back(account, payout, "payout_failure", "STRIPE PAYOUT FAILURE")
        payout = account.change(
            payout,
            status="failed",
            failure_code="account_closed",
            failure_message="The bank account has been closed.",
            failure_balance_transaction=line["id"],
        )
        account.announce("payout.failed", payout)
        return payout


def cancel(account: Account, payout_id: str) -> Row:
    """Stop a payout that has not left. ValueError where it has."""
    with account.store.transaction():
        payout = account.need(payout_id, "payout")
        if payout["status"] != "pending":
            raise ValueError(f"Payouts can only be canceled while pending; this one is {payout['status']}.")
        line = _back(account, payout, "payout_cancel", "STRIPE PAYOUT CANCELED")
        payout = account.change(payout, status="canceled", failure_balance_transaction=line["id"])
        account.announce("payout.canceled", payout)
        return payout


def pay_out_each_day(account: Account, _: str = "") -> None:
    """Pay out what is available, and look again tomorrow, as long as that is the setting."""
    if account.store.setting(DAILY):
        with suppress(NothingToPayOut):
            pay_out(account)
        account.later(balance.DAY, "pay_out_each_day", "")


def set_daily(account: Account, *, daily: bool) -> None:
    """Whether payouts are made each day by the account's clock."""
    with account.store.transaction():
        account.store.run("DELETE FROM later WHERE verb = 'pay_out_each_day'")
        account.store.set(DAILY, "1" if daily else "")
        if daily:
            account.later(balance.DAY, "pay_out_each_day", "")


def _make(account: Account, amount: int, currency: str, **said: object) -> Row:
    arrival = account.now() + ARRIVES_AFTER
    return account.make(
        "payout",
        "po",
        **{
            "amount": amount,
            "arrival_date": arrival - arrival % balance.DAY,
            "currency": currency,
            "description": "STRIPE PAYOUT",
            "destination": BANK,
            "metadata": {},
            "method": "standard",
            "source_type": "card",
            "status": "pending",
            "trace_id": smallest(LIBRARY.shape("stripe._payout", "Payout.TraceId"), status="pending"),
            "type": "bank_account",
        }
        | said,
    )


def _with_line(account: Account, payout: Row) -> Row:
    line = balance.make_line(
        account,
        category="payout",
        type="payout",
        amount=-payout["amount"],
        fee=0,
        source=payout["id"],
        currency=payout["currency"],
        description=payout["description"],
    )
    return account.change(payout, balance_transaction=line["id"])


def _sent(account: Account, payout: Row) -> Row:
    account.later(ARRIVES_AFTER, "payout_arrives", payout["id"])
    return _change(account, payout, status="in_transit")


def _change(account: Account, payout: Row, **fields: object) -> Row:
    changed = account.change(payout, **fields)
    account.announce("payout.updated", changed, previous={name: payout[name] for name in fields})
    return changed


def _back(account: Account, payout: Row, kind: str, words: str) -> Row:
    return balance.make_line(
        account,
        category="payout_reversal",
        type=kind,
        amount=payout["amount"],
        fee=0,
        source=payout["id"],
        currency=payout["currency"],
        description=words,
    )
