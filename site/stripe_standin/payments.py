"""What happens to money: a donor pays, is declined, leaves; a fee becomes known; a page expires."""

from typing import Any

from stripe_standin import balance, cards
from stripe_standin.account import Account
from stripe_standin.store import Row


class NotOpen(Exception):
    """The payment page is no longer open."""


def pay(account: Account, session_id: str, card: str = "succeeds", name: str = "") -> Row:
    """The donor presses the button. Returns the session; paying one that is complete changes nothing.

    Raises NotOpen for an expired session, ValueError for an unknown card, LookupError for an unknown session.
    """
    if card not in cards.CARDS:
        raise ValueError(f"No card {card!r}: choose from {', '.join(cards.CARDS)}.")
    with account.store.transaction():
        session = account.need(session_id, "checkout.session")
        if session["status"] == "complete":
            return session
        if session["status"] != "open":
            raise NotOpen(session_id)
        intent = _intent_of(account, session)
        session = account.change(session, payment_intent=intent["id"])
        if card == "declined":
            _decline(account, intent, card, name, session["customer_email"])
            return session
        _succeed(account, intent, card, name, session["customer_email"])
        session = account.change(
            session,
            status="complete",
            payment_status="paid",
            url=None,
            customer_details=cards.customer_details(name, session["customer_email"]),
        )
        account.announce("checkout.session.completed", session)
        return session


def was_declined(account: Account, session: Row) -> bool:
    """Whether the last attempt to pay this session was declined."""
    intent = account.store.get(session["payment_intent"] or "", "payment_intent")
    return intent is not None and intent["last_payment_error"] is not None


def expire(account: Account, session_id: str) -> Row:
    """The payment page closes unpaid. Raises NotOpen where it is complete or has expired already."""
    with account.store.transaction():
        session = account.need(session_id, "checkout.session")
        if session["status"] != "open":
            raise NotOpen(session_id)
        session = account.change(session, status="expired", url=None)
        account.announce("checkout.session.expired", session)
        return session


def settle(account: Account, charge_id: str) -> None:
    """The fee becomes known: the charge gains its balance transaction, and says so."""
    with account.store.transaction():
        charge = account.need(charge_id, "charge")
        if charge["balance_transaction"] is not None:
            return
        line = _balance_transaction(account, charge)
        charge = account.change(charge, balance_transaction=line["id"])
        account.announce("charge.updated", charge, previous={"balance_transaction": None})


def fee_of(pence: int) -> int:
    """1.5% and 20p: invented, in the likeness of a British charity's tariff. Half a penny rounds up."""
    return (pence * 15 + 500) // 1000 + 20


def _intent_of(account: Account, session: Row) -> Row:
    """The session's PaymentIntent. As at Stripe, there is none until the donor first presses the button."""
    if session["payment_intent"]:
        return account.need(session["payment_intent"], "payment_intent")
    wished = account.need(f"wishes_{session['id']}", "wishes")["payment_intent_data"]
    return account.make(
        "payment_intent",
        "pi",
        amount=session["amount_total"],
        currency=session["currency"],
        capture_method="automatic_async",
        payment_method_types=session["payment_method_types"],
        status="requires_payment_method",
        description=wished.get("description"),
        metadata=wished.get("metadata", {}),
    )


def _decline(account: Account, intent: Row, card: str, name: str, email: str | None) -> None:
    method = cards.payment_method(account, card, name)
    charge = account.make(
        "charge",
        "ch",
        **_charge_for(intent, method, card, name, email),
        status="failed",
        outcome=cards.outcome(approved=False),
        failure_code="card_declined",
        failure_message=cards.DECLINED,
    )
    intent = account.change(
        intent, last_payment_error=cards.decline_error(method, charge["id"]), latest_charge=charge["id"]
    )
    account.announce("charge.failed", charge)
    account.announce("payment_intent.payment_failed", intent)


def _succeed(account: Account, intent: Row, card: str, name: str, email: str | None) -> None:
    method = cards.payment_method(account, card, name)
    charge = account.make(
        "charge",
        "ch",
        **_charge_for(intent, method, card, name, email),
        status="succeeded",
        paid=True,
        captured=True,
        amount_captured=intent["amount"],
        outcome=cards.outcome(approved=True),
    )
    if account.options.fee_after > 0:
        account.later(account.options.fee_after, "settle", charge["id"])
    else:
        charge = account.change(charge, balance_transaction=_balance_transaction(account, charge)["id"])
    intent = account.change(
        intent,
        status="succeeded",
        amount_received=intent["amount"],
        last_payment_error=None,
        latest_charge=charge["id"],
        payment_method=method["id"],
    )
    account.announce("charge.succeeded", charge)
    account.announce("payment_intent.succeeded", intent)


def _charge_for(intent: Row, method: Row, card: str, name: str, email: str | None) -> dict[str, Any]:
    """What every charge says, whether it succeeds or fails."""
    return {
        "amount": intent["amount"],
        "currency": intent["currency"],
        "description": intent["description"],
        "metadata": intent["metadata"],
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": cards.details(card),
        "billing_details": cards.billing_details(name, email),
    }


def _balance_transaction(account: Account, charge: Row) -> Row:
    return balance.make_line(
        account,
        category="charge",
        type="charge",
        amount=charge["amount"],
        fee=fee_of(charge["amount"]),
        source=charge["id"],
        currency=charge["currency"],
        description=charge["description"],
    )
