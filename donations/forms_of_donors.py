"""The forms of the donor's own page. What is typed wrongly meets a sentence beside the field, and nothing is lost."""

import re
from typing import Any

from django import forms

from almoner.kit.forms import UK_DATES, SometimesNeeded
from donations.ledger.forms import AmountField
from donations.models import Wording
from donations.models.contact import ContactBy
from donations.models.declaration import Home, Scope

POSTCODE = re.compile(r"(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2})")
ON_THE_ISLANDS = ("JE", "GY", "IM")


class SignInForm(forms.Form):
    """To which address the key is sent."""

    email = forms.EmailField(
        label="Your email address",
        max_length=254,
        help_text="The one that your receipts come to.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your email address.",
            "invalid": "Enter an email address like name@example.org.",
            "max_length": "An email address can have up to 254 letters.",
        },
    )


# ---- regular gifts


class ChangeForm(forms.Form):
    """Nothing to say but yes."""


class AmountForm(ChangeForm):
    """Another amount."""

    amount = AmountField(label="New amount in pounds", error_messages={"required": "Enter the new amount."})


class DayForm(ChangeForm):
    """Another day."""

    to = forms.DateField(
        label="Next payment on",
        input_formats=UK_DATES,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Within two months. Later payments follow from there.",
        error_messages={"required": "Enter the day.", "invalid": "Enter a day like 31/03/2027."},
    )


class PauseForm(ChangeForm):
    """How long."""

    months = forms.TypedChoiceField(
        label="For how long?",
        coerce=int,
        choices=[("", "Choose"), ("1", "1 month"), *((str(each), f"{each} months") for each in range(2, 13))],
        error_messages={"required": "Choose for how long.", "invalid_choice": "Choose from 1 to 12 months."},
    )


class EndForm(ChangeForm):
    """Why; nobody need say it."""

    because = forms.CharField(
        label="Why?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only if you would like to say.",
        error_messages={"max_length": "This can have up to 300 letters."},
    )


# ---- about the donor


class AddressForm(forms.Form):
    """Name, telephone and address, as we should know them."""

    name = forms.CharField(
        label="Your full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name.", "max_length": "Your name can have up to 150 letters."},
    )
    telephone = forms.CharField(
        label="Telephone",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={"max_length": "A telephone number can have up to 20 figures."},
    )
    address = forms.CharField(
        label="House and street",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={"max_length": "This can have up to 200 letters."},
    )
    town = forms.CharField(
        label="Town",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"max_length": "This can have up to 60 letters."},
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10}),
        error_messages={"max_length": "A postcode can have up to 12 letters."},
    )

    def clean(self) -> dict[str, Any]:
        """Everything on one line each, without characters that cannot be printed."""
        return on_one_line(self)

    def clean_telephone(self) -> str:
        """Figures, with spaces, brackets and a plus where somebody likes them."""
        typed: str = self.cleaned_data["telephone"]
        if typed and not re.fullmatch(r"\+?[\d ()\-]{6,}", typed):
            raise forms.ValidationError("Enter a telephone number, like 01632 960 001.")
        return typed


class EmailForm(forms.Form):
    """Another email address; it is theirs once they have used the link that is sent to it."""

    email = forms.EmailField(
        label="Your new email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your new email address.",
            "invalid": "Enter an email address like name@example.org.",
            "max_length": "An email address can have up to 254 letters.",
        },
    )

    def __init__(self, *args: Any, known: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_email(self) -> str:
        """Another than the one that is known."""
        typed: str = self.cleaned_data["email"]
        if typed.lower() == self.known.lower():
            raise forms.ValidationError("That is the address we have already.")
        return typed


class YesOrNo(forms.ChoiceField):
    """A question that may be left as it is: its label does not call it optional."""

    sometimes_needed = True


class ContactForm(forms.Form):
    """Yes or no for each way of being reached, as it stands; nothing is chosen where nothing was said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in ContactBy:
            self.fields[channel.value] = YesOrNo(
                label=channel.label,
                choices=[("yes", "Yes, you may"), ("no", "No")],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose yes or no."},
            )


class DeclarationForm(forms.Form):
    """A Gift Aid declaration that is made without a gift. Each choice is the declaration itself, word for word."""

    wording = forms.IntegerField(required=False, widget=forms.HiddenInput)
    scope = forms.ChoiceField(
        label="What I declare",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you declare.", "invalid_choice": "Choose one of these."},
    )
    first_name = forms.CharField(
        label="First name",
        max_length=35,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Enter your first name.", "max_length": "This can have up to 35 letters."},
    )
    last_name = forms.CharField(
        label="Last name",
        max_length=35,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Enter your last name.", "max_length": "This can have up to 35 letters."},
    )
    home = forms.ChoiceField(
        label="Where is your home?",
        choices=Home.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where your home is.", "invalid_choice": "Choose one of these."},
    )
    address = forms.CharField(
        label="House and street",
        max_length=200,
        help_text="Your home address, as HMRC asks for it: not a place of work.",
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={"required": "Enter your house and street.", "max_length": "This can have up to 200 letters."},
    )
    town = forms.CharField(
        label="Town",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"max_length": "This can have up to 60 letters."},
    )
    postcode = SometimesNeeded(
        label="Postcode",
        max_length=12,
        help_text="If your home is in the UK.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10}),
        error_messages={"max_length": "A postcode can have up to 12 letters."},
    )

    def __init__(self, *args: Any, wording: Wording, charity_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = wording
        self.fields["wording"].initial = wording.pk
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)
        scope.choices = [
            (each.value, wording.shown(charity=charity_name, gifts=gifts_meant(each)))
            for each in (Scope.FUTURE, Scope.PAST)
        ]

    def clean(self) -> dict[str, Any]:
        """The words as they are today; a postcode for a home in the UK, and none for any other."""
        cleaned = on_one_line(self)
        if cleaned.get("wording") != self.version.pk:
            self.data = {**dict(self.data.items()), "wording": str(self.version.pk), "scope": ""}
            self.add_error("scope", "The words have changed since you opened this page: please read them again.")
        if cleaned.get("home") != Home.UK:
            return {**cleaned, "postcode": ""}
        plain = "".join(cleaned.get("postcode", "").upper().split())
        if "postcode" in self.errors:
            return cleaned
        if not plain:
            self.add_error("postcode", "Enter your postcode.")
        elif plain.startswith(ON_THE_ISLANDS):
            self.add_error("home", "That is a postcode of the Channel Islands or the Isle of Man: choose this, please.")
        elif not POSTCODE.fullmatch(plain):
            self.add_error("postcode", "Enter a postcode like TR18 4AB.")
        return {**cleaned, "postcode": f"{plain[:-3]} {plain[-3:]}"}


def gifts_meant(scope: Scope) -> str:
    """How a declaration that was made without a gift names those it covers."""
    return scope.gifts.removeprefix("this donation and ")


def on_one_line(form: forms.Form) -> dict[str, Any]:
    """What was typed, each text on one line; one that cannot be printed meets a sentence."""
    cleaned = dict(form.cleaned_data)
    for name, value in cleaned.items():
        if isinstance(value, str) and not value.isprintable():
            form.add_error(name, "Use letters and figures only, on one line.")
    return cleaned
