"""What was funded, told as a story. Every sum beside it is the ledger's, by the award's reference."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from content import pictures
from content.blocks.proof import impact_cards
from grants.models import Award, AwardState


class ImpactKind(models.TextChoices):
    """What the money became."""

    POST = "post", _("A post")
    EQUIPMENT = "equipment", _("Equipment")
    TREATMENT = "treatment", _("Treatment")
    RESEARCH = "research", _("Research")


class ImpactItemQuerySet(models.QuerySet["ImpactItem"]):
    """What was funded, asked for in English."""

    def for_cards(self) -> "ImpactItemQuerySet":
        """Published ones whose award was offered and did not lapse, with award, page and picture."""
        told = self.filter(live=True).exclude(award__state__in=[AwardState.RESOLVED, AwardState.LAPSED])
        return told.select_related("award", "page", "picture").prefetch_related(pictures.of_many())


class ImpactItem(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """One award, told in a few sentences: a post, a machine, a treatment, a piece of research."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="tellings")
    kind = models.CharField(max_length=10, choices=ImpactKind.choices)
    title = models.CharField(max_length=100, help_text=_("What people made possible: “A nurse who picks up”."))
    text = models.TextField(max_length=300, help_text=_("Two or three sentences. No sums: the ledger adds them."))
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("Decoration: it needs no words."),
    )  # fmt: skip
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("Where one can read more: an appeal, a story."),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(default=0, help_text=_("Lower numbers come first."))

    objects = ImpactItemQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("award"), FieldPanel("kind")], heading=_("What was funded")),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("text"), FieldPanel("picture")], heading=_("As it is told")),
        FieldPanel("page"),
        FieldPanel("order"),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.SearchField("text")]

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("what was funded")
        verbose_name_plural = _("what was funded")
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                name="award_is_told_once",
                violation_error_message=_("This award is told already: change that telling instead."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ImpactKind.values),
                name="impact_kind_is_known",
                violation_error_message=_("Choose what the money became."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as on a page."""
        return "content/snippets/impact_item.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The card, with the ledger's sums."""
        return {**super().get_preview_context(request, mode_name), "cards": impact_cards([self])}
