"""News: what happened, who says so, and what it has to do with our work."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.url_routing import RouteResult

from content import feeds, pictures, structured
from content.blocks.bodies import Body, NewsBody
from content.models.base import BasePage
from content.models.settings import CharitySettings

ON_A_PAGE = 12


class Topic(index.Indexed, models.Model):
    """What a piece of news is about; the list of news can be narrowed by it."""

    name = models.CharField(max_length=60)
    slug = models.SlugField(_("address"), max_length=60, help_text=_("As in “research”."))

    panels = [FieldPanel("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="topic_has_an_address_of_its_own",
                violation_error_message=_("There is already a topic with this address."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class NewsIndexPage(BasePage):
    """All news, the latest first, and the same as a feed at its address with “feed/” after it."""

    kind = _("News")
    standfirst = models.TextField(max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    template = "content/news_index_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.NewsPage"]

    def news(self) -> "models.QuerySet[NewsPage]":
        """What is published here, the latest first."""
        return NewsPage.objects.child_of(self).live().order_by("-published_on", "-pk")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The feed has an address of its own."""
        if path_components == ["feed"] and self.live:
            return RouteResult(self, kwargs={"as_feed": True})
        found: RouteResult = super().route(request, path_components)
        return found

    def serve(self, request: HttpRequest, *args: Any, as_feed: bool = False, **kwargs: Any) -> HttpResponse:
        """The page, or the feed."""
        if as_feed:
            return feeds.of_news(self, request)
        answer: HttpResponse = super().serve(request, *args, **kwargs)
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of news, of one topic if one was asked for; an unknown topic is as none."""
        context = super().get_context(request, *args, **kwargs)
        topics = list(Topic.objects.filter(news__in=self.news()).distinct())
        chosen = next((each for each in topics if each.slug == request.GET.get("topic")), None)
        news = self.news().select_related("picture").defer("body").prefetch_related(pictures.of_many(), "topics")
        if chosen is not None:
            news = news.filter(topics=chosen)
        context["topics"] = topics
        context["chosen"] = chosen
        context["news"] = Paginator(news, ON_A_PAGE).get_page(request.GET.get("page"))
        context["query"] = f"topic={chosen.slug}&" if chosen else ""
        return context


class NewsPage(BasePage):
    """One piece of news."""

    kind = _("News")
    standfirst = models.TextField(max_length=300, help_text=_("What happened, in two sentences."))
    published_on = models.DateField(_("date"), default=timezone.localdate)
    byline = models.CharField(max_length=120, blank=True, help_text=_("Who wrote it. Leave empty for the charity."))
    source = models.CharField(max_length=150, blank=True, help_text=_("Where it appeared first, if it was not here."))
    source_url = models.URLField(_("address of the source"), blank=True)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="news")
    appeal_page = models.ForeignKey(
        "content.AppealPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("related appeal"),
        help_text=_("What this has to do with. It stands at the end, with a way to give."),
    )  # fmt: skip
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=200, blank=True, help_text=_("Leave empty if it is decoration.")
    )
    body = Body(NewsBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        MultiFieldPanel([FieldPanel("published_on"), FieldPanel("byline")], heading=_("When and who")),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url")], heading=_("If it appeared elsewhere first")),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("appeal_page")], heading=_("What it is about")),
    ]
    template = "content/news_page.html"
    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source_url="") | ~Q(source=""),
                name="news_source_with_an_address_has_a_name",
                violation_error_message=_("Say what the source is called, not only where it is."),
            )
        ]

    @classmethod
    def for_reading(cls) -> "models.QuerySet[NewsPage]":
        """The page with its picture, topics and appeal."""
        return super().for_reading().select_related("picture", "appeal_page__appeal").prefetch_related("topics")

    def told_to_machines(self, request: HttpRequest, trail: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """That it is an article."""
        told = super().told_to_machines(request, trail)
        return [*told, structured.article(self, CharitySettings.for_request(request), request)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Where the list of news is, and that it is shared as an article."""
        context = super().get_context(request, *args, **kwargs)
        context["index_url"] = context["trail"][-1][1] if context["trail"] else "/"
        context["shared_as"] = "article"
        return context

    @property
    def appeal_to_show(self) -> Any:
        """The related appeal, if it is public."""
        return self.appeal_page if self.appeal_page is not None and self.appeal_page.live else None
