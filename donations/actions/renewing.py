"""Regular gifts: how one stands at Stripe, and what its donor or the office changes about it.

Every change is a row before Stripe is asked, and its reference is the key of the call. Where Stripe cannot be reached
the change waits, and a job carries it out.
"""

import calendar
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from almoner.accounts.models import User
from almoner.kit import jobs, references
from donations import gateway, letters
from donations.actions import correcting, receiving
from donations.exceptions import (
    AmountIsOutside,
    GatewayMisused,
    NotADayForIt,
    NotInOurWords,
    PaymentIsNotOurs,
    RegularGiftHasEnded,
)
from donations.ledger.money import Money
from donations.models import Donation, Pledge, RegularGift, RegularGiftChange
from donations.models.pledge import Every
from donations.models.regular_gift import Change, Ender, RegularState

STATES = {
    "incomplete": RegularState.STARTING,
    "incomplete_expired": RegularState.ENDED,
    "trialing": RegularState.ACTIVE,
    "active": RegularState.ACTIVE,
    "past_due": RegularState.FAILING,
    "unpaid": RegularState.FAILING,
    "paused": RegularState.PAUSED,
    "canceled": RegularState.ENDED,
}
LONGEST_PAUSE = 12  # months
FARTHEST_DAY = timedelta(days=61)
AT = time(9)  # the hour of London's day at which a payment is taken on a day that somebody chose


# ---- what Stripe says


@transaction.atomic
def note_subscription(*, subscription: gateway.Subscription, asked_at: datetime) -> RegularGift:
    """Write down how a regular gift stands; an answer older than what we know changes nothing, and ended is ended.

    `asked_at` is when Stripe was asked. Raises PaymentIsNotOurs where it did not begin here, NotInOurWords.
    """
    state = STATES.get(subscription.status)
    if state is None:
        raise NotInOurWords(f"{subscription.subscription} is {subscription.status}.")
    kept = RegularGift.objects.select_for_update().filter(subscription=subscription.subscription).first()
    if kept is None:
        kept = _begin(subscription, asked_at)
    elif kept.state == RegularState.ENDED or asked_at <= kept.checked_at:
        return kept
    before = RegularState(kept.state)
    kept.state = _now(subscription, state, kept)
    kept.item, kept.customer = subscription.item, subscription.customer
    kept.method = subscription.method or kept.method
    if kept.pence != subscription.pence:  # another amount was agreed, as a whole
        kept.pence, kept.fee_cover_pence = subscription.pence, 0
    kept.card_expires_on = subscription.card_expires_on
    kept.next_on = timezone.localdate(subscription.next_at) if subscription.next_at else None
    kept.failures, kept.next_try_at = subscription.failures, subscription.next_try_at
    kept.paused_until = timezone.localdate(subscription.paused_until) if subscription.paused_until else None
    kept.checked_at = asked_at
    if kept.state == RegularState.ENDED:
        _end(kept, subscription, asked_at)
    kept.save()
    if kept.state == RegularState.ENDED and before != RegularState.STARTING:
        letters.say_it_has_ended(kept)
    return kept


def _begin(subscription: gateway.Subscription, asked_at: datetime) -> RegularGift:
    pledge = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("appeal", "fund", "purpose")
        .filter(reference=subscription.reference or "")
        .exclude(every=Every.ONCE)
        .first()
    )
    if pledge is None:
        raise PaymentIsNotOurs(f"{subscription.subscription} carries no reference of ours.")
    began, new = RegularGift.objects.get_or_create(
        subscription=subscription.subscription,
        defaults={
            "reference": references.readable("R"),
            "pledge": pledge,
            "donor": receiving.find_donor(name=pledge.name, email=pledge.email),
            "appeal": pledge.appeal,
            "fund": pledge.fund,
            "purpose": pledge.purpose,
            "pence": subscription.pence,
            "fee_cover_pence": pledge.fee_cover_pence,
            "every": pledge.every,
            "began_on": timezone.localdate(subscription.began_at),
            "checked_at": asked_at - timedelta(microseconds=1),
        },
    )
    if new:
        correcting.bring_up_to_date(began)
    return began


def _now(subscription: gateway.Subscription, state: RegularState, kept: RegularGift) -> RegularState:
    """Pausing changes no status at Stripe, and an active one of which no payment has come is only starting."""
    if state == RegularState.ENDED:
        return state
    if subscription.paused and subscription.paused_until is not None:
        return RegularState.PAUSED
    if state == RegularState.PAUSED:
        return RegularState.FAILING  # Stripe's own word for a trial without a card
    if state == RegularState.ACTIVE and not Donation.objects.filter(regular_gift=kept).exists():
        return RegularState.STARTING
    return state


