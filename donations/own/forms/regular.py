"""What may be wished of a regular gift."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from almoner.kit.forms import UK_DATES
from donations.ledger.forms import AmountField


class ChangeForm(forms.Form):
    """Nothing to say but yes."""


class AmountForm(ChangeForm):
    """Another amount."""

    amount = AmountField(label=_("New amount in pounds"), error_messages={"required": _("Enter the new amount.")})


class DayForm(ChangeForm):
    """Another day."""

    to = forms.DateField(
        label=_("Next payment on"),
        input_formats=UK_DATES,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Within two months. Later payments follow from there."),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day like 31/03/2027.")},
    )


class PauseForm(ChangeForm):
    """How long."""

    months = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=[
            ("", _("Choose")),
            *(
                (str(each), format_lazy(ngettext_lazy("{months} month", "{months} months", each), months=each))
                for each in range(1, 13)
            ),
        ],
        error_messages={"required": _("Choose for how long."), "invalid_choice": _("Choose from 1 to 12 months.")},
    )


class EndForm(ChangeForm):
    """Why; nobody need say it."""

    because = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you would like to say."),
        error_messages={"max_length": _("This can have up to 300 letters.")},
    )
