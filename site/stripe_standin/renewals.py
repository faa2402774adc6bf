"""What a subscription's dates bring: an invoice, its payment or failure, retries, and after the last one the end."""

from stripe_standin import charging, invoicing, methods, subscriptions
from stripe_standin.account import Account
from stripe_standin.store import Row

DAY = 86_400
WAITS = (1 * DAY, 2 * DAY, 4 * DAY, 6 * DAY)  # so that retries fall 1, 3, 7 and 13 days after the first failure
SETTLES = {True: 7 * DAY, False: 4 * DAY}  # by the clock: a Direct Debit with a new mandate, or with a known one


def due(account: Account, subscription_id: str) -> None:
    """The clock has come to a subscription's date."""
    subscription = account.need(subscription_id, "subscription")
    if subscription["status"] != "canceled" and subscriptions.next_date(subscription) <= account.now():
        bill(account, subscription_id)


def bill(account: Account, subscription_id: str) -> Row:
    """The next period begins, whether or not its date has come: an invoice is made and collected.

    Returns the subscription. ValueError for one that has ended.
    """
    with account.store.transaction():
        subscription = account.need(subscription_id, "subscription")
        if subscription["status"] == "canceled":
            raise ValueError("The subscription has ended.")
        start = subscriptions.next_date(subscription)
        pausing = subscription["pause_collection"]
        if pausing and pausing["resumes_at"] and pausing["resumes_at"] <= start:
            subscriptions.resume(account, subscription_id)
            subscription = account.need(subscription_id, "subscription")
        if subscription["cancel_at_period_end"]:
            return subscriptions.end(account, subscription, "cancellation_requested")
        item = subscriptions.item_of(subscription)
        finish = subscriptions.following(subscription["billing_cycle_anchor"], start, item["price"])
        account.never("renew", subscription_id)
        account.later_at(finish, "renew", subscription_id)
        items = subscriptions.with_item(subscription, current_period_start=start, current_period_end=finish)
        ends_trial = subscription["status"] == "trialing"
        dated = account.change(subscription, items=items)  # so that the invoice bears the new period
        invoice = invoicing.make(account, dated, reason="subscription_cycle", period=(start, finish))
        subscription = account.revise(
            subscription,
            subscriptions.UPDATED,
            items=items,
            latest_invoice=invoice["id"],
            status="active" if ends_trial else subscription["status"],
        )
        if subscription["pause_collection"]:
            _set_aside(account, invoice, subscription["pause_collection"]["behavior"])
        elif invoice["amount_due"] == 0:
            paid(account, invoice)
        else:
            collect(account, invoice)
        return account.need(subscription_id, "subscription")


def _set_aside(account: Account, invoice: Row, behavior: str) -> None:
    """Collection is paused: the invoice is void, or waits as it is."""
    if behavior == "void":
        invoicing.void(account, invoice)
    else:
        status = "draft" if behavior == "keep_as_draft" else "uncollectible"
        account.change(invoice, status=status, auto_advance=False)


def collect(account: Account, invoice: Row) -> None:
    """Try to take what an invoice asks for, by the subscription's means of paying or else the customer's."""
    subscription = invoicing.subscription_of(account, invoice)
    customer = account.need(subscription["customer"], "customer")
    chosen = subscription["default_payment_method"] or customer["invoice_settings"]["default_payment_method"]
    method = account.store.get(chosen or "", "payment_method")
    invoice = invoicing.tried(account, invoice)
    intent = invoicing.intent_of(account, invoice)
    fate = _fate_of(account, subscription["id"])
    if method is None:
        failed(account, invoice)
    elif _is_forbidden(account, method):
        charging.decline(account, intent, method, "debit_not_authorized", "The customer's bank no longer allows this.")
        failed(account, invoice)
    elif method["type"] == "bacs_debit":
        debit(account, intent, method, comes_back=fate == "declines")
    elif fate == "declines" or methods.choice_of(method) == "declined":
        charging.decline(account, intent, method)
        failed(account, invoice)
    elif fate == "asks":
        charging.ask(account, intent, method)
        asked(account, invoice)
    else:
        charging.take(account, intent, method)
        paid(account, invoice)


