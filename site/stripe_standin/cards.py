"""The cards that a donor may choose from on the payment page, as Stripe would describe them. None has a number."""

from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

CARDS = {
    "succeeds": {"brand": "visa", "last4": "4242", "fingerprint": "standin4242works"},
    "declined": {"brand": "visa", "last4": "0002", "fingerprint": "standin0002denied"},
}
DECLINED = "Your card was declined."
COMMON = {"country": "GB", "exp_month": 12, "exp_year": 2034, "funding": "debit"}
NO_ADDRESS = dict.fromkeys(("city", "line1", "line2", "postal_code", "state"))


def payment_method(account: Account, card: str, name: str) -> Row:
    """The card as a PaymentMethod."""
    details = LIBRARY.shape("stripe._payment_method", "PaymentMethod.Card")
    return smallest(
        LIBRARY.need("payment_method"),
        id=account.new_id("pm"),
        created=account.now(),
        type="card",
        card=smallest(details, **COMMON, **CARDS[card]),
        billing_details=billing_details(name, None),
    )


def details(card: str) -> Row:
    """The card as a charge describes it."""
    shape = LIBRARY.shape("stripe._charge", "Charge.PaymentMethodDetails.Card")
    return {"type": "card", "card": smallest(shape, **COMMON, **CARDS[card])}


def billing_details(name: str, email: str | None) -> Row:
    """Who pays, as far as the payment page asked."""
    address = NO_ADDRESS | {"country": "GB"}
    return {"address": address, "email": email, "name": name or None, "phone": None, "tax_id": None}


def customer_details(name: str, email: str | None) -> Row:
    """Who paid, as a Checkout Session describes them."""
    shape = LIBRARY.shape("stripe.checkout._session", "Session.CustomerDetails")
    address = NO_ADDRESS | {"country": "GB"}
    return smallest(shape, address=address, email=email, name=name or None, tax_exempt="none", tax_ids=[])


def outcome(*, approved: bool) -> Row:
    """What the bank said of a charge."""
    shape = LIBRARY.shape("stripe._charge", "Charge.Outcome")
    if approved:
        said = {"network_status": "approved_by_network", "type": "authorized", "seller_message": "Payment complete."}
    else:
        said = {
            "network_status": "declined_by_network",
            "type": "issuer_declined",
            "reason": "generic_decline",
            "seller_message": "The bank did not return any further details with this decline.",
        }
    return smallest(shape, risk_level="normal", **said)


def decline_error(method: Row, charge_id: str) -> Row:
    """The error that a PaymentIntent carries after a decline."""
    return smallest(
        LIBRARY.shape("stripe._payment_intent", "PaymentIntent.LastPaymentError"),
        type="card_error",
        code="card_declined",
        decline_code="generic_decline",
        message=DECLINED,
        charge=charge_id,
        payment_method_type="card",
        payment_method=method,
    )
