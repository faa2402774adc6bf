"""A donor's regular gifts: how each stands, and whatever they wish to change, each on one page with one button."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from almoner.kit.words import Words
from donations.actions import following, renewing
from donations.exceptions import (
    AmountIsOutside,
    NotADayForIt,
    NotInOurWords,
    PaymentIsNotOurs,
    PaymentsError,
    RegularGiftHasEnded,
)
from donations.models import Donor, RegularGift, RegularGiftChange
from donations.models.regular_gift import Change, Ender, RegularState
from donations.own.doors import for_the_donor, typed_in
from donations.own.forms.regular import AmountForm, ChangeForm, DayForm, EndForm, PauseForm

LATER = gettext_noop(
    "We have written down what you asked for. Stripe cannot be reached just now; it is done as soon as it answers."
)
NOT_NOW = gettext_noop("This cannot be done now: see below how your gift stands.")
NEWEST = 24
JUST_NOW = timedelta(minutes=5)


@dataclass(frozen=True)
class Wish:
    """One thing that a donor may want: what its page says, what it asks for, and what does it."""

    title: Words
    explains: Words
    button: Words
    done: Words
    do: Callable[..., RegularGiftChange]
    form_class: type[forms.Form] = ChangeForm
    beside: str | None = None  # the field that a refusal is about
    while_paused: bool = True
    unless_paused: bool = True

    def is_offered(self, gift: RegularGift) -> bool:
        """Whether it can be done now."""
        if gift.state == RegularState.ENDED or gift.changes.filter(kind=Change.CANCEL).exists():
            return False
        if self.do is renewing.skip and gift.next_on is None:
            return False
        return self.while_paused if gift.state == RegularState.PAUSED else self.unless_paused


CHANGES: Mapping[str, Wish] = {
    "amount": Wish(
        _("Change the amount"), _("The new amount is taken from the next payment on."), _("Change the amount"),
        _("The amount is changed, from the next payment on."), renewing.change_amount, AmountForm, "amount",
    ),
    "day": Wish(
        _("Change the day"), _("The next payment is taken on the day that you choose."), _("Change the day"),
        _("The day is changed."), renewing.move_date, DayForm, "to", while_paused=False,
    ),
    "pause": Wish(
        _("Pause it"), _("Nothing is taken while it is paused. After that it goes on by itself."), _("Pause it"),
        _("Your gift is paused."), renewing.pause, PauseForm, "months", while_paused=False,
    ),
    "skip": Wish(
        _("Skip one payment"), _("The next payment is left out, and the one after it is taken."), _("Skip one payment"),
        _("The next payment is left out."), renewing.skip, while_paused=False,
    ),
    "resume": Wish(
        _("Resume it"), _("Payments are taken again from the next one on."), _("Resume it"),
        _("Your gift goes on."), renewing.resume, unless_paused=False,
    ),
    "end": Wish(
        _("End it"), _("Nothing more is taken."), _("End this gift"), _("Your gift has ended. Nothing more is taken."),
        renewing.cancel, EndForm,
    ),
}  # fmt: skip


@for_the_donor("GET")
def all_of_them(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Those that live, and those that have ended."""
    return render(request, "donations/own/regular.html", {"donor": donor, "gifts": gifts_of(donor)})


@for_the_donor("GET")
def one(request: HttpRequest, donor: Donor, reference: str) -> HttpResponse:
    """One regular gift: how it stands, what can be changed, what was paid and what was changed."""
    gift = the_gift(donor, reference)
    context = {
        "donor": donor,
        "gift": gift,
        "wishes": wishes_of(gift),
        "waiting": gift.changes.filter(done_at__isnull=True).exclude(kind=Change.CARD).order_by("pk"),
        "changes": gift.changes.filter(done_at__isnull=False)[:NEWEST],
        "payments": gift.payments.select_related("donation")[:NEWEST],
    }
    return render(request, "donations/own/regular_gift.html", context)


