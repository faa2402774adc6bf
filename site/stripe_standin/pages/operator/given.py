"""Payment pages and what was paid on them: refunds in the dashboard, disputes by banks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stripe_standin import disputes, payments
from stripe_standin.account import Account
from stripe_standin.dashboard import Dashboard
from stripe_standin.pages.operator.drawing import (
    Button,
    Form,
    amount,
    amount_field,
    button,
    choice,
    code,
    moment,
    newest,
    pence_of,
    section,
    table,
)
from stripe_standin.pages.reply import pounds
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server


def draw(account: Account) -> str:
    """Pages, payments, refunds and disputes, the newest of each."""
    return (
        section("pages", "Payment pages", _sessions(account))
        + section("payments", "Payments", _charges(account))
        + section("refunds", "Refunds", _refunds(account))
        + section("disputes", "Disputes", _disputes(account))
    )


def _sessions(account: Account) -> str:
    rows = []
    for session in newest(account, "checkout.session"):
        acts = ""
        if session["status"] == "open":
            close = button("expire", "Close it unpaid", about=session["id"], session=session["id"], back="pages")
            acts = f'<a href="/c/pay/{session["id"]}">Open<span class="unseen"> {session["id"]}</span></a> {close}'
        reference = escape(session["client_reference_id"] or "")
        sum_ = amount(session["amount_total"], session["currency"]) if session["amount_total"] else ""
        rows.append([moment(session["created"]), reference, sum_, _state(account, session), acts, code(session["id"])])
    heads = ["Opened", "Reference", "Amount", "State", "To do", "Id"]
    return table("Payment pages", heads, rows, "Nobody has come to pay yet.")


def _state(account: Account, session: Row) -> str:
    """What became of a page, in words."""
    if session["status"] == "expired":
        return "closed unpaid"
    if session["status"] == "open":
        return "open, last card declined" if payments.was_declined(account, session) else "open"
    if session["mode"] == "setup":
        return "another card or account named"
    if session["payment_status"] == "unpaid":
        return "promised, not paid yet"
    if session["mode"] == "subscription":
        return f"a regular gift, {code(session['subscription'])}"
    return f"paid, fee {_fee(account, session)}"


def _fee(account: Account, session: Row) -> str:
    charges = account.store.every("charge", payment_intent=session["payment_intent"], status="succeeded")
    line = account.store.get(charges[0]["balance_transaction"] or "") if charges else None
    return f"{pounds(line['fee'])} (invented)" if line else "not known yet"


def _charges(account: Account) -> str:
    rows = []
    for charge in newest(account, "charge"):
        left = charge["amount"] - charge["amount_refunded"]
        state = charge["status"]
        if charge["amount_refunded"]:
            state = f"{pounds(charge['amount_refunded'])} given back" if left else "given back"
        if charge["disputed"]:
            state += ", disputed"
        whole = amount(charge["amount"], charge["currency"])
        method = charge["payment_method_details"]["type"].replace("_", " ")
        acts = _acts(charge) if charge["status"] == "succeeded" and left and not charge["disputed"] else ""
        if charge["status"] == "pending":
            acts = "".join(
                button(verb, words, about=charge["id"], intent=charge["payment_intent"], back="payments")
                for verb, words in (("settle_bacs", "The bank pays"), ("fail_bacs", "It comes back unpaid"))
            )
        rows.append([moment(charge["created"]), whole, method, state, acts, code(charge["id"])])
    heads = ["Made", "Amount", "By", "State", "To do", "Id"]
    return table("Payments", heads, rows, "Nothing was paid yet.")


def _acts(charge: Row) -> str:
    identity, about = charge["id"], f"of {charge['id']}"
    return f"""<details><summary>Refund or dispute<span class="unseen"> {identity}</span></summary>
{button("refund", "Refund it whole", about=about, charge=identity, back="refunds")}
{button("refund", "Refund this much", about=about, charge=identity, back="refunds", inside=amount_field("Pounds"))}
{button("refund", "Refund it, and let that fail", about=about, charge=identity, fails="1", back="refunds")}
{button("dispute", "Dispute it", about=about, charge=identity, back="disputes", inside=_states("needs_response"))}
</details>"""


def _states(chosen: str) -> str:
    return choice("status", "State of the dispute", disputes.STATUSES, chosen)


def _refunds(account: Account) -> str:
    rows = []
    for refund in newest(account, "refund"):
        why = (refund["failure_reason"] or "").replace("_", " ")
        state = f"{refund['status']}: {why}" if why else refund["status"]
        fail = button("fail_refund", "Let it fail", about=refund["id"], refund=refund["id"], back="refunds")
        acts = fail if refund["status"] in {"pending", "succeeded"} else ""
        sum_ = amount(refund["amount"], refund["currency"])
        rows.append([moment(refund["created"]), sum_, state, acts, code(refund["id"]), code(refund["charge"])])
    return table("Refunds", ["Made", "Amount", "State", "To do", "Id", "Payment"], rows, "Nothing was given back.")


def _disputes(account: Account) -> str:
    rows = []
    for dispute in newest(account, "dispute"):
        identity = dispute["id"]
        acts = "".join(
            button("move_dispute", words, about=identity, dispute=identity, status=status, back="disputes")
            for words, status in (("Won", "won"), ("Lost", "lost"))
            if dispute["status"] != status
        )
        acts += button(
            "move_dispute",
            "Move it there",
            about=identity,
            dispute=identity,
            back="disputes",
            inside=_states("under_review"),
        )
        sum_, state = amount(dispute["amount"], dispute["currency"]), dispute["status"].replace("_", " ")
        rows.append([moment(dispute["created"]), sum_, state, acts, code(identity), code(dispute["charge"])])
    heads = ["Made", "Amount", "State", "To do", "Id", "Payment"]
    return table("Disputes", heads, rows, "No bank has asked for money back.")


# ---- the buttons


def _pay(server: Server, form: Form) -> None:
    payments.pay(server.account, form.get("session", ""), form.get("card", "succeeds"), form.get("name", ""))


def _expire(server: Server, form: Form) -> None:
    payments.expire(server.account, form.get("session", ""))


def _settle(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).settle_bacs(form.get("intent", ""))


def _return(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).fail_bacs(form.get("intent", ""))


def _refund(server: Server, form: Form) -> None:
    dashboard = Dashboard(server.account, server.post)
    dashboard.refund(form.get("charge", ""), pence_of(form), fails=bool(form.get("fails")))


def _fail_refund(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).fail_refund(form.get("refund", ""))


def _dispute(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).open_dispute(form.get("charge", ""), form.get("status", "needs_response"))


def _move_dispute(server: Server, form: Form) -> None:
    Dashboard(server.account, server.post).move_dispute(form.get("dispute", ""), form.get("status", ""))


BUTTONS: dict[str, Button] = {
    "pay": _pay,
    "expire": _expire,
    "settle_bacs": _settle,
    "fail_bacs": _return,
    "refund": _refund,
    "fail_refund": _fail_refund,
    "dispute": _dispute,
    "move_dispute": _move_dispute,
}
