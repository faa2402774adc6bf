"""What happens to one payment: it succeeds, is declined, waits for the donor's bank, or is debited days later."""

from typing import Any

from stripe_standin import balance, methods
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

DECLINED = "Your card was declined."
UNPROVED = "We are unable to authenticate your payment method. Please choose a different payment method and try again."
RETURNED = "The customer's account has insufficient funds to cover this payment."
OPEN = {"requires_payment_method", "requires_confirmation", "requires_action", "processing"}


def make_intent(account: Account, *, amount: int, currency: str, **known: Any) -> Row:
    """A PaymentIntent that nobody has tried to pay yet."""
    known = {"payment_method_types": methods.OFFERED, "status": "requires_payment_method"} | known
    return account.make(
        "payment_intent", "pi", amount=amount, currency=currency, capture_method="automatic_async", **known
    )


def take(account: Account, intent: Row, method: Row, *, proved: bool = False) -> Row:
    """The bank says yes. Returns the PaymentIntent."""
    said: Row = {"status": "succeeded", "paid": True, "captured": True, "outcome": _outcome(approved=True)}
    charge = _charge(account, intent, method, proved=proved, amount_captured=intent["amount"], **said)
    if account.options.fee_after > 0:
        account.later(account.options.fee_after, "settle", charge["id"])
    else:
        charge = account.change(charge, balance_transaction=_line(account, charge)["id"])
    account.announce("charge.succeeded", charge)
    return _succeed(account, intent, charge, method)


def decline(account: Account, intent: Row, method: Row, code: str = "card_declined", why: str = DECLINED) -> Row:
    """The bank says no."""
    said: Row = {"status": "failed", "outcome": _outcome(approved=False), "failure_code": code, "failure_message": why}
    charge = _charge(account, intent, method, **said)
    account.announce("charge.failed", charge)
    return _fail(account, intent, _error(method, code, why, charge["id"]), charge)


def ask(account: Account, intent: Row, method: Row, session: str | None = None) -> Row:
    """The bank wants the donor to confirm that it is she, on a page of its own."""
    account.store.put({"id": f"question_{intent['id']}", "object": "question", "session": session})
    intent = account.change(
        intent,
        status="requires_action",
        payment_method=method["id"],
        last_payment_error=None,
        next_action=next_action(account, intent["id"]),
    )
    account.announce("payment_intent.requires_action", intent)
    return intent


def next_action(account: Account, identity: str) -> Row:
    """Where the donor's bank asks."""
    return {
        "type": "redirect_to_url",
        "redirect_to_url": {"return_url": None, "url": f"{account.options.base}/c/bank/{identity}"},
    }


def refuse(account: Account, intent: Row) -> Row:
    """The donor did not confirm: nothing was charged."""
    method = account.need(intent["payment_method"], "payment_method")
    return _fail(account, intent, _error(method, "payment_intent_authentication_failure", UNPROVED, None), None)


def begin_debit(account: Account, intent: Row, method: Row) -> Row:
    """A Direct Debit sets out: the money is ours, or not, in some working days."""
    mandate = methods.mandate(account, method)
    charge = _charge(account, intent, method, mandate=mandate["id"] if mandate else None, status="pending")
    account.announce("charge.pending", charge)
    intent = account.change(
        intent,
        status="processing",
        payment_method=method["id"],
        latest_charge=charge["id"],
        last_payment_error=None,
        next_action=None,
    )
    account.announce("payment_intent.processing", intent)
    return intent


def end_debit(account: Account, intent: Row, *, failure: str | None) -> Row:
    """The bank has answered: the debit is settled, or came back with a failure such as insufficient_funds."""
    charge = account.need(intent["latest_charge"], "charge")
    method = account.need(intent["payment_method"], "payment_method")
    if failure is None:
        charge = account.change(
            charge,
            status="succeeded",
            paid=True,
            captured=True,
            amount_captured=charge["amount"],
            outcome=_outcome(approved=True),
        )
        charge = account.change(charge, balance_transaction=_line(account, charge)["id"])
        account.announce("charge.succeeded", charge)
        return _succeed(account, intent, charge, method)
    charge = account.change(
        charge,
        status="failed",
        outcome=_outcome(approved=False) | {"reason": failure},
        failure_code=failure,
        failure_message=RETURNED,
    )
    account.announce("charge.failed", charge)
    error = _error(method, "payment_intent_payment_attempt_failed", RETURNED, charge["id"])
    return _fail(account, intent, error, charge)


