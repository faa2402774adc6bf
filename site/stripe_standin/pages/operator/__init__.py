"""The operator's page: what happened, what was sent, what was wrong, and the buttons for what nobody can wait for.

drawing.py   buttons, tables, dates
clock.py     the account's time, and moving it
post.py      events: kept back, sent again, out of order, lost, thin
given.py     payment pages and payments; refunds and disputes of them
regular.py   subscriptions: their next dates, kept and missed
money.py     the balance and its payouts
wrong.py     violations

Each section draws itself, and names what its buttons do.
"""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING

from stripe_standin import payments
from stripe_standin.account import Account
from stripe_standin.pages.operator import clock, given, money, post, regular, wrong
from stripe_standin.pages.operator.drawing import Button, Form
from stripe_standin.pages.reply import Page, data, framed, moved, plain
from stripe_standin.payouts import NothingToPayOut
from stripe_standin.refunds import NotRefundable
from stripe_standin.specification import VERSION

if TYPE_CHECKING:
    from stripe_standin.server import Server

SECTIONS = (clock, post, given, regular, money, wrong)
BUTTONS: dict[str, Button] = {name: press for section in SECTIONS for name, press in section.BUTTONS.items()}
REFUSALS = (ValueError, payments.NotOpen, NotRefundable, NothingToPayOut)
SAID = {payments.NotOpen: "the payment page is not open", NothingToPayOut: "no money is available to pay out"}


def answer(server: Server, method: str, path: str, form: Form, *, as_json: bool) -> Page:
    """Show the page, give the facts as JSON, or do what a button says."""
    if method == "POST":
        return _do(server, path.removeprefix("/_standin/"), form, as_json=as_json)
    store = server.account.store
    match path:
        case "/":
            return _page(server.account)
        case "/_standin/violations":
            return data([asdict(violation) for violation in server.account.violations])
        case "/_standin/events":
            return data(store.every("event"))
        case "/_standin/sessions":
            return data(store.every("checkout.session"))
        case "/_standin/deliveries":
            return data(store.rows("SELECT * FROM deliveries ORDER BY id DESC"))
    return plain(404, "There is no such page.")


def _do(server: Server, verb: str, form: Form, *, as_json: bool) -> Page:
    press = BUTTONS.get(verb)
    if press is None:
        return plain(404, "There is no such button.")
    try:
        press(server, form)
    except LookupError as error:
        return plain(404, f"There is no {error}.")
    except REFUSALS as error:
        return plain(409, f"That cannot be done: {SAID.get(type(error)) or error}")
    server.post.look()
    return data({"done": verb}) if as_json else moved(f"/#{form['back']}" if form.get("back", "").isalpha() else "/")


def _page(account: Account) -> Page:
    content = f"""
<header><div class="wide"><h1>Stripe stand-in</h1>
<p>Plays {escape(account.options.name)}’s Stripe account. API {VERSION}. No real money.</p></div></header>
<main class="wide">{"".join(section.draw(account) for section in SECTIONS)}</main>"""
    return framed("Stripe stand-in", content, kind="operator")
