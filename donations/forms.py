"""The form that a donor fills in. Whatever is typed wrongly meets a sentence beside the field, and nothing is lost."""

import uuid
from typing import Any

from django import forms

from almoner.kit.per_visitor import FORM_TOKEN
from donations.ledger.forms import AmountField
from donations.ledger.money import Money
from donations.models import Appeal
from donations.models.pledge import Every

OTHER = "other"


class GiveForm(forms.Form):
    """How often, how much, name and email, for one appeal. A choice among suggested amounts, or any other."""

    every = forms.ChoiceField(
        label="How often?",
        choices=Every.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how often you would like to give.",
            "invalid_choice": "Choose one of these.",
        },
    )
    choice = forms.ChoiceField(label="How much would you like to give?", required=False, widget=forms.RadioSelect)
    other = AmountField(label="Another amount in pounds", required=False)
    name = forms.CharField(
        label="Your full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name.", "max_length": "Your name can have up to 150 letters."},
    )
    email = forms.EmailField(
        label="Your email address",
        max_length=254,
        help_text="We send your receipt there.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your email address, so that we can send your receipt.",
            "invalid": "Enter an email address like name@example.org.",
            "max_length": "An email address can have up to 254 letters.",
        },
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, appeal: Appeal, *args: Any, **kwargs: Any) -> None:
        initial = {"token": FORM_TOKEN, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.appeal = appeal
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        suggested = [(str(each.pence), f"{each.money} {each.approved_words}".strip()) for each in appeal.amounts]
        choice.choices = [*suggested, (OTHER, "Another amount")]
        choice.error_messages["invalid_choice"] = "Choose one of these amounts, or type another."

    @classmethod
    def starting_with(cls, appeal: Appeal, amount: Money | None, **typed: str) -> "GiveForm":
        """An empty form, but for an amount that a link asked for and what a returning donor typed before."""
        initial: dict[str, object] = dict(typed)
        if amount is not None:
            suggested = any(each.pence == amount.pence for each in appeal.amounts)
            initial["choice"] = str(amount.pence) if suggested else OTHER
            if not suggested:
                initial["other"] = str(amount).removeprefix("£")
        return cls(appeal, initial=initial)

    def clean(self) -> dict[str, Any]:
        """The amount is the chosen one, or the typed one; it lies between the appeal's minimum and maximum."""
        cleaned = super().clean() or {}
        choice, other = cleaned.get("choice"), cleaned.get("other")
        if self.errors.keys() & {"choice", "other"}:
            return cleaned
        if choice and choice != OTHER:
            amount, field = Money(int(choice)), "choice"
        elif other is not None:
            amount, field = other, "other"
        else:
            self.add_error("other" if choice == OTHER else "choice", "Choose an amount, or type another.")
            return cleaned
        if amount < self.appeal.minimum:
            self.add_error(field, f"The smallest gift that we can take online is {self.appeal.minimum}.")
        elif amount > self.appeal.maximum:
            self.add_error(field, f"To give more than {self.appeal.maximum} at once, please telephone us.")
        cleaned["amount"] = amount
        return cleaned

    def clean_name(self) -> str:
        """A name on one line, without characters that cannot be printed."""
        name: str = self.cleaned_data["name"]
        if not name.isprintable():
            raise forms.ValidationError("Enter your name with letters only, on one line.")
        return name

    def clean_token(self) -> uuid.UUID:
        """The form's own token; one that got lost, or was never put in its place, is made anew."""
        token: uuid.UUID | None = self.cleaned_data.get("token")
        return uuid.uuid4() if token is None or token == FORM_TOKEN else token
