"""What the office changes about a regular gift, for its donor: each on a page of its own, and written down first."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from almoner.accounts.models import User
from almoner.kit.forms import UK_DATES
from almoner.kit.staff.acting import Act, Facts
from almoner.kit.words import Words
from donations.actions import renewing
from donations.exceptions import AmountIsOutside, NotADayForIt, RegularGiftHasEnded
from donations.ledger.forms import AmountField
from donations.models import RegularGift, RegularGiftChange
from donations.models.regular_gift import Ender, RegularState
from donations.staff.at_once import try_it

WISH = _("The donor’s wish, and how it reached you. It stays on record.")


class WhyForm(forms.Form):
    """Why; nobody need say it."""

    because = forms.CharField(
        label=_("Why?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=WISH
    )


class AmountForm(WhyForm):
    """Another amount."""

    amount = AmountField(label=_("New amount in pounds"), error_messages={"required": _("Enter the new amount.")})
    field_order = ["amount", "because"]


class DayForm(WhyForm):
    """Another day."""

    to = forms.DateField(
        label=_("Next payment on"),
        input_formats=UK_DATES,
        widget=AdminDateInput(format="%d/%m/%Y"),
        help_text=_("Later payments follow from there."),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day like 31/03/2027.")},
    )
    field_order = ["to", "because"]


class PauseForm(WhyForm):
    """How long."""

    months = forms.IntegerField(
        label=_("For how many months?"),
        help_text=format_lazy(_("From 1 to {most}."), most=renewing.LONGEST_PAUSE),
        widget=forms.NumberInput(attrs={"min": 1, "max": renewing.LONGEST_PAUSE, "inputmode": "numeric"}),
        error_messages={"required": _("Enter the number of months."), "invalid": _("Enter a number, like 3.")},
    )
    field_order = ["months", "because"]


class EndForm(forms.Form):
    """Why; this must be said."""

    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=WISH,
        error_messages={"required": _("Say why, even if only “the donor asked”.")},
    )


class ChangeAct(Act):
    """What all changes share: the permission, the facts, and who asked."""

    model, views = RegularGift, "regular_gifts"
    permission = "donations.change_regulargift_for_donor"
    header_icon = "rotate"
    form_class: type[forms.Form] = WhyForm
    refusals = (AmountIsOutside, NotADayForIt, RegularGiftHasEnded)
    ask: Callable[..., RegularGiftChange]  # the verb; it takes what the form asks for
    beside: str | None = None  # the field that a refusal is about
    done: Words = ""

    @classmethod
    def is_offered(cls, thing: RegularGift, user: User) -> bool:
        """Until it has ended."""
        return thing.state != RegularState.ENDED

    def facts(self) -> Facts:
        """Whose, how much, and when next."""
        gift = self.thing
        due = date_format(gift.next_on, "j F Y") if gift.next_on else gettext("none is due")
        return [
            (gettext("Donor"), gift.donor),
            (
                gettext("Gift"),
                gettext("%(amount)s %(every)s to %(appeal)s")
                % {"amount": gift.amount, "every": gift.get_every_display(), "appeal": gift.appeal},
            ),
            (gettext("Standing"), gift.get_state_display()),
            (gettext("Next payment"), due),
        ]

    def act(self, form: Any, by: User) -> str:
        """Write it down, and have Stripe make it."""
        change = self.ask(gift=self.thing, asked_by=Ender.STAFF, by=by, **form.cleaned_data)
        return try_it(lambda: renewing.carry_out(change_id=change.pk), done=self.done)

    def say(self, form: Any, refusal: Exception) -> None:
        """Beside the field that can put it right."""
        form.add_error(None if isinstance(refusal, RegularGiftHasEnded) else self.beside, str(refusal))


class ChangeAmount(ChangeAct):
    """Another amount."""

    ask = staticmethod(renewing.change_amount)
    address, title, button = "amount", _("Change the amount"), _("Change it")
    explains = _("From the next payment on. The donor gets a letter that says so.")
    form_class, beside, done = AmountForm, "amount", _("The amount is changed, from the next payment on.")


class MoveDay(ChangeAct):
    """Another day."""

    ask = staticmethod(renewing.move_date)
    address, title, button = "day", _("Move the day"), _("Move it")
    explains = _("The donor gets a letter that says so.")
    form_class, beside, done = DayForm, "to", _("The day is changed.")

    @classmethod
    def is_offered(cls, thing: RegularGift, user: User) -> bool:
        """Not during a pause."""
        return super().is_offered(thing, user) and thing.state != RegularState.PAUSED


class Pause(ChangeAct):
    """Nothing for a while."""

    ask = staticmethod(renewing.pause)
    address, title, button = "pause", _("Pause it"), _("Pause it")
    explains = _("Nothing is taken until then, and it goes on by itself. The donor gets a letter that says so.")
    form_class, beside, done = PauseForm, "months", _("It is paused.")

    @classmethod
    def is_offered(cls, thing: RegularGift, user: User) -> bool:
        """Unless it is paused already."""
        return super().is_offered(thing, user) and thing.state != RegularState.PAUSED


class Skip(ChangeAct):
    """One payment left out."""

    ask = staticmethod(renewing.skip)
    address, title, button = "skip", _("Skip one payment"), _("Skip it")
    explains = _("The next payment is left out, and the one after it is taken. The donor gets a letter that says so.")
    done = _("The next payment is left out.")

    @classmethod
    def is_offered(cls, thing: RegularGift, user: User) -> bool:
        """Where a payment is due."""
        return thing.state not in {RegularState.ENDED, RegularState.PAUSED} and thing.next_on is not None


class Resume(ChangeAct):
    """On again, before the pause is over."""

    ask = staticmethod(renewing.resume)
    address, title, button = "resume", _("Resume it"), _("Resume it")
    explains = _("Payments are taken again from the next one on. The donor gets a letter that says so.")
    done = _("It goes on.")

    @classmethod
    def is_offered(cls, thing: RegularGift, user: User) -> bool:
        """During a pause."""
        return thing.state == RegularState.PAUSED


class End(ChangeAct):
    """No more."""

    ask = staticmethod(renewing.cancel)
    address, title, button, danger = "end", _("End it"), _("End it for good"), True
    explains = _("Nothing more is taken, and the donor gets a letter that says so. It cannot be undone.")
    form_class, done = EndForm, _("It has ended.")


class SendCardLink(ChangeAct):
    """Another card or account, which only the donor names."""

    address, title, button = "card", _("Send a link for another card"), _("Send it")
    explains = _(
        "The donor gets a letter with a link to Stripe’s page, where another card or account is named. "
        "The link is good for sixty days. Never take a card’s number by telephone or in writing."
    )
    form_class = forms.Form

    def act(self, form: Any, by: User) -> str:
        """Write the letter."""
        renewing.send_card_link(gift=self.thing, by=by)
        return gettext("The letter is on its way.")


ACTS = (ChangeAmount, MoveDay, Pause, Skip, Resume, SendCardLink, End)
