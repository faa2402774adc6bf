"""Pull quotes: somebody's words, or what they said in ours; with the role they held at the time."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.trust import PersonChooserBlock

MOST_WORDS = 80


class SpeakerChooserBlock(PersonChooserBlock):
    """A person, with the roles that they have held."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen people who may be named, with their pictures and roles."""
        found = self.model_class.objects.for_cards().with_roles().in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class PullQuoteValue(blocks.StructValue):
    """A quote, and who stands beneath it."""

    @property
    def name(self) -> str:
        """Who speaks."""
        person = self["person"]
        return person.name if person is not None else self["speaker"]

    @property
    def post_nominals(self) -> str:
        """The letters after a person's name."""
        return self["person"].post_nominals if self["person"] is not None else ""

    @property
    def role(self) -> str:
        """As typed; else as held on the day of the words; else the usual one."""
        person, day = self["person"], self["said_on"]
        if self["role_then"] or person is None:
            return self["role_then"]
        held = person.role_on(day) if day else None
        if held is None:
            return person.role
        return f"{held.role}, {held.organisation}" if held.organisation else held.role

    @property
    def may_be_shown(self) -> bool:
        """Not where the person who was chosen may not be named any more."""
        return bool(self.name)


class PullQuoteBlock(blocks.StructBlock):
    """A few words that stand out, and whose they are."""

    quote = blocks.TextBlock(
        help_text=_("Without quotation marks: they are added to words that are quoted as they were said.")
    )
    manner = blocks.ChoiceBlock(
        choices=[("direct", _("As it was said")), ("reported", _("Reported, in our words"))], default="direct"
    )
    person = SpeakerChooserBlock(required=False)
    speaker = blocks.CharBlock(
        max_length=120, required=False, help_text=_("Only if they are not among our people: how they are called.")
    )
    role_then = blocks.CharBlock(
        max_length=200,
        required=False,
        label=_("Role at the time"),
        help_text=_("Empty: the role they held on that day."),
    )
    said_on = blocks.DateBlock(required=False, label=_("When it was said"))

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        description = _("A few words that stand out, with whoever said them and the role they held then.")
        template = "content/blocks/pull_quote.html"
        value_class = PullQuoteValue
        preview_value = {
            "quote": "The whole room went quiet, and then everybody wanted to know how it worked.",
            "manner": "direct",
            "person": None,
            "speaker": "Professor Marina Tidewell",
            "role_then": "Chair of the weekly meeting",
            "said_on": None,
        }

    def clean(self, value: Any) -> Any:
        """Short, and with one speaker."""
        cleaned = super().clean(value)
        wrong = {}
        words = len((cleaned["quote"] or "").split())
        if words > MOST_WORDS:
            wrong["quote"] = ValidationError(
                gettext("A pull quote has up to %(most)d words; this has %(words)d. Keep the sentence that matters.")
                % {"most": MOST_WORDS, "words": words}
            )
        if bool(cleaned["person"]) == bool(cleaned["speaker"]):
            wrong["speaker"] = ValidationError(gettext("Choose a person or write who speaks: one of the two."))
        if wrong:
            raise blocks.StructBlockValidationError(block_errors=wrong)
        return cleaned
