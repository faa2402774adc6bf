"""Subscriptions: how a regular gift stands, and what may be changed about it."""

from typing import Any

from stripe_standin import invoicing, renewals, subscriptions
from stripe_standin.account import Account
from stripe_standin.api import prices
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, missing, no_such, refused

ITEMS = """items[][id] items[][price] items[][quantity] items[][price_data][currency] items[][price_data][product]
    items[][price_data][unit_amount] items[][price_data][recurring][interval]
    items[][price_data][recurring][interval_count]"""
FEEDBACK = "cancellation_details[comment] cancellation_details[feedback]"


@call(
    "POST",
    "/v1/subscriptions",
    f"{ITEMS} customer default_payment_method description metadata[*] trial_end off_session",
)
def create(account: Account, params: Params) -> Row:
    """Begin a subscription without a page, and collect its first invoice."""
    customer = needed(account, params["customer"], "customer", "customer", "customer")
    if len(params.get("items", [])) != 1:
        raise refused("items", "The stand-in's subscriptions have exactly one item.")
    price = _price(account, params["items"][0], "items[0]")
    if price is None:
        raise missing("items[0][price]")
    if "default_payment_method" in params:
        _owned(account, params["default_payment_method"], customer["id"])
    known = {name: params[name] for name in ("default_payment_method", "description") if name in params}
    trial = _trial_end(account, params)
    subscription = subscriptions.begin(
        account,
        customer=customer["id"],
        price=price,
        quantity=int(params["items"][0].get("quantity", 1)),
        metadata=merged({}, params.get("metadata")),
        **known,
        **({"trial_end": trial} if trial else {}),
    )
    if trial is None:
        period = (subscription["start_date"], subscriptions.next_date(subscription))
        invoice = invoicing.make(account, subscription, reason="subscription_create", period=period)
        account.change(subscription, latest_invoice=invoice["id"])
        renewals.collect(account, invoice)
    return account.need(subscription["id"], "subscription")


