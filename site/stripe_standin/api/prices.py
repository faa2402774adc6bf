"""Prices: how much is asked for a product, once or again and again."""

from typing import Any

from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row
from stripe_standin.wire import Params, missing, no_such, refused

LONGEST = {"day": 1095, "week": 156, "month": 36, "year": 3}


@call(
    "POST",
    "/v1/prices",
    """currency unit_amount product product_data[name] product_data[metadata][*] recurring[interval]
    recurring[interval_count] nickname active metadata[*]""",
)
def create(account: Account, params: Params) -> Row:
    """Make a price."""
    price = make(account, params, "", nickname=params.get("nickname"), active=params.get("active", "true") == "true")
    price = account.change(price, metadata=merged({}, params.get("metadata")))
    account.announce("price.created", price)
    return price


@call("GET", "/v1/prices/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One price."""
    return needed(account, id, "price", "price", "price")


@call("GET", "/v1/prices", "active currency product type created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The prices, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("currency", "product", "type") if name in params}
    where, values = (
        ("json_extract(body, '$.active') = ?", [params["active"] == "true"]) if "active" in params else ("", [])
    )
    return listed(account, "price", params, "/v1/prices", equal, where=where, values=values)


def make(account: Account, asked: Params, where: str, **known: Any) -> Row:
    """The price that Stripe makes of `price_data`, or of what is asked for at `where`."""
    if "unit_amount" not in asked:
        raise missing(_inside(where, "unit_amount"))
    if asked.get("currency") != "gbp" and where:
        raise refused(_inside(where, "currency"), "The stand-in takes gbp only.", "currency_not_supported")
    amount = int(asked["unit_amount"])
    if amount < 0:
        raise refused(_inside(where, "unit_amount"), "This value must be at least 0.", "parameter_invalid_integer")
    recurring = asked.get("recurring")
    return account.make(
        "price",
        "price",
        **{"active": True}
        | known
        | {
            "currency": asked.get("currency", "gbp"),
            "product": _product(account, asked, where)["id"],
            "recurring": _recurring(recurring, where) if recurring else None,
            "unit_amount": amount,
            "unit_amount_decimal": str(amount),
            "tax_behavior": "unspecified",
            "type": "recurring" if recurring else "one_time",
        },
    )


def _recurring(asked: Params, where: str) -> Row:
    count = int(asked.get("interval_count", 1))
    if not 1 <= count <= LONGEST[asked["interval"]]:
        name = _inside(where, "recurring][interval_count") if where else "recurring[interval_count]"
        raise refused(name, "An interval is at most three years.", "parameter_invalid_integer")
    shape = LIBRARY.shape("stripe._price", "Price.Recurring")
    return smallest(shape, interval=asked["interval"], interval_count=count, usage_type="licensed")


def _product(account: Account, asked: Params, where: str) -> Row:
    if "product" in asked:
        product = account.store.get(asked["product"], "product")
        if product is None:
            raise no_such("product", asked["product"], _inside(where, "product"))
        return product
    if "product_data" not in asked:
        raise missing(_inside(where, "product"))
    given = asked["product_data"]
    return account.make(
        "product",
        "prod",
        name=given["name"],
        active=True,
        description=given.get("description"),
        metadata=merged({}, given.get("metadata")),
        type="service",
        updated=account.now(),
    )


def _inside(where: str, name: str) -> str:
    return f"{where}[{name}]" if where else name
