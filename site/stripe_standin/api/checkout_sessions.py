"""Checkout Sessions: the hosted page, opened for one gift, for a regular one, or to name another card."""

from urllib.parse import urlsplit

from stripe_standin import methods, payments, setups
from stripe_standin.account import Account
from stripe_standin.api import prices
from stripe_standin.api.calls import call, line_items, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, missing, no_such, refused

HALF_HOUR, DAY = 30 * 60, 24 * 60 * 60
SMALLEST, LARGEST = 30, 99_999_999  # pence: Stripe's bounds for pounds sterling
BELONGS = {"payment_intent_data": "payment", "subscription_data": "subscription", "setup_intent_data": "setup"}


@call(
    "POST",
    "/v1/checkout/sessions",
    """mode submit_type client_reference_id customer customer_email currency success_url cancel_url expires_at locale
    metadata[*] ui_mode allowed_payment_method_types[] line_items[][quantity] line_items[][price]
    line_items[][price_data][currency] line_items[][price_data][unit_amount]
    line_items[][price_data][recurring][interval] line_items[][price_data][recurring][interval_count]
    line_items[][price_data][product] line_items[][price_data][product_data][name]
    line_items[][price_data][product_data][description]
    payment_intent_data[metadata][*] payment_intent_data[description] payment_intent_data[setup_future_usage]
    subscription_data[metadata][*] subscription_data[description]
    setup_intent_data[metadata][*] setup_intent_data[description]""",
    passes_over="payment_intent_data",
)
def create(account: Account, params: Params) -> Row:
    """Open a page."""
    mode = params.get("mode", "payment")
    _check(account, params, mode)
    items = [_item(account, item, f"line_items[{place}]") for place, item in enumerate(params.get("line_items", []))]
    _check_prices(items, mode)
    total = sum(item["amount_total"] for item in items)
    if mode != "setup" and not SMALLEST <= total <= LARGEST:
        code = "amount_too_small" if total < SMALLEST else "amount_too_large"
        raise ApiError(400, "The Checkout Session's total amount due must be from £0.30 to £999,999.99.", code=code)
    identity = account.new_id("cs_test")
    _remember_wishes(account, identity, items, params)
    expires = _expiry(account, params)
    account.later(expires - account.now(), "expire", identity)
    customer = params.get("customer")
    known: Row = {"amount_subtotal": total, "amount_total": total, "payment_status": "unpaid"}
    if mode == "setup":
        setup = setups.make_intent(account, customer, params.get("setup_intent_data", {}))
        known = {"setup_intent": setup["id"], "payment_status": "no_payment_required"}
    return account.make(
        "checkout.session",
        "cs_test",
        id=identity,
        cancel_url=params.get("cancel_url"),
        client_reference_id=params.get("client_reference_id"),
        currency=items[0]["currency"] if items else params["currency"],
        customer=customer,
        customer_creation=None if customer or mode == "setup" else CREATION[mode],
        customer_email=params.get("customer_email"),
        expires_at=expires,
        locale=params.get("locale"),
        metadata=merged({}, params.get("metadata")),
        mode=mode,
        payment_method_types=_offered(params),
        status="open",
        submit_type=params.get("submit_type"),
        success_url=params["success_url"],
        ui_mode="hosted_page",
        url=f"{account.options.base}/c/pay/{identity}",
        **known,
    )


def _offered(params: Params) -> list[str]:
    """The ways of paying: all, or those that the caller lets through; Stripe drops what does not fit in silence."""
    allowed = params.get("allowed_payment_method_types")
    return methods.OFFERED if allowed is None else [each for each in methods.OFFERED if each in allowed]


CREATION = {"payment": "if_required", "subscription": "always"}


