"""What every page shares: how it is found and shared, and one quick way from an address to its page."""

from typing import Any, Self

from django.db import models
from django.http import Http404, HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult


class SeoMixin(models.Model):
    """How a page looks in search results and where it is shared."""

    share_picture = models.ForeignKey(
        "content.CharityImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown where the page is shared.",
    )
    is_unlisted = models.BooleanField("ask search engines to leave this page out", default=False)

    class Meta:
        abstract = True


class BasePage(SeoMixin, Page):  # type: ignore[django-manager-missing]  # Wagtail publishes no types
    """Any page of ours."""

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], heading="Search engines"
        ),
        MultiFieldPanel(
            [FieldPanel("show_in_menus"), FieldPanel("share_picture"), FieldPanel("is_unlisted")],
            heading="On this site",
        ),
    ]

    above: list[Page] | None = None  # the pages above this one, where the address was read in one go

    class Meta:
        abstract = True

    @classmethod
    def for_reading(cls) -> "models.QuerySet[Self]":
        """The query that fetches a page to be shown; kinds of page add what they always need."""
        return cls.objects.select_related("share_picture")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, and the way back to the home page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["trail"] = self.trail(request)
        return context

    def trail(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(title, address) of the pages above this one, the home page first."""
        above = self.above
        if above is None:
            above = list(self.get_ancestors().filter(depth__gt=1).order_by("depth"))
        return [("Home" if page.depth == 2 else page.title, page.get_url(request) or "/") for page in above]


class QuickRoute(models.Model):
    """For the home page: reads an address in one query, instead of two for each step down the tree."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page at this address, with the pages above it. What is no page is left to Wagtail."""
        if not path_components:
            return super().route(request, path_components)  # type: ignore[misc]  # of Page, beside this mixin
        paths = [self.url_path]  # type: ignore[attr-defined]  # of Page
        for component in path_components:
            paths.append(f"{paths[-1]}{component}/")
        found = {page.url_path: page for page in Page.objects.filter(url_path__in=paths).order_by("depth")}
        page = found.pop(paths[-1], None)
        if page is None:
            return super().route(request, path_components)  # type: ignore[misc]  # of Page
        if not page.live:
            raise Http404
        kind = page.specific_class
        if kind is None or not issubclass(kind, BasePage):
            return page.specific.route(request, [])
        shown = kind.for_reading().get(pk=page.pk)
        shown.above = list(found.values())
        return shown.route(request, [])
