"""The operator's page: what happened, what was sent, what was wrong, and the buttons for what nobody can wait for."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from stripe_standin import deliveries, payments
from stripe_standin.account import Account
from stripe_standin.pages.reply import Page, data, framed, moved, plain, pounds
from stripe_standin.specification import VERSION
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server

SHOWN = 50  # rows of each table
Form = dict[str, str]


def answer(server: Server, method: str, path: str, form: Form, *, as_json: bool) -> Page:
    """Show the page, give the facts as JSON, or do what a button says."""
    if method == "POST":
        return _do(server, path.removeprefix("/_standin/"), form, as_json=as_json)
    match path:
        case "/":
            return _page(server.account)
        case "/_standin/violations":
            return data([asdict(violation) for violation in server.account.violations])
        case "/_standin/events":
            return data(server.account.store.every("event"))
        case "/_standin/sessions":
            return data(server.account.store.every("checkout.session"))
        case "/_standin/deliveries":
            return data(server.account.store.rows("SELECT * FROM deliveries ORDER BY id DESC"))
    return plain(404, "There is no such page.")


# ---- the buttons


def _do(server: Server, verb: str, form: Form, *, as_json: bool) -> Page:
    account = server.account
    try:
        match verb:
            case "hold":
                deliveries.hold(account)
            case "release":
                deliveries.release(account)
            case "send":
                _send(account, form.get("event") or _last(account), int(form.get("times", "1")))
            case "expire":
                payments.expire(account, form.get("session", ""))
            case "pay":
                payments.pay(account, form.get("session", ""), form.get("card", "succeeds"), form.get("name", ""))
            case "forgive":
                account.store.run("DELETE FROM violations")
            case _:
                return plain(404, "There is no such button.")
    except LookupError as error:
        return plain(404, f"There is no {error}.")
    except (ValueError, payments.NotOpen) as error:
        return plain(409, f"That cannot be done: {error or 'the payment page is not open'}.")
    server.post.look()
    return data({"done": verb}) if as_json else moved("/")


def _last(account: Account) -> str:
    newest = account.store.row("SELECT id FROM objects WHERE kind = 'event' ORDER BY seq DESC LIMIT 1")
    if newest is None:
        raise LookupError("event yet")
    return str(newest["id"])


def _send(account: Account, event: str, times: int) -> None:
    """Send an event again, up to a hundred times, to every endpoint that wanted it."""
    if not 1 <= times <= 100:
        raise ValueError("1 to 100 times")
    wanted = account.need(event, "event")["type"]
    with account.store.transaction():
        for endpoint in account.store.every("webhook_endpoint", status="enabled"):
            if {"*", wanted} & set(endpoint["enabled_events"]):
                for _ in range(times):
                    account.send(event, endpoint["id"])


# ---- the page


def _page(account: Account) -> Page:
    held = deliveries.held(account)
    violations = account.violations
    state = (
        '<p class="state warn"><strong>Events are being kept back</strong> until you release them.</p>'
        if held
        else '<p class="state">Events go out as they happen.</p>'
    )
    content = f"""
<header><div class="wide"><h1>Stripe stand-in</h1>
<p>Plays {escape(account.options.name)}’s Stripe account. API {VERSION}. No real money.</p></div></header>
<main class="wide">
<section aria-labelledby="post"><h2 id="post">The post</h2>{state}
<div class="buttons">
{_button("release", "Release the events") if held else _button("hold", "Keep events back")}
{_button("send", "Send the last event again", times="1")}
{_button("send", "Send the last event ten times", times="10")}
</div>{_endpoints(account)}</section>
<section aria-labelledby="wrong"><h2 id="wrong">Violations: {len(violations) or "none"}</h2>
{_violations(account)}</section>
<section aria-labelledby="pages"><h2 id="pages">Payment pages</h2>{_sessions(account)}</section>
<section aria-labelledby="events"><h2 id="events">Events</h2>{_events(account)}</section>
</main>"""
    return framed("Stripe stand-in", content, kind="operator")


def _button(verb: str, words: str, **hidden: str) -> str:
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in hidden.items())
    return f'<form method="post" action="/_standin/{verb}">{fields}<button type="submit">{words}</button></form>'


def _table(name: str, heads: list[str], rows: list[list[str]], nothing: str) -> str:
    if not rows:
        return f"<p>{nothing}</p>"
    head = "".join(f'<th scope="col">{words}</th>' for words in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"""<div class="scroll" role="region" aria-label="{name}, table" tabindex="0">