def _end(kept: RegularGift, subscription: gateway.Subscription, asked_at: datetime) -> None:
    """Who ended it, and why: a change that was asked for here, or Stripe after the last try, or its dashboard."""
    asked = kept.changes.filter(kind=Change.CANCEL).order_by("pk").first()
    kept.ended_at = subscription.ended_at or asked_at
    kept.next_on, kept.next_try_at, kept.paused_until = None, None, None
    if asked is not None:
        kept.ended_by, kept.ended_because = asked.asked_by, asked.because
    elif subscription.ended_reason == "payment_failed" or subscription.status == "incomplete_expired":
        kept.ended_by, kept.ended_because = Ender.STRIPE, "The last try to take the payment failed."
    else:
        kept.ended_by, kept.ended_because = Ender.STRIPE, "Ended in Stripe’s dashboard."


# ---- what is changed


def change_amount(
    *, gift: RegularGift, amount: Money, asked_by: Ender, by: User | None = None, because: str = ""
) -> RegularGiftChange:
    """From the next payment on, another amount. Raises AmountIsOutside, RegularGiftHasEnded."""
    if not gift.appeal.minimum <= amount <= gift.appeal.maximum:
        raise AmountIsOutside(f"Enter an amount from {gift.appeal.minimum} to {gift.appeal.maximum}.")
    wanted = {"pence": amount.pence}
    return _ask(gift, Change.AMOUNT, wanted, asked_by, by, because, before=str(gift.amount), after=str(amount))


def move_date(
    *, gift: RegularGift, to: date, asked_by: Ender, by: User | None = None, because: str = ""
) -> RegularGiftChange:
    """Take the next payment on another day, and later ones from there. Raises NotADayForIt, RegularGiftHasEnded."""
    today = timezone.localdate()
    if not today < to <= today + FARTHEST_DAY:
        raise NotADayForIt(f"Choose a day from tomorrow to {_day(today + FARTHEST_DAY)}.")
    before = _day(gift.next_on) if gift.next_on else ""
    return _ask(gift, Change.DATE, {"day": to.isoformat()}, asked_by, by, because, before=before, after=_day(to))


def pause(
    *, gift: RegularGift, months: int, asked_by: Ender, by: User | None = None, because: str = ""
) -> RegularGiftChange:
    """Take nothing for so many months, 1 to 12. Raises NotADayForIt, RegularGiftHasEnded."""
    if not 1 <= months <= LONGEST_PAUSE:
        raise NotADayForIt(f"A pause is from 1 to {LONGEST_PAUSE} months.")
    until = months_after(timezone.localdate(), months)
    wanted = {"months": months, "until": until.isoformat()}
    return _ask(gift, Change.PAUSE, wanted, asked_by, by, because, after=_day(until))


def skip(*, gift: RegularGift, asked_by: Ender, by: User | None = None, because: str = "") -> RegularGiftChange:
    """Leave the next payment out. Raises NotADayForIt, RegularGiftHasEnded."""
    if gift.next_on is None:
        raise NotADayForIt("No payment is due that could be left out.")
    until = gift.next_on + timedelta(days=1)
    wanted = {"until": until.isoformat()}
    return _ask(gift, Change.SKIP, wanted, asked_by, by, because, before=_day(gift.next_on))


def resume(*, gift: RegularGift, asked_by: Ender, by: User | None = None, because: str = "") -> RegularGiftChange:
    """End a pause now. Raises RegularGiftHasEnded."""
    before = _day(gift.paused_until) if gift.paused_until else ""
    return _ask(gift, Change.RESUME, {}, asked_by, by, because, before=before)


def cancel(*, gift: RegularGift, asked_by: Ender, by: User | None = None, because: str = "") -> RegularGiftChange:
    """End it for good; nothing more is taken. Raises RegularGiftHasEnded."""
    return _ask(gift, Change.CANCEL, {}, asked_by, by, because)


def ask_for_card(*, gift: RegularGift, site: str, back: str, asked_by: Ender, by: User | None = None) -> str:
    """The address of Stripe's page on which the donor names another card or account.

    Raises RegularGiftHasEnded, PaymentsUnavailable, GatewayMisused.
    """
    change = _row(gift, Change.CARD, {}, asked_by, by, "", "", "")
    page = gateway.open_card_page(
        reference=change.reference,
        subscription=gift.subscription,
        customer=gift.customer,
        success_url=site + back + "?card={CHECKOUT_SESSION_ID}",
        cancel_url=site + back,
    )
    return page.url


@transaction.atomic
def send_card_link(*, gift: RegularGift, by: User) -> RegularGiftChange:
    """Write to the donor, with a link to Stripe's page for another card or account. Raises RegularGiftHasEnded.

    Nobody in the office types a donor's card: the link goes to the donor, and is shown to nobody else.
    """
    change = _row(gift, Change.CARD, {}, Ender.STAFF, by, "A link was sent to the donor.", "", "")
    letters.say_how_to_choose_another_card(change)
    return change


