"""Who gives."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.forms.asking import Asked, on_one_line


class DetailsForm(Asked):
    """Name and email address: all that a receipt needs."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter your full name."),
            "max_length": _("Your name can have up to 150 letters."),
        },
    )
    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We send your receipt there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address, so that we can send your receipt."),
            "invalid": _("Enter an email address like name@example.org."),
            "max_length": _("An email address can have up to 254 letters."),
        },
    )

    def clean_name(self) -> str:
        """A name on one line, without characters that cannot be printed."""
        return on_one_line(self.cleaned_data["name"], gettext("Enter your name with letters only, on one line."))
