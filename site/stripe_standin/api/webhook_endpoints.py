"""Webhook endpoints: who is told of events, and with which secret each message is signed."""

import secrets

from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed, page
from stripe_standin.specification import VERSION
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params, missing


@call("POST", "/v1/webhook_endpoints", "url enabled_events[] api_version description metadata[*]")
def create(account: Account, params: Params) -> Row:
    """Register an endpoint. Its secret is shown in this answer and never again."""
    if not params.get("enabled_events"):
        raise missing("enabled_events")
    if params.get("api_version", VERSION) != VERSION:
        raise ApiError(400, f"The stand-in renders events in {VERSION} only.", param="api_version")
    return register(account, params["url"], f"whsec_{secrets.token_hex(16)}", params["enabled_events"], params)


def register(account: Account, url: str, secret: str, kinds: list[str], params: Params | None = None) -> Row:
    """An endpoint with a known secret; one that is already at this address takes the new secret and kinds."""
    params = params or {}
    given = {
        "url": url,
        "enabled_events": kinds,
        "status": "enabled",
        "api_version": VERSION,
        "description": params.get("description"),
        "metadata": merged({}, params.get("metadata")),
    }
    endpoint = account.make("webhook_endpoint", "we", **given)
    account.store.put({"id": f"secret_{endpoint['id']}", "object": "secret", "secret": secret})
    return endpoint | {"secret": secret}


def secret_of(account: Account, endpoint_id: str) -> str:
    """The signing secret of an endpoint."""
    return str(account.need(f"secret_{endpoint_id}", "secret")["secret"])


@call("GET", "/v1/webhook_endpoints/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One endpoint."""
    return needed(account, id, "webhook_endpoint", "webhook endpoint")


@call("POST", "/v1/webhook_endpoints/{id}", "url enabled_events[] description disabled metadata[*]")
def update(account: Account, params: Params, id: str) -> Row:
    """Change where an endpoint is, what it hears, or whether it hears anything."""
    endpoint = needed(account, id, "webhook_endpoint", "webhook endpoint")
    given: Row = {name: params[name] for name in ("url", "enabled_events", "description") if name in params}
    if "disabled" in params:
        given["status"] = "disabled" if params["disabled"] == "true" else "enabled"
    return account.change(endpoint, **given, metadata=merged(endpoint["metadata"], params.get("metadata")))


@call("DELETE", "/v1/webhook_endpoints/{id}")
def delete(account: Account, params: Params, id: str) -> Row:
    """Forget an endpoint."""
    needed(account, id, "webhook_endpoint", "webhook endpoint")
    account.store.run("DELETE FROM objects WHERE id IN (?, ?)", id, f"secret_{id}")
    account.store.run("DELETE FROM deliveries WHERE endpoint = ? AND state <> 'delivered'", id)
    return {"id": id, "object": "webhook_endpoint", "deleted": True}


@call("GET", "/v1/webhook_endpoints", paged=True)
def every(account: Account, params: Params) -> Row:
    """The endpoints, newest first."""
    return page(account.store.every("webhook_endpoint"), params, "/v1/webhook_endpoints")
