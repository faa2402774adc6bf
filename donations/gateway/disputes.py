"""Disputes as Stripe has them now."""

import stripe

from donations.gateway.asking import ask, client, id_of, moment, moment_or_none
from donations.gateway.balance import read_line
from donations.gateway.values import Dispute


def fetch_dispute(dispute: str) -> Dispute:
    """A dispute as it is now, with every line by which money was taken or given back.

    Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused.
    """
    return _read(ask(lambda: client().v1.disputes.retrieve(dispute)))


def _read(found: stripe.Dispute) -> Dispute:
    return Dispute(
        dispute=found.id,
        payment_intent=id_of(found.payment_intent),
        charge=id_of(found.charge) or "",
        pence=found.amount,
        status=found.status,
        reason=found.reason,
        evidence_due=moment_or_none(found.evidence_details.due_by),
        opened_at=moment(found.created),
        lines=tuple(read_line(line) for line in found.balance_transactions),
    )
