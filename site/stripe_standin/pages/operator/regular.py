"""Regular gifts: what their next dates bring, without waiting for them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stripe_standin import subscriptions
from stripe_standin.account import Account
from stripe_standin.dashboard import Dashboard
from stripe_standin.pages.operator.drawing import (
    Button,
    Form,
    amount,
    button,
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
    """The newest subscriptions."""
    rows = [_row(account, subscription) for subscription in newest(account, "subscription")]
    heads = ["Begun", "Donor", "Amount", "State", "Next date", "To do", "Id"]
    return section("regular", "Regular gifts", table("Regular gifts", heads, rows, "Nobody gives regularly yet."))


def _row(account: Account, subscription: Row) -> list[str]:
    identity = subscription["id"]
    customer = account.store.get(subscription["customer"], "customer") or {}
    item = subscriptions.item_of(subscription)
    each = item["price"]["recurring"]["interval"]
    ended = subscription["status"] in {"canceled", "incomplete_expired"}
    acts = "" if ended else _acts(account, identity, subscription)
    state = subscription["status"].replace("_", " ") + (", paused" if subscription["pause_collection"] else "")
    return [
        moment(subscription["created"]),
        escape(customer.get("email") or ""),
        f"{amount(item['price']['unit_amount'] * item['quantity'], subscription['currency'])} a {each}",
        state,
        "" if ended else moment(subscriptions.next_date(subscription)),
        acts,
        code(identity),
    ]


def _acts(account: Account, identity: str, subscription: Row) -> str:
    invoice = account.store.get(subscription["latest_invoice"] or "", "invoice")
    named = {"about": identity, "subscription": identity, "back": "regular"}
    acts = button("renew", "Renew it now", **named) + button("renew", "Renew it, and let that fail", fails="1", **named)
    if invoice and invoice["next_payment_attempt"]:
        acts += button("retry", "Try again now", **named)
    return acts + button("end", "End it", **named)


def _renew(server: Server, form: Form) -> None:
    dashboard, identity = Dashboard(server.account, server.post), form.get("subscription", "")
    if form.get("fails"):
        dashboard.fail_next_renewals(identity)
    dashboard.renew(identity)


def _retry(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).retry(form.get("subscription", ""))


def _end(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).end_subscription(form.get("subscription", ""))


BUTTONS: dict[str, Button] = {"renew": _renew, "retry": _retry, "end": _end}
