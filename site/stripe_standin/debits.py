"""What banks answer days later: Direct Debits are settled or returned, mandates accepted or ended."""

from stripe_standin import charging, invoicing, renewals
from stripe_standin.account import Account
from stripe_standin.store import Row


def settle(account: Account, intent_id: str) -> Row:
    """A Direct Debit is paid. Returns the PaymentIntent; ValueError where none is on its way."""
    return _answered(account, intent_id, None)


def fail(account: Account, intent_id: str, failure: str = "insufficient_funds") -> Row:
    """A Direct Debit comes back unpaid. Returns the PaymentIntent; ValueError where none is on its way."""
    return _answered(account, intent_id, failure)


def settle_if_waiting(account: Account, intent_id: str) -> None:
    """By the clock: a debit that was settled or returned by hand is left as it is."""
    if account.need(intent_id, "payment_intent")["status"] == "processing":
        settle(account, intent_id)


def fail_if_waiting(account: Account, intent_id: str) -> None:
    """By the clock: a debit that was settled or returned by hand is left as it is."""
    if account.need(intent_id, "payment_intent")["status"] == "processing":
        fail(account, intent_id)


def end_mandate(account: Account, mandate_id: str) -> Row:
    """The donor told her bank to pay no more."""
    with account.store.transaction():
        return account.revise(account.need(mandate_id, "mandate"), "mandate.updated", status="inactive")


def _answered(account: Account, intent_id: str, failure: str | None) -> Row:
    with account.store.transaction():
        intent = account.need(intent_id, "payment_intent")
        if intent["status"] != "processing":
            raise ValueError(f"No debit is on its way for {intent_id}: it is {intent['status']}.")
        for verb in ("settle_bacs", "fail_bacs"):
            account.never(verb, intent_id)
        method = intent["payment_method"]
        intent = charging.end_debit(account, intent, failure=failure)
        if failure is None:
            _accept(account, f"mandate_{method.removeprefix('pm_')}")
        invoice = invoicing.paid_by(account, intent_id)
        if invoice is not None:
            (renewals.paid if failure is None else renewals.failed)(account, invoice)
        session = _session_of(account, intent_id, invoice)
        if session is not None:
            if failure is None:
                session = account.change(session, payment_status="paid")
            word = "succeeded" if failure is None else "failed"
            account.announce(f"checkout.session.async_payment_{word}", session)
        return intent


def _accept(account: Account, mandate_id: str) -> None:
    mandate = account.store.get(mandate_id, "mandate")
    if mandate is not None and mandate["status"] == "pending":
        details = mandate["payment_method_details"]
        debit = details["bacs_debit"] | {"network_status": "accepted"}
        account.revise(
            mandate, "mandate.updated", status="active", payment_method_details=details | {"bacs_debit": debit}
        )


def _session_of(account: Account, intent_id: str, invoice: Row | None) -> Row | None:
    """The page on which this payment was begun, where its donor is still to hear how it went."""
    if invoice is None:
        found = account.store.every("checkout.session", payment_intent=intent_id)
    elif invoice["billing_reason"] == "subscription_create" and invoice["attempt_count"] == 1:
        subscription = invoicing.subscription_of(account, invoice)["id"]
        found = account.store.every("checkout.session", subscription=subscription)
    else:
        return None
    return found[0] if found and found[0]["payment_status"] == "unpaid" else None
