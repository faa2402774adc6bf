"""Where people find support: services of ours and of others, in a directory that can be narrowed."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from content.blocks.bodies import Body, DirectoryBody
from content.models.base import BasePage


class Region(models.TextChoices):
    """Where a service reaches people."""

    UK = "uk", _("The whole of the UK")
    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class Way(models.TextChoices):
    """How a service helps."""

    HELPLINE = "helpline", _("By telephone")
    GROUP = "group", _("In a group")
    ONLINE = "online", _("Online")
    VISIT = "visit", _("In person")
    MONEY = "money", _("With money")


class SupportServiceQuerySet(models.QuerySet["SupportService"]):
    """Services, asked for in English."""

    def listed(self) -> "SupportServiceQuerySet":
        """Those that the public sees."""
        return self.filter(live=True).select_related("organisation")

    def reaching(self, region: str) -> "SupportServiceQuerySet":
        """Those for people who live there."""
        return self.filter(region__in=[region, Region.UK])


class SupportService(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """A helpline, a group, a grant: what it offers, to whom, when, and how it is reached."""

    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        "content.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="services",
        help_text=_("Who runs it. Leave empty if we do."),
    )  # fmt: skip
    way = models.CharField(_("how it helps"), max_length=10, choices=Way.choices)
    region = models.CharField(_("where"), max_length=20, choices=Region.choices, default=Region.UK)
    place = models.CharField(max_length=120, blank=True, help_text=_("If it meets somewhere: “Eastquay library”."))
    offers = models.TextField(_("what it offers"), max_length=500)
    times = models.CharField(max_length=150, help_text=_("When somebody answers, or when it meets."))
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    checked_on = models.DateField(_("details checked on"), null=True, blank=True)

    objects = SupportServiceQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("organisation"),
        MultiFieldPanel([FieldPanel("way"), FieldPanel("offers"), FieldPanel("times")], heading=_("What it offers")),
        MultiFieldPanel([FieldPanel("region"), FieldPanel("place")], heading=_("Where")),
        MultiFieldPanel(
            [FieldPanel("telephone"), FieldPanel("email"), FieldPanel("website")],
            heading=_("How it is reached: one of these at least"),
        ),
        FieldPanel("checked_on"),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("offers"),
        index.SearchField("place"),
        index.RelatedFields("organisation", [index.SearchField("name")]),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="support_service_is_named_once",
                violation_error_message=_("There is already a service of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(telephone="") | ~Q(email="") | ~Q(website=""),
                name="support_service_can_be_reached",
                violation_error_message=_("Say how it is reached: a telephone number, an email address or a website."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> str:
        """The last part of a link to its place in the directory."""
        return f"service-{self.pk}"

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as in the directory."""
        return "content/snippets/support_service.html"


class SupportIndexPage(BasePage):
    """The directory of support."""

    kind = _("Support")
    standfirst = models.TextField(max_length=300, blank=True)
    body = Body(DirectoryBody(), blank=True, help_text=_("Words above the directory."))

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst"), FieldPanel("body")]
    template = "content/support_index_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The services that were asked for; what is no region or no way is as if it had not been said."""
        context = super().get_context(request, *args, **kwargs)
        region, way = request.GET.get("region", ""), request.GET.get("way", "")
        region, way = region if region in Region.values else "", way if way in Way.values else ""
        services = SupportService.objects.listed()
        if region:
            services = services.reaching(region)
        if way:
            services = services.filter(way=way)
        context["regions"] = [choice for choice in Region.choices if choice[0] != Region.UK]
        context["ways"] = Way.choices
        context["region"], context["way"] = region, way
        context["services"] = list(services)
        return context
