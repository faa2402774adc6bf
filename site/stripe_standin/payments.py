"""What happens on a payment page: a donor pays, is declined, is asked by her bank, leaves; the page expires."""

from stripe_standin import charging, customers, invoicing, methods, renewals, setups, subscriptions
from stripe_standin.account import Account
from stripe_standin.setups import NotOpen
from stripe_standin.store import Row

__all__ = ["NotOpen", "answer_bank", "expire", "last_error", "pay", "settle", "was_declined"]
settle = charging.settle
ANSWERS = {"3ds_pass": True, "3ds_fail": False}  # choices that name the donor's answer to her bank as well


def pay(account: Account, session_id: str, card: str = "succeeds", name: str = "") -> Row:
    """The donor presses the button. Returns the session; paying one that is complete changes nothing.

    Raises NotOpen for an expired session, ValueError for an unknown card, LookupError for an unknown session.
    """
    choice = "3ds" if card in ANSWERS else card
    if choice not in methods.CHOICES:
        raise ValueError(f"No card {card!r}: choose from {', '.join(sorted(methods.CHOICES | set(ANSWERS)))}.")
    with account.store.transaction():
        session = account.need(session_id, "checkout.session")
        if session["status"] == "complete":
            return session
        if session["status"] != "open":
            raise NotOpen(session_id)
        if session["mode"] == "setup":
            session = setups.name_another(account, session, choice, name)
        else:
            session = _try(account, session, choice, name)
        if card in ANSWERS:
            waiting = session["setup_intent"] if session["mode"] == "setup" else intent_of(account, session)["id"]
            answer_bank(account, waiting, passes=ANSWERS[card])
        return account.need(session_id, "checkout.session")


def _try(account: Account, session: Row, choice: str, name: str) -> Row:
    return _settle_with(account, session, choice, methods.make(account, choice, name, email_of(account, session)))


def pay_with(account: Account, session_id: str, method: Row) -> Row:
    """The same with a card or account that is known already. Raises NotOpen, LookupError."""
    with account.store.transaction():
        session = account.need(session_id, "checkout.session")
        if session["status"] != "open" or session["mode"] == "setup":
            raise NotOpen(session_id)
        return _settle_with(account, session, methods.choice_of(method), method)


def _settle_with(account: Account, session: Row, choice: str, method: Row) -> Row:
    intent = intent_of(account, session)
    if session["mode"] == "payment":
        session = account.change(session, payment_intent=intent["id"])
    if choice == "declined":
        charging.decline(account, intent, method)
    elif choice == "3ds":
        charging.ask(account, intent, method, session["id"])
    else:
        session = _complete(account, session, intent, method)
    return session


def answer_bank(account: Account, identity: str, *, passes: bool) -> Row | None:
    """The donor answers her bank's question of a payment or of a card that she names. Returns the session, if any.

    Raises LookupError where nothing was asked, ValueError where it was answered before, NotOpen.
    """
    with account.store.transaction():
        question = account.need(f"question_{identity}", "question")
        session = account.need(question["session"], "checkout.session") if question["session"] else None
        if session is not None and session["status"] == "expired":
            raise NotOpen(session["id"])
        asked = account.need(identity, "setup_intent" if identity.startswith("seti_") else "payment_intent")
        if asked["status"] != "requires_action":
            raise ValueError(f"The bank asks nothing of {identity}: it is {asked['status']}.")
        if asked["object"] == "setup_intent" and session is not None:
            return setups.answered(account, session, asked, passes=passes)
        invoice = None if session is not None else invoicing.paid_by(account, identity)
        method = account.need(asked["payment_method"], "payment_method")
        if not passes:
            charging.refuse(account, asked)
            if invoice is not None:
                renewals.failed(account, invoice)
        elif session is not None:
            session = _complete(account, session, asked, method, proved=True)
        else:
            charging.take(account, asked, method, proved=True)
            if invoice is not None:
                renewals.paid(account, invoice)
        return session


def last_error(account: Account, session: Row) -> str | None:
    """What was said of the last attempt on this page, if it failed."""
    if session["mode"] == "setup":
        error = account.need(session["setup_intent"], "setup_intent")["last_setup_error"]
    else:
        identity = session["payment_intent"] or _wishes(account, session).get("intent") or ""
        intent = account.store.get(identity, "payment_intent")
        error = intent["last_payment_error"] if intent else None
    return error["message"] if error else None


