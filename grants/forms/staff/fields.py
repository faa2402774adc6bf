"""Fields that several forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from almoner.kit.forms import UK_DATES
from almoner.kit.words import Words


class DayField(forms.DateField):
    """A day, typed as people in Britain write it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", UK_DATES)
        kwargs.setdefault("widget", AdminDateInput(format="%d/%m/%Y"))
        words = {"required": _("Enter the day."), "invalid": _("Enter a day like 31/03/2027.")}
        kwargs["error_messages"] = {**words, **kwargs.pop("error_messages", {})}
        super().__init__(**kwargs)


def long_text(label: Words, *, rows: int = 4, required: Words = "", help_text: Words = "") -> forms.CharField:
    """A box for several lines; `required` is the sentence for an empty one."""
    return forms.CharField(
        label=label,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": required} if required else None,
    )


class ReasonForm(forms.Form):
    """Why."""

    because = long_text(_("Why?"), rows=3, required=_("Say why."), help_text=_("It stays on record."))
