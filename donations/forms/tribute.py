"""In memory or in honour of somebody: optional, all of it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.kit.forms import UK_DATES, SometimesNeeded
from donations.forms.asking import Asked, forget, lines
from donations.models import Tribute

NOBODY = "nobody"
FARTHEST = timedelta(days=366)


class TributeForm(Asked):
    """Who is remembered or honoured, and who is told of it, by email, when."""

    kind = forms.ChoiceField(
        label=_("Is your gift in memory or in honour of somebody?"),
        choices=[(NOBODY, _("No, it is just a gift")), *Tribute.Kind.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    )
    honoured = SometimesNeeded(**lines(_("Their name"), most=100))
    message = forms.CharField(
        label=_("A message"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For whoever is told. Up to 500 letters."),
        error_messages={"max_length": _("A message can have up to 500 letters.")},
    )
    tell_name = SometimesNeeded(
        **lines(_("Who shall be told?"), most=100, help_text=_("Leave this empty, and nobody is told."))
    )
    tell_email = forms.EmailField(
        label=_("Their email address"),
        required=False,
        max_length=254,
        help_text=_("We write to them about your gift once, and never about anything else."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Enter an email address like name@example.org."),
            "max_length": _("An email address can have up to 254 letters."),
        },
    )
    tell_on = forms.DateField(
        label=_("On which day?"),
        required=False,
        input_formats=UK_DATES,
        help_text=_("Like 24/12/2026. Leave this empty, and they are told when your gift has arrived."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a day like 24/12/2026.")},
    )
    say_amount = forms.BooleanField(label=_("Tell them how much I give"), required=False)

    def clean(self) -> dict[str, Any]:
        """A tribute names somebody; whoever is told has a name and an address; a day to come, within a year."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == NOBODY:
            forget(self, *(name for name in self.fields if name != "kind"))
            return cleaned
        if "kind" in self.errors:
            return cleaned
        if not cleaned.get("honoured") and "honoured" not in self.errors:
            self.add_error("honoured", gettext("Enter the name of the person whom your gift is for."))
        name, email = cleaned.get("tell_name"), cleaned.get("tell_email")
        if email and not name and "tell_name" not in self.errors:
            self.add_error("tell_name", gettext("Enter the name of the person who is told."))
        if name and not email and "tell_email" not in self.errors:
            self.add_error("tell_email", gettext("Enter their email address, or leave both empty."))
        for field in ("honoured", "tell_name"):
            if cleaned.get(field) and not str(cleaned[field]).isprintable():
                self.add_error(field, gettext("Enter a name with letters only, on one line."))
        day = cleaned.get("tell_on")
        if day is not None and not timezone.localdate() <= day <= timezone.localdate() + FARTHEST:
            self.add_error("tell_on", gettext("Choose a day from today to a year from now."))
        return cleaned