def debit(account: Account, intent: Row, method: Row, *, comes_back: bool = False) -> Row:
    """A Direct Debit sets out, and the clock will bring the bank's answer."""
    mandate = methods.mandate(account, method)
    intent = charging.begin_debit(account, intent, method)
    wait = SETTLES[mandate is not None and mandate["status"] == "pending"]
    prompt = methods.prompt_answer(method)
    account.later(1 if prompt else wait, prompt or ("fail_bacs" if comes_back else "settle_bacs"), intent["id"])
    return intent


def _is_forbidden(account: Account, method: Row) -> bool:
    mandate = methods.mandate(account, method)
    return mandate is not None and mandate["status"] == "inactive"


def retry(account: Account, invoice_id: str) -> None:
    """Try again, unless it was paid, or is being debited, or nobody owes it any more."""
    with account.store.transaction():
        account.never("retry", invoice_id)
        invoice = account.need(invoice_id, "invoice")
        intent = invoicing.intent_of(account, invoice)
        if invoice["status"] == "open" and intent["status"] != "processing":
            collect(account, invoice)


# ---- how it went


def paid(account: Account, invoice: Row) -> None:
    """The invoice is paid: the subscription is in good standing."""
    account.never("retry", invoice["id"])
    invoicing.mark_paid(account, invoice)
    if invoice["parent"] is None:
        return
    subscription = invoicing.subscription_of(account, invoice)
    if subscription["status"] in {"incomplete", "past_due"} and subscription["latest_invoice"] == invoice["id"]:
        account.revise(subscription, subscriptions.UPDATED, status="active")


def failed(account: Account, invoice: Row) -> None:
    """The attempt failed: another follows, and after the last one the subscription ends."""
    if invoice["parent"] is None:
        invoicing.mark_failed(account, invoice, None)
        return
    following = _next_attempt(account, invoice)
    invoicing.mark_failed(account, invoice, following)
    _fall_behind(account, invoice, following)


def asked(account: Account, invoice: Row) -> None:
    """The donor's bank wants to hear from the donor: she is told, and the retries go on meanwhile."""
    following = _next_attempt(account, invoice)
    invoicing.mark_asked(account, invoice, following)
    _fall_behind(account, invoice, following)


def _next_attempt(account: Account, invoice: Row) -> int | None:
    number = invoice["attempt_count"]
    alive = invoicing.subscription_of(account, invoice)["status"] != "canceled"
    return account.now() + WAITS[max(number, 1) - 1] if number <= len(WAITS) and alive else None


def _fall_behind(account: Account, invoice: Row, following: int | None) -> None:
    subscription = invoicing.subscription_of(account, invoice)
    if subscription["status"] == "canceled":
        return
    if following is None:
        subscriptions.end(account, subscription, "payment_failed")
        return
    account.never("retry", invoice["id"])
    account.later_at(following, "retry", invoice["id"])
    if subscription["status"] in {"active", "trialing", "incomplete"}:
        account.revise(subscription, subscriptions.UPDATED, status="past_due")


# ---- what the donor's bank will say


def doom(account: Account, subscription_id: str, fate: str, times: int) -> None:
    """The next `times` attempts will go wrong: fate is "declines" or "asks"."""
    account.need(subscription_id, "subscription")
    account.store.put({"id": f"fate_{subscription_id}", "object": "fate", "fate": fate, "times": times})


def reprieve(account: Account, subscription_id: str) -> None:
    """Nothing will go wrong any more: another card or account has been named."""
    account.store.run("DELETE FROM objects WHERE id = ?", f"fate_{subscription_id}")


def _fate_of(account: Account, subscription_id: str) -> str | None:
    found = account.store.get(f"fate_{subscription_id}", "fate")
    if found is None or found["times"] < 1:
        return None
    account.change(found, times=found["times"] - 1)
    return str(found["fate"])
