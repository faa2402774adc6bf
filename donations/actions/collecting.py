"""Payments at Stripe: how far each has come, and the gift of one that succeeded. Whoever comes first does the work."""

from django.db import connection, transaction
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit.briefly import briefly
from donations import gateway, letters
from donations.actions import dating, declaring, matching, permitting, receiving
from donations.exceptions import NotInOurWords
from donations.ledger.money import Money
from donations.models import Appeal, Donation, Payment, Pledge, RegularGift
from donations.models.donation import Method
from donations.models.payment import PaymentState
from donations.models.pledge import PledgeState
from donations.models.regular_gift import RegularState

# Stripe's words for how far a payment is, in ours.
STATES = {
    "requires_payment_method": PaymentState.CREATED,
    "requires_confirmation": PaymentState.CREATED,
    "requires_action": PaymentState.REQUIRES_ACTION,
    "requires_capture": PaymentState.PROCESSING,
    "processing": PaymentState.PROCESSING,
    "canceled": PaymentState.CANCELLED,
    "succeeded": PaymentState.SUCCEEDED,
}
DEBITS = ("bacs_debit",)  # methods by which money is on its way for days
ORDER = list(PaymentState)


@transaction.atomic
def note_payment(*, payment: gateway.Payment, by: User) -> Payment:
    """Write down how far a payment has come; one that succeeded becomes a donation with its entry and its receipt.

    Called for everything that Stripe tells of the payment, in any order and however often, and by the page that
    thanks: whoever comes first does the work, and nothing ever moves back. A payment that did not begin here is kept
    and is nobody's gift. Raises NotInOurWords for a state that we do not know, LedgerError.
    """
    state = _state_of(payment)
    pledge = _pledge(payment.reference) if payment.reference else None
    regular = None
    if payment.subscription:
        regulars = RegularGift.objects.select_related("appeal", "fund", "purpose", "donor", "pledge")
        regular = regulars.filter(subscription=payment.subscription).first()
    ours = pledge is not None or regular is not None
    kept = _row(payment)
    new = kept.pk is None
    if kept.state != PaymentState.SUCCEEDED:
        before = PaymentState(kept.state)
        _take_step(kept, payment, state, pledge=pledge, regular=regular)
        if ours and payment.currency == "gbp":
            _tell(kept, payment, before=before)
    elif payment.fee_pence is not None and kept.fee_pence is None:
        kept.fee_pence = payment.fee_pence
        kept.save(update_fields=["fee_pence"])
    if kept.state == PaymentState.SUCCEEDED and kept.ours and kept.currency == "gbp":
        _give(kept, payment, by=by, new=new)
    return kept


_PLEDGE = """
  SELECT p.*, NOT EXISTS (SELECT FROM donations_matchedgift WHERE pledge_id = p.id) AS is_known_unmatched,
         NOT EXISTS (SELECT FROM donations_tribute WHERE pledge_id = p.id) AS is_known_nameless,
         NOT EXISTS (SELECT FROM donations_contactpermission WHERE pledge_id = p.id) AS is_known_silent
    FROM donations_pledge p WHERE reference = %s FOR UPDATE OF p
"""


def _pledge(reference: str) -> Pledge | None:
    """The pledge of a payment, locked. Its appeal is asked for once for many gifts, and so are fund and purpose."""
    for pledge in Pledge.objects.raw(_PLEDGE, [reference]):
        appeal = _appeal(pledge.appeal_id)
        pledge.appeal = appeal
        if (pledge.fund_id, pledge.purpose_id) == (appeal.fund_id, appeal.purpose_id):  # else they were others then
            pledge.fund, pledge.purpose = appeal.fund, appeal.purpose
        return pledge
    return None


@briefly
def _appeal(number: int) -> Appeal:
    return Appeal.objects.select_related("fund", "purpose", "fees_from").get(pk=number)


_PAYMENT = "SELECT * FROM donations_payment WHERE payment_intent = %s FOR UPDATE"


def _row(payment: gateway.Payment) -> Payment:
    """Our row of a payment, locked; or a new one, not saved yet: the pledge's lock lets nobody else make it."""
    found = next(iter(Payment.objects.raw(_PAYMENT, [payment.payment_intent])), None)
    return found or Payment(payment_intent=payment.payment_intent, ours=False)


def _state_of(payment: gateway.Payment) -> PaymentState:
    state = STATES.get(payment.status)
    if state is None:
        raise NotInOurWords(f"{payment.payment_intent} is {payment.status}.")
    if payment.failed and state == PaymentState.CREATED and payment.method in DEBITS:
        return PaymentState.FAILED  # the bank refused it days later; nobody sits before a page to try another card
    return state


def _take_step(
    kept: Payment,
    payment: gateway.Payment,
    state: PaymentState,
    *,
    pledge: Pledge | None,
    regular: RegularGift | None,
) -> None:
    """Move forward, or stay; fill in what was not known before."""
    if ORDER.index(state) > ORDER.index(PaymentState(kept.state)):
        kept.state = state
    kept.ours = kept.ours or pledge is not None or regular is not None
    kept.pledge = kept.pledge or pledge
    kept.regular_gift = kept.regular_gift or regular
    kept.invoice = kept.invoice or payment.invoice or ""
    kept.pence, kept.currency = payment.pence, payment.currency
    kept.method, kept.charge = payment.method or kept.method, payment.charge or kept.charge
    kept.fee_pence = payment.fee_pence
    if payment.failed:
        kept.failed_at = timezone.now()
    if kept.state == PaymentState.SUCCEEDED:
        kept.succeeded_at = payment.received_at
    kept.save()


