"""How somebody is called, and where they are reached."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.own.forms.lines import on_one_line


class AddressForm(forms.Form):
    """Name, telephone and address, as we should know them."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter your full name."),
            "max_length": _("Your name can have up to 150 letters."),
        },
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={"max_length": _("A telephone number can have up to 20 figures.")},
    )
    address = forms.CharField(
        label=_("House and street"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={"max_length": _("This can have up to 200 letters.")},
    )
    town = forms.CharField(
        label=_("Town"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"max_length": _("This can have up to 60 letters.")},
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10}),
        error_messages={"max_length": _("A postcode can have up to 12 letters.")},
    )

    def clean(self) -> dict[str, Any]:
        """Everything on one line each, without characters that cannot be printed."""
        return on_one_line(self)

    def clean_telephone(self) -> str:
        """Figures, with spaces, brackets and a plus where somebody likes them."""
        typed: str = self.cleaned_data["telephone"]
        if typed and not re.fullmatch(r"\+?[\d ()\-]{6,}", typed):
            raise forms.ValidationError(gettext("Enter a telephone number, like 01632 960 001."))
        return typed


class EmailForm(forms.Form):
    """Another email address; it is theirs once they have used the link that is sent to it."""

    email = forms.EmailField(
        label=_("Your new email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your new email address."),
            "invalid": _("Enter an email address like name@example.org."),
            "max_length": _("An email address can have up to 254 letters."),
        },
    )

    def __init__(self, *args: Any, known: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_email(self) -> str:
        """Another than the one that is known."""
        typed: str = self.cleaned_data["email"]
        if typed.lower() == self.known.lower():
            raise forms.ValidationError(gettext("That is the address we have already."))
        return typed
