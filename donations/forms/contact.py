"""May we write? Asked channel by channel; nothing is ticked beforehand."""

import re
from typing import Any

from django import forms
from django.conf import settings

from almoner.kit.forms import SometimesNeeded
from donations.forms.asking import Asked, lines
from donations.models.contact import Basis, ContactBy

NUMBER = re.compile(r"\+?[\d ()-]{9,20}")
YES_TO = {
    ContactBy.EMAIL: "Write to me by email",
    ContactBy.POST: "Write to me by post",
    ContactBy.PHONE: "Telephone me",
    ContactBy.TEXT: "Send me text messages",
}
# Said where the charity relies on the charitable soft opt-in (PECR, regulation 22(3A)): then refusing is the answer.
NO_TO = {ContactBy.EMAIL: "Do not write to me by email", ContactBy.TEXT: "Do not send me text messages"}


class ContactForm(Asked):
    """A box for each channel, and what each needs."""

    email_news = forms.BooleanField(required=False)
    post_news = forms.BooleanField(required=False)
    phone_news = forms.BooleanField(required=False)
    text_news = forms.BooleanField(required=False)
    telephone = SometimesNeeded(
        **lines("Your telephone number", most=20, complete="tel", help_text="Only for calls and text messages.")
    )
    postal = SometimesNeeded(
        **lines(
            "Your postal address",
            most=200,
            help_text="Only for post.",
            widget=forms.Textarea(attrs={"autocomplete": "street-address", "rows": 3}),
        )
    )

    def __init__(self, *args: Any, home_is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home_is_known = home_is_known
        if home_is_known:
            del self.fields["postal"]
        for channel in ContactBy:
            refusing = channel in settings.SOFT_OPT_IN
            self.fields[f"{channel}_news"].label = NO_TO[channel] if refusing else YES_TO[channel]

    def clean(self) -> dict[str, Any]:
        """A number to ring or write to; an address for post."""
        cleaned = super().clean() or {}
        typed = str(cleaned.get("telephone") or "")
        wanted = [cleaned.get("phone_news"), cleaned.get("text_news") and ContactBy.TEXT not in settings.SOFT_OPT_IN]
        if typed and not NUMBER.fullmatch(typed):
            self.add_error("telephone", "Enter a telephone number like 01632 960 001.")
        elif not typed and any(wanted) and "telephone" not in self.errors:
            self.add_error("telephone", "Enter your telephone number, or take the tick away.")
        unknown = cleaned.get("post_news") and not cleaned.get("postal") and not self.knows_home(cleaned)
        if unknown and "postal" not in self.errors:
            self.add_error("postal", "Enter your postal address, or take the tick away.")
        return cleaned

    def knows_home(self, cleaned: dict[str, Any]) -> bool:
        """Whether an address was given for Gift Aid: it serves for post too."""
        return self.home_is_known

    @property
    def bases(self) -> dict[str, Basis]:
        """What was said about each channel."""
        return {channel.value: self._basis(channel) for channel in ContactBy}

    def _basis(self, channel: ContactBy) -> Basis:
        ticked = self.cleaned_data.get(f"{channel}_news")
        if channel in settings.SOFT_OPT_IN:
            reachable = channel == ContactBy.EMAIL or self.cleaned_data.get("telephone")
            return Basis.NONE if ticked or not reachable else Basis.SOFT_OPT_IN
        return Basis.CONSENT if ticked else Basis.NONE
