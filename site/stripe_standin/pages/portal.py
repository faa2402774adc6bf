"""The portal's page: a regular donor names another card or account."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stripe_standin import portal
from stripe_standin.account import Account
from stripe_standin.charging import DECLINED
from stripe_standin.pages.payment import CHOICES, closed
from stripe_standin.pages.reply import Page, framed, moved
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server

OFFERED = ("succeeds", "declined", "bacs")


def answer(server: Server, method: str, identity: str, form: dict[str, str]) -> Page:
    """Show the page, or take what was chosen there."""
    account = server.account
    session = account.store.get(identity, "billing_portal.session")
    if session is None:
        return closed("This page does not exist", "Please go back to the charity’s site.", 404)
    if method != "POST":
        return _open(account, session, "")
    try:
        named = portal.name_another(account, session, form.get("card", ""), form.get("name", "").strip()[:150])
    except ValueError:
        return _open(account, session, "Choose a card first.")
    server.post.look()
    if named is None:
        return _open(account, session, DECLINED)
    redirect = session["flow"]["after_completion"]["redirect"]
    there = redirect["return_url"] if redirect else session["return_url"]
    return moved(there) if there else closed("Thank you", "Later payments are taken from what you named.")


def _open(account: Account, session: Row, error: str) -> Page:
    title = f"Name another card for {account.options.name}"
    redirect = session["flow"]["after_completion"]["redirect"]
    back = session["return_url"]
    link = f'<p><a href="{escape(back)}">← Back to the charity</a></p>' if back else ""
    alert = (
        f'<div class="alert" role="alert"><h2>The card was not accepted</h2><p>{escape(error)}</p></div>'
        if error
        else ""
    )
    choices = "".join(
        f'<div class="choice"><input type="radio" id="{value}" name="card" value="{value}" '
        f'aria-describedby="{value}-hint"><label for="{value}">{CHOICES[value][0]}</label>'
        f'<p id="{value}-hint" class="hint">{CHOICES[value][1]}</p></div>'
        for value in OFFERED
    )
    content = f"""
<header class="banner"><p>Demonstration: no real money moves, and no card number is asked for.</p></header>
<main class="closed">
<h1>{escape(title)}</h1>
{link}{alert}
<p>Nothing is charged now: later payments will be taken from it.</p>
<form method="post" action="/p/session/{escape(session["id"])}">
<fieldset><legend>Which card or account?</legend>{choices}</fieldset>
<button type="submit">Name it</button>
</form>
</main>"""
    leads_to = redirect["return_url"] if redirect else (back or "")
    return framed(f"Error: {title}" if error else title, content, kind="pay", leads_to=leads_to)
