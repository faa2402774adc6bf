"""Permission for an endorsement: of which kinds there are, what it covers, and what stands in the way of publishing."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from content.models.consent import why_not

EXTRACT = 300  # letters of a letter that stand on its card
WORDS = ("quote", "full_text", "sign_off")


def words_of(*, quote: str, full_text: str, sign_off: str) -> str:
    """What somebody permits: the words themselves. The law below puts them together in the same way."""
    return "\n".join((quote, full_text, sign_off))


class EndorsementKind(models.TextChoices):
    """Who speaks, which decides what the card must say."""

    PERSON = "person", _("A person")
    LETTER = "letter", _("A letter")
    ORGANISATION = "organisation", _("An organisation, with no person")
    INDUSTRY = "industry", _("Somebody from a company")
    PATIENT = "patient", _("A patient")


class Channel(models.TextChoices):
    """How permission reached us."""

    EMAIL = "email", _("Email")
    LETTER = "letter", _("Letter")
    FORM = "form", _("Signed form")
    SPOKEN = "spoken", _("Spoken, written down by us")


class EndorsementForm(WagtailAdminModelForm):
    """Says at the right field why something cannot be published yet."""

    def clean(self) -> dict[str, Any]:
        """Publishing, now or later, needs a permission that covers these very words."""
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data or cleaned.get("go_live_at"):
            if not cleaned.get("permission_given_on"):
                self.add_error(
                    "permission_given_on", gettext("Nothing is published without permission: enter when it was given.")
                )
            elif not self.is_asked_anew and self.instance.permission_covers != words_of(**self.typed(cleaned)):
                self.add_error(
                    "permission_given_on",
                    gettext("The words have changed since permission was given: ask again, and enter the new date."),
                )
            if cleaned.get("kind") == EndorsementKind.PATIENT and (
                why := why_not(cleaned.get("consent"), "words", "health")
            ):
                self.add_error("consent", why)
        return cleaned

    @property
    def is_asked_anew(self) -> bool:
        """Whether this is another permission than the one on file."""
        return "permission_given_on" in self.changed_data or not self.instance.permission_covers

    def typed(self, cleaned: dict[str, Any]) -> dict[str, str]:
        """The words in the form."""
        return {field: cleaned.get(field) or "" for field in WORDS}

    def save(self, commit: bool = True) -> Any:
        """A new permission covers the words that stand in the form; whoever enters it looks after it."""
        if self.is_asked_anew:
            given = self.cleaned_data.get("permission_given_on")
            self.instance.permission_covers = words_of(**self.typed(self.cleaned_data)) if given else ""
        if self.instance.permission_given_on and self.instance.owner is None:
            self.instance.owner = self.for_user
        return super().save(commit)
