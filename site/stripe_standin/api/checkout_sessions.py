"""Checkout Sessions: the hosted payment page, opened for one gift."""

from urllib.parse import urlsplit

from stripe_standin import payments
from stripe_standin.account import Account
from stripe_standin.api.calls import call, created_within, line_items, merged, needed, page
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, missing, no_such, refused

HALF_HOUR, DAY = 30 * 60, 24 * 60 * 60
SMALLEST, LARGEST = 30, 99_999_999  # pence: Stripe's bounds for pounds sterling


@call(
    "POST",
    "/v1/checkout/sessions",
    """mode submit_type client_reference_id customer_email success_url cancel_url expires_at locale metadata[*] ui_mode
    line_items[][quantity] line_items[][price_data][currency] line_items[][price_data][unit_amount]
    line_items[][price_data][product] line_items[][price_data][product_data][name]
    line_items[][price_data][product_data][description]
    payment_intent_data[metadata][*] payment_intent_data[description]""",
)
def create(account: Account, params: Params) -> Row:
    """Open a payment page."""
    if params.get("mode", "payment") != "payment" or params.get("ui_mode", "hosted_page") != "hosted_page":
        raise ApiError(400, "The stand-in opens hosted pages in payment mode only.", param="mode")
    for name in ("line_items", "success_url"):
        if not params.get(name):
            raise missing(name)
    for name in ("success_url", "cancel_url"):
        if name in params and urlsplit(params[name]).scheme not in {"http", "https"}:
            raise refused(name, f"Not a valid URL: {name}", "url_invalid")
    if "@" not in params.get("customer_email", "@"):
        raise refused("customer_email", f"Invalid email address: {params['customer_email']}", "email_invalid")
    identity = account.new_id("cs_test")
    items = [_item(account, item, f"line_items[{place}]") for place, item in enumerate(params["line_items"])]
    total = sum(item["amount_total"] for item in items)
    if not SMALLEST <= total <= LARGEST:
        code = "amount_too_small" if total < SMALLEST else "amount_too_large"
        raise ApiError(400, "The Checkout Session's total amount due must be from £0.30 to £999,999.99.", code=code)
    _remember_wishes(account, identity, items, params)
    expires = _expiry(account, params)
    account.later(expires - account.now(), "expire", identity)
    return account.make(
        "checkout.session",
        "cs_test",
        id=identity,
        amount_subtotal=total,
        amount_total=total,
        cancel_url=params.get("cancel_url"),
        client_reference_id=params.get("client_reference_id"),
        currency=items[0]["currency"],
        customer_creation="if_required",
        customer_email=params.get("customer_email"),
        expires_at=expires,
        locale=params.get("locale"),
        metadata=merged({}, params.get("metadata")),
        mode="payment",
        payment_method_types=["card"],
        payment_status="unpaid",
        status="open",
        submit_type=params.get("submit_type"),
        success_url=params["success_url"],
        ui_mode="hosted_page",
        url=f"{account.options.base}/c/pay/{identity}",
    )


@call("GET", "/v1/checkout/sessions/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One Checkout Session."""
    return needed(account, id, "checkout.session", "checkout.session")


@call("POST", "/v1/checkout/sessions/{id}/expire")
def expire(account: Account, params: Params, id: str) -> Row:
    """Close a payment page that nobody has paid on."""
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


@call("GET", "/v1/checkout/sessions", "payment_intent status created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The Checkout Sessions, newest first."""
    equal = {name: params[name] for name in ("payment_intent", "status") if name in params}
    rows = created_within(account.store.every("checkout.session", **equal), params.get("created"))
    return page(rows, params, "/v1/checkout/sessions")


def _item(account: Account, item: Params, where: str) -> Row:
    """One line, with the price that Stripe makes of `price_data`."""
    if "price_data" not in item:
        raise missing(f"{where}[price_data]")
    asked = item["price_data"]
    if "unit_amount" not in asked:
        raise missing(f"{where}[price_data][unit_amount]")
    if asked["currency"] != "gbp":
        raise refused(f"{where}[price_data][currency]", "The stand-in takes gbp only.", "currency_not_supported")
    product = _product(account, asked, f"{where}[price_data]")
    quantity, amount = int(item.get("quantity", 1)), int(asked["unit_amount"])
    if quantity < 1 or amount < 0:
        raise refused(where, "This value must be greater than or equal to 1.", "parameter_invalid_integer")
    price = account.make(
        "price",
        "price",
        currency="gbp",
        product=product["id"],
        unit_amount=amount,
        unit_amount_decimal=str(amount),
        tax_behavior="unspecified",
        type="one_time",
    )
    return smallest(
        LIBRARY.need("item"),
        id=account.new_id("li"),
        amount_subtotal=amount * quantity,
        amount_total=amount * quantity,
        currency="gbp",
        description=product["name"],
        price=price,
        quantity=quantity,
    )


def _product(account: Account, asked: Params, where: str) -> Row:
    if "product" in asked:
        product = account.store.get(asked["product"], "product")
        if product is None:
            raise no_such("product", asked["product"], f"{where}[product]")
        return product
    if "product_data" not in asked:
        raise missing(f"{where}[product]")
    given = asked["product_data"]
    return account.make(
        "product",
        "prod",
        name=given["name"],
        description=given.get("description"),
        type="service",
        updated=account.now(),
    )


def _remember_wishes(account: Account, identity: str, items: list[Row], params: Params) -> None:
    """What Stripe keeps beside a Checkout Session and does not show in it."""
    wished = params.get("payment_intent_data", {})
    account.store.put(
        {"id": f"wishes_{identity}", "object": "wishes", "line_items": items, "payment_intent_data": wished}
    )


def _expiry(account: Account, params: Params) -> int:
    """When the page closes: in 24 hours, or as asked, between 30 minutes and 24 hours ahead."""
    now = account.now()
    expires = int(params.get("expires_at", now + DAY))
    if not now + HALF_HOUR - 60 <= expires <= now + DAY:
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
        raise refused("expires_at", message, "parameter_invalid_integer")
    return expires
