"""Health information: the hub, and pages about an illness, a treatment, a life."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from content import contents
from content.blocks.bodies import Body, HealthBody, HubBody
from content.models.base import BasePage
from content.models.review import ReviewMixin
from content.models.subjects import Stage
from content.models.tone import ToneMixin

TEMPLATE = "content/information_page.html"  # named by each kind of page: Wagtail gives every class one of its own
KINDS = ("infopage", "treatmentpage", "conditionpage")


class InformationPage(ReviewMixin, ToneMixin, BasePage):
    """What pages of information share: words under headings, a tone, a review, where on the journey they belong."""

    standfirst = models.TextField(max_length=300, blank=True)
    body = Body(HealthBody(), blank=True)
    stage = models.ForeignKey(
        "content.Stage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("Where on the journey somebody needs this page."),
    )  # fmt: skip
    cancer_sites = ParentalManyToManyField("content.CancerSite", blank=True, related_name="+")
    is_sample = models.BooleanField(
        _("sample text"),
        default=False,
        help_text=_("Says on the page and on paper that no clinician has checked it; search engines leave it out."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("stage"), FieldPanel("cancer_sites")], heading=_("Where it belongs")),
        *ToneMixin.tone_panels,
        *ReviewMixin.review_panels,
        MultiFieldPanel([FieldPanel("is_sample")], heading=_("Sample text")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]

    class Meta(ReviewMixin.Meta):
        abstract = True

    @classmethod
    def for_reading(cls) -> "models.QuerySet[Any]":
        """The page with its reviewer, stage and those who wrote and read it."""
        return super().for_reading().select_related("reviewer", "stage")

    def clean(self) -> None:
        """A sample stays out of search engines."""
        super().clean()
        if self.is_sample:
            self.is_unlisted = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page in its parts, each with its anchor; what is in it; what it rests on."""
        context = super().get_context(request, *args, **kwargs)
        context["layout"] = contents.lay_out(self.body, asks_nothing=self.is_sensitive)
        return context


class InfoPage(InformationPage):
    """A page of information."""

    template = TEMPLATE
    parent_page_types = ["content.HomePage", "content.InfoHubPage", "content.InfoPage", "content.CampaignPage"]
    subpage_types = ["content.InfoPage"]


class TreatmentPage(InformationPage):
    """What can be done about an illness: a section for each treatment."""

    needs_review = True
    template = TEMPLATE
    parent_page_types = ["content.InfoHubPage"]
    subpage_types: list[str] = []


class ConditionPage(InformationPage):
    """What an illness is."""

    also_called = models.CharField(max_length=200, blank=True, help_text=_("Other names that readers may have heard."))

    needs_review = True
    template = TEMPLATE
    content_panels = [
        *InformationPage.content_panels[:1],
        FieldPanel("also_called"),
        *InformationPage.content_panels[1:],
    ]
    parent_page_types = ["content.InfoHubPage"]
    subpage_types: list[str] = []


@dataclass
class Leg:
    """A stage of the journey, and what there is to read there."""

    name: str
    words: str = ""
    pages: list[Page] = field(default_factory=list)


class InfoHubPage(ToneMixin, BasePage):
    """Where to begin: cards to the pages that are asked for most, then all of them along the journey."""

    standfirst = models.TextField(max_length=300, blank=True)
    body = Body(HubBody(), blank=True)
    is_sample = models.BooleanField(_("sample text"), default=False)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("body"),
        *ToneMixin.tone_panels,
        FieldPanel("is_sample"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    template = "content/info_hub_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.InfoPage", "content.TreatmentPage", "content.ConditionPage"]
    max_count = 1

    def clean(self) -> None:
        """A sample stays out of search engines."""
        super().clean()
        if self.is_sample:
            self.is_unlisted = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Every page beneath, along the journey, in two queries."""
        context = super().get_context(request, *args, **kwargs)
        context["journey"] = journey(self.pages_beneath(), Stage.objects.filter(live=True))
        return context

    def pages_beneath(self) -> "models.QuerySet[Any]":
        """Published pages under the hub, each with the number of its stage."""
        stages = Coalesce(*(F(f"{kind}__stage") for kind in KINDS))
        beneath = Page.objects.descendant_of(self).live().annotate(stage_id=stages)
        return beneath.only("title", "url_path", "search_description", "path", "depth", "slug").order_by("path")


def journey(pages: Iterable[Any], stages: Iterable[Stage]) -> list[Leg]:
    """Stages in their order, each with its pages; a stage without any is left out, as is a page without a stage."""
    legs = {stage.pk: Leg(stage.name, stage.words) for stage in stages}
    for page in pages:
        if page.stage_id in legs:
            legs[page.stage_id].pages.append(page)
    return [leg for leg in legs.values() if leg.pages]