def was_declined(account: Account, session: Row) -> bool:
    """Whether the last attempt to pay this session was declined."""
    return last_error(account, session) is not None


def expire(account: Account, session_id: str) -> Row:
    """The payment page closes unpaid. Raises NotOpen where it is complete or has expired already."""
    with account.store.transaction():
        session = account.need(session_id, "checkout.session")
        if session["status"] != "open":
            raise NotOpen(session_id)
        session = account.change(session, status="expired", url=None)
        account.announce("checkout.session.expired", session)
        return session


# ---- the parts


def _wishes(account: Account, session: Row) -> Row:
    return account.need(f"wishes_{session['id']}", "wishes")


def email_of(account: Account, session: Row) -> str | None:
    """Where a receipt would go."""
    customer = account.store.get(session["customer"] or "", "customer")
    email: str | None = session["customer_email"] or (customer["email"] if customer else None)
    return email


def intent_of(account: Account, session: Row) -> Row:
    """The session's PaymentIntent. As at Stripe, there is none until the donor first presses the button."""
    wishes = _wishes(account, session)
    known = session["payment_intent"] or wishes.get("intent")
    if known:
        return account.need(known, "payment_intent")
    wished = wishes["payment_intent_data"]
    regular = session["mode"] == "subscription"
    intent = charging.make_intent(
        account,
        amount=session["amount_total"],
        currency=session["currency"],
        customer=session["customer"],
        payment_method_types=session["payment_method_types"],
        setup_future_usage="off_session" if regular else wished.get("setup_future_usage"),
        description="Subscription creation" if regular else wished.get("description"),
        metadata=wished.get("metadata", {}),
    )
    if regular:  # the session does not name it: its invoice does
        account.change(wishes, intent=intent["id"])
    return intent


def _complete(account: Account, session: Row, intent: Row, method: Row, *, proved: bool = False) -> Row:
    """The donor has done her part: money is taken, or a debit sets out, and the page is done with."""
    invoice = None
    known: Row = {}
    if session["mode"] == "subscription":
        intent, method, invoice = _subscribe(account, session, intent, method)
        subscription = invoicing.subscription_of(account, invoice)
        known = {"customer": invoice["customer"], "invoice": invoice["id"], "subscription": subscription["id"]}
    elif session["customer"] and intent["setup_future_usage"]:
        method = methods.attach(account, method, session["customer"])
    if method["type"] == "bacs_debit":
        renewals.debit(account, intent, method)
        if invoice is not None:  # the bank has not answered, and the subscription has begun all the same
            subscription = invoicing.subscription_of(account, invoice)
            account.revise(subscription, subscriptions.UPDATED, status="active")
    else:
        charging.take(account, intent, method, proved=proved)
        if invoice is not None:
            renewals.paid(account, invoice)
    name = method["billing_details"]["name"]
    session = account.change(
        session,
        **known,
        status="complete",
        payment_status="unpaid" if method["type"] == "bacs_debit" else "paid",
        url=None,
        customer_details=methods.customer_details(name, email_of(account, session)),
    )
    account.announce("checkout.session.completed", session)
    return session


def _subscribe(account: Account, session: Row, intent: Row, method: Row) -> tuple[Row, Row, Row]:
    """Customer, subscription and first invoice, which the PaymentIntent is to pay."""
    wishes = _wishes(account, session)
    customer = session["customer"]
    if customer is None:
        billing = method["billing_details"]
        customer = customers.make(account, email=billing["email"], name=billing["name"])["id"]
    method = methods.attach(account, method, customer)
    intent = account.change(intent, customer=customer)
    line = wishes["line_items"][0]
    subscription = subscriptions.begin(
        account,
        customer=customer,
        price=line["price"],
        quantity=line["quantity"],
        default_payment_method=method["id"],
        description=wishes["subscription_data"].get("description"),
        metadata=wishes["subscription_data"].get("metadata", {}),
    )
    start, finish = subscription["start_date"], subscriptions.next_date(subscription)
    invoice = invoicing.make(account, subscription, reason="subscription_create", period=(start, finish))
    invoicing.owe(account, invoice, intent)
    account.change(subscription, latest_invoice=invoice["id"])
    return intent, method, invoicing.tried(account, invoice)
