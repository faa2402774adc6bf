"""The means of paying that a donor may choose on a hosted page, as Stripe would describe them. None has a number."""

from datetime import UTC, datetime
from typing import Any

from stripe_standin.account import Account
from stripe_standin.specification import LIBRARY, smallest
from stripe_standin.store import Row

OFFERED = ["card", "bacs_debit"]  # the account's setting: what Stripe's pages offer
VISA = {"brand": "visa", "last4": "4242", "fingerprint": "standin4242works"}
CARDS: dict[str, Row] = {
    "succeeds": VISA,
    "declined": {"brand": "visa", "last4": "0002", "fingerprint": "standin0002denied"},
    "3ds": {"brand": "visa", "last4": "3220", "fingerprint": "standin3220asks"},
    "expiring": {"brand": "mastercard", "last4": "4444", "fingerprint": "standin4444ends"},
    "wallet": {"brand": "visa", "last4": "4242", "fingerprint": "standin4242works", "wallet": "apple_pay"},
    "google_pay": {"brand": "mastercard", "last4": "4444", "fingerprint": "standin4444pays", "wallet": "google_pay"},
}
TEST_CARDS: dict[str, Row] = {  # not on the page: for whoever names them by Stripe's own ids
    "disputed": {"brand": "visa", "last4": "0259", "fingerprint": "standin0259disputes"},
    "inquired": {"brand": "visa", "last4": "1976", "fingerprint": "standin1976inquires"},
    "available": {"brand": "visa", "last4": "0077", "fingerprint": "standin0077available"},
    "unreturnable": {"brand": "visa", "last4": "5126", "fingerprint": "standin5126returns"},
}
BANKS: dict[str, Row] = {"bacs": {"fingerprint": "standin2345bank", "last4": "2345", "sort_code": "108800"}}
TEST_BANKS: dict[str, Row] = {  # these answer within a second
    "prompt": BANKS["bacs"] | {"fingerprint": "standinprompt"},
    "returned": BANKS["bacs"] | {"fingerprint": "standinreturned"},
}
CHOICES = {*CARDS, *BANKS}
TESTS_OWN = {  # ids that Stripe gives to its test cards, for whoever has no page to choose on
    "pm_card_visa": "succeeds",
    "pm_card_mastercard": "succeeds",
    "pm_card_visa_chargeDeclined": "declined",
    "pm_card_chargeDeclined": "declined",
    "pm_card_threeDSecure2Required": "3ds",
    "pm_card_authenticationRequired": "3ds",
    "pm_bacsDebit_success": "bacs",
    "pm_card_chargeCustomerFail": "declined",
    "pm_card_createDispute": "disputed",
    "pm_card_createDisputeInquiry": "inquired",
    "pm_card_bypassPending": "available",
    "pm_card_refundFail": "unreturnable",
}
TOKENS = {  # the same, from the days of tokens
    "tok_visa": "succeeds",
    "tok_mastercard": "succeeds",
    "tok_chargeDeclined": "declined",
    "tok_chargeCustomerFail": "declined",
    "tok_createDispute": "disputed",
    "tok_createDisputeInquiry": "inquired",
    "tok_bypassPending": "available",
    "tok_refundFail": "unreturnable",
    "tok_threeDSecure2Required": "3ds",
}
NO_ADDRESS = dict.fromkeys(("city", "line1", "line2", "postal_code", "state"))


def make(account: Account, choice: str, name: str, email: str | None = None) -> Row:
    """The means chosen, as a PaymentMethod that belongs to nobody yet."""
    kind, shown = _described(account, choice, "stripe._payment_method", "PaymentMethod")
    return account.make(
        "payment_method",
        "pm",
        type=kind,
        allow_redisplay="limited",
        billing_details=billing_details(name, email),
        metadata={},
        **{kind: shown},
    )


