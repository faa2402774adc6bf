"""PaymentIntents: the payment that a page or an invoice leads to, or one that is made without either."""

from typing import Any

from stripe_standin import charging, disputes, invoicing, methods, renewals
from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.api.payment_methods import usable
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, RefusedPayment, missing

TAKEN = "payment_method return_url off_session mandate_data[customer_acceptance][type]"
AUTOMATIC = "automatic_payment_methods[enabled] automatic_payment_methods[allow_redirects]"


@call(
    "POST",
    "/v1/payment_intents",
    f"amount currency customer description metadata[*] receipt_email setup_future_usage confirm {AUTOMATIC} {TAKEN}",
    passes_over="shipping mandate_data",
)
def create(account: Account, params: Params) -> Row:
    """Make a payment, and have it tried at once where that is asked for."""
    if "customer" in params:
        needed(account, params["customer"], "customer", "customer", "customer")
    names = ("customer", "description", "receipt_email", "setup_future_usage")
    known = {name: params[name] for name in names if name in params}
    intent = charging.make_intent(
        account,
        amount=int(params["amount"]),
        currency=params["currency"],
        metadata=merged({}, params.get("metadata")),
        **known,
    )
    intent = account.change(intent, client_secret=f"{intent['id']}_secret_standin")
    account.announce("payment_intent.created", intent)
    if params.get("confirm") == "true":
        return _confirm(account, intent, params)
    if "payment_method" in params:
        method = usable(account, params["payment_method"])
        return account.change(intent, payment_method=method["id"], status="requires_confirmation")
    return intent


@call("GET", "/v1/payment_intents/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One PaymentIntent."""
    return needed(account, id, "payment_intent", "payment_intent", "intent")


@call("POST", "/v1/payment_intents/{id}", "amount description metadata[*] receipt_email")
def update(account: Account, params: Params, id: str) -> Row:
    """Change a payment that has not been made."""
    intent = _open(account, id, "updated")
    fields: dict[str, Any] = {name: params[name] or None for name in ("description", "receipt_email") if name in params}
    if "amount" in params:
        fields["amount"] = int(params["amount"])
    return account.change(intent, **fields, metadata=merged(intent["metadata"], params.get("metadata")))


@call("POST", "/v1/payment_intents/{id}/confirm", TAKEN)
def confirm(account: Account, params: Params, id: str) -> Row:
    """Try to take the money."""
    return _confirm(account, _open(account, id, "confirmed"), params)


@call("POST", "/v1/payment_intents/{id}/cancel", "cancellation_reason")
def cancel(account: Account, params: Params, id: str) -> Row:
    """Give a payment up."""
    intent = _open(account, id, "canceled")
    if intent["status"] == "processing":
        raise _unexpected(intent, "canceled")
    return charging.give_up(account, intent, params.get("cancellation_reason"))


@call("GET", "/v1/payment_intents", "customer created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The PaymentIntents, newest first."""
    equal = {"customer": params["customer"]} if "customer" in params else {}
    return listed(account, "payment_intent", params, "/v1/payment_intents", equal)


def _open(account: Account, identity: str, verb: str) -> Row:
    intent = needed(account, identity, "payment_intent", "payment_intent", "intent")
    if intent["status"] not in charging.OPEN:
        raise _unexpected(intent, verb)
    return intent


def _unexpected(intent: Row, verb: str) -> ApiError:
    message = f"This PaymentIntent could not be {verb} because it has a status of {intent['status']}."
    return ApiError(400, message, code="payment_intent_unexpected_state")


def _confirm(account: Account, intent: Row, params: Params) -> Row:
    """Raises RefusedPayment, after which what was done stays done, where the bank says no."""
    chosen = params.get("payment_method") or intent["payment_method"]
    if not chosen:
        raise missing("payment_method")
    if intent["status"] == "processing":
        raise _unexpected(intent, "confirmed")
    method = usable(account, chosen)
    if intent["customer"] and intent["setup_future_usage"]:
        method = methods.attach(account, method, intent["customer"])
    invoice = invoicing.paid_by(account, intent["id"])
    match methods.choice_of(method):
        case "declined":
            intent = charging.decline(account, intent, method)
            if invoice is not None:
                renewals.failed(account, invoicing.tried(account, invoice))
            raise RefusedPayment(intent["last_payment_error"] | {"payment_intent": intent})
        case "3ds":
            return charging.ask(account, intent, method)
        case "bacs":
            return renewals.debit(account, intent, method)
    intent = charging.take(account, intent, method)
    if invoice is not None:
        renewals.paid(account, invoice)
    disputes.as_the_card_will(account, intent, method)
    return intent
