"""Regular gifts at Stripe: how one stands, and the few things that may be changed about it."""

import calendar
from datetime import date, datetime
from typing import Literal

import stripe
from stripe.params import (
    MandateRetrieveParams,
    SubscriptionCancelParams,
    SubscriptionRetrieveParams,
    SubscriptionUpdateParams,
)

from donations.exceptions import GatewayMisused
from donations.gateway.asking import ask, client, id_of, keyed, moment, moment_or_none, reference_in
from donations.gateway.payments import payment_in
from donations.gateway.values import Mandate, Subscription


def fetch_subscription(subscription: str) -> Subscription:
    """A regular gift as it is now. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    params: SubscriptionRetrieveParams = {"expand": ["default_payment_method", "latest_invoice.payments"]}
    return _read(ask(lambda: client().v1.subscriptions.retrieve(subscription, params)))


def fetch_mandate(mandate: str) -> Mandate:
    """A Direct Debit's mandate as it is now. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    params: MandateRetrieveParams = {"expand": ["payment_method"]}
    found = ask(lambda: client().v1.mandates.retrieve(mandate, params))
    method = found.payment_method if isinstance(found.payment_method, stripe.PaymentMethod) else None
    customer = id_of(method.customer) if method is not None else None
    return Mandate(mandate=found.id, active=found.status != "inactive", customer=customer or "")


def change_amount(
    *, subscription: str, item: str, product: str, pence: int, every: Literal["month", "year"], key: str
) -> None:
    """From the next payment on, give `pence`. Raises PaymentsUnavailable, AttemptChanged, GatewayMisused."""
    params: SubscriptionUpdateParams = {
        "items": [
            {
                "id": item,
                "price_data": {
                    "currency": "gbp",
                    "product": product,
                    "unit_amount": pence,
                    "recurring": {"interval": every},
                },
            }
        ],
        "proration_behavior": "none",
    }
    _update(subscription, params, key)


def move_date(*, subscription: str, next_at: datetime, key: str) -> None:
    """Take the next payment at another time, and later ones on its day. Nothing is charged or given back for the shift.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    _update(subscription, {"trial_end": int(next_at.timestamp()), "proration_behavior": "none"}, key)


def pause(*, subscription: str, until: datetime, key: str) -> None:
    """Take nothing until a moment; what falls due before is dropped, not owed.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    _update(subscription, {"pause_collection": {"behavior": "void", "resumes_at": int(until.timestamp())}}, key)


def resume(*, subscription: str, key: str) -> None:
    """Take payments again. Raises PaymentsUnavailable, AttemptChanged, GatewayMisused."""
    _update(subscription, {"pause_collection": ""}, key)


def use_card(*, subscription: str, payment_method: str, key: str) -> None:
    """Pay with another card or account from now on; Stripe's retries look there first.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    _update(subscription, {"default_payment_method": payment_method}, key)


def cancel(*, subscription: str, key: str, because: str = "") -> None:
    """End a regular gift now. One that has ended already is left as it is.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    params: SubscriptionCancelParams = {"invoice_now": False, "prorate": False}
    if because:
        params["cancellation_details"] = {"comment": because}
    try:
        ask(lambda: client().v1.subscriptions.cancel(subscription, params, keyed(key)))
    except GatewayMisused:
        if fetch_subscription(subscription).status != "canceled":
            raise


def _update(subscription: str, params: SubscriptionUpdateParams, key: str) -> None:
    ask(lambda: client().v1.subscriptions.update(subscription, params, keyed(key)))


def _read(found: stripe.Subscription) -> Subscription:
    item = found.items.data[0]
    invoice = found.latest_invoice if isinstance(found.latest_invoice, stripe.Invoice) else None
    due = invoice if invoice is not None and invoice.status == "open" else None
    method = found.default_payment_method
    method = method if isinstance(method, stripe.PaymentMethod) else None
    pausing = found.pause_collection
    details = found.cancellation_details
    return Subscription(
        subscription=found.id,
        reference=reference_in(found.metadata),
        status=found.status,
        item=item.id,
        product=id_of(item.price.product) or "",
        pence=(item.price.unit_amount or 0) * (item.quantity or 1),
        every=item.price.recurring.interval if item.price.recurring else "",
        customer=id_of(found.customer) or "",
        method=method.type if method else "",
        card_expires_on=_last_day(method.card) if method is not None and method.card is not None else None,
        began_at=moment(found.start_date),
        next_at=None if found.ended_at else moment(item.current_period_end),  # of a trial, its end
        paused=pausing is not None,
        paused_until=moment_or_none(pausing.resumes_at) if pausing is not None else None,
        failures=due.attempt_count if due else 0,
        next_try_at=moment_or_none(due.next_payment_attempt) if due else None,
        cancel_at_period_end=found.cancel_at_period_end,
        ended_at=moment_or_none(found.ended_at),
        ended_reason=(details.reason or "") if details else "",
        latest_payment_intent=payment_in(invoice) if invoice is not None else None,
        livemode=found.livemode,
    )


def _last_day(card: "stripe.PaymentMethod.Card") -> date:
    return date(card.exp_year, card.exp_month, calendar.monthrange(card.exp_year, card.exp_month)[1])
