"""Money that goes back: refunds, whole and in part, and those that fail after all."""

from stripe_standin import balance, methods
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

SLOW = 3 * balance.DAY  # what was not paid by card goes back more slowly
SOON = 1  # second after which the bank of a test card sends it back
FAILURE = "lost_or_stolen_card"


class NotRefundable(Exception):
    """The money cannot go back. `code` is Stripe's, `str()` its sentence."""

    def __init__(self, message: str, code: str = "", param: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.param = param


def refund(
    account: Account,
    charge: Row,
    amount: int | None = None,
    reason: str | None = None,
    metadata: dict[str, str] | None = None,
) -> Row:
    """Give a charge back, whole or in part. At once for a card, after some days otherwise.

    Raises NotRefundable where less than that is left, or nothing was paid.
    """
    with account.store.transaction():
        amount = _checked(charge, amount)
        charge_again = charge | {"amount_refunded": charge["amount_refunded"] + amount}
        charge_again["refunded"] = charge_again["amount_refunded"] == charge["amount"]
        by_card = charge["payment_method_details"]["type"] == "card"
        made = account.make(
            "refund",
            "re",
            amount=amount,
            charge=charge["id"],
            currency=charge["currency"],
            destination_details=_destination(by_card=by_card),
            metadata=metadata or {},
            payment_intent=charge["payment_intent"],
            payment_method=charge["payment_method"],
            pending_reason="processing",
            reason=reason,
            status="pending",
        )
        line = balance.make_line(
            account,
            category="refund",
            type="refund" if by_card else "payment_refund",
            amount=-amount,
            fee=0,
            source=made["id"],
            currency=made["currency"],
            description=f"REFUND FOR {charge['description'] or 'CHARGE'}",
        )
        made = account.change(made, balance_transaction=line["id"])
        account.announce("refund.created", made)
        account.change(charge, **charge_again)
        account.announce("charge.refunded", charge_again, previous=_before(charge, charge_again))
        if by_card:
            method = account.store.get(charge["payment_method"] or "", "payment_method")
            if method is not None and methods.choice_of(method) == "unreturnable":
                account.later(SOON, "refund_fails", made["id"])
            return succeed(account, made["id"])
        account.later(SLOW, "refund_succeeds", made["id"])
        return made


def succeed(account: Account, refund_id: str) -> Row:
    """The money has arrived. A refund that is no longer pending stays as it is."""
    with account.store.transaction():
        made = account.need(refund_id, "refund")
        if made["status"] != "pending":
            return made
        return _update(account, made, "refund.updated", status="succeeded", pending_reason=None)


def fail(account: Account, refund_id: str, reason: str = FAILURE) -> Row:
    """The money could not be delivered and comes back. A refund that has failed already stays as it is."""
    with account.store.transaction():
        made = account.need(refund_id, "refund")
        if made["status"] in {"failed", "canceled"}:
            return made
        line = balance.make_line(
            account,
            category="refund_failure",
            type="refund_failure",
            amount=made["amount"],
            fee=0,
            source=made["id"],
            currency=made["currency"],
            description="REFUND FAILURE",
        )
        made = _update(
            account,
            made,
            "refund.failed",
            status="failed",
            failure_reason=reason,
            failure_balance_transaction=line["id"],
            pending_reason=None,
        )
        charge = account.need(made["charge"], "charge")
        account.change(charge, amount_refunded=charge["amount_refunded"] - made["amount"], refunded=False)
        return made


def _checked(charge: Row, amount: int | None) -> int:
    """The amount that goes back, once it is certain that it can."""
    if charge["status"] != "succeeded":
        raise NotRefundable(
            f"Charge {charge['id']} was not successful and cannot be refunded.", "charge_not_refundable"
        )
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise NotRefundable(f"Charge {charge['id']} has already been refunded.", "charge_already_refunded")
    if charge["disputed"]:
        raise NotRefundable(f"Charge {charge['id']} has been charged back; cannot issue a refund.", "charge_disputed")
    amount = left if amount is None else amount
    if amount < 1:
        raise NotRefundable("Invalid positive integer", "parameter_invalid_integer", "amount")
    if amount > left:
        message = f"Refund amount ({_pounds(amount)}) is greater than unrefunded amount on charge ({_pounds(left)})"
        raise NotRefundable(message, param="amount")
    return amount


def _update(account: Account, made: Row, also: str, **fields: object) -> Row:
    """Change a refund, and say so: `refund.updated`, and where it failed that too."""
    changed = account.change(made, **fields)
    account.announce("refund.updated", changed, previous=_before(made, changed))
    account.announce("charge.refund.updated", changed, previous=_before(made, changed))
    if also != "refund.updated":
        account.announce(also, changed)
    return changed


def _before(old: Row, new: Row) -> Row:
    return {name: old[name] for name in new if old.get(name) != new[name]}


def _destination(*, by_card: bool) -> Row | None:
    if not by_card:
        return None
    shape = LIBRARY.shape("stripe._refund", "Refund.DestinationDetails.Card")
    said = {"reference_status": "pending", "reference_type": "acquirer_reference_number"}
    return {"type": "card", "card": smallest(shape, type="refund", **said)}


def _pounds(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02}"
