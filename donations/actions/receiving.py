"""Money that has arrived: a Donation and its ledger entry, in one transaction, once."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import references
from donations import gateway, letters
from donations.actions import dating, paying_out
from donations.exceptions import NotInOurWords
from donations.ledger import posting
from donations.ledger.models import Entry, Fund, FundClass, Purpose
from donations.ledger.money import Money
from donations.ledger.posting import Income, Via
from donations.models import Appeal, Donation, Donor, Payment, Pledge, RegularGift
from donations.models.donation import Method
from donations.models.payment import PaymentState
from donations.models.pledge import PledgeState
from donations.models.regular_gift import RegularState

INCOME = {Method.LEGACY: Income.LEGACIES, Method.GIFT_AID: Income.GIFT_AID}  # all else is Income.DONATIONS
VIA = {Method.CARD: Via.STRIPE, Method.BACS: Via.STRIPE, Method.CASH: Via.CASH}  # all else is Via.BANK

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
def record_gift(
    *,
    amount: Money,
    fund: Fund,
    method: Method,
    received_on: date,
    key: str,
    by: User,
    purpose: Purpose | None = None,
    appeal: Appeal | None = None,
    donor: Donor | None = None,
    donor_name: str = "",
    pledge: Pledge | None = None,
    regular_gift: RegularGift | None = None,
    payment: Payment | None = None,
    source: str = "",
    external_id: str = "",
    note: str = "",
    via: Via | None = None,
    posted_on: date | None = None,
) -> Donation:
    """Record money received, however it came: one Donation, one Entry, or neither.

    `key` names the cause (“gift:pi_123”, “gift:old-database:1042”); the same cause again answers with the same
    donation. Without a purpose the fund's usual one is meant; without `via`, the account where such money arrives;
    without `posted_on`, the day on which it was received. Raises LedgerError.
    """
    entry = posting.receive(
        amount,
        into=fund,
        purpose=purpose,
        key=key,
        by=by,
        on=posted_on or received_on,
        via=via or VIA.get(method, Via.BANK),
        income=INCOME.get(method, Income.DONATIONS),
        narrative=f"{method.label} gift",
    )
    earlier = Donation.objects.filter(entry=entry).first()
    if earlier is not None:
        return earlier
    return Donation.objects.create(
        reference=pledge.reference if pledge else references.readable("G"),
        donor=donor,
        donor_name=donor_name,
        appeal=appeal,
        fund=fund,
        purpose=purpose or fund.served.get(usual=True).purpose,
        pence=amount.pence,
        method=method,
        received_on=received_on,
        pledge=pledge,
        regular_gift=regular_gift,
        payment=payment,
        source=source,
        external_id=external_id,
        note=note,
        entry=entry,
    )


def find_donor(*, name: str, email: str) -> Donor:
    """The donor known by this email address, or a new one. A name alone is no proof that two people are one."""
    if email:
        known = Donor.objects.alias(lowered=Lower("email")).filter(lowered=email.lower()).first()  # as its index has it
        if known is not None:
            return known
        try:
            with transaction.atomic():
                return Donor.objects.create(email=email.lower(), name=name)
        except IntegrityError:  # somebody else made it meanwhile
            return Donor.objects.get(email=email.lower())
    return Donor.objects.create(name=name)


# ---- payments at Stripe


@transaction.atomic
def note_payment(*, payment: gateway.Payment, by: User) -> Payment:
    """Write down how far a payment has come; one that succeeded becomes a donation with its entry and its receipt.

    Called for everything that Stripe tells of the payment, in any order and however often, and by the page that
    thanks: whoever comes first does the work, and nothing ever moves back. A payment that did not begin here is kept
    and is nobody's gift. Raises NotInOurWords for a state that we do not know, LedgerError.
    """
    state = _state_of(payment)
    pledge = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("appeal", "fund", "purpose")
        .filter(reference=payment.reference or "")
        .first()
    )
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


def _row(payment: gateway.Payment) -> Payment:
    """Our row of a payment, locked; or a new one, not saved yet: the pledge's lock lets nobody else make it."""
    found = Payment.objects.select_for_update().filter(payment_intent=payment.payment_intent).first()
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
    first = pledge if pledge is not None and not Donation.objects.filter(pledge=pledge).exists() else None
    twice = pledge is not None and first is None and regular is None
    donation = record_gift(
        amount=Money(kept.pence),
        fund=promise.fund,
        purpose=promise.purpose,
        method=Method.BACS if kept.method in DEBITS else Method.CARD,
        received_on=dating.day_it_happened(payment.received_at),
        posted_on=dating.day_in_the_books(payment.received_at),
        key=f"gift:{kept.payment_intent}",
        by=by,
        appeal=promise.appeal,
        donor=regular.donor if regular else find_donor(name=asked.name, email=asked.email),
        donor_name=asked.name,
        pledge=first,
        regular_gift=regular,
        payment=kept,
        note=f"A second payment for {asked.reference}: look at it." if twice else "",
    )
    Pledge.objects.filter(pk=asked.pk).update(state=PledgeState.GIVEN)
    if regular is not None:
        RegularGift.objects.filter(pk=regular.pk, state=RegularState.STARTING).update(state=RegularState.ACTIVE)
    letters.send_receipt(donation)
    return donation


def recorded_for_good(payment_intent: str) -> str | None:
    """The reference of the gift, where a payment succeeded and gift and fee are in the books: nothing can change it."""
    fee = Entry.objects.filter(source_key=Concat(Value("fee:"), OuterRef("payment_intent")))
    done = Payment.objects.filter(payment_intent=payment_intent, state=PaymentState.SUCCEEDED, donation__isnull=False)
    return done.filter(Q(fee_pence=0) | Exists(fee)).values_list("donation__reference", flat=True).first()


def record_fee(*, payment: Payment, by: User) -> None:
    """Post what Stripe kept of a payment, once it is known, to the general fund unless the appeal says otherwise.

    A transaction of its own, so that no writer ever holds two funds in the wrong order. Raises LedgerError.
    """
    if not payment.fee_pence:
        return
    donation = Donation.objects.select_related("appeal__fees_from", "fund").filter(payment=payment).first()
    if donation is None:
        return
    posting.charge_fee(
        Money(payment.fee_pence),
        fund=bears_the_fees_of(donation),
        key=f"fee:{payment.payment_intent}",
        by=by,
        on=dating.day_in_the_books(payment.succeeded_at or timezone.now()),
    )


def record_fee_of_line(*, line: gateway.BalanceLine, fund: Fund, by: User) -> None:
    """Post the fee of one line of Stripe's balance, or what was given back of one. Raises LedgerError."""
    day, key = dating.day_in_the_books(line.created), f"fee:{line.line}"
    if line.fee_pence:
        paying_out.keep_lines([line], ours=True)
    if line.fee_pence > 0:
        posting.charge_fee(Money(line.fee_pence), fund=fund, key=key, by=by, on=day)
    elif line.fee_pence < 0:
        posting.return_fee(Money(-line.fee_pence), fund=fund, key=key, by=by, on=day)


def bears_the_fees_of(donation: Donation) -> Fund:
    """The fund that Stripe's fees on a donation are charged to: the appeal's choice, or the general fund."""
    chosen = donation.appeal.fees_from if donation.appeal else None
    return chosen or general_fund() or donation.fund


def general_fund() -> Fund | None:
    """The charity's general fund: its first unrestricted one."""
    return Fund.objects.filter(fund_class=FundClass.UNRESTRICTED).order_by("pk").first()