@for_the_donor("GET", "POST")
def change(request: HttpRequest, donor: Donor, reference: str, what: str) -> HttpResponse:
    """What will happen, and one button. It is written down first; where Stripe is away, a job does it."""
    gift, wish = the_gift(donor, reference), CHANGES[what]
    if not wish.is_offered(gift):
        messages.info(request, gettext(NOT_NOW))
        return redirect("donations:own_regular_gift", reference)
    form = wish.form_class(typed_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            asked = wish.do(gift=gift, asked_by=Ender.DONOR, **form.cleaned_data)
        except RegularGiftHasEnded:
            messages.info(request, gettext(NOT_NOW))
            return redirect("donations:own_regular_gift", reference)
        except (AmountIsOutside, NotADayForIt) as refusal:
            form.add_error(wish.beside, str(refusal))
        else:
            say_what_came_of_it(request, asked, wish)
            return redirect("donations:own_regular_gift", reference)
    context = {"donor": donor, "gift": gift, "wish": wish, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "donations/own/regular_change.html", context, status=status)


@for_the_donor("GET", "POST")
def card(request: HttpRequest, donor: Donor, reference: str) -> HttpResponse:
    """One button on, Stripe's page takes another card or account; and from there back to here."""
    gift = the_gift(donor, reference)
    if named := request.GET.get("card", ""):
        if not gift.changes.filter(kind=Change.CARD).exists():
            raise Http404
        with suppress(PaymentsError, PaymentIsNotOurs, NotInOurWords):  # else the worker hears of it
            following.checkout(named)
        if gift.changes.filter(kind=Change.CARD, done_at__gte=timezone.now() - JUST_NOW).exists():
            messages.success(
                request, gettext("Thank you. From now on your gift is paid with what you have just chosen.")
            )
        else:
            messages.warning(request, gettext(LATER))
        return redirect("donations:own_regular_gift", reference)
    if not takes_a_card(gift):
        messages.info(request, gettext(NOT_NOW))
        return redirect("donations:own_regular_gift", reference)
    if request.method == "POST":
        site = f"{request.scheme}://{request.get_host()}"
        try:
            return redirect(renewing.ask_for_card(gift=gift, site=site, back=request.path, asked_by=Ender.DONOR))
        except RegularGiftHasEnded:
            messages.info(request, gettext(NOT_NOW))
            return redirect("donations:own_regular_gift", reference)
        except PaymentsError:
            context = {"donor": donor, "gift": gift, "unavailable": True}
            return render(request, "donations/own/regular_card.html", context, status=503)
    return render(request, "donations/own/regular_card.html", {"donor": donor, "gift": gift})


def say_what_came_of_it(request: HttpRequest, asked: RegularGiftChange, wish: Wish) -> None:
    """Have Stripe make the change while the donor looks; the job that was stored with it does no harm afterwards."""
    try:
        renewing.carry_out(change_id=asked.pk)
    except (PaymentsError, PaymentIsNotOurs, NotInOurWords):
        messages.warning(request, gettext(LATER))
    else:
        messages.success(request, wish.done)


def gifts_of(donor: Donor) -> Any:
    """A donor's regular gifts, the newest first."""
    return donor.regular_gifts.select_related("appeal", "fund", "pledge")


def the_gift(donor: Donor, reference: str) -> RegularGift:
    """The one of this reference, if it is the donor's. Raises Http404."""
    gift: RegularGift = get_object_or_404(gifts_of(donor), reference=reference)
    return gift


def wishes_of(gift: RegularGift) -> list[tuple[Words, str]]:
    """What can be done now, each with its address; the end of it stands last."""
    found = [
        (wish.title, reverse(f"donations:own_regular_{what}", args=[gift.reference]))
        for what, wish in CHANGES.items()
        if wish.is_offered(gift)
    ]
    if takes_a_card(gift):
        card_page = reverse("donations:own_regular_card", args=[gift.reference])
        found.insert(-1, (gettext("Choose another card or account"), card_page))
    return found


def takes_a_card(gift: RegularGift) -> bool:
    """Whether another card or account can be named for it."""
    return gift.state != RegularState.ENDED and not gift.changes.filter(kind=Change.CANCEL).exists()
