"""Invoices: what a subscription asks for, and how its payment stands."""

from typing import Any

from stripe_standin import charging
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row


def make(account: Account, subscription: Row, *, reason: str, period: tuple[int, int]) -> Row:
    """An invoice for one period, finalized at once: Stripe leaves a renewal's in draft for an hour."""
    item = subscription["items"]["data"][0]
    amount = item["price"]["unit_amount"] * item["quantity"]
    customer = account.need(subscription["customer"], "customer")
    identity = account.new_id("in")
    now = account.now()
    told = LIBRARY.shape("stripe._invoice", "Invoice.Parent.SubscriptionDetails")
    invoice = account.make(
        "invoice",
        "in",
        id=identity,
        account_country="GB",
        account_name=account.options.name,
        amount_due=amount,
        amount_remaining=amount,
        auto_advance=True,
        billing_reason=reason,
        currency=subscription["currency"],
        customer=customer["id"],
        customer_email=customer["email"],
        customer_name=customer["name"],
        customer_tax_exempt="none",
        customer_tax_ids=[],
        default_payment_method=None,
        description=subscription["description"],
        effective_at=now,
        lines=_lines(account, identity, subscription, amount, period),
        metadata={},
        parent={
            "type": "subscription_details",
            "quote_details": None,
            "subscription_details": smallest(told, subscription=subscription["id"], metadata=subscription["metadata"]),
        },
        period_end=now,
        period_start=now if reason == "subscription_create" else period[0],
        status="draft",
        subtotal=amount,
        subtotal_excluding_tax=amount,
        total=amount,
        total_excluding_tax=amount,
        total_discount_amounts=[],
        total_taxes=[],
    )
    account.announce("invoice.created", invoice)
    return finalize(account, invoice)


def finalize(account: Account, invoice: Row) -> Row:
    """The invoice has its number, and changes no more."""
    identity = invoice["id"]
    transitions = invoice["status_transitions"] | {"finalized_at": account.now()}
    invoice = account.change(
        invoice,
        status="open",
        number=f"STANDIN-{account.store.seq(identity, 'invoice'):06}",
        hosted_invoice_url=f"{account.options.base}/i/{identity}",
        status_transitions=transitions,
    )
    account.announce("invoice.finalized", invoice)
    return invoice


def owe(account: Account, invoice: Row, intent: Row) -> None:
    """The invoice is to be paid by this PaymentIntent."""
    account.make(
        "invoice_payment",
        "inpay",
        amount_requested=invoice["amount_due"],
        currency=invoice["currency"],
        invoice=invoice["id"],
        is_default=True,
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
        status="open",
    )


def intent_of(account: Account, invoice: Row) -> Row:
    """The PaymentIntent that is to pay an invoice, made where there is none yet."""
    known = account.store.every("invoice_payment", invoice=invoice["id"])
    if known:
        return account.need(known[0]["payment"]["payment_intent"], "payment_intent")
    intent = charging.make_intent(
        account,
        amount=invoice["amount_due"],
        currency=invoice["currency"],
        customer=invoice["customer"],
        description="Subscription update",  # Stripe's words; it carries no metadata of the subscription's
    )
    owe(account, invoice, intent)
    return intent


def paid_by(account: Account, intent_id: str) -> Row | None:
    """The invoice that a PaymentIntent pays, if it pays one."""
    found = account.store.every("invoice_payment", **{"payment.payment_intent": intent_id})
    return account.need(found[0]["invoice"], "invoice") if found else None


def subscription_of(account: Account, invoice: Row) -> Row:
    """The subscription that an invoice is for."""
    return account.need(invoice["parent"]["subscription_details"]["subscription"], "subscription")


def payments_of(account: Account, invoice_id: str) -> Row:
    """What pays an invoice, as the list that `payments` expands to."""
    data = account.store.every("invoice_payment", invoice=invoice_id)
    return {"object": "list", "data": data, "has_more": False, "url": f"/v1/invoices/{invoice_id}/payments"}


# ---- how the payment stands


def tried(account: Account, invoice: Row) -> Row:
    """Another attempt is being made."""
    return account.change(
        invoice, attempted=True, attempt_count=invoice["attempt_count"] + 1, next_payment_attempt=None
    )


def mark_paid(account: Account, invoice: Row) -> Row:
    """The money is there."""
    now = account.now()
    invoice = account.change(
        invoice,
        status="paid",
        attempted=True,
        amount_paid=invoice["amount_due"],
        amount_remaining=0,
        auto_advance=False,
        next_payment_attempt=None,
        status_transitions=invoice["status_transitions"] | {"paid_at": now},
    )
    account.announce("invoice.paid", invoice)
    account.announce("invoice.payment_succeeded", invoice)
    for payment in account.store.every("invoice_payment", invoice=invoice["id"]):
        transitions = payment["status_transitions"] | {"paid_at": now}
        amount = payment["amount_requested"]
        paid = account.change(payment, status="paid", amount_paid=amount, status_transitions=transitions)
        account.announce("invoice_payment.paid", paid)
    return invoice


def mark_failed(account: Account, invoice: Row, next_attempt: int | None) -> Row:
    """The attempt failed; the next is at `next_attempt`, if there is to be one."""
    invoice = account.change(invoice, next_payment_attempt=next_attempt, auto_advance=next_attempt is not None)
    account.announce("invoice.payment_failed", invoice)
    return invoice


def mark_asked(account: Account, invoice: Row, next_attempt: int | None) -> Row:
    """The donor's bank wants to hear from the donor first."""
    invoice = account.change(invoice, next_payment_attempt=next_attempt, auto_advance=next_attempt is not None)
    account.announce("invoice.payment_action_required", invoice)
    return invoice


def void(account: Account, invoice: Row) -> Row:
    """Nobody owes this."""
    transitions = invoice["status_transitions"] | {"voided_at": account.now()}
    invoice = account.change(
        invoice, status="void", auto_advance=False, next_payment_attempt=None, status_transitions=transitions
    )
    account.announce("invoice.voided", invoice)
    return invoice


def _lines(account: Account, invoice: str, subscription: Row, amount: int, period: tuple[int, int]) -> Row:
    item = subscription["items"]["data"][0]
    price = item["price"]
    product = account.store.get(price["product"], "product")
    module = "stripe._invoice_line_item"
    details = LIBRARY.shape(module, "InvoiceLineItem.Parent.SubscriptionItemDetails")
    parent: dict[str, Any] = {
        "type": "subscription_item_details",
        "invoice_item_details": None,
        "subscription_item_details": smallest(details, subscription=subscription["id"], subscription_item=item["id"]),
    }
    line = smallest(
        LIBRARY.need("line_item"),
        id=account.new_id("il"),
        amount=amount,
        subtotal=amount,
        currency=subscription["currency"],
        description=f"{item['quantity']} × {product['name'] if product else 'a gift'}",
        discount_amounts=[],
        discountable=True,
        invoice=invoice,
        metadata=subscription["metadata"],
        parent=parent,
        period={"start": period[0], "end": period[1]},
        pricing=smallest(
            LIBRARY.shape(module, "InvoiceLineItem.Pricing"),
            type="price_details",
            price_details={"price": price["id"], "product": price["product"]},
            unit_amount_decimal=price["unit_amount_decimal"],
        ),
        quantity=item["quantity"],
        taxes=[],
    )
    return {
        "object": "list",
        "data": [line],
        "has_more": False,
        "total_count": 1,
        "url": f"/v1/invoices/{invoice}/lines",
    }
