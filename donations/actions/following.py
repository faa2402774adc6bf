"""Following what Stripe tells: each thing is asked for as it is, outside any transaction, and our row takes the step.

Called by the worker for an event, by the page that thanks, and by the nightly comparison: whoever comes first does the
work. Each answers with a sentence of what came of it. All raise PaymentsUnavailable, GatewayMisused, LedgerError;
PaymentIsNotOurs and NotInOurWords where the thing is only to be kept.
"""

from django.utils import timezone

from almoner.accounts.models import User, system_user
from almoner.kit.briefly import briefly
from donations import defence, gateway
from donations.actions import charging, collecting, disputing, paying_out, pledging, refunding, renewing
from donations.exceptions import PaymentIsNotOurs
from donations.models import Payment, Payout
from donations.models.payment import PaymentState


@briefly
def _stripe() -> User:
    """Who signs what is written here."""
    return system_user("stripe")


def payment(payment_intent: str) -> str:
    """A payment, and before it the regular gift that it renews. What is recorded for good is not asked again."""
    if reference := collecting.recorded_for_good(payment_intent):
        return f"Recorded as {reference}."
    told = gateway.fetch_payment(payment_intent)
    if told.subscription and told.reference:
        subscription(told.subscription)
    stripe = _stripe()
    kept = collecting.note_payment(payment=told, by=stripe)
    charging.record_fee(payment=kept, by=stripe)
    _tell_the_defence(told, kept)
    if not kept.ours:
        raise PaymentIsNotOurs(f"{payment_intent} did not begin here.")
    if kept.state != PaymentState.SUCCEEDED:
        return f"The payment is {kept.get_state_display()}."
    return f"Recorded as {kept.donation.reference}." if hasattr(kept, "donation") else "Kept: not in sterling."


def _tell_the_defence(told: gateway.Payment, kept: Payment) -> None:
    """Which card was declined, or paid; where too many new ones were tried on a payment page, it is closed."""
    at = timezone.now()
    if told.succeeded:
        defence.note_good(card=told.fingerprint, at=at)
        return
    first = told.billing_reason in {"", "subscription_create"}  # whoever renews sits before no page
    if not (told.failed and first and kept.state == PaymentState.CREATED and kept.pledge is not None):
        return
    attempt = f"{told.payment_intent} {told.charge} {told.fingerprint}"
    too_many = defence.note_decline(pledge=kept.pledge, attempt=attempt, card=told.fingerprint, at=at)
    if too_many and kept.pledge.checkout_session:
        gateway.expire_checkout(kept.pledge.checkout_session)


def checkout(session_id: str) -> str:
    """A hosted page: what was paid on it, begun, named, or that it closed."""
    paid = Payment.objects.filter(pledge__checkout_session=session_id, regular_gift=None, state=PaymentState.SUCCEEDED)
    if intent := paid.values_list("payment_intent", flat=True).first():
        return payment(intent)
    told = gateway.fetch_checkout(session_id)
    if told.mode == "setup":
        change = renewing.take_card(checkout=told) if told.status == "complete" else None
        return f"{change.regular_gift} has another card." if change else "Kept: no card was named."
    if told.status == "expired":
        if told.reference:
            pledging.lapse(reference=told.reference)
        return "The donor left without paying."
    if told.payment_intent:
        return payment(told.payment_intent)
    if told.subscription:
        return subscription(told.subscription, with_payment=True)
    return "The payment page is open."


def subscription(subscription_id: str, *, with_payment: bool = False) -> str:
    """A regular gift, and where that is wanted the payment last tried for it."""
    asked_at = timezone.now()
    told = gateway.fetch_subscription(subscription_id)
    kept = renewing.note_subscription(subscription=told, asked_at=asked_at)
    if with_payment and told.latest_payment_intent:
        return payment(told.latest_payment_intent)
    return f"{kept.reference} is {kept.get_state_display()}."


def invoice(invoice_id: str) -> str:
    """A renewal: the payment that pays it, or tries to."""
    intent = gateway.payment_of_invoice(invoice_id)
    return payment(intent) if intent else "No payment was tried for it."


def charge(charge_id: str) -> str:
    """A charge: the payment it belongs to."""
    return payment(_payment_of(charge_id))


