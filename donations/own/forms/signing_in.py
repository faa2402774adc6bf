"""The way in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """To which address the key is sent."""

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("The one that your receipts come to."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address like name@example.org."),
            "max_length": _("An email address can have up to 254 letters."),
        },
    )