@call("GET", "/v1/checkout/sessions/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One Checkout Session."""
    return needed(account, id, "checkout.session", "checkout.session")


@call("POST", "/v1/checkout/sessions/{id}/expire")
def expire(account: Account, params: Params, id: str) -> Row:
    """Close a page that nobody has paid on."""
    session = needed(account, id, "checkout.session", "checkout.session")
    try:
        return payments.expire(account, id)
    except payments.NotOpen:
        status = session["status"]
        message = f'Only Checkout Sessions with a status in ["open"] can be expired. This one has a status of {status}.'
        raise ApiError(400, message) from None


@call("GET", "/v1/checkout/sessions/{id}/line_items", paged=True)
def items_of(account: Account, params: Params, id: str) -> Row:
    """What a Checkout Session is for."""
    needed(account, id, "checkout.session", "checkout.session")
    return line_items(account, id, params)


@call("GET", "/v1/checkout/sessions", "payment_intent subscription customer status created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The Checkout Sessions, newest first."""
    names = ("payment_intent", "subscription", "customer", "status")
    equal = {name: params[name] for name in names if name in params}
    return listed(account, "checkout.session", params, "/v1/checkout/sessions", equal)


# ---- what is asked for


def _check(account: Account, params: Params, mode: str) -> None:
    """Refuse what Stripe would refuse before it looks at the lines."""
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise ApiError(400, "The stand-in opens hosted pages only.", param="ui_mode")
    for name in ("success_url", "currency" if mode == "setup" else "line_items"):
        if not params.get(name):
            raise missing(name)
    if mode == "setup" and params.get("line_items"):
        raise refused("line_items", "`line_items` cannot be used in `setup` mode.", "parameter_unknown")
    for name, wanted in BELONGS.items():
        if name in params and mode != wanted:
            raise refused(name, f"You can not pass `{name}` in `{mode}` mode.", "parameter_unknown")
    for name in ("success_url", "cancel_url"):
        if name in params and urlsplit(params[name]).scheme not in {"http", "https"}:
            raise refused(name, f"Not a valid URL: {name}", "url_invalid")
    if "@" not in params.get("customer_email", "@"):
        raise refused("customer_email", f"Invalid email address: {params['customer_email']}", "email_invalid")
    if "customer" in params:
        if "customer_email" in params:
            raise refused(
                "customer", "You may only specify one of these: customer, customer_email.", "parameter_unknown"
            )
        needed(account, params["customer"], "customer", "customer", "customer")


def _check_prices(items: list[Row], mode: str) -> None:
    """A regular gift needs one price that comes again; what is paid once needs prices that do not."""
    recurring = [item["price"]["type"] == "recurring" for item in items]
    if mode == "subscription" and recurring != [True]:
        raise refused("line_items", "The stand-in wants exactly one line with a recurring price in subscription mode.")
    if mode == "payment" and any(recurring):
        raise refused("line_items", "You must provide one-time prices in `payment` mode.")


def _item(account: Account, item: Params, where: str) -> Row:
    """One line, with its price, or with the one that Stripe makes of `price_data`."""
    if "price" in item:
        price = account.store.get(item["price"], "price")
        if price is None:
            raise no_such("price", item["price"], f"{where}[price]")
    elif "price_data" in item:
        price = prices.make(account, item["price_data"], f"{where}[price_data]")
    else:
        raise missing(f"{where}[price_data]")
    quantity = int(item.get("quantity", 1))
    if quantity < 1:
        raise refused(where, "This value must be greater than or equal to 1.", "parameter_invalid_integer")
    amount = price["unit_amount"] * quantity
    return smallest(
        LIBRARY.need("item"),
        id=account.new_id("li"),
        amount_subtotal=amount,
        amount_total=amount,
        currency=price["currency"],
        description=account.need(price["product"], "product")["name"],
        price=price,
        quantity=quantity,
    )


def _remember_wishes(account: Account, identity: str, items: list[Row], params: Params) -> None:
    """What Stripe keeps beside a Checkout Session and does not show in it."""
    wished = {name: params.get(name, {}) for name in BELONGS}
    account.store.put({"id": f"wishes_{identity}", "object": "wishes", "line_items": items, **wished})


def _expiry(account: Account, params: Params) -> int:
    """When the page closes: in 24 hours, or as asked, between 30 minutes and 24 hours ahead."""
    now = account.now()
    expires = int(params.get("expires_at", now + DAY))
    if not now + HALF_HOUR - 60 <= expires <= now + DAY:
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
        raise refused("expires_at", message, "parameter_invalid_integer")
    return expires
