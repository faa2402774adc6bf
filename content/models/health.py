"""Health information: the hub, and pages about an illness, a treatment, a life."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from content import contents
from content.blocks.bodies import Body, HealthBody, HubBody
from content.models.base import BasePage
from content.models.review import ReviewMixin
from content.models.subjects import CancerSite, Stage
from content.models.tone import ToneMixin

TEMPLATE = "content/information_page.html"  # named by each kind of page: Wagtail gives every class one of its own
KINDS = ("infopage", "treatmentpage", "conditionpage")


class InformationPage(ReviewMixin, ToneMixin, BasePage):
    """What pages of information share: words under headings, a tone, a review, where on the journey they belong."""

    explains_words = True
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
        """The page with its reviewer."""
        return super().for_reading().select_related("reviewer__consent")

    def clean(self) -> None:
        """A sample stays out of search engines."""
        super().clean()
        if self.is_sample:
            self.is_unlisted = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page in its parts, each with its anchor; what is in it; what it rests on."""
        context = super().get_context(request, *args, **kwargs)
        laid_out = partial(contents.lay_out, self.body, asks_nothing=self.is_sensitive)
        context["layout"] = SimpleLazyObject(laid_out)  # not asked for where the article is known
        return context


class InfoPage(InformationPage):
    """A page of information."""

    template = TEMPLATE
    parent_page_types = ["content.HomePage", "content.InfoHubPage", "content.InfoPage", "content.CampaignPage"]
    subpage_types = ["content.InfoPage"]


class TreatmentPage(InformationPage):
    """What can be done about an illness: a section for each treatment."""

    is_health = True
    needs_review = True
    review_fields = ("reviewed_on", "next_review_on")
    template = TEMPLATE
    parent_page_types = ["content.InfoHubPage"]
    subpage_types: list[str] = []


class ConditionPage(InformationPage):
    """What an illness is."""

    also_called = models.CharField(max_length=200, blank=True, help_text=_("Other names that readers may have heard."))

    is_health = True
    needs_review = True
    review_fields = ("reviewed_on", "next_review_on")
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
    """A stage of the journey, or a place where cancers begin, and what there is to read about it."""

    name: str
    words: str = ""
    pages: list[Page] = field(default_factory=list)


class InfoHubPage(ToneMixin, BasePage):
    """Where to begin: cards to the pages that are asked for most, then all of them along the journey."""

    is_health = True
    explains_words = True
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
        """Every page beneath, along the journey and by where a cancer began, in four queries."""
        context = super().get_context(request, *args, **kwargs)
        pages = list(self.pages_beneath())
        context["journey"] = journey(pages, Stage.objects.filter(live=True))
        context["sites"] = by_site(pages, CancerSite.objects.filter(live=True), self.sites_beneath())
        return context

    def pages_beneath(self) -> "models.QuerySet[Any]":
        """Published pages under the hub, each with the number of its stage."""
        stages = Coalesce(*(F(f"{kind}__stage") for kind in KINDS))
        beneath = Page.objects.descendant_of(self).live().annotate(stage_id=stages)
        return beneath.only("title", "url_path", "path", "depth", "slug").order_by("path")

    def sites_beneath(self) -> Iterable[tuple[int, int]]:
        """The numbers of pages under the hub, each with that of a place where a cancer began."""
        told = [
            kind.cancer_sites.through.objects.filter(**{f"{name}__path__startswith": self.path}).values_list(
                f"{name}_id", "cancersite_id"
            )
            for name, kind in zip(KINDS, (InfoPage, TreatmentPage, ConditionPage), strict=True)
        ]
        return told[0].union(*told[1:], all=True)


def by_site(pages: Iterable[Any], sites: Iterable[CancerSite], told: Iterable[tuple[int, int]]) -> list[Leg]:
    """Where cancers begin, each with the pages that are about it; one without any is left out."""
    legs = {site.pk: Leg(site.name, site.words) for site in sites}
    about: dict[int, list[int]] = {}
    for page_id, site_id in told:
        about.setdefault(page_id, []).append(site_id)
    for page in pages:
        for site_id in about.get(page.pk, []):
            if site_id in legs:
                legs[site_id].pages.append(page)
    return [leg for leg in legs.values() if leg.pages]


def journey(pages: Iterable[Any], stages: Iterable[Stage]) -> list[Leg]:
    """Stages in their order, each with its pages; a stage without any is left out, as is a page without a stage."""
    legs = {stage.pk: Leg(stage.name, stage.words) for stage in stages}
    for page in pages:
        if page.stage_id in legs:
            legs[page.stage_id].pages.append(page)
    return [leg for leg in legs.values() if leg.pages]
