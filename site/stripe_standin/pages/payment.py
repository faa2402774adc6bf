"""The payment page that a donor is sent to. It asks for no card number: the donor chooses what the card will do."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stripe_standin import cards, payments
from stripe_standin.account import Account
from stripe_standin.api.calls import line_items
from stripe_standin.pages.reply import Page, framed, moved, pounds
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server

CHOICES = {
    "succeeds": ("A card that succeeds", "Visa ending 4242. The bank says yes."),
    "declined": ("A card that is declined", "Visa ending 0002. The bank says no, and you can try again."),
}
VERBS = {"donate": "Donate", "book": "Book", "pay": "Pay", "subscribe": "Subscribe"}


def answer(server: Server, method: str, session_id: str, form: dict[str, str]) -> Page:
    """Show the page of a Checkout Session, or take what the donor chose there."""
    account = server.account
    session = account.store.get(session_id, "checkout.session")
    if session is None:
        return _closed("This payment page does not exist", "Please go back to the charity’s site and start again.", 404)
    if method == "POST" and session["status"] == "open":
        try:
            session = payments.pay(account, session_id, form.get("card", ""), form.get("name", "").strip()[:150])
        except ValueError:
            return _open(account, session, "Choose a card first.")
        except payments.NotOpen:
            session = account.need(session_id, "checkout.session")
        server.post.look()
        if session["status"] == "open":  # declined: shown by GET, so that reloading does not pay again
            return moved(f"/c/pay/{session_id}")
    if session["status"] == "complete":
        return moved(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session_id))
    if session["status"] == "expired":
        back = session["cancel_url"]
        return _closed("This payment page has closed", "No money was taken.", 200, back)
    error = (
        f"{cards.DECLINED} Nothing was taken. Please try another card."
        if payments.was_declined(account, session)
        else ""
    )
    return _open(account, session, error)


def _open(account: Account, session: Row, error: str) -> Page:
    charity = escape(account.options.name)
    amount = pounds(session["amount_total"])
    verb = VERBS.get(session["submit_type"] or "pay", "Pay")
    items = line_items(account, session["id"], {"limit": "100"})["data"]
    lines = "".join(
        f'<div><dt>{escape(item["description"])}</dt><dd class="amount">{pounds(item["amount_total"])}</dd></div>'
        for item in items
    )
    email = (
        f'<div class="to"><dt>Receipt to</dt><dd>{escape(session["customer_email"])}</dd></div>'
        if session["customer_email"]
        else ""
    )
    total = f'<div class="total"><dt>Total</dt><dd class="amount">{amount}</dd></div>' if len(items) > 1 else ""
    back = (
        f'<a class="back" href="{escape(session["cancel_url"])}">← Cancel and go back</a>'
        if session["cancel_url"]
        else ""
    )
    alert = (
        f'<div class="alert" role="alert"><h2>The payment did not go through</h2><p>{escape(error)}</p></div>'
        if error
        else ""
    )
    title = f"{verb} {amount} to {account.options.name}"
    content = f"""
<header class="banner"><p>Demonstration: no real money moves, and no card number is asked for.</p></header>
<main>
<section class="summary" aria-labelledby="what">
{back}
<p class="charity">{charity}</p>
<h1 id="what">{verb} <strong>{amount}</strong></h1>
<dl>{lines}{total}{email}</dl>
</section>
<section class="paying" aria-labelledby="how">
{alert}
<h2 id="how">Pay by card</h2>
<form method="post" action="/c/pay/{escape(session["id"])}">
<label for="name">Name on card <span class="hint">(optional here)</span></label>
<input id="name" name="name" autocomplete="cc-name" maxlength="150">
<fieldset>
<legend>Which card?</legend>
{"".join(_choice(value, *words) for value, words in CHOICES.items())}
</fieldset>
<button type="submit">{verb} {amount}</button>
</form>
<p class="small">This page stands in for Stripe’s own. On a live site the donor sees Stripe’s page here, on Stripe’s
address, and pays there by card, wallet or Direct Debit.</p>
</section>
</main>"""
    return framed(f"Error: {title}" if error else title, content, kind="pay", leads_to=session["success_url"])


def _choice(value: str, name: str, hint: str) -> str:
    checked = " checked" if value == "succeeds" else ""
    return f"""<div class="choice">
<input type="radio" id="{value}" name="card" value="{value}"{checked} aria-describedby="{value}-hint">
<label for="{value}">{name}</label><p id="{value}-hint" class="hint">{hint}</p></div>"""


def _closed(title: str, sentence: str, status: int, back: str | None = None) -> Page:
    link = f'<p><a class="button" href="{escape(back)}">Back to the charity</a></p>' if back else ""
    content = f'<main class="closed"><h1>{title}</h1><p>{sentence}</p>{link}</main>'
    return framed(title, content, kind="pay", status=status)