@call("GET", "/v1/subscriptions/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One subscription."""
    return needed(account, id, "subscription", "subscription")


@call("GET", "/v1/subscriptions", "customer status created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The subscriptions, newest first: those that have ended only where they are asked for."""
    equal = {"customer": params["customer"]} if "customer" in params else {}
    where = ""
    match params.get("status"):
        case "all":
            pass
        case None | "":
            where = "json_extract(body, '$.status') <> 'canceled'"
        case "ended":
            where = "json_extract(body, '$.status') IN ('canceled', 'incomplete_expired')"
        case status:
            equal["status"] = status
    return listed(account, "subscription", params, "/v1/subscriptions", equal, where=where)


@call(
    "POST",
    "/v1/subscriptions/{id}",
    f"""{ITEMS} {FEEDBACK} proration_behavior trial_end default_payment_method description metadata[*]
    cancel_at_period_end pause_collection pause_collection[behavior] pause_collection[resumes_at]""",
)
def update(account: Account, params: Params, id: str) -> Row:
    """Change a regular gift: its amount, its date, its card; pause it, or have it end with its period."""
    subscription = _alive(account, id)
    if {"items", "trial_end"} & params.keys() and params.get("proration_behavior") != "none":
        raise refused("proration_behavior", "The stand-in makes no prorations: say none.", "standin_not_implemented")
    fields: dict[str, Any] = {"metadata": merged(subscription["metadata"], params.get("metadata"))}
    if "description" in params:
        fields["description"] = params["description"] or None
    if "default_payment_method" in params:
        fields["default_payment_method"] = _owned(account, params["default_payment_method"], subscription["customer"])
        renewals.reprieve(account, id)
    if "items" in params:
        fields["items"] = _repriced(account, subscription, params["items"])
    if "pause_collection" in params:
        fields |= subscriptions.pause(account, subscription, params["pause_collection"])
    fields |= _ending(account, subscription, params)
    trial = _trial_end(account, params)
    if trial is not None:
        fields |= subscriptions.move(account, subscription | fields, trial)
    return account.revise(subscription, subscriptions.UPDATED, **fields)


@call("DELETE", "/v1/subscriptions/{id}", f"{FEEDBACK} invoice_now prorate")
def cancel(account: Account, params: Params, id: str) -> Row:
    """End a regular gift now."""
    subscription = _alive(account, id)
    for name in ("invoice_now", "prorate"):
        if params.get(name) == "true":
            raise refused(name, "The stand-in makes no prorations and no last invoice.", "standin_not_implemented")
    said = params.get("cancellation_details", {})
    return subscriptions.end(
        account,
        subscription,
        "cancellation_requested",
        comment=said.get("comment") or None,
        feedback=said.get("feedback") or None,
    )


@call("GET", "/v1/subscription_items", "subscription", paged=True)
def items_of(account: Account, params: Params) -> Row:
    """What is subscribed to."""
    found: Row = needed(account, params["subscription"], "subscription", "subscription", "subscription")["items"]
    return found


# ---- the parts


def _alive(account: Account, identity: str) -> Row:
    """A subscription that has not ended: of others Stripe says that there is none."""
    subscription = needed(account, identity, "subscription", "subscription")
    if subscription["status"] == "canceled":
        raise no_such("subscription", identity)
    return subscription


def _owned(account: Account, method_id: str, customer: str) -> str | None:
    """A card or account that is the customer's; an empty text for none."""
    if not method_id:
        return None
    name = "default_payment_method"
    method = needed(account, method_id, "payment_method", "PaymentMethod", name)
    if method["customer"] != customer:
        raise refused(name, f"The customer does not have a payment method with the ID {method_id}.", "resource_missing")
    return method_id


def _price(account: Account, item: Params, where: str) -> Row | None:
    """The price that an item asks for, if it asks for one."""
    if "price" in item:
        price = needed(account, item["price"], "price", "price", f"{where}[price]")
    elif "price_data" in item:
        price = prices.make(account, item["price_data"], f"{where}[price_data]")
    else:
        return None
    if price["type"] != "recurring":
        raise refused(where, "The price specified is set to `type=one_time`.")
    return price


def _repriced(account: Account, subscription: Row, asked: list[Params]) -> Row:
    item = subscriptions.item_of(subscription)
    if len(asked) != 1 or asked[0].get("id") != item["id"]:
        raise refused("items", f"The stand-in changes the one item that is there: {item['id']}.")
    price = _price(account, asked[0], "items[0]") or item["price"]
    if price["recurring"] != item["price"]["recurring"]:
        raise refused("items", "The stand-in does not change how often is paid.", "standin_not_implemented")
    quantity = int(asked[0].get("quantity") or item["quantity"])
    return subscriptions.reprice(subscription, price, quantity)


def _trial_end(account: Account, params: Params) -> int | None:
    if "trial_end" not in params:
        return None
    asked: str = params["trial_end"]
    if not asked.isdigit() or int(asked) <= account.now():
        message = "Invalid timestamp: must be an integer Unix timestamp in the future."
        raise ApiError(400, message, param="trial_end")
    return int(asked)


def _ending(account: Account, subscription: Row, params: Params) -> dict[str, Any]:
    """The fields by which it ends with its period, or goes on after all; and what was said of the reason."""
    fields: dict[str, Any] = {}
    details = subscription["cancellation_details"]
    if "cancellation_details" in params:
        details = details | {name: text or None for name, text in params["cancellation_details"].items()}
    if "cancel_at_period_end" in params:
        ends = params["cancel_at_period_end"] == "true"
        details = details | {"reason": "cancellation_requested" if ends else None}
        fields["cancel_at_period_end"] = ends
        fields["cancel_at"] = subscriptions.next_date(subscription) if ends else None
        fields["canceled_at"] = account.now() if ends else None
    if details != subscription["cancellation_details"]:
        fields["cancellation_details"] = details
    return fields
