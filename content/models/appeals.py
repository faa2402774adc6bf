"""Appeals as they are told. The facts (target, fund, dates, amounts) live in donations.Appeal, and only there."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content import money, pictures, structured
from content.blocks.bodies import AppealBody, Body
from content.models.base import BasePage
from content.models.settings import CharitySettings
from donations.models import SuggestedAmount
from donations.models.appeal import Every


class AppealIndexPage(BasePage):
    """All appeals: the open ones, then those that have closed."""

    standfirst = models.TextField(max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    template = "content/appeal_index_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.AppealPage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Every live appeal with its total, in a constant number of queries."""
        pages = (
            AppealPage.objects.child_of(self)
            .live()
            .select_related("appeal__fund", "picture")
            .defer("body")
            .prefetch_related(pictures.of_many())
        )
        told = money.tellings(list(pages))
        context = super().get_context(request, *args, **kwargs)
        context["open"] = [each for each in told if each.is_open]
        context["closed"] = [each for each in told if not each.is_open]
        return context


class AppealPage(BasePage):
    """The story of one appeal, and the way to give to it."""

    appeal = models.ForeignKey("donations.Appeal", on_delete=models.PROTECT, related_name="+")
    standfirst = models.TextField(max_length=300, help_text=_("Two sentences: what is needed, and why."))
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=200, blank=True, help_text=_("Leave empty if it is decoration.")
    )
    body = Body(AppealBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("appeal"),
        FieldPanel("standfirst"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    template = "content/appeal_page.html"
    parent_page_types = ["content.AppealIndexPage"]
    subpage_types: list[str] = []

    @classmethod
    def for_reading(cls) -> models.QuerySet["AppealPage"]:
        """The page with its appeal, fund and picture."""
        return super().for_reading().select_related("appeal__fund", "picture")

    def told_to_machines(self, request: HttpRequest, trail: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """That one can give here, while one can."""
        told = super().told_to_machines(request, trail)
        if not self.appeal.is_open(timezone.localdate()):
            return told
        return [*told, structured.giving(self, CharitySettings.for_request(request), request)]

    @property
    def give_url(self) -> str:
        """Where the form stands."""
        return reverse("donations:give", args=[self.appeal.slug])

    @property
    def give_at_once_url(self) -> str:
        """Where the form stands that is one page: for whoever has chosen an amount."""
        return reverse("donations:give_at_once", args=[self.appeal.slug])

    @property
    def amounts(self) -> list[SuggestedAmount]:
        """The amounts of a single gift."""
        return self.appeal.amounts_for(Every.ONCE)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The appeal's facts and its total as it stands now."""
        context = super().get_context(request, *args, **kwargs)
        context["telling"] = money.telling(self)
        return context
