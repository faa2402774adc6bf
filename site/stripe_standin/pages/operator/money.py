"""What the account holds, and what leaves it for the charity's bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stripe_standin import balance, payouts
from stripe_standin.account import Account
from stripe_standin.dashboard import Dashboard
from stripe_standin.pages.operator.drawing import (
    Button,
    Form,
    amount,
    button,
    buttons,
    code,
    moment,
    newest,
    section,
    table,
)
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server


def draw(account: Account) -> str:
    """The balance, the buttons, and the newest payouts."""
    daily = bool(account.store.setting(payouts.DAILY))
    lines = "".join(
        f"<p>Available: <strong>{amount(available, currency)}</strong>. Pending: {amount(pending, currency)}. "
        f"Together: {amount(available + pending, currency)}.</p>"
        for currency, (available, pending) in balance.sums(account).items()
    )
    acts = buttons(
        button("pay_out", "Pay out now", back="money"),
        button(
            "daily", "Stop paying out each day" if daily else "Pay out each day", on="" if daily else "1", back="money"
        ),
    )
    rows = [_row(payout) for payout in newest(account, "payout")]
    heads = ["Made", "Amount", "State", "Lines", "To do", "Id"]
    return section("money", "Balance and payouts", lines, acts, table("Payouts", heads, rows, "Nothing was paid out."))


def _row(payout: Row) -> list[str]:
    acts, about = "", f"payout {payout['id']}"
    if payout["status"] in {"pending", "in_transit"}:
        acts += button("payout_arrives", "Arrives", about=about, payout=payout["id"], back="money")
    if payout["status"] not in {"failed", "canceled"}:
        acts += button("fail_payout", "Fails", about=about, payout=payout["id"], back="money")
    return [
        moment(payout["created"]),
        amount(payout["amount"], payout["currency"]),
        payout["status"].replace("_", " "),
        "explained" if payout["reconciliation_status"] == "completed" else "made by hand",
        acts,
        code(payout["id"]),
    ]


def _pay_out(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).pay_out(form.get("currency", "gbp"))


def _arrives(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).payout_arrives(form.get("payout", ""))


def _fails(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).fail_payout(form.get("payout", ""))


def _daily(server: Server, form: Form) -> None:
    payouts.set_daily(server.account, daily=bool(form.get("on")))


BUTTONS: dict[str, Button] = {
    "pay_out": _pay_out,
    "payout_arrives": _arrives,
    "fail_payout": _fails,
    "daily": _daily,
}
