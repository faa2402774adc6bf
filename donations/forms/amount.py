"""How often, and how much."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.forms.asking import Asked
from donations.ledger.forms import AmountField
from donations.ledger.money import Money
from donations.models import Appeal
from donations.models.appeal import Every, SuggestedAmount

OTHER = "other"
HEADINGS = {Every.ONCE: _("Just once"), Every.MONTH: _("Every month"), Every.YEAR: _("Every year")}


@dataclass(frozen=True)
class Group:
    """Amounts that are suggested for some frequencies. Where all have the same, there is one group without heading."""

    every: tuple[Every, ...]
    values: tuple[str, ...]

    @property
    def heading(self) -> str:
        """“Every month”, or nothing for a group that is for all."""
        words = [str(HEADINGS[each]) for each in self.every]
        return f" {gettext('or')} ".join(each.lower() if at else each for at, each in enumerate(words))

    @property
    def words(self) -> str:
        """The frequencies, as the stylesheet finds them."""
        return " ".join(self.every)


class AmountForm(Asked):
    """A choice among suggested amounts, or any other between the appeal's smallest and largest."""

    every = forms.ChoiceField(
        label=_("How often?"),
        choices=[(each.value, words) for each, words in HEADINGS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how often you would like to give."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    choice = forms.ChoiceField(label=_("How much would you like to give?"), required=False, widget=forms.RadioSelect)
    other = AmountField(label=_("Another amount in pounds"), required=False)

    def __init__(self, appeal: Appeal, *args: Any, **kwargs: Any) -> None:
        super().__init__(appeal, *args, **kwargs)
        choice = self.own("choice")
        assert isinstance(choice, forms.ChoiceField)
        suggested = [(value_of(each), f"{each.money} {each.approved_words}".strip()) for each in appeal.amounts]
        choice.choices = [*suggested, (OTHER, gettext("Another amount"))]
        choice.error_messages["invalid_choice"] = gettext("Choose one of these amounts, or type another.")

    @property
    def groups(self) -> list[Group]:
        """Which amounts are shown for which frequency."""
        shown: dict[tuple[str, ...], list[Every]] = {}
        for every in Every:
            shown.setdefault(tuple(value_of(each) for each in self.appeal.amounts_for(every)), []).append(every)
        return [Group(tuple(frequencies), values) for values, frequencies in shown.items()]

    @classmethod
    def starting(cls, appeal: Appeal, *, amount: Money | None, every: str) -> dict[str, Any]:
        """What a link has asked for, as the form shows it: `?amount=25&every=month`."""
        initial: dict[str, Any] = {"every": every} if every in Every.values else {}
        if amount is None:
            return initial
        offered = appeal.amounts_for(every) if initial else [each for each in appeal.amounts if not each.every]
        for each in offered:
            if each.pence == amount.pence:
                return {**initial, "choice": value_of(each)}
        return {**initial, "choice": OTHER, "other": str(amount).removeprefix("£")}

    def clean(self) -> dict[str, Any]:
        """The amount is the chosen one, or the typed one; it lies between the appeal's minimum and maximum."""
        cleaned = super().clean() or {}
        choice, other = cleaned.get("choice"), cleaned.get("other")
        if self.errors.keys() & {"choice", "other"}:
            return cleaned
        if choice and choice != OTHER:
            every, _, pence = str(choice).rpartition("-")
            if every and cleaned.get("every") not in ("", None, every):
                self.add_error("choice", gettext("You have changed how often you give: choose the amount again."))
                return cleaned
            amount, field = Money(int(pence)), "choice"
            if other is not None and other != amount:
                self.add_error(
                    "other",
                    gettext("You chose %(amount)s and wrote %(other)s: empty this box, or choose “Another amount”.")
                    % {"amount": amount, "other": other},
                )
                return cleaned
        elif other is not None:
            amount, field = other, "other"
        else:
            self.add_error("other" if choice == OTHER else "choice", gettext("Choose an amount, or type another."))
            return cleaned
        if amount < self.appeal.minimum:
            self.add_error(
                field,
                gettext("The smallest gift that we can take online is %(minimum)s.") % {"minimum": self.appeal.minimum},
            )
        elif amount > self.appeal.maximum:
            self.add_error(
                field,
                gettext("To give more than %(maximum)s at once, please telephone us.")
                % {"maximum": self.appeal.maximum},
            )
        cleaned["amount"] = amount
        return cleaned


def value_of(suggested: SuggestedAmount) -> str:
    """How the form names a suggested amount: “2500”, or “month-500” for one that is for monthly gifts only."""
    return f"{suggested.every}-{suggested.pence}" if suggested.every else str(suggested.pence)
