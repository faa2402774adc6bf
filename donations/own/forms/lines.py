"""What is typed stands on one line, of letters that can be printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext


def on_one_line(form: forms.Form) -> dict[str, Any]:
    """What was typed, each text on one line; one that cannot be printed meets a sentence."""
    cleaned = dict(form.cleaned_data)
    for name, value in cleaned.items():
        if isinstance(value, str) and not value.isprintable():
            form.add_error(name, gettext("Use letters and figures only, on one line."))
    return cleaned
