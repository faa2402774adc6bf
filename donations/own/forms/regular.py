"""What may be wished of a regular gift."""

from django import forms

from almoner.kit.forms import UK_DATES
from donations.ledger.forms import AmountField


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