def refund(refund_id: str) -> str:
    """A refund, after the payment that it gives back."""
    return _take_refund(gateway.fetch_refund(refund_id))


def refunds_of_charge(charge_id: str) -> str:
    """Every refund of a charge: the event names the charge alone."""
    told = list(gateway.refunds_of(_payment_of(charge_id)))
    news = refunding.those_that_are_news(told)
    for each in news:
        _take_refund(each)
    return f"Of its {len(told)} refunds {len(news)} were news."


def _payment_of(charge_id: str) -> str:
    known = Payment.objects.filter(charge=charge_id).values_list("payment_intent", flat=True).first()
    intent = known or gateway.payment_of_charge(charge_id)
    if intent is None:
        raise PaymentIsNotOurs(f"{charge_id} belongs to no payment.")
    return intent


def _take_refund(told: gateway.Refund) -> str:
    _know_the_gift(told.payment_intent)
    stripe = _stripe()
    kept = refunding.note_refund(refund=told, by=stripe)
    refunding.record_fee(refund=told, by=stripe)
    return f"{kept.reference} is {kept.get_state_display()}."


def dispute(dispute_id: str) -> str:
    """A dispute, after the payment that it is about."""
    asked_at = timezone.now()
    told = gateway.fetch_dispute(dispute_id)
    _know_the_gift(told.payment_intent)
    stripe = _stripe()
    kept = disputing.note_dispute(dispute=told, asked_at=asked_at, by=stripe)
    disputing.record_fees(dispute=told, by=stripe)
    return f"The dispute is {kept.status}."


def payout(payout_id: str) -> str:
    """A payout; once Stripe knows all its lines, what it is made of."""
    asked_at = timezone.now()
    told = gateway.fetch_payout(payout_id)
    stripe = _stripe()
    kept = paying_out.note_payout(payout=told, asked_at=asked_at, by=stripe)
    if kept.entry is None and told.automatic and told.reconciled:
        lines = list(gateway.lines_of_payout(payout_id))
        missing = paying_out.not_in_the_books(line for line in lines if line.source != payout_id)
        not_ours = {line.line for line in missing if not know_the_source(line)}
        kept = paying_out.explain(payout=kept, lines=lines, not_ours=not_ours, by=stripe)
    elif kept.entry is None and not told.automatic:
        kept = paying_out.post_by_hand(payout=kept, by=stripe)
    return _how_it_stands(kept)


def know_the_source(line: gateway.BalanceLine) -> bool:
    """Follow what caused a line for which no entry of ours stands yet; False where it is of another system's money.

    A category that we do not know is ours until somebody has looked at it.
    """
    if line.currency != "gbp":
        return False
    try:
        match line.category:
            case "charge":
                charge(line.source)
            case "refund" | "refund_failure":
                refund(line.source)
            case "dispute" | "dispute_reversal":
                dispute(line.source)
            case "payout" | "payout_reversal":
                payout(line.source)
            case "fee":
                stripe, fund = _stripe(), charging.general_fund()
                if fund is not None:
                    paying_out.record_own_fee(line=line, fund=fund, by=stripe)
    except PaymentIsNotOurs:
        return False
    return True


def mandate(mandate_id: str) -> str:
    """A Direct Debit's mandate: where it has ended, its donors are asked for another account."""
    told = gateway.fetch_mandate(mandate_id)
    if told.active or not told.customer:
        return "The mandate stands."
    asked = renewing.ask_for_another_account(customer=told.customer, mandate=mandate_id)
    return f"The mandate has ended: {asked} donors were asked for another account."


def _know_the_gift(payment_intent: str | None) -> None:
    """News of a refund or a dispute may come before the news of its payment."""
    if payment_intent is None:
        raise PaymentIsNotOurs("It is of no payment.")
    if not Payment.objects.filter(payment_intent=payment_intent, state=PaymentState.SUCCEEDED).exists():
        payment(payment_intent)


def _how_it_stands(kept: Payout) -> str:
    if kept.explained_at is None:
        return f"The payout is {kept.get_state_display()}; its lines are not known yet."
    off = "" if not kept.unexplained_pence else " Its lines do not add up to it."
    return f"The payout is {kept.get_state_display()}, and explained.{off}"
