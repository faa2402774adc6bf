"""Refunds: sent under our own key, and read as Stripe has them now."""

from collections.abc import Iterator

import stripe
from stripe.params import RefundCreateParams, RefundListParams, RefundRetrieveParams

from donations.gateway.asking import ask, client, every, id_of, keyed, moment, reference_in
from donations.gateway.balance import line_or_none
from donations.gateway.values import Refund

WHOLE = ["balance_transaction", "failure_balance_transaction"]


def send_refund(*, reference: str, payment_intent: str, pence: int) -> Refund:
    """Give `pence` of a payment back. The refund's reference is the key: repeating it is harmless.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    params: RefundCreateParams = {
        "payment_intent": payment_intent,
        "amount": pence,
        "metadata": {"reference": reference},
        "expand": WHOLE,
    }
    return _read(ask(lambda: client().v1.refunds.create(params, keyed(f"refund-{reference}"))))


def fetch_refund(refund: str) -> Refund:
    """A refund as it is now. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    params: RefundRetrieveParams = {"expand": WHOLE}
    return _read(ask(lambda: client().v1.refunds.retrieve(refund, params)))


def refunds_of(payment_intent: str) -> Iterator[Refund]:
    """Every refund of a payment, those made in Stripe's dashboard too. Raises PaymentsUnavailable, GatewayMisused."""
    params: RefundListParams = {
        "payment_intent": payment_intent, "limit": 100, "expand": [f"data.{name}" for name in WHOLE],
    }  # fmt: skip
    yield from map(_read, every(lambda asked: client().v1.refunds.list(asked).auto_paging_iter(), params))


def _read(found: stripe.Refund) -> Refund:
    return Refund(
        refund=found.id,
        reference=reference_in(found.metadata),
        payment_intent=id_of(found.payment_intent),
        charge=id_of(found.charge),
        pence=found.amount,
        status=found.status or "",
        failure=found.failure_reason or "",
        made_at=moment(found.created),
        line=line_or_none(found.balance_transaction),
        failure_line=line_or_none(found.failure_balance_transaction),
    )
