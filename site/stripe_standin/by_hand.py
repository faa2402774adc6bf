"""Invoices that somebody writes by hand, with lines of her own: no subscription stands behind them."""

from stripe_standin import charging, invoicing, methods
from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row
from stripe_standin.wire import ApiError, RefusedPayment

ASKED = "This payment requires additional user action before it can be completed successfully."


def add_item(account: Account, customer: Row, amount: int, currency: str, description: str | None) -> Row:
    """Something that the customer's next invoice will ask for."""
    now = account.now()
    item = account.make(
        "invoiceitem",
        "ii",
        amount=amount,
        currency=currency,
        customer=customer["id"],
        date=now,
        description=description,
        discountable=True,
        metadata={},
        period={"start": now, "end": now},
        quantity=1,
        quantity_decimal="1",
    )
    account.announce("invoiceitem.created", item)
    return item


def draft(account: Account, customer: Row, description: str | None) -> Row:
    """An invoice of everything that waits for one."""
    waiting = [item for item in account.store.every("invoiceitem", customer=customer["id"]) if not item["invoice"]]
    identity = account.new_id("in")
    total = sum(item["amount"] for item in waiting)
    for item in waiting:
        account.change(item, invoice=identity)
    now = account.now()
    invoice = account.make(
        "invoice",
        "in",
        id=identity,
        account_country="GB",
        account_name=account.options.name,
        amount_due=total,
        amount_remaining=total,
        auto_advance=False,
        billing_reason="manual",
        currency=waiting[0]["currency"] if waiting else "gbp",
        customer=customer["id"],
        customer_email=customer["email"],
        customer_name=customer["name"],
        customer_tax_exempt="none",
        customer_tax_ids=[],
        description=description,
        lines=_lines(account, identity, waiting),
        metadata={},
        parent=None,
        period_end=now,
        period_start=now,
        status="draft",
        subtotal=total,
        total=total,
        total_discount_amounts=[],
        total_taxes=[],
    )
    account.announce("invoice.created", invoice)
    return invoice


def finalize(account: Account, invoice: Row) -> Row:
    """The invoice is sent, and changes no more. ApiError where it was before."""
    if invoice["status"] != "draft":
        raise ApiError(400, "This invoice is already finalized, you can't re-finalize a non-draft invoice.")
    return invoicing.finalize(account, invoice)


def pay(account: Account, invoice: Row, method: Row) -> Row:
    """Try to take the money. RefusedPayment, after which what was done stays done, where the bank says no or asks."""
    if invoice["status"] == "draft":
        invoice = finalize(account, invoice)
    invoice = invoicing.tried(account, invoice)
    intent = invoicing.intent_of(account, invoice)
    match methods.choice_of(method):
        case "declined":
            intent = charging.decline(account, intent, method)
            invoicing.mark_failed(account, invoice, None)
            raise RefusedPayment(intent["last_payment_error"])
        case "3ds":
            charging.ask(account, intent, method)
            invoicing.mark_asked(account, invoice, None)
            error = {"code": "invoice_payment_intent_requires_action", "message": ASKED, "type": "card_error"}
            raise RefusedPayment(error)
    charging.take(account, intent, method)
    return invoicing.mark_paid(account, invoice)


def _lines(account: Account, invoice: str, items: list[Row]) -> Row:
    details = LIBRARY.shape("stripe._invoice_line_item", "InvoiceLineItem.Parent.InvoiceItemDetails")
    data = [
        smallest(
            LIBRARY.need("line_item"),
            id=account.new_id("il"),
            amount=item["amount"],
            subtotal=item["amount"],
            currency=item["currency"],
            description=item["description"],
            discount_amounts=[],
            discountable=True,
            invoice=invoice,
            metadata=item["metadata"],
            parent={
                "type": "invoice_item_details",
                "invoice_item_details": smallest(details, invoice_item=item["id"]),
                "subscription_item_details": None,
            },
            period=item["period"],
            quantity=1,
            taxes=[],
        )
        for item in items
    ]
    url = f"/v1/invoices/{invoice}/lines"
    return {"object": "list", "data": data, "has_more": False, "total_count": len(data), "url": url}
