"""What a page or a centre is about: where a cancer began, where on the journey somebody is, who looks after them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index


class Subject(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """A word from a short list of ours, explained in plain English."""

    name = models.CharField(max_length=80)
    words = models.CharField(_("in plain words"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0, help_text=_("The smallest comes first."))

    panels = [FieldPanel("name"), FieldPanel("words"), FieldPanel("order"), PublishingPanel()]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                "name", name="%(class)s_is_named_once", violation_error_message=_("This is on the list already.")
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The word with its explanation."""
        return "content/snippets/subject.html"


class CancerSite(Subject):
    """Where a cancer began: pancreas, small bowel, lung."""


class Stage(Subject):
    """Where on the journey somebody is: just told, in treatment, living with it."""


class Specialty(Subject):
    """A discipline that looks after patients: surgery, radiology, nursing."""

    class Meta(Subject.Meta):
        verbose_name_plural = _("specialties")
