"""Payments as Stripe has them now: with their charge, their fee, and the renewal that they pay, if any."""

from typing import Any
from urllib.parse import quote

import stripe
from stripe.params import InvoicePaymentListParams, InvoiceRetrieveParams, PaymentIntentRetrieveParams

from donations.gateway.asking import ask, ask_plainly, client, id_of, moment, reference_in
from donations.gateway.values import Payment

FAILED = ("requires_payment_method", "canceled")


def fetch_payment(payment_intent: str) -> Payment:
    """A payment as it is now, with its charge and its fee.

    A payment that carries no reference of ours is looked for among the renewals: one more call.
    Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused.
    """
    params: PaymentIntentRetrieveParams = {"expand": ["latest_charge.balance_transaction"]}
    intent = ask_plainly("get", f"/v1/payment_intents/{quote(payment_intent, safe='')}", params)
    reference = (intent["metadata"] or {}).get("reference") or None
    invoice = None if reference else _invoice_paid_by(payment_intent)
    charge = _expanded(intent["latest_charge"])
    line = _expanded(charge.get("balance_transaction"))
    method = (charge.get("payment_method_details") or {}).get("type") or ""
    succeeded = intent["status"] == "succeeded"
    return Payment(
        payment_intent=intent["id"],
        reference=reference or _reference_of(invoice),
        status=intent["status"],
        pence=intent["amount_received"] if succeeded else intent["amount"],
        currency=intent["currency"],
        charge=charge.get("id"),
        fee_pence=line.get("fee"),
        net_pence=line.get("net"),
        method=method,
        # A debit is ours on the day on which it is settled, days after its charge was made.
        received_at=moment((line if line and method != "card" else charge or intent)["created"]),
        livemode=intent["livemode"],
        failed=intent["last_payment_error"] is not None and intent["status"] in FAILED,
        invoice=invoice.id if invoice else None,
        subscription=_subscription_of(invoice),
        billing_reason=(invoice.billing_reason or "") if invoice else "",
        fingerprint=_fingerprint(intent, charge),
    )


def _expanded(thing: Any) -> dict[str, Any]:
    """What was asked for with it; nothing where it is not there, or only named."""
    return thing if isinstance(thing, dict) else {}


def _fingerprint(intent: dict[str, Any], charge: dict[str, Any]) -> str:
    """Of the card that was tried last; a card that was refused before it was charged stands in the error alone."""
    refused = (intent["last_payment_error"] or {}).get("payment_method")
    tried = refused or charge.get("payment_method_details") or {}
    return (tried.get("card") or {}).get("fingerprint") or ""


def payment_of_charge(charge_id: str) -> str | None:
    """The payment that a charge belongs to. Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused."""
    return id_of(ask(lambda: client().v1.charges.retrieve(charge_id)).payment_intent)


def payment_of_invoice(invoice_id: str) -> str | None:
    """The payment that pays, or tries to pay, a renewal; None where nothing was tried.

    Raises PaymentsUnavailable, NotKnownToStripe, GatewayMisused.
    """
    params: InvoiceRetrieveParams = {"expand": ["payments"]}
    invoice = ask(lambda: client().v1.invoices.retrieve(invoice_id, params))
    return payment_in(invoice)


def payment_in(invoice: stripe.Invoice) -> str | None:
    """The payment of an invoice whose payments were expanded."""
    tried = invoice.payments.data if invoice.payments else []
    default = next((each for each in tried if each.is_default), tried[-1] if tried else None)
    return id_of(default.payment.payment_intent) if default else None


def _invoice_paid_by(payment_intent: str) -> stripe.Invoice | None:
    params: InvoicePaymentListParams = {
        "payment": {"type": "payment_intent", "payment_intent": payment_intent},
        "expand": ["data.invoice"],
        "limit": 1,
    }
    found = ask(lambda: client().v1.invoice_payments.list(params)).data
    invoice = found[0].invoice if found else None
    return invoice if isinstance(invoice, stripe.Invoice) else None


def _reference_of(invoice: stripe.Invoice | None) -> str | None:
    parent = invoice.parent.subscription_details if invoice and invoice.parent else None
    return reference_in(parent.metadata) if parent else None


def _subscription_of(invoice: stripe.Invoice | None) -> str | None:
    parent = invoice.parent.subscription_details if invoice and invoice.parent else None
    return id_of(parent.subscription) if parent else None
