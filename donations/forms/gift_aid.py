"""Gift Aid: whether, and then what a declaration needs (HMRC; see donations/models/declaration.py)."""

import re
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.kit import postcodes
from almoner.kit.forms import SometimesChosen, SometimesNeeded
from donations import reading
from donations.forms.asking import Asked, forget, lines
from donations.ledger.money import Money
from donations.models.declaration import Home, Scope
from donations.models.wording import Words

YES, NO = "yes", "no"
CHANGED = _(
    "The words of the declaration have changed since you opened this page: please read them again, and choose which "
    "gifts they are for."
)
NOT_A_HOME = re.compile(r"\b(c/o|care of|p\.?\s?o\.? box)\b", re.IGNORECASE)


def with_gift_aid(amount: Money) -> Money:
    """What a gift becomes: a quarter more, in whole pence, rounded down."""
    return amount + Money(amount.pence * 25 // 100)


class GiftAidForm(Asked):
    """Yes or no: two choices of equal weight, neither chosen beforehand."""

    gift_aid = forms.ChoiceField(
        label=_("Shall we claim Gift Aid on your gift?"),
        choices=[(YES, _("Yes, claim Gift Aid")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose yes or no: we cannot know whether you pay UK tax."),
            "invalid_choice": _("Choose yes or no."),
        },
    )


class HomeFields(forms.Form):
    """Name and home as a declaration needs them, and which gifts it is for."""

    first_name = SometimesNeeded(
        **lines(_("First name"), most=35, complete="given-name", help_text=_("As you would give it to the tax office."))
    )
    last_name = SometimesNeeded(**lines(_("Last name"), most=35, complete="family-name"))
    home = SometimesChosen(
        label=_("Where do you live?"),
        choices=Home.choices,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    address = SometimesNeeded(
        **lines(
            _("House number or name, and street"), most=200, complete="address-line1", help_text=_("Where you live.")
        )
    )
    town = forms.CharField(**lines(_("Town or city"), most=60, complete="address-level2"), required=False)
    postcode = SometimesNeeded(
        **lines(_("Postcode"), most=20, complete="postal-code", help_text=_("Only for an address in the UK."))
    )
    scope = SometimesChosen(
        label=_("I want to Gift Aid …"),
        choices=[(scope.value, scope.gifts) for scope in Scope],  # as the declaration goes on
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    def is_needed(self, cleaned: dict[str, Any]) -> bool:
        """Whether these are asked at all."""
        return True

    def clean(self) -> dict[str, Any]:
        """Everything that a declaration needs; a postcode in the UK, and none elsewhere."""
        cleaned = super().clean() or {}
        if not self.is_needed(cleaned):
            forget(self, *HomeFields.base_fields)
            return cleaned
        for name, sentence in (
            ("first_name", gettext("Enter your first name.")),
            ("last_name", gettext("Enter your last name.")),
            ("home", gettext("Choose where you live.")),
            ("address", gettext("Enter the number or name of your house, and the street.")),
            ("scope", gettext("Choose which gifts your declaration is for.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        for name in ("first_name", "last_name", "address", "town"):
            if cleaned.get(name) and not str(cleaned[name]).isprintable():
                self.add_error(name, gettext("Enter this with letters only, on one line."))
        if cleaned.get("address") and NOT_A_HOME.search(cleaned["address"]):
            self.add_error("address", gettext("Enter the address where you live: Gift Aid needs your home."))
        self._clean_postcode(cleaned)
        return cleaned

    def _clean_postcode(self, cleaned: dict[str, Any]) -> None:
        typed = str(cleaned.get("postcode") or "")
        if "postcode" in self.errors:
            return
        if cleaned.get("home") != Home.UK:
            cleaned["postcode"] = ""
            return
        cleaned["postcode"] = postcodes.tidied(typed)
        if not typed:
            self.add_error("postcode", gettext("Enter your postcode."))
        elif postcodes.is_of_the_islands(typed):
            self.add_error("postcode", gettext("This postcode is not in the UK: choose where you live again."))
        elif not cleaned["postcode"]:
            self.add_error("postcode", gettext("Enter a full UK postcode, like NE1 4LP."))


class HomeForm(HomeFields, Asked):
    """The same, asked of a donor, who reads the declaration around the choice of gifts."""

    words = forms.CharField(required=False, widget=forms.HiddenInput)  # the mark of those that were read

    @cached_property
    def declaration(self) -> Words:
        """The words that are in use."""
        return reading.declaration()

    def clean(self) -> dict[str, Any]:
        """What is declared is what was read: words that have changed since are read, and chosen, again."""
        cleaned = super().clean()
        if not self.is_needed(cleaned):
            forget(self, "words")
        elif cleaned.get("words") == self.declaration.mark:
            cleaned["words"] = self.declaration
        else:
            self.data = {**dict(self.data.items()), "scope": ""}
            forget(self, "scope")
            self.add_error("scope", CHANGED)
        return cleaned

    @classmethod
    def named(cls, name: str) -> dict[str, Any]:
        """First and last name from the name already given, so that nothing is asked twice."""
        first, _, last = " ".join(name.split()).rpartition(" ")
        return {"first_name": first[:35], "last_name": last[:35]}
