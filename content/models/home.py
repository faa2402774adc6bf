"""The home page, under which everything else stands."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content import money
from content.blocks.bodies import Body, HomeBody
from content.models.base import BasePage


class HomePage(BasePage):
    """The first page: what the charity does, and what gifts have done."""

    standfirst = models.TextField(max_length=300, help_text="Two sentences: what we do, and for whom.")
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(
        "what the picture shows", max_length=200, blank=True, help_text="Leave empty if it is decoration."
    )
    featured = models.ForeignKey(
        "content.AppealPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The appeal that the first button leads to.",
    )
    body = Body(HomeBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading="Picture"),
        FieldPanel("featured"),
        FieldPanel("body"),
    ]
    template = "content/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "content.AppealIndexPage",
        "content.CampaignPage",
        "content.ImpactPage",
        "content.InfoPage",
        "content.PolicyPage",
        "content.StoryIndexPage",
    ]
    max_count = 1

    @classmethod
    def for_reading(cls) -> models.QuerySet["HomePage"]:
        """The page with its picture, and the appeal that it features."""
        return super().for_reading().select_related("picture", "featured__appeal__fund")

    def trail(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Nothing is above the home page."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The featured appeal with its total, if one is live."""
        context = super().get_context(request, *args, **kwargs)
        context["featured"] = money.telling(self.featured) if self.featured and self.featured.live else None
        return context
