"""Stripe's hosted pages: one opened for a gift, once or regular; one for another card."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Literal

import stripe
from django.conf import settings
from stripe.params import ProductCreateParams
from stripe.params.checkout import (
    SessionCreateParams,
    SessionCreateParamsLineItemPriceData,
    SessionCreateParamsLineItemPriceDataRecurring,
)

from donations.exceptions import AttemptChanged, GatewayMisused, NotKnownToStripe
from donations.gateway.asking import AlreadyThere, ask, ask_plainly, base, client, id_of, keyed, reference_in
from donations.gateway.values import Checkout, CheckoutState

Interval = Literal["once", "month", "year"]
Methods = Literal["all", "card", "debit"]


def ensure_product(*, slug: str, name: str) -> str:
    """The id of the appeal's product at Stripe, which is made if it is not there. May be repeated for ever.

    Raises PaymentsUnavailable, GatewayMisused.
    """
    product_id = f"appeal-{slug}"
    params: ProductCreateParams = {"id": product_id, "name": name, "metadata": {"appeal": slug}}
    with suppress(AlreadyThere, AttemptChanged):  # made earlier, perhaps under an earlier name: the id is what counts
        ask(lambda: client().v1.products.create(params, keyed(f"product-{slug}")))
    return product_id


def open_checkout(
    *,
    reference: str,
    pence: int,
    appeal_slug: str,
    appeal_name: str,
    email: str,
    success_url: str,
    cancel_url: str,
    every: Interval = "once",
    methods: Methods = "all",
    expires_at: datetime | None = None,
) -> Checkout:
    """Open Stripe's payment page for a gift of `pence`, given once or every month or year.

    The pledge's reference is the key: repeating it is harmless. Stripe fills in {CHECKOUT_SESSION_ID} where
    `success_url` says so. Raises PaymentsUnavailable; AttemptChanged where the reference was used for another gift;
    GatewayMisused.
    """

    def opened(product: str) -> Checkout:
        price: SessionCreateParamsLineItemPriceData = {"currency": "gbp", "unit_amount": pence, "product": product}
        if every != "once":
            recurring: SessionCreateParamsLineItemPriceDataRecurring = {"interval": every}
            price["recurring"] = recurring
        params: SessionCreateParams = {
            "mode": "payment" if every == "once" else "subscription",
            "submit_type": "donate",
            "line_items": [{"quantity": 1, "price_data": price}],
            "client_reference_id": reference,
            "customer_email": email,
            "metadata": {"reference": reference},
            "success_url": success_url,
            "cancel_url": cancel_url,
        }
        # Stripe copies no metadata from the session to what comes of it, and that is what we are told about.
        described = f"{appeal_name}: {reference}"
        if every == "once":
            params["payment_intent_data"] = {"metadata": {"reference": reference}, "description": described}
        else:
            params["subscription_data"] = {"metadata": {"reference": reference}, "description": described}
        if methods != "all":  # a filter: what is not named is not offered
            params["allowed_payment_method_types"] = ["card"] if methods == "card" else ["bacs_debit"]
        if expires_at is not None:
            params["expires_at"] = int(expires_at.timestamp())
        page = ask_plainly("post", "/v1/checkout/sessions", params, **keyed(f"checkout-{reference}"))
        return _page(page["id"], page["url"])

    return _for_product(appeal_slug, appeal_name, opened)


def open_card_page(*, reference: str, subscription: str, customer: str, success_url: str, cancel_url: str) -> Checkout:
    """Open Stripe's page on which a donor names another card or account for a regular gift. Nothing is charged.

    `reference` is that of the change, and the key. Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    params: SessionCreateParams = {
        "mode": "setup",
        "currency": "gbp",
        "customer": customer,
        "metadata": {"change": reference, "subscription": subscription},
        "setup_intent_data": {"metadata": {"change": reference, "subscription": subscription}},
        "success_url": success_url,
        "cancel_url": cancel_url,
    }
    page = ask(lambda: client().v1.checkout.sessions.create(params, keyed(f"card-{reference}")))
    return _page(page.id, page.url)


def expire_checkout(session_id: str) -> CheckoutState:
    """Close a payment page that nobody has paid on. One that is paid or closed already is left as it is.

    Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused.
    """
    state = fetch_checkout(session_id)
    if state.status != "open":
        return state
    try:
        session = ask(lambda: client().v1.checkout.sessions.expire(session_id))
    except GatewayMisused:
        state = fetch_checkout(session_id)
        if state.status == "open":
            raise
        return state  # the donor paid between the two calls
    return _state(session)


def fetch_checkout(session_id: str) -> CheckoutState:
    """How a page stands now. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    params: stripe.params.checkout.SessionRetrieveParams = {"expand": ["setup_intent"]}
    return _state(ask(lambda: client().v1.checkout.sessions.retrieve(session_id, params)))


def forget_products() -> None:
    """Begin afresh. For tests, each of which has a stand-in of its own."""
    _product.cache_clear()


def _for_product(slug: str, name: str, opened: Callable[[str], Checkout]) -> Checkout:
    try:
        return opened(_product(settings.STRIPE_KEY, base(), slug, name))
    except NotKnownToStripe:  # an account that was emptied since this process last looked: a stand-in, begun afresh
        _product.cache_clear()
        return opened(_product(settings.STRIPE_KEY, base(), slug, name))


@lru_cache(maxsize=1000)  # so that a gift costs one call to Stripe, not two
def _product(key: str, address: str, slug: str, name: str) -> str:
    """The appeal's product in the account of `key`, looked after once a process."""
    return ensure_product(slug=slug, name=name)


def _page(session_id: str, url: str | None) -> Checkout:
    if not url:  # only a page that was paid or closed has no address to send anybody to
        raise GatewayMisused("Stripe opened a payment page without an address.")
    return Checkout(session_id=session_id, url=url)


def _state(session: stripe.checkout.Session) -> CheckoutState:
    setup = session.setup_intent
    method = setup.payment_method if isinstance(setup, stripe.SetupIntent) else None
    return CheckoutState(
        session_id=session.id,
        reference=session.client_reference_id or reference_in(session.metadata),
        mode=session.mode,
        status=session.status or "",
        payment_status=session.payment_status,
        payment_intent=id_of(session.payment_intent),
        subscription=id_of(session.subscription),
        payment_method=id_of(method),
        customer=id_of(session.customer),
        change=(session.metadata.to_dict().get("change") or None) if session.metadata is not None else None,
    )
