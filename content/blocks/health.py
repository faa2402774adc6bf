"""Health: sections with anchors, care cards, what to do and not to do, words explained, and what a page rests on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks.media import PictureBlock
from content.blocks.text import QuestionsBlock, TextBlock

PLAIN = ["bold", "italic", "ul", "ol", "link"]


class PublishedChooserBlock(SnippetChooserBlock):
    """Snippets of which only those that are published come out, all of a page in one query."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen ones; None for one that was taken down."""
        found = self.model_class.objects.filter(live=True).in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class CareCardBlock(blocks.StructBlock):
    """When to ask for help, and how soon."""

    urgency = blocks.ChoiceBlock(
        choices=[
            ("soon", _("Soon: tell your team")),
            ("urgent", _("Urgent: ring today")),
            ("emergency", _("Emergency: ring 999")),
        ],
        default="soon",
    )
    heading = blocks.CharBlock(max_length=120, help_text=_("What to do: “Ring the ward today if”."))
    text = blocks.RichTextBlock(features=PLAIN, help_text=_("The signs, one on each line; then whom to ring."))

    class Meta:
        icon = "warning"
        label = _("Care card")
        description = _("When to get help, and how soon: in words and colour.")
        template = "content/blocks/care.html"
        preview_value = {
            "urgency": "urgent",
            "heading": "Ring the ward today if",
            "text": "<ul><li>your temperature is 38 or more</li><li>you cannot keep water down</li></ul>",
        }


class DoDontBlock(blocks.StructBlock):
    """What helps, and what to leave."""

    do = blocks.ListBlock(blocks.CharBlock(max_length=150), label=_("Do"))
    dont = blocks.ListBlock(blocks.CharBlock(max_length=150), label=_("Don’t"))

    class Meta:
        icon = "tick"
        label = _("Do and don’t")
        description = _("Two short lists: what helps, and what to leave.")
        template = "content/blocks/do_dont.html"
        preview_value = {
            "do": ["keep the nurse’s number by the telephone", "eat small meals, often"],
            "dont": ["wait until Monday if you are feverish"],
        }


class DetailsBlock(blocks.StructBlock):
    """More for whoever wants it."""

    summary = blocks.CharBlock(max_length=120, help_text=_("What opens: “How the scan works”."))
    text = blocks.RichTextBlock(features=PLAIN)

    class Meta:
        icon = "collapse-down"
        label = _("Details")
        description = _("More for those who want it: closed until opened, and printed open.")
        template = "content/blocks/details.html"
        preview_value = {
            "summary": "How the scan works",
            "text": "<p>A little sugar that shines is put into a vein. The camera sees where it gathers.</p>",
        }


class GlossaryBlock(blocks.StructBlock):
    """One word, or one medicine, explained where it is needed."""

    term = PublishedChooserBlock("content.GlossaryTerm", required=False)
    medicine = PublishedChooserBlock("content.MedicineTerm", required=False)

    class Meta:
        icon = "openquote"
        label = _("Glossary note")
        description = _("A medical word or a medicine in plain English, from the glossary.")
        template = "content/blocks/glossary.html"

    def clean(self, value: Any) -> Any:
        """One of the two."""
        cleaned = super().clean(value)
        if bool(cleaned.get("term")) == bool(cleaned.get("medicine")):
            wrong = {"term": ValidationError(_("Choose a word or a medicine: one of the two."))}
            raise blocks.StructBlockValidationError(block_errors=wrong)
        return cleaned

    def get_preview_value(self) -> Any:
        """A word that need not be in the glossary."""
        from content.models.words import GlossaryTerm

        word = GlossaryTerm(term="biopsy", said="by-op-see", meaning="A tiny piece is taken and looked at closely.")
        return self.normalize({"term": word, "medicine": None})


class SectionBody(blocks.StreamBlock):
    """What a section may hold."""

    text = TextBlock(features=["h3", *PLAIN, "document-link"])
    care = CareCardBlock()
    do_dont = DoDontBlock()
    details = DetailsBlock()
    glossary = GlossaryBlock()
    questions = QuestionsBlock()
    picture = PictureBlock()


class SectionBlock(blocks.StructBlock):
    """A part of a long page, with an address of its own and what it rests on."""

    heading = blocks.CharBlock(max_length=120)
    body = SectionBody()
    sources = blocks.ListBlock(
        PublishedChooserBlock("content.Reference"),
        default=[],
        required=False,
        help_text=_("What this section rests on; listed once at the foot of the page."),
    )
    as_of = blocks.DateBlock(
        required=False,
        label=_("True on"),
        help_text=_("For what changes often, such as what the NHS pays for: the day on which it was checked."),
    )
    anchor = blocks.CharBlock(
        max_length=60,
        required=False,
        help_text=_("The end of a link to this section. Made of the heading; set it before the heading changes."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Section")
        description = _("A part of a long page: it stands in the list of contents, and names its sources.")
        template = "content/blocks/section.html"
        preview_value = {
            "heading": "Treatment with heat",
            "body": [("text", "<p>A thin needle warms the tumour until its cells die.</p>")],
            "sources": [],
            "as_of": "2026-03-02",
            "anchor": "",
        }


class ReferencesBlock(blocks.StructBlock):
    """What the page rests on, beside what its sections name."""

    heading = blocks.CharBlock(max_length=80, default="Where this comes from")
    references = blocks.ListBlock(PublishedChooserBlock("content.Reference"), default=[], required=False)

    class Meta:
        icon = "link"
        label = _("References")
        description = _("What the page rests on. They stand at its foot, numbered, with those of its sections.")
        template = "content/blocks/references.html"

    def get_preview_value(self) -> Any:
        """One that need not be on file."""
        from content.models.words import Reference

        paper = Reference(title="Small tumours, long lives", publisher="Annals of Harbour Medicine (demo)", year=2025)
        return self.normalize({"heading": "Where this comes from", "references": [paper]})