def give_up(account: Account, intent: Row, reason: str | None = None) -> Row:
    """Nobody is to pay this any more."""
    intent = account.change(
        intent, status="canceled", canceled_at=account.now(), cancellation_reason=reason, next_action=None
    )
    account.announce("payment_intent.canceled", intent)
    return intent


def settle(account: Account, charge_id: str) -> None:
    """The fee becomes known: the charge gains its balance transaction, and says so."""
    with account.store.transaction():
        charge = account.need(charge_id, "charge")
        if charge["balance_transaction"] is None:
            account.revise(charge, "charge.updated", balance_transaction=_line(account, charge)["id"])


def fee_of(pence: int, kind: str = "card") -> int:
    """Invented, in the likeness of a British charity's tariff. Half a penny rounds up.

    A card: 1.5% and 20p. A Direct Debit: 1%, at least 20p and at most £2.
    """
    if kind == "bacs_debit":
        return min(max((pence + 50) // 100, 20), 200)
    return (pence * 15 + 500) // 1000 + 20


# ---- the parts


def _line(account: Account, charge: Row) -> Row:
    kind = charge["payment_method_details"]["type"]
    line = balance.make_line(
        account,
        category="charge",
        type="charge" if kind == "card" else "payment",
        amount=charge["amount"],
        fee=fee_of(charge["amount"], kind),
        source=charge["id"],
        currency=charge["currency"],
        description=charge["description"],
    )
    method = account.store.get(charge["payment_method"] or "", "payment_method")
    if method is not None and methods.choice_of(method) == "available":
        line = balance.make_available(account, line)
    return line


def _charge(
    account: Account,
    intent: Row,
    method: Row,
    *,
    mandate: str | None = None,
    proved: bool = False,
    **known: Any,
) -> Row:
    """A charge, with what every charge says, whether it succeeds or fails."""
    return account.make(
        "charge",
        "ch" if method["type"] == "card" else "py",
        amount=intent["amount"],
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        metadata=intent["metadata"],
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=methods.details(method, mandate, proved=proved),
        billing_details=method["billing_details"],
        **known,
    )


def _succeed(account: Account, intent: Row, charge: Row, method: Row) -> Row:
    intent = account.change(
        intent,
        status="succeeded",
        amount_received=intent["amount"],
        last_payment_error=None,
        latest_charge=charge["id"],
        next_action=None,
        payment_method=method["id"],
        processing=None,
    )
    account.announce("payment_intent.succeeded", intent)
    return intent


def _fail(account: Account, intent: Row, error: Row, charge: Row | None) -> Row:
    intent = account.change(
        intent,
        status="requires_payment_method",
        last_payment_error=error,
        latest_charge=charge["id"] if charge else intent["latest_charge"],
        next_action=None,
        payment_method=None,
        processing=None,
    )
    account.announce("payment_intent.payment_failed", intent)
    return intent


def _error(method: Row, code: str, why: str, charge: str | None) -> Row:
    """The error that a PaymentIntent carries after a failure."""
    return smallest(
        LIBRARY.shape("stripe._payment_intent", "PaymentIntent.LastPaymentError"),
        type="card_error" if code == "card_declined" else "invalid_request_error",
        code=code,
        decline_code="generic_decline" if code == "card_declined" else None,
        message=why,
        charge=charge,
        payment_method_type=method["type"],
        payment_method=method,
    )


def _outcome(*, approved: bool) -> Row:
    """What the bank said of a charge."""
    shape = LIBRARY.shape("stripe._charge", "Charge.Outcome")
    if approved:
        said = {"network_status": "approved_by_network", "type": "authorized", "seller_message": "Payment complete."}
    else:
        said = {
            "network_status": "declined_by_network",
            "type": "issuer_declined",
            "reason": "generic_decline",
            "seller_message": "The bank did not return any further details with this decline.",
        }
    return smallest(shape, risk_level="normal", **said)
