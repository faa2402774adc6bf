"""The home page, under which everything else stands."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content import money, structured
from content.blocks.bodies import Body, HomeBody
from content.models.base import BasePage
from content.models.settings import CharitySettings


class HomePage(BasePage):
    """The first page: what the charity does, and what gifts have done."""

    standfirst = models.TextField(max_length=300, help_text=_("Two sentences: what we do, and for whom."))
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=200, blank=True, help_text=_("Leave empty if it is decoration.")
    )
    featured = models.ForeignKey(
        "content.AppealPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The appeal that the first button leads to."),
    )
    body = Body(HomeBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("featured"),
        FieldPanel("body"),
    ]
    template = "content/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "content.AppealIndexPage",
        "content.CampaignPage",
        "content.CentreIndexPage",
        "content.FormPage",
        "content.ImpactPage",
        "content.InfoHubPage",
        "content.InfoPage",
        "content.NewsIndexPage",
        "content.PeoplePage",
        "content.PolicyPage",
        "content.ProgrammeIndexPage",
        "content.PublicationIndexPage",
        "content.StoryIndexPage",
        "content.SupportIndexPage",
        "content.TemplatesPage",
    ]
    max_count = 1

    @classmethod
    def for_reading(cls) -> "models.QuerySet[HomePage]":
        """The page with its picture, and the appeal that it leads to."""
        return super().for_reading().select_related("picture", "featured__appeal__fund")

    def told_to_machines(self, request: HttpRequest, trail: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """Who we are, and how this site is searched."""
        charity = CharitySettings.for_request(request)
        us = [structured.organisation(charity, request), structured.site(charity, request)] if charity.name else []
        return [*us, *super().told_to_machines(request, trail)]

    def trail(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Nothing is above the home page."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The featured appeal with its total, if one is live."""
        context = super().get_context(request, *args, **kwargs)
        context["featured"] = money.telling(self.featured) if self.featured and self.featured.live else None
        return context
