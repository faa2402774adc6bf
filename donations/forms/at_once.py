"""All questions on one page, for whoever knows what they want."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext

from almoner.kit.per_visitor import FORM_TOKEN
from donations.forms.amount import AmountForm
from donations.forms.check import fee_cover, fee_in_words, fee_label, is_fee_asked
from donations.forms.contact import ContactForm
from donations.forms.details import DetailsForm
from donations.forms.gift_aid import YES, GiftAidForm, HomeForm
from donations.ledger.money import Money
from donations.models import Appeal

# Which page of the journey asks for what stands on this one.
PARTS: dict[str, type[AmountForm | DetailsForm | GiftAidForm | HomeForm | ContactForm]] = {
    "amount": AmountForm,
    "details": DetailsForm,
    "gift-aid": GiftAidForm,
    "home": HomeForm,
    "contact": ContactForm,
}

NAMES = ("first_name", "last_name")  # of whoever declares: most often as in the full name


class AtOnceForm(ContactForm, HomeForm, GiftAidForm, DetailsForm, AmountForm):
    """Amount, details, Gift Aid and contact together. `token` makes one form one pledge, however often it is sent.

    `amount` is what a link has asked for, or what was typed and is sent again because something else was wrong. Only
    then does the page know what the card's fee comes to: `fee_said` is what it said, in pence.
    """

    fee_cover = forms.BooleanField(required=False)
    fee_said = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, appeal: Appeal, *args: Any, **kwargs: Any) -> None:
        initial = {"token": FORM_TOKEN, **(kwargs.pop("initial", None) or {})}
        super().__init__(appeal, *args, **{**kwargs, "initial": initial})
        if not appeal.gift_aid:
            for name in (*GiftAidForm.base_fields, *HomeForm.base_fields):
                del self.fields[name]
        if not is_fee_asked(appeal):
            del self.fields["fee_cover"], self.fields["fee_said"]

    def is_needed(self, cleaned: dict[str, Any]) -> bool:
        """A home only where Gift Aid is claimed."""
        return cleaned.get("gift_aid") == YES

    def knows_home(self, cleaned: dict[str, Any]) -> bool:
        """As it was typed on this very page."""
        return self.is_needed(cleaned) and bool(cleaned.get("address"))

    def clean_first_name(self) -> str:
        """As in the full name, where this box was left empty: nothing is asked twice."""
        return self._named("first_name")

    def clean_last_name(self) -> str:
        """As in the full name, where this box was left empty."""
        return self._named("last_name")

    def _named(self, which: str) -> str:
        typed: str = self.cleaned_data[which]
        return typed or HomeForm.named(self.cleaned_data.get("name", ""))[which]

    def clean_token(self) -> uuid.UUID:
        """The form's own token; one that got lost, or was never put in its place, is made anew."""
        token: uuid.UUID | None = self.cleaned_data.get("token")
        return uuid.uuid4() if token is None or token == FORM_TOKEN else token

    def say_the_sums(self, amount: Money | None) -> None:
        """Show the fee of this amount; where none is known, how it is reckoned. And which boxes may stay empty."""
        self.amount = amount
        for name in NAMES:
            if name in self.fields:
                self[name].help_text = gettext("Only if it is not as in your full name above.")
        if "fee_cover" in self.fields:
            # The bound one: where the form was looked at, it has taken its label from the field already.
            box = self["fee_cover"]
            if amount is None:
                box.label = gettext("Add the card fee (%(fee)s)") % {"fee": fee_in_words()}
                box.help_text = gettext("You see the sum before you pay.")
            else:
                box.label, box.help_text = fee_label(amount), ""

    @property
    def fee(self) -> Money | None:
        """What the card's fee comes to, where the page can know it."""
        return None if self.amount is None else fee_cover(self.amount)

    @property
    def is_fee_told(self) -> bool:
        """Whether the page that was sent said what the fee of this very amount comes to, or none is to be added."""
        if not self.cleaned_data.get("fee_cover"):
            return True
        return self.cleaned_data.get("fee_said") == str(fee_cover(self.cleaned_data["amount"]).pence)

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What was typed, by the page of the journey that asks for it."""
        typed = self.typed | {name: self.cleaned_data[name] for name in NAMES if self.cleaned_data.get(name)}
        return {page: {name: typed[name] for name in form.base_fields if name in typed} for page, form in PARTS.items()}