def details(method: Row, mandate: str | None = None, *, proved: bool = False) -> Row:
    """The means as a charge describes it. proved: the bank had the donor confirm it."""
    kind = method["type"]
    shown = method[kind]
    if kind == "card":
        shape = LIBRARY.shape("stripe._charge", "Charge.PaymentMethodDetails.Card")
        kept = {name: shown[name] for name in shape.fields if name in shown and name != "wallet"}
        if shown.get("wallet"):
            kept["wallet"] = _wallet(
                shown["wallet"]["type"], "stripe._charge", "Charge.PaymentMethodDetails.Card.Wallet"
            )
        if proved:
            secure = LIBRARY.shape("stripe._charge", "Charge.PaymentMethodDetails.Card.ThreeDSecure")
            kept["three_d_secure"] = smallest(
                secure, authentication_flow="challenge", result="authenticated", version="2.2.0"
            )
        return {"type": kind, kind: smallest(shape, **kept, network=shown["brand"])}
    shape = LIBRARY.shape("stripe._charge", "Charge.PaymentMethodDetails.BacsDebit")
    return {"type": kind, kind: smallest(shape, **shown, mandate=mandate)}


def billing_details(name: str, email: str | None) -> Row:
    """Who pays, as far as the payment page asked."""
    address = NO_ADDRESS | {"country": "GB"}
    return {"address": address, "email": email, "name": name or None, "phone": None, "tax_id": None}


def customer_details(name: str, email: str | None) -> Row:
    """Who paid, as a Checkout Session describes them."""
    shape = LIBRARY.shape("stripe.checkout._session", "Session.CustomerDetails")
    address = NO_ADDRESS | {"country": "GB"}
    return smallest(shape, address=address, email=email, name=name or None, tax_exempt="none", tax_ids=[])


def attach(account: Account, method: Row, customer: str) -> Row:
    """The means is the customer's from now on."""
    return account.revise(method, "payment_method.attached", customer=customer, allow_redisplay="always")


def choice_of(method: Row) -> str:
    """What a kept means of paying will do, by what it shows of itself."""
    if method["type"] == "bacs_debit":
        return "bacs"
    mark = method["card"]["fingerprint"]
    return next((name for name, card in (CARDS | TEST_CARDS).items() if card["fingerprint"] == mark), "succeeds")


def prompt_answer(method: Row) -> str | None:
    """What the bank of one of Stripe's test accounts answers within a second; None for one that takes its days."""
    mark = method["bacs_debit"]["fingerprint"]
    if mark == TEST_BANKS["prompt"]["fingerprint"]:
        return "settle_bacs"
    return "fail_bacs" if mark == TEST_BANKS["returned"]["fingerprint"] else None


def mandate(account: Account, method: Row) -> Row | None:
    """The Direct Debit mandate of a bank account, made when it is first used; None for a card."""
    if method["type"] != "bacs_debit":
        return None
    identity = f"mandate_{method['id'].removeprefix('pm_')}"
    known = account.store.get(identity, "mandate")
    if known is not None:
        return known
    accepted = LIBRARY.shape("stripe._mandate", "Mandate.CustomerAcceptance")
    online = LIBRARY.shape("stripe._mandate", "Mandate.CustomerAcceptance.Online")
    debit = LIBRARY.shape("stripe._mandate", "Mandate.PaymentMethodDetails.BacsDebit")
    shown = smallest(debit, network_status="pending", reference=identity[-12:].upper(), url=account.options.base)
    return account.make(
        "mandate",
        "mandate",
        id=identity,
        customer_acceptance=smallest(accepted, accepted_at=account.now(), type="online", online=smallest(online)),
        multi_use={},
        payment_method=method["id"],
        payment_method_details={"type": "bacs_debit", "bacs_debit": shown},
        status="pending",
        type="multi_use",
    )


def _described(account: Account, choice: str, module: str, owner: str) -> tuple[str, Row]:
    if choice in BANKS | TEST_BANKS:
        shown = (BANKS | TEST_BANKS)[choice]
        return "bacs_debit", smallest(LIBRARY.shape(module, f"{owner}.BacsDebit"), **shown)
    looks: dict[str, Any] = {
        "country": "GB",
        "funding": "debit",
        "exp_month": 12,
        "exp_year": 2034,
        **(CARDS | TEST_CARDS)[choice],
    }
    if choice == "expiring":
        today = datetime.fromtimestamp(account.now(), UTC)
        looks |= {"exp_month": today.month, "exp_year": today.year}
    if "wallet" in looks:
        looks["wallet"] = _wallet(looks["wallet"], module, f"{owner}.Card.Wallet")
    return "card", smallest(LIBRARY.shape(module, f"{owner}.Card"), **looks)


def _wallet(kind: str, module: str, name: str) -> Row:
    return smallest(LIBRARY.shape(module, name), type=kind, dynamic_last4="4242", **{kind: {}})
