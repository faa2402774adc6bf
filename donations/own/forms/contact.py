"""May we write? Asked channel by channel."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from donations.models.contact import ContactBy
from donations.models.wording import Words


class YesOrNo(forms.ChoiceField):
    """A question that may be left as it is: its label does not call it optional."""

    sometimes_needed = True


class ContactForm(forms.Form):
    """Yes or no for each way of being reached, as it stands; nothing is chosen where nothing was said."""

    words = forms.CharField(required=False, widget=forms.HiddenInput)  # the mark of those that were read

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = words
        for channel in ContactBy:
            self.fields[channel.value] = YesOrNo(
                label=channel.label,
                choices=[("yes", gettext("Yes, you may")), ("no", gettext("No"))],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": gettext("Choose yes or no.")},
            )

    @property
    def said(self) -> dict[str, bool]:
        """Yes or no, by channel, where something was said."""
        return {channel: self.cleaned_data[channel] == "yes" for channel in ContactBy if self.cleaned_data[channel]}

    def clean(self) -> dict[str, Any]:
        """A new yes is said to the words that were read; a no needs none, and a yes that stands was said to its own."""
        cleaned = super().clean() or {}
        yes = [each for each in ContactBy if cleaned.get(each) == "yes" and self.initial.get(each) != "yes"]
        if yes and cleaned.get("words") != self.shown.mark:
            self.add_error(
                yes[0], gettext("What we say above has changed since you opened this page: please read it again.")
            )
        return cleaned
