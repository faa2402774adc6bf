"""Text: paragraphs, questions, a section with one action, a publication."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.links import LinkBlock

FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs under headings of the second and third level."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, headings, lists and links.")
        template = "content/blocks/text.html"
        preview_value = (
            "<h2>A nurse who knows the way</h2>"
            "<p>People with a rare illness meet many clinics. One specialist nurse knows them all.</p>"
        )


class NoticeBlock(blocks.StructBlock):
    """A few words that nobody should miss."""

    title = blocks.CharBlock(max_length=100)
    text = blocks.RichTextBlock(features=["bold", "italic", "link"])

    class Meta:
        icon = "warning"
        label = _("Notice")
        description = _("A few words that nobody should miss, set apart from the text.")
        template = "content/blocks/notice.html"
        preview_value = {"title": "Our helpline is closed on Friday", "text": "<p>We ring back on Monday.</p>"}


class QuestionValue(blocks.StructValue):
    """A question with an anchor that links can lead to."""

    @property
    def anchor(self) -> str:
        """The last part of a link to this answer."""
        return slugify(self["question"])[:60].strip("-")


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(max_length=150)
    answer = blocks.RichTextBlock(features=["bold", "italic", "ul", "ol", "link"])

    class Meta:
        icon = "help"
        value_class = QuestionValue


class QuestionsBlock(blocks.StructBlock):
    """Questions that open to their answers; all are in the page, and printed open."""

    heading = blocks.CharBlock(max_length=100, required=False)
    questions = blocks.ListBlock(QuestionBlock())

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that open to their answers. Each answer has an address of its own.")
        template = "content/blocks/questions.html"
        preview_value = {
            "heading": "Questions that people ask",
            "questions": [
                {
                    "question": "What is a care pathway?",
                    "answer": "<p>The agreed way from first doubts to treatment.</p>",
                },
                {"question": "How can I help?", "answer": "<p>Give, share this page, or write to us.</p>"},
            ],
        }


class FeatureBlock(blocks.StructBlock):
    """A section with one action."""

    heading = blocks.CharBlock(max_length=100)
    text = blocks.RichTextBlock(features=["bold", "italic", "ul", "ol", "link"])
    action = LinkBlock(required=False)

    class Meta:
        icon = "pick"
        label = _("Feature")
        description = _("A section that stands out, with one action.")
        template = "content/blocks/feature.html"
        preview_value = {
            "heading": "One pathway, four nations",
            "text": "<p>Where somebody lives should not decide how soon they are heard.</p>",
            "action": {"text": "Read the plan", "page": None, "address": "/"},
        }


class PublicationBlock(blocks.StructBlock):
    """A publication: what it says in plain words first, then how to cite and get it."""

    title = blocks.CharBlock(max_length=250)
    summary = blocks.TextBlock(help_text=_("In plain words; readers may stop here."))
    authors = blocks.CharBlock(max_length=250, required=False)
    journal = blocks.CharBlock(max_length=200, required=False)
    published = blocks.DateBlock(required=False)
    link = LinkBlock(required=False)

    class Meta:
        icon = "doc-full"
        label = _("Publication")
        description = _("A paper or report: plain summary, citation, and where to read it.")
        template = "content/blocks/publication.html"
        preview_value = {
            "title": "From first doubt to first scan",
            "summary": "People waited four years on average to learn what they had. Three changes would halve that.",
            "authors": "M. Tidewell, J. Spindrift",
            "journal": "Annals of Harbour Medicine (demo)",
            "published": None,
            "link": {"text": "", "page": None, "address": ""},
        }
