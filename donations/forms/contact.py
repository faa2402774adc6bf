"""May we write? Asked channel by channel; nothing is ticked beforehand."""

import re
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.kit.forms import SometimesNeeded
from donations import reading
from donations.forms.asking import Asked, forget, lines
from donations.models.contact import Basis, ContactBy
from donations.models.wording import Words

NUMBER = re.compile(r"\+?[\d ()-]{9,20}")
YES_TO = {
    ContactBy.EMAIL: _("Write to me by email"),
    ContactBy.POST: _("Write to me by post"),
    ContactBy.PHONE: _("Telephone me"),
    ContactBy.TEXT: _("Send me text messages"),
}
# Said where the charity relies on the charitable soft opt-in (PECR, regulation 22(3A)): then refusing is the answer.
NO_TO = {ContactBy.EMAIL: _("Do not write to me by email"), ContactBy.TEXT: _("Do not send me text messages")}

CHANGED = _("What we say about keeping in touch has changed since you opened this page: please read it again.")


class ContactForm(Asked):
    """A box for each channel, and what each needs."""

    email_news = forms.BooleanField(label=YES_TO[ContactBy.EMAIL], required=False)
    post_news = forms.BooleanField(label=YES_TO[ContactBy.POST], required=False)
    phone_news = forms.BooleanField(label=YES_TO[ContactBy.PHONE], required=False)
    text_news = forms.BooleanField(label=YES_TO[ContactBy.TEXT], required=False)
    telephone = SometimesNeeded(
        **lines(_("Your telephone number"), most=20, complete="tel", help_text=_("Only for calls and text messages."))
    )
    postal = SometimesNeeded(
        **lines(
            _("Your postal address"),
            most=200,
            help_text=_("Only for post."),
            widget=forms.Textarea(attrs={"autocomplete": "street-address", "rows": 3}),
        )
    )
    contact_words = forms.CharField(required=False, widget=forms.HiddenInput)  # the mark of those read

    def __init__(self, *args: Any, home_is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home_is_known = home_is_known
        if home_is_known:
            del self.fields["postal"]
        for channel, words in NO_TO.items():
            if channel in settings.SOFT_OPT_IN:
                self.own(f"{channel}_news").label = words

    def clean(self) -> dict[str, Any]:
        """A number to ring or write to; an address for post."""
        cleaned = super().clean() or {}
        typed = str(cleaned.get("telephone") or "")
        wanted = [cleaned.get("phone_news"), cleaned.get("text_news") and ContactBy.TEXT not in settings.SOFT_OPT_IN]
        if typed and not NUMBER.fullmatch(typed):
            self.add_error("telephone", gettext("Enter a telephone number like 01632 960 001."))
        elif not typed and any(wanted) and "telephone" not in self.errors:
            self.add_error("telephone", gettext("Enter your telephone number, or take the tick away."))
        unknown = cleaned.get("post_news") and not cleaned.get("postal") and not self.knows_home(cleaned)
        if unknown and "postal" not in self.errors:
            self.add_error("postal", gettext("Enter your postal address, or take the tick away."))
        self._clean_words(cleaned)
        return cleaned

    def _clean_words(self, cleaned: dict[str, Any]) -> None:
        """Whoever permits anything has read the words that are in use; a refusal needs none."""
        permitted = [channel for channel, basis in self.bases.items() if basis != Basis.NONE]
        if not permitted:
            forget(self, "contact_words")
        elif cleaned.get("contact_words") == self.about_contact.mark:
            cleaned["contact_words"] = self.about_contact
        else:
            self.add_error(f"{permitted[0]}_news", CHANGED)

    @cached_property
    def about_contact(self) -> Words:
        """The words that are in use."""
        return reading.contact()

    def knows_home(self, cleaned: dict[str, Any]) -> bool:
        """Whether an address was given for Gift Aid: it serves for post too."""
        return self.home_is_known

    @property
    def bases(self) -> dict[str, Basis]:
        """What was said about each channel. A box left alone says nothing, except where refusing is the answer."""
        said = {channel.value: self._basis(channel) for channel in ContactBy}
        return {channel: basis for channel, basis in said.items() if basis is not None}

    def _basis(self, channel: ContactBy) -> Basis | None:
        ticked = self.cleaned_data.get(f"{channel}_news")
        if channel not in settings.SOFT_OPT_IN:
            return Basis.CONSENT if ticked else None
        reachable = channel == ContactBy.EMAIL or self.cleaned_data.get("telephone")
        return Basis.NONE if ticked else (Basis.SOFT_OPT_IN if reachable else None)
