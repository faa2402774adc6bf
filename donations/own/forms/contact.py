"""May we write? Asked channel by channel."""

from typing import Any

from django import forms

from donations.models.contact import ContactBy


class YesOrNo(forms.ChoiceField):
    """A question that may be left as it is: its label does not call it optional."""

    sometimes_needed = True


class ContactForm(forms.Form):
    """Yes or no for each way of being reached, as it stands; nothing is chosen where nothing was said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in ContactBy:
            self.fields[channel.value] = YesOrNo(
                label=channel.label,
                choices=[("yes", "Yes, you may"), ("no", "No")],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose yes or no."},
            )
