"""Stripe's billing portal, as far as one of its flows: a regular donor names another card."""

from stripe_standin import methods, renewals
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

FLOW = "payment_method_update"
CONFIGURATION = "bpc_standin"


def open_session(account: Account, customer: str, return_url: str | None, after: str | None) -> Row:
    """A page on which this customer names another card. `after`: where she is led when she has."""
    identity = account.new_id("bps")
    module = "stripe.billing_portal._session"
    completion = LIBRARY.shape(module, "Session.Flow.AfterCompletion")
    redirect = {"return_url": after} if after else None
    done = smallest(completion, type="redirect" if after else "portal_homepage", redirect=redirect)
    session = account.make(
        "billing_portal.session",
        "bps",
        id=identity,
        configuration=CONFIGURATION,
        customer=customer,
        flow=smallest(LIBRARY.shape(module, "Session.Flow"), type=FLOW, after_completion=done),
        return_url=return_url,
        url=f"{account.options.base}/p/session/{identity}",
    )
    account.announce("billing_portal.session.created", session)
    return session


def name_another(account: Account, session: Row, choice: str, name: str) -> Row | None:
    """The customer's invoices are paid with this from now on. None where the bank says no; ValueError for no choice.

    A subscription that has its own means of paying keeps it, as at Stripe.
    """
    if choice not in methods.CHOICES:
        raise ValueError(f"No card {choice!r}.")
    if choice == "declined":
        return None
    with account.store.transaction():
        customer = account.need(session["customer"], "customer")
        method = methods.attach(account, methods.make(account, choice, name, customer["email"]), customer["id"])
        settings = customer["invoice_settings"] | {"default_payment_method": method["id"]}
        account.revise(customer, "customer.updated", invoice_settings=settings)
        for subscription in account.store.every("subscription", customer=customer["id"]):
            if subscription["default_payment_method"] is None:
                renewals.reprieve(account, subscription["id"])
        return method
