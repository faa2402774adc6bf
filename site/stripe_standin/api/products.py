"""Products: one for each thing that money is asked for."""

from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed, page
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params


@call("POST", "/v1/products", "id name description active url metadata[*]")
def create(account: Account, params: Params) -> Row:
    """Make a product, under an id of the caller's if it gives one."""
    chosen = params.get("id") or account.new_id("prod")
    if account.store.get(chosen):
        raise ApiError(400, f"Product already exists with id {chosen}.", code="resource_already_exists", param="id")
    product = account.make(
        "product",
        "prod",
        id=chosen,
        name=params["name"],
        description=params.get("description"),
        active=params.get("active", "true") == "true",
        url=params.get("url"),
        metadata=merged({}, params.get("metadata")),
        type="service",
        updated=account.now(),
    )
    account.announce("product.created", product)
    return product


@call("GET", "/v1/products/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One product."""
    return needed(account, id, "product", "product")


@call("POST", "/v1/products/{id}", "name description active url metadata[*]")
def update(account: Account, params: Params, id: str) -> Row:
    """Change a product."""
    product = needed(account, id, "product", "product")
    given: Row = {name: params[name] or None for name in ("name", "description", "url") if name in params}
    if "active" in params:
        given["active"] = params["active"] == "true"
    metadata = merged(product["metadata"], params.get("metadata"))
    return account.change(product, **given, metadata=metadata, updated=account.now())


@call("GET", "/v1/products", "active", paged=True)
def every(account: Account, params: Params) -> Row:
    """The products, newest first."""
    rows = account.store.every("product")
    if "active" in params:
        rows = [row for row in rows if row["active"] == (params["active"] == "true")]
    return page(rows, params, "/v1/products")
