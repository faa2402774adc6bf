"""Stories that people tell about themselves: published with their consent, and gone when it is."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.url_routing import RouteResult

from content import pictures
from content.blocks.bodies import Body, OwnStoryBody
from content.models.base import BasePage
from content.models.consent import ConsentRecord, none_has_fallen, standing, why_not


class StoryIndexPage(BasePage):
    """All stories that may be read today, the newest first."""

    standfirst = models.TextField(max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    template = "content/story_index_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.StoryPage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The stories with their pictures, in a constant number of queries."""
        context = super().get_context(request, *args, **kwargs)
        context["stories"] = list(
            StoryPage.objects.child_of(self)
            .live()
            .filter(standing("consent"))
            .select_related("picture")
            .defer("body")
            .prefetch_related(pictures.of_many())
            .order_by("-told_on", "-pk")
        )
        return context


class StoryForm(WagtailAdminPageForm):
    """Says at the consent why a story cannot be published."""

    def clean(self) -> dict[str, Any]:
        """Publishing, now, later or by somebody else, needs a consent that stands on that day and covers the story."""
        cleaned: dict[str, Any] = super().clean()
        later = cleaned.get("go_live_at")
        if later or {"action-publish", "action-submit"} & set(self.data):
            day = timezone.localdate(later) if later and later > timezone.now() else None
            if why := why_not(cleaned.get("consent"), *StoryPage.COVERED, on=day):
                self.add_error("consent", why)
        return cleaned


class StoryPage(BasePage):
    """One person's story, in their own words or ours. It is public only while its consent stands."""

    COVERED = ("words", "health")

    consent = models.ForeignKey(
        ConsentRecord, on_delete=models.PROTECT, related_name="stories",
        help_text=_("Without one that stands nothing is published. It must cover words and health."),
    )  # fmt: skip
    chosen_name = models.CharField(
        max_length=80,
        blank=True,
        help_text=_("As they want to be called here: “Juniper A.”."),
    )
    told_on = models.DateField(_("told on"), default=date.today)
    standfirst = models.TextField(max_length=300, help_text=_("Two sentences that make somebody want to read it."))
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(
        _("what the picture shows"), max_length=200, blank=True, help_text=_("Leave empty if it is decoration.")
    )
    appeal_page = models.ForeignKey(
        "content.AppealPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("The work that this story tells of. Leave empty for a story that asks for nothing."),
    )  # fmt: skip
    body = Body(OwnStoryBody(), blank=True)

    base_form_class = StoryForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("consent"),
        MultiFieldPanel([FieldPanel("chosen_name"), FieldPanel("told_on")], heading=_("Whose story")),
        FieldPanel("standfirst"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("appeal_page"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    template = "content/story_page.html"
    parent_page_types = ["content.StoryIndexPage"]
    subpage_types: list[str] = []

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """However it is published, it is with a consent that stands. Raises ValidationError."""
        if clean and self.live and (why := why_not(self.consent, *self.COVERED)):
            raise ValidationError({"consent": why})
        return super().save(clean=clean, **kwargs)  # type: ignore[call-arg]  # a page’s, untyped

    @classmethod
    def for_reading(cls) -> models.QuerySet["StoryPage"]:
        """The page with its consent, its picture and the appeal it leads to."""
        return super().for_reading().select_related("consent", "picture", "appeal_page__appeal")

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """What search may find: nothing whose consent has fallen."""
        return super().get_indexed_objects().filter(none_has_fallen())

    @property
    def may_be_read(self) -> bool:
        """Whether its consent stands today."""
        return self.consent.stands()

    def clean(self) -> None:
        """The picture is theirs, or of nobody."""
        super().clean()
        if self.consent_id and self.picture and self.picture.consent_id not in (None, self.consent_id):
            raise ValidationError({"picture": gettext("This picture was permitted by somebody else.")})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Not found, from the moment its consent has ended."""
        if not self.may_be_read:
            raise Http404
        return super().route(request, path_components)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Search engines are told of it only while it may be read."""
        told: list[dict[str, Any]] = super().get_sitemap_urls(request) if self.may_be_read else []
        return told


def unreadable() -> Any:
    """The numbers of stories whose consent does not stand."""
    return StoryPage.objects.exclude(standing("consent")).values("pk")
