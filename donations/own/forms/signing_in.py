"""The way in."""

from django import forms


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
