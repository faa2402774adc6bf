"""A form's field for money, so that pounds are parsed in one place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.ledger.money import Money, NotAnAmount

LONG = _("This can have up to 20 characters: an amount like 25 or 12.50.")


class AmountField(forms.CharField):
    """An amount typed in pounds; its cleaned value is Money."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "transaction-amount"})
        )
        super().__init__(**kwargs)
        self.error_messages.setdefault("max_length", LONG)

    def clean(self, value: Any) -> Money | None:
        """The amount, or a sentence about what an amount looks like."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Money.pounds(text)
        except NotAnAmount as wrong:
            raise forms.ValidationError(str(wrong), code="not_an_amount") from None
