"""The page that a donor is sent to. It asks for no card number: the donor chooses what the card will do."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stripe_standin import payments
from stripe_standin.account import Account
from stripe_standin.api.calls import line_items
from stripe_standin.pages.reply import Page, framed, moved, pounds
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server

CHOICES = {
    "succeeds": ("A card that succeeds", "Visa ending 4242. The bank says yes."),
    "declined": ("A card that is declined", "Visa ending 0002. The bank says no, and you can try again."),
    "3ds": ("A card whose bank asks you", "Visa ending 3220. A second page asks whether it is you: 3-D Secure."),
    "bacs": ("Bacs Direct Debit", "Account ending 2345. The payment is pending for some days, then settles or fails."),
    "wallet": ("Apple Pay", "A wallet that holds a Visa ending 4242."),
    "google_pay": ("Google Pay", "A wallet that holds a Mastercard ending 4444."),
}
EXPIRING = ("A card that expires this month", "Mastercard ending 4444. It succeeds now.")
SETUP_HINTS = {"bacs": "Account ending 2345. The bank takes some days to confirm it."}
VERBS = {"donate": "Donate", "book": "Book", "pay": "Pay", "subscribe": "Subscribe"}
UNITS = {"day": "day", "week": "week", "month": "month", "year": "year"}


def answer(server: Server, method: str, session_id: str, form: dict[str, str]) -> Page:
    """Show the page of a Checkout Session, or take what the donor chose there."""
    account = server.account
    session = account.store.get(session_id, "checkout.session")
    if session is None:
        return closed("This payment page does not exist", "Please go back to the charity’s site and start again.", 404)
    if method == "POST" and session["status"] == "open":
        try:
            card = form.get("card", "")
            session = payments.pay(
                account, session_id, card if card in _choices(session) else "", form.get("name", "").strip()[:150]
            )
        except ValueError:
            return _open(account, session, "Choose how to pay first.")
        except payments.NotOpen:
            session = account.need(session_id, "checkout.session")
        server.post.look()
        if session["status"] == "open":  # asked or declined: shown by GET, so that reloading does not pay again
            return moved(asking(account, session) or f"/c/pay/{session_id}")
    if session["status"] == "complete":
        return moved(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session_id))
    if session["status"] == "expired":
        back = session["cancel_url"]
        return closed("This payment page has closed", "No money was taken.", 200, back)
    error = payments.last_error(account, session)
    return _open(account, session, f"{error} Nothing was taken. Please try another way." if error else "")


def asking(account: Account, session: Row) -> str | None:
    """Where the donor's bank asks, if it does."""
    if session["mode"] == "setup":
        tried = account.need(session["setup_intent"], "setup_intent")
    else:
        tried = payments.intent_of(account, session)
    return f"/c/bank/{tried['id']}" if tried["status"] == "requires_action" else None


def closed(title: str, sentence: str, status: int = 200, back: str | None = None) -> Page:
    """A page on which there is nothing to do."""
    link = f'<p><a class="button" href="{escape(back)}">Back to the charity</a></p>' if back else ""
    content = f'<main class="closed"><h1>{title}</h1><p>{sentence}</p>{link}</main>'
    return framed(title, content, kind="pay", status=status)


# ---- the parts of the open page


def _open(account: Account, session: Row, error: str) -> Page:
    charity = account.options.name
    setting_up = session["mode"] == "setup"
    items = [] if setting_up else line_items(account, session["id"], {"limit": "100"})["data"]
    amount = "" if setting_up else f"{pounds(session['amount_total'])}{_every(items)}"
    verb = VERBS.get(session["submit_type"] or "pay", "Pay")
    act = "Name another card" if setting_up else f"{verb} {amount}"
    shown = "Name another card or account" if setting_up else f"{verb} <strong>{amount}</strong>"
    title = f"{act} for {charity}" if setting_up else f"{act} to {charity}"
    content = f"""
<header class="banner"><p>Demonstration: no real money moves, and no card number is asked for.</p></header>
<main>
<section class="summary" aria-labelledby="what">
{_back(session)}
<p class="charity">{escape(charity)}</p>
<h1 id="what">{shown}</h1>
{"<p>Nothing is charged now: later payments will be taken from it.</p>" if setting_up else ""}
{_lines(account, session, items)}
</section>
<section class="paying" aria-labelledby="how">
{_alert(error, setting_up=setting_up)}
<h2 id="how">{"From now on, pay by" if setting_up else "Pay by"}</h2>
<form method="post" action="/c/pay/{escape(session["id"])}">
<label for="name">Name on card or account <span class="hint">(optional here)</span></label>
<input id="name" name="name" autocomplete="name" maxlength="150">
<fieldset>
<legend>Which card or account?</legend>
{"".join(_choice(value, *words) for value, words in _choices(session).items())}
</fieldset>
<button type="submit">{act}</button>
</form>
<p class="small">This page stands in for Stripe’s own. On a live site the donor sees Stripe’s page here, on Stripe’s
address, and pays there by card, wallet or Direct Debit.</p>
</section>
</main>"""
    return framed(f"Error: {title}" if error else title, content, kind="pay", leads_to=session["success_url"])


def _choices(session: Row) -> dict[str, tuple[str, str]]:
    """What may be chosen: where more payments are to come, a card that will not last as well."""
    mode, offered = session["mode"], session["payment_method_types"]
    found = {
        value: words for value, words in CHOICES.items() if ("bacs_debit" if value == "bacs" else "card") in offered
    }
    if "card" in offered and mode != "payment":
        found["expiring"] = EXPIRING
    if mode == "setup":
        found |= {value: (CHOICES[value][0], hint) for value, hint in SETUP_HINTS.items()}
    return found


def _every(items: list[Row]) -> str:
    """“ every month”, where the price comes again."""
    recurring = items[0]["price"]["recurring"] if items else None
    if not recurring:
        return ""
    unit, count = UNITS[recurring["interval"]], recurring["interval_count"]
    return f" every {unit}" if count == 1 else f" every {count} {unit}s"


def _lines(account: Account, session: Row, items: list[Row]) -> str:
    lines = "".join(
        f'<div><dt>{escape(item["description"])}</dt><dd class="amount">{pounds(item["amount_total"])}</dd></div>'
        for item in items
    )
    if len(items) > 1:
        total = pounds(session["amount_total"])
        lines += f'<div class="total"><dt>Total</dt><dd class="amount">{total}</dd></div>'
    email = payments.email_of(account, session)
    if email:
        lines += f'<div class="to"><dt>Receipt to</dt><dd>{escape(email)}</dd></div>'
    return f"<dl>{lines}</dl>" if lines else ""


def _back(session: Row) -> str:
    if not session["cancel_url"]:
        return ""
    return f'<a class="back" href="{escape(session["cancel_url"])}">← Cancel and go back</a>'


def _alert(error: str, *, setting_up: bool) -> str:
    if not error:
        return ""
    heading = "The card was not accepted" if setting_up else "The payment did not go through"
    return f'<div class="alert" role="alert"><h2>{heading}</h2><p>{escape(error)}</p></div>'


def _choice(value: str, name: str, hint: str) -> str:
    checked = " checked" if value == "succeeds" else ""
    return f"""<div class="choice">
<input type="radio" id="{value}" name="card" value="{value}"{checked} aria-describedby="{value}-hint">
<label for="{value}">{name}</label><p id="{value}-hint" class="hint">{hint}</p></div>"""
