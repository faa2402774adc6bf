"""The page on which the donor's bank asks whether it is she who pays, and the page of an invoice that leads there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stripe_standin import invoicing, payments
from stripe_standin.account import Account
from stripe_standin.pages.payment import closed
from stripe_standin.pages.reply import Page, framed, moved, pounds
from stripe_standin.store import Row

if TYPE_CHECKING:
    from stripe_standin.server import Server


def answer(server: Server, method: str, identity: str, form: dict[str, str]) -> Page:
    """Ask, or take the donor's answer to her bank."""
    account = server.account
    question = account.store.get(f"question_{identity}", "question")
    asked = account.store.get(identity) if question else None
    if question is None or asked is None:
        return closed("Your bank asks nothing here", "Please go back to the charity’s site.", 404)
    session = account.store.get(question["session"] or "", "checkout.session")
    if asked["status"] != "requires_action":
        return _after(session, asked)
    if method != "POST":
        return _question(account, asked, session, "")
    if form.get("answer") not in {"pass", "fail"}:
        return _question(account, asked, session, "Choose an answer first.")
    try:
        session = payments.answer_bank(account, identity, passes=form["answer"] == "pass")
    except payments.NotOpen:
        return closed("This payment page has closed", "No money was taken.")
    except ValueError:  # answered twice at once
        pass
    server.post.look()
    return _after(session, account.need(identity, asked["object"]))


def invoice(server: Server, identity: str) -> Page:
    """How an invoice stands; where a bank wants to hear from the donor first, her way there."""
    account = server.account
    found = account.store.get(identity, "invoice")
    if found is None:
        return closed("This invoice does not exist", "Please go back to the charity’s site.", 404)
    amount = pounds(found["amount_due"])
    if found["status"] != "open":
        word = {"paid": "is paid", "void": "is not asked for any more"}.get(found["status"], "is not due")
        return closed(f"{amount} {word}", "There is nothing to do here.")
    intent = invoicing.intent_of(account, found)
    if intent["status"] == "requires_action":
        return moved(f"/c/bank/{intent['id']}")
    return closed(f"{amount} is due", "It will be tried again. You can name another card on the charity’s site.")


def _after(session: Row | None, asked: Row) -> Page:
    """Where the donor goes on."""
    if session is not None:
        return moved(f"/c/pay/{session['id']}")
    if asked["status"] in {"succeeded", "processing"}:
        return closed("Thank you", "Your bank has confirmed the payment.")
    return closed(
        "The payment was not confirmed", "Nothing was taken. You can name another card on the charity’s site."
    )


def _question(account: Account, asked: Row, session: Row | None, error: str) -> Page:
    charity = escape(account.options.name)
    is_payment = asked["object"] == "payment_intent"
    what = f"a payment of {pounds(asked['amount'])} to {charity}" if is_payment else f"a new card for {charity}"
    alert = f'<div class="alert" role="alert"><h2>Nothing was answered</h2><p>{error}</p></div>' if error else ""
    title = "Your bank asks: is it you?"
    content = f"""
<header class="banner"><p>Demonstration: no real bank asks, and no real money moves.</p></header>
<main class="closed">
<h1>{title}</h1>
<p>Your bank wants you to confirm {what}. On a live site it asks in its app or by a code: this is 3-D Secure.</p>
{alert}
<form method="post" action="/c/bank/{escape(asked["id"])}" class="answers">
<button type="submit" name="answer" value="pass">Yes, it is me</button>
<button type="submit" name="answer" value="fail">No: fail the question</button>
</form>
</main>"""
    return framed(
        f"Error: {title}" if error else title, content, kind="pay", leads_to=session["success_url"] if session else ""
    )
