"""Subscriptions: begun, changed, paused, moved to another day, ended. What their dates bring is in renewals.py."""

import calendar
from datetime import UTC, datetime
from typing import Any

from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

UPDATED = "customer.subscription.updated"
MONTHS = {"month": 1, "year": 12}


def begin(account: Account, *, customer: str, price: Row, quantity: int = 1, **known: Any) -> Row:
    """A subscription whose first invoice is not paid yet, or which waits for the end of its trial."""
    identity = account.new_id("sub")
    now = account.now()
    trial = known.get("trial_end")
    anchor = trial or now
    item = smallest(
        LIBRARY.need("subscription_item"),
        id=account.new_id("si"),
        created=now,
        current_period_start=now,
        current_period_end=trial or following(anchor, now, price),
        plan=_plan(price),
        price=price,
        quantity=quantity,
        subscription=identity,
    )
    subscription = account.make(
        "subscription",
        "sub",
        id=identity,
        billing_cycle_anchor=anchor,
        billing_mode={"type": "classic"},
        cancellation_details={"comment": None, "feedback": None, "reason": None},
        currency=price["currency"],
        customer=customer,
        items={
            "object": "list",
            "data": [item],
            "has_more": False,
            "total_count": 1,
            "url": f"/v1/subscription_items?subscription={identity}",
        },
        start_date=now,
        status="trialing" if trial else "incomplete",
        trial_start=now if trial else None,
        **known,
    )
    account.announce("customer.subscription.created", subscription)
    account.later_at(next_date(subscription), "renew", identity)
    return subscription


def item_of(subscription: Row) -> Row:
    """The one thing that is subscribed to."""
    item: Row = subscription["items"]["data"][0]
    return item


def with_item(subscription: Row, **fields: Any) -> Row:
    """The list of items, with its one item changed."""
    items: Row = subscription["items"] | {"data": [item_of(subscription) | fields]}
    return items


def next_date(subscription: Row) -> int:
    """When it is to be paid next."""
    return int(item_of(subscription)["current_period_end"])


def following(anchor: int, after: int, price: Row) -> int:
    """The first date after `after` that lies whole months or years from the anchor: the 31st keeps to month ends."""
    every = price["recurring"]
    if every["interval"] in MONTHS:
        step = MONTHS[every["interval"]] * every["interval_count"]
        begun = datetime.fromtimestamp(anchor, UTC)
        count = 1
        while (date := _months_on(begun, step * count)) <= after:
            count += 1
        return date
    length = {"day": 86_400, "week": 7 * 86_400}[every["interval"]] * every["interval_count"]
    return anchor + length * ((after - anchor) // length + 1) if after >= anchor else anchor + length


def _months_on(moment: datetime, months: int) -> int:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return int(moment.replace(year=year, month=month + 1, day=day).timestamp())


# ---- changes


def reprice(subscription: Row, price: Row, quantity: int) -> Row:
    """From the next invoice on, this price: nothing is charged or given back for the present period."""
    return with_item(subscription, price=price, plan=_plan(price), quantity=quantity)


def move(account: Account, subscription: Row, trial_end: int) -> dict[str, Any]:
    """The fields by which the next payment is moved, as a trial, and later ones to its day."""
    now = account.now()
    account.never("renew", subscription["id"])
    account.later_at(trial_end, "renew", subscription["id"])
    return {
        "items": with_item(subscription, current_period_start=now, current_period_end=trial_end),
        "billing_cycle_anchor": trial_end,
        "status": "trialing",
        "trial_start": now,
        "trial_end": trial_end,
    }


def pause(account: Account, subscription: Row, wanted: Any) -> dict[str, Any]:
    """The field by which collection is paused until a moment, or with an empty string taken up again."""
    account.never("resume", subscription["id"])
    if not wanted:
        return {"pause_collection": None}
    resumes = int(wanted["resumes_at"]) if wanted.get("resumes_at") else None
    if resumes:
        account.later_at(resumes, "resume", subscription["id"])
    return {"pause_collection": {"behavior": wanted["behavior"], "resumes_at": resumes}}


def resume(account: Account, subscription_id: str) -> None:
    """The pause is over: money is collected from the next date on."""
    account.revise(account.need(subscription_id, "subscription"), UPDATED, pause_collection=None)


def end(
    account: Account, subscription: Row, reason: str, *, comment: str | None = None, feedback: str | None = None
) -> Row:
    """It is over. What is open is not asked for again."""
    now = account.now()
    said = subscription["cancellation_details"] or {}
    details = {
        "comment": comment or said.get("comment"),
        "feedback": feedback or said.get("feedback"),
        "reason": reason,
    }
    for verb in ("renew", "resume"):
        account.never(verb, subscription["id"])
    for invoice in account.store.every(
        "invoice", status="open", **{"parent.subscription_details.subscription": subscription["id"]}
    ):
        account.never("retry", invoice["id"])
        account.change(invoice, auto_advance=False, next_payment_attempt=None)
    subscription = account.change(
        subscription,
        status="canceled",
        canceled_at=subscription["canceled_at"] or now,
        ended_at=now,
        cancellation_details=details,
        pause_collection=None,
    )
    account.announce("customer.subscription.deleted", subscription)
    return subscription


def _plan(price: Row) -> Row:
    """The price under its old name, which every item still carries."""
    return smallest(
        LIBRARY.need("plan"),
        id=price["id"],
        active=True,
        amount=price["unit_amount"],
        amount_decimal=price["unit_amount_decimal"],
        created=price["created"],
        currency=price["currency"],
        interval=price["recurring"]["interval"],
        interval_count=price["recurring"]["interval_count"],
        metadata={},
        product=price["product"],
    )