<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"""


def _endpoints(account: Account) -> str:
    rows = account.store.every("webhook_endpoint")
    if not rows:
        return "<p>Nobody is told of events: start the stand-in with <code>--webhook-url</code>.</p>"
    told = ", ".join(f"<code>{escape(row['url'])}</code>" for row in rows)
    return f"<p>Told of events: {told}</p>"


def _violations(account: Account) -> str:
    found = account.violations
    if not found:
        return "<p>Every request, answer and event agreed with Stripe’s specification.</p>"
    rows = [[escape(v.place), f"<code>{escape(v.path)}</code>", v.problem, escape(v.detail)] for v in found[-SHOWN:]]
    table = _table("Violations", ["Where", "Field", "Problem", "Detail"], rows, "")
    return f'{table}<div class="buttons">{_button("forgive", "Strike them out")}</div>'


def _sessions(account: Account) -> str:
    rows = []
    for session in account.store.every("checkout.session")[:SHOWN]:
        state = {"open": "open", "complete": "paid", "expired": "closed unpaid"}[session["status"]]
        if session["status"] == "open":
            close = _button("expire", "Close it unpaid", session=session["id"])
            acts = f'<a href="/c/pay/{session["id"]}">Open</a> {close}'
            if payments.was_declined(account, session):
                state = "open, last card declined"
        else:
            acts = ""
            if session["status"] == "complete":
                state = f"paid, fee {_fee(account, session)}"
        reference = escape(session["client_reference_id"] or "")
        amount = f'<span class="amount">{pounds(session["amount_total"])}</span>'
        rows.append([_time(session["created"]), reference, amount, state, acts, _code(session["id"])])
    heads = ["Opened", "Reference", "Amount", "State", "To do", "Id"]
    return _table("Payment pages", heads, rows, "Nobody has come to pay yet.")


def _fee(account: Account, session: Row) -> str:
    charges = account.store.every("charge", payment_intent=session["payment_intent"], status="succeeded")
    line = account.store.get(charges[0]["balance_transaction"] or "") if charges else None
    return f"{pounds(line['fee'])} (invented)" if line else "not known yet"


def _events(account: Account) -> str:
    sql = "SELECT body FROM objects WHERE kind = 'event' ORDER BY seq DESC LIMIT ?"
    rows = []
    for event in map(account.store.body, account.store.rows(sql, SHOWN)):
        again = _button("send", "Send again", event=event["id"])
        rows.append(
            [_time(event["created"]), event["type"], _delivered(account, event["id"]), again, _code(event["id"])]
        )
    return _table("Events", ["Made", "Event", "Delivery", "To do", "Id"], rows, "Nothing has happened yet.")


def _delivered(account: Account, event: str) -> str:
    """How an event's deliveries went, in words."""
    words = []
    for row in account.store.rows("SELECT * FROM deliveries WHERE event = ? ORDER BY id", event):
        match row["state"]:
            case "waiting" if row["attempts"]:
                seconds = max(0, round(row["due"] - time.time()))
                words.append(f"refused {row['attempts']} times ({escape(row['answer'])}), again in {seconds} s")
            case "delivered" if row["attempts"] > 1:
                words.append(f"delivered at attempt {row['attempts']}")
            case state:
                words.append({"going": "on its way", "held": "kept back"}.get(state, str(state)))
    counted = {word: words.count(word) for word in words}
    return "; ".join(f"{word} × {count}" if count > 1 else word for word, count in counted.items()) or "nobody to tell"


def _time(stamp: int) -> str:
    return f'<span class="nowrap">{datetime.fromtimestamp(stamp):%d %b %H:%M:%S}</span>'


def _code(identity: str) -> str:
    return f"<code>{escape(identity)}</code>"