def take_card(*, checkout: gateway.CheckoutState) -> RegularGiftChange | None:
    """The donor has named another card: have it used from now on. None where the page was none of ours.

    Raises PaymentsUnavailable, GatewayMisused.
    """
    change = RegularGiftChange.objects.filter(reference=checkout.change or "", kind=Change.CARD).first()
    if change is None or checkout.payment_method is None:
        return None
    if change.done_at is None:
        RegularGiftChange.objects.filter(pk=change.pk).update(wanted={"payment_method": checkout.payment_method})
        carry_out(change_id=change.pk)
    return change


@transaction.atomic
def ask_for_another_account(*, customer: str, mandate: str) -> int:
    """Write to the donors whose Direct Debit has ended. How many were written to."""
    living = RegularGift.objects.living().filter(customer=customer, method="bacs_debit")
    return sum(letters.ask_for_another_account(gift, mandate=mandate) for gift in living.select_related("donor"))


@transaction.atomic
def tell_of_expiring_cards(*, today: date) -> int:
    """Write to the donors whose card ends within a month, once for each card. How many were written to."""
    soon = RegularGift.objects.living().filter(card_expires_on__range=(today, today + timedelta(days=31)))
    return sum(letters.say_the_card_expires(gift) for gift in soon.select_related("donor"))


def carry_out(*, change_id: int) -> RegularGiftChange:
    """Ask Stripe for a change that is written down. Asked twice, it is made once; of a gift that has ended, never.

    Raises PaymentsUnavailable, AttemptChanged, GatewayMisused.
    """
    change = RegularGiftChange.objects.select_related("regular_gift__appeal").get(pk=change_id)
    named_none = change.kind == Change.CARD and not change.wanted.get("payment_method")
    if change.done_at is not None or named_none:
        return change
    subscription = change.regular_gift.subscription
    try:
        _have_it_done(change)
    except GatewayMisused:
        if follow(subscription).state != RegularState.ENDED:
            raise
        return change  # it ended before the change could be made: there is nothing left to change
    follow(subscription)
    with transaction.atomic():
        done = RegularGiftChange.objects.filter(pk=change.pk, done_at__isnull=True).update(done_at=timezone.now())
        if done and change.kind != Change.CANCEL:  # of the end its own letter tells
            letters.say_it_has_changed(change)
    change.refresh_from_db()
    return change


def follow(subscription: str) -> RegularGift:
    """Ask Stripe how a regular gift stands, and write it down.

    Raises PaymentIsNotOurs, NotInOurWords, PaymentsUnavailable, GatewayMisused.
    """
    asked_at = timezone.now()
    return note_subscription(subscription=gateway.fetch_subscription(subscription), asked_at=asked_at)


def _have_it_done(change: RegularGiftChange) -> None:
    gift, key = change.regular_gift, f"change-{change.reference}"
    subscription, wanted = gift.subscription, change.wanted
    match change.kind:
        case Change.AMOUNT:
            gateway.change_amount(
                subscription=subscription,
                item=gift.item,
                product=gateway.ensure_product(slug=gift.appeal.slug, name=gift.appeal.name),
                pence=wanted["pence"],
                every="month" if gift.every == Every.MONTH else "year",
                key=key,
            )
        case Change.DATE:
            gateway.move_date(subscription=subscription, next_at=_moment(wanted["day"]), key=key)
        case Change.PAUSE | Change.SKIP:
            gateway.pause(subscription=subscription, until=_moment(wanted["until"]), key=key)
        case Change.RESUME:
            gateway.resume(subscription=subscription, key=key)
        case Change.CARD:
            gateway.use_card(subscription=subscription, payment_method=wanted["payment_method"], key=key)
        case Change.CANCEL:
            gateway.cancel(subscription=subscription, key=key, because=change.because)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _ask(
    gift: RegularGift, kind: Change, wanted: Mapping[str, object], asked_by: Ender, by: User | None, because: str,
    *, before: str = "", after: str = "",
) -> RegularGiftChange:  # fmt: skip
    with transaction.atomic():
        change = _row(gift, kind, wanted, asked_by, by, because, before, after)
        jobs.enqueue("donations.carry_out_change", change=change.pk)
    return change


def _row(
    gift: RegularGift, kind: Change, wanted: Mapping[str, object], asked_by: Ender, by: User | None, because: str,
    before: str, after: str,
) -> RegularGiftChange:  # fmt: skip
    if gift.state == RegularState.ENDED:
        raise RegularGiftHasEnded(f"{gift.reference} has ended.")
    return RegularGiftChange.objects.create(
        reference=references.readable("C"),
        regular_gift=gift,
        kind=kind,
        wanted=dict(wanted),
        before=before,
        after=after,
        because=because,
        asked_by=asked_by,
        by=by,
    )


def _moment(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), AT))


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