def _tell(kept: Payment, payment: gateway.Payment, *, before: PaymentState) -> None:
    """What follows for the pledge, and which letter is due. A card declined on Stripe's page was told of there."""
    first = payment.billing_reason in {"", "subscription_create"}
    match kept.state:
        case PaymentState.PROCESSING if before != PaymentState.PROCESSING and first and kept.pledge is not None:
            earlier = [PledgeState.MADE, PledgeState.AT_CHECKOUT]
            Pledge.objects.filter(pk=kept.pledge.pk, state__in=earlier).update(state=PledgeState.PROCESSING)
            letters.say_it_is_on_its_way(kept)
        case PaymentState.FAILED if before != PaymentState.FAILED:
            if kept.pledge is not None and first:
                Pledge.objects.filter(pk=kept.pledge.pk).exclude(state=PledgeState.GIVEN).update(state=PledgeState.LEFT)
                matching.release(pledge=kept.pledge)
            letters.say_it_failed(kept)
        case PaymentState.CANCELLED if kept.pledge is not None and first:
            Pledge.objects.filter(pk=kept.pledge.pk).exclude(state=PledgeState.GIVEN).update(state=PledgeState.LEFT)
            matching.release(pledge=kept.pledge)
            if before == PaymentState.PROCESSING:  # the donor was told that it is on its way
                letters.say_it_failed(kept)
        case PaymentState.CREATED | PaymentState.REQUIRES_ACTION if not first and (
            payment.failed or payment.status == "requires_action"
        ):
            letters.say_it_failed(kept)  # nobody sits before a page: the donor is told, once for each renewal


def _give(kept: Payment, payment: gateway.Payment, *, by: User, new: bool) -> Donation:
    """The donation of a payment that succeeded, made if it is not there yet; a new payment has none."""
    earlier = None if new else Donation.objects.filter(payment=kept).first()
    if earlier is not None:
        return earlier
    regular, pledge = kept.regular_gift, kept.pledge
    promise = regular or pledge
    assert promise is not None
    asked = pledge or (regular.pledge if regular else None)
    assert asked is not None
    given = pledge is not None and pledge.state == PledgeState.GIVEN and Donation.objects.filter(pledge=pledge).exists()
    first = None if given else pledge
    donor = regular.donor if regular else receiving.find_donor(name=asked.name, email=asked.email)
    day = dating.day_it_happened(payment.received_at)
    twice = pledge is not None and first is None and regular is None
    if asked.state != PledgeState.GIVEN:
        declaring.take_over(pledge=asked, donor=donor)
        if not asked.is_known_silent:
            permitting.take_over(pledge=asked, donor=donor)
        receiving.learn(donor=donor, pledge=asked)
    Pledge.objects.filter(pk=asked.pk).update(state=PledgeState.GIVEN)
    if regular is not None:
        RegularGift.objects.filter(pk=regular.pk, state=RegularState.STARTING).update(state=RegularState.ACTIVE)
    # From here on the fund is locked, and every other gift to it waits: what can be done before is done before.
    donation = receiving.record_gift(
        amount=Money(kept.pence),
        fund=promise.fund,
        purpose=promise.purpose,
        method=Method.BACS if kept.method in DEBITS else Method.CARD,
        received_on=day,
        posted_on=dating.day_in_the_books(payment.received_at),
        key=f"gift:{kept.payment_intent}",
        by=by,
        appeal=promise.appeal,
        donor=donor,
        donor_name=asked.name,
        pledge=first,
        regular_gift=regular,
        payment=kept,
        fee_cover=Money(regular.fee_cover_pence if regular else asked.fee_cover_pence),
        declaration=declaring.covering(donor=donor, pledge=first, regular=regular, on=day),
        note=f"A second payment for {asked.reference}: look at it." if twice else "",
    )
    if first is not None and not first.is_known_unmatched:  # of a regular gift, the first payment is doubled
        matching.use(pledge=first)
    letters.send_receipt(donation)
    if first is not None and not first.is_known_nameless:
        letters.tell_of_tribute(donation)
    return donation


_FOR_GOOD = """
  SELECT d.reference FROM donations_payment p JOIN donations_donation d ON d.payment_id = p.id
   WHERE p.payment_intent = %(intent)s AND p.state = 'succeeded'
     AND (p.fee_pence = 0 OR EXISTS (SELECT FROM ledger_entry WHERE source_key = 'fee:' || %(intent)s))
"""


def recorded_for_good(payment_intent: str) -> str | None:
    """The reference of the gift, where a payment succeeded and gift and fee are in the books: nothing can change it.

    Of the three events about a gift the late ones end here, so the question is put in SQL.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOR_GOOD, {"intent": payment_intent})
        found = cursor.fetchone()
    return found[0] if found else None
