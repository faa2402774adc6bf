"""A donor names another card or bank account on a page of mode setup. Nothing is charged."""

from stripe_standin import charging, methods
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row


class NotOpen(Exception):
    """The payment page is no longer open."""


def make_intent(account: Account, customer: str | None, wished: Row) -> Row:
    """The SetupIntent of a page, for which nothing has been named yet."""
    setup = account.make(
        "setup_intent",
        "seti",
        customer=customer,
        description=wished.get("description"),
        metadata=wished.get("metadata", {}),
        payment_method_types=methods.OFFERED,
        status="requires_payment_method",
        usage="off_session",
    )
    account.announce("setup_intent.created", setup)
    return setup


def name_another(account: Account, session: Row, choice: str, name: str) -> Row:
    """The donor presses the button. Returns the session, still open where the bank says no or asks."""
    setup = account.need(session["setup_intent"], "setup_intent")
    customer = account.store.get(session["customer"] or "", "customer")
    method = methods.make(account, choice, name, customer["email"] if customer else session["customer_email"])
    if choice == "declined":
        _fail(account, setup, method, "card_declined", charging.DECLINED)
        return session
    setup = account.change(setup, payment_method=method["id"], last_setup_error=None)
    if choice == "3ds":
        account.store.put({"id": f"question_{setup['id']}", "object": "question", "session": session["id"]})
        action = charging.next_action(account, setup["id"])
        setup = account.change(setup, status="requires_action", next_action=action)
        account.announce("setup_intent.requires_action", setup)
        return session
    return _complete(account, session, setup, method)


def answered(account: Account, session: Row, setup: Row, *, passes: bool) -> Row:
    """The donor has answered her bank. Returns the session."""
    method = account.need(setup["payment_method"], "payment_method")
    if passes:
        return _complete(account, session, setup, method)
    _fail(account, setup, method, "setup_intent_authentication_failure", charging.UNPROVED)
    return session


def _complete(account: Account, session: Row, setup: Row, method: Row) -> Row:
    if session["customer"]:
        method = methods.attach(account, method, session["customer"])
    mandate = methods.mandate(account, method)
    setup = account.change(
        setup,
        status="succeeded",
        mandate=mandate["id"] if mandate else None,
        next_action=None,
        last_setup_error=None,
    )
    account.announce("setup_intent.succeeded", setup)
    billing = method["billing_details"]
    session = account.change(
        session,
        status="complete",
        url=None,
        customer_details=methods.customer_details(billing["name"], billing["email"]),
    )
    account.announce("checkout.session.completed", session)
    return session


def _fail(account: Account, setup: Row, method: Row, code: str, why: str) -> None:
    error = smallest(
        LIBRARY.shape("stripe._setup_intent", "SetupIntent.LastSetupError"),
        type="card_error" if code == "card_declined" else "invalid_request_error",
        code=code,
        message=why,
        payment_method_type=method["type"],
        payment_method=method,
    )
    setup = account.change(
        setup, status="requires_payment_method", payment_method=None, last_setup_error=error, next_action=None
    )
    account.announce("setup_intent.setup_failed", setup)
