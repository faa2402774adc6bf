"""Disputes: asked about, answered with evidence, or given up."""

from stripe_standin import disputes
from stripe_standin.account import Account
from stripe_standin.api.calls import call, merged, needed
from stripe_standin.api.listing import listed
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, Params


@call("GET", "/v1/disputes/{id}")
def retrieve(account: Account, params: Params, id: str) -> Row:
    """One dispute."""
    return needed(account, id, "dispute", "dispute")


@call(
    "POST",
    "/v1/disputes/{id}",
    """metadata[*] submit evidence[uncategorized_text] evidence[product_description] evidence[customer_name]
    evidence[customer_email_address] evidence[service_date] evidence[access_activity_log]""",
)
def update(account: Account, params: Params, id: str) -> Row:
    """Keep the charity's evidence, and hand it in unless `submit` is false."""
    dispute = needed(account, id, "dispute", "dispute")
    if "metadata" in params:
        old = dispute["metadata"]
        dispute = account.change(dispute, metadata=merged(old, params["metadata"]))
        account.announce("charge.dispute.updated", dispute, previous={"metadata": old})
    if "evidence" in params:
        _must_be_open(dispute)
        submit = params.get("submit", "true") == "true"
        dispute = disputes.hand_in(account, dispute, params["evidence"], submit=submit)
    return dispute


@call("POST", "/v1/disputes/{id}/close")
def close(account: Account, params: Params, id: str) -> Row:
    """Give a dispute up: it is lost."""
    dispute = needed(account, id, "dispute", "dispute")
    _must_be_open(dispute)
    return disputes.move(account, id, "warning_closed" if dispute["status"].startswith("warning") else "lost")


@call("GET", "/v1/disputes", "charge payment_intent created created[*]", paged=True)
def every(account: Account, params: Params) -> Row:
    """The disputes, newest first."""
    equal: dict[str, str] = {name: params[name] for name in ("charge", "payment_intent") if name in params}
    return listed(account, "dispute", params, "/v1/disputes", equal)


def _must_be_open(dispute: Row) -> None:
    if dispute["status"] in disputes.ENDS:
        raise ApiError(400, f"This dispute is already closed: {dispute['status']}.", code="invalid_request")
