"""People and organisations, spelled once; how somebody is described may differ from place to place."""

from typing import Any

from django.db import models
from django.db.models import Prefetch
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from content.models.image import CharityImage

PORTRAIT = "fill-160x160|format-webp"


def with_portraits(field: str) -> Prefetch:
    """Reads the pictures of many people at once."""
    return Prefetch(field, CharityImage.objects.prefetch_renditions(PORTRAIT))


class PersonQuerySet(models.QuerySet["Person"]):
    """People, asked for in English."""

    def for_cards(self) -> "PersonQuerySet":
        """People with their pictures, in a constant number of queries; whoever shows them asks if they are live."""
        return self.prefetch_related(with_portraits("picture"))


class Person(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """Somebody who is named on our pages, with the role they are usually given."""

    name = models.CharField(max_length=120, help_text="With title, as they write it: “Dr Rowan Pebblecombe”.")
    post_nominals = models.CharField(max_length=80, blank=True, help_text="MBE, FRCP, RN …")
    role = models.CharField(max_length=150, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PersonQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("post_nominals"),
        FieldPanel("role"),
        FieldPanel("affiliation"),
        FieldPanel("picture"),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("role")]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def portrait(self) -> Any:
        """The picture at the size of a card, if there is one."""
        return self.picture.get_rendition(PORTRAIT) if self.picture else None

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as in a list of people."""
        return "content/snippets/person.html"


class Organisation(DraftStateMixin, RevisionMixin, index.Indexed, models.Model):
    """A charity, hospital, society or company that is named on our pages."""

    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="part of"
    )
    is_industry = models.BooleanField("a company", default=False, help_text="It sells medicines or devices.")
    website = models.URLField(blank=True)
    logo = models.ForeignKey("content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("parent"), FieldPanel("is_industry")], heading="What it is"),
        FieldPanel("website"),
        FieldPanel("logo"),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="organisation_is_named_once",
                violation_error_message="There is already an organisation of this name.",
            )
        ]

    def __str__(self) -> str:
        return self.name
