"""Words that need explaining, and what our pages rest on: written once, shown wherever they are chosen."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index


class GlossaryTerm(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """A medical word in plain English."""

    term = models.CharField(max_length=100, help_text=_("As it stands inside a sentence: “biopsy”, “MRI scan”."))
    said = models.CharField(_("how it is said"), max_length=100, blank=True, help_text=_("“by-op-see”"))
    meaning = models.TextField(max_length=400, help_text=_("One or two sentences that a twelve-year-old understands."))

    panels = [FieldPanel("term"), FieldPanel("said"), FieldPanel("meaning"), PublishingPanel()]
    search_fields = [
        index.SearchField("term"),
        index.AutocompleteField("term"),
        index.SearchField("meaning"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = [Lower("term")]
        constraints = [
            models.UniqueConstraint(
                Lower("term"),
                name="glossary_explains_a_word_once",
                violation_error_message=_("This word is explained already."),
            )
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def heading(self) -> str:
        """The word, as a note on it is headed."""
        return self.term[:1].upper() + self.term[1:]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as a note in a text."""
        return "content/snippets/glossary.html"


class MedicineTerm(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """A medicine under the name of what is in it; the names under which companies sell it come second."""

    generic_name = models.CharField(max_length=100, help_text=_("What is in it: “octreotide”."))
    brand_names = models.CharField(max_length=200, blank=True, help_text=_("With commas between them."))
    meaning = models.TextField(_("what it is"), max_length=400, help_text=_("What it does, in one or two sentences."))

    panels = [FieldPanel("generic_name"), FieldPanel("brand_names"), FieldPanel("meaning"), PublishingPanel()]
    search_fields = [
        index.SearchField("generic_name"),
        index.AutocompleteField("generic_name"),
        index.SearchField("brand_names"),
        index.AutocompleteField("brand_names"),
    ]

    class Meta:
        ordering = [Lower("generic_name")]
        verbose_name = _("medicine")
        constraints = [
            models.UniqueConstraint(
                Lower("generic_name"),
                name="medicine_is_explained_once",
                violation_error_message=_("This medicine is explained already."),
            )
        ]

    def __str__(self) -> str:
        return self.generic_name

    @property
    def heading(self) -> str:
        """The name, as a note on it is headed."""
        return self.generic_name[:1].upper() + self.generic_name[1:]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as a note in a text."""
        return "content/snippets/glossary.html"


class Reference(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """Something that a page rests on: a guideline, a paper, a page of somebody else's."""

    title = models.CharField(max_length=300)
    authors = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(_("journal or publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField(_("address"), blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True, help_text=_("Of an address: when it said so."))

    panels = [
        FieldPanel("title"),
        FieldPanel("authors"),
        FieldPanel("publisher"),
        FieldPanel("year"),
        FieldPanel("url"),
        FieldPanel("read_on"),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("authors"),
        index.SearchField("publisher"),
    ]

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") | Q(read_on__isnull=False),
                name="reference_says_when_an_address_was_read",
                violation_error_message=_("Pages change: say when this address was read."),
            ),
            models.CheckConstraint(
                condition=~Q(url="") | Q(year__isnull=False),
                name="reference_on_paper_has_a_year",
                violation_error_message=_("Without an address, say in which year it appeared."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher}{f', {self.year}' if self.year else ''})"

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as in a list of sources."""
        return "content/snippets/reference.html"
