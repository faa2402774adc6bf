"""Centres: hospitals and clinics with a team that knows the illness."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from content.nearby import Place, place_of


class Nation(models.TextChoices):
    """Whose health service runs a centre."""

    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class CentreQuerySet(models.QuerySet["Centre"]):
    """Centres, asked for in English."""

    def listed(self) -> "CentreQuerySet":
        """Published centres with their pages and what they look after, in a constant number of queries."""
        known = self.filter(live=True).select_related("page")
        return known.prefetch_related("cancer_sites", "specialties").order_by("name")


class Centre(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel):
    """A hospital or clinic: where it is, whom it looks after, how to be referred."""

    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        "content.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="centres"
    )
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8)
    nation = models.CharField(max_length=20, choices=Nation.choices)
    areas = models.CharField(
        _("postcodes it looks after"),
        max_length=200,
        blank=True,
        help_text=_("Areas or districts, with spaces between them: “PO SO1 SO2”. Its own always counts."),
    )
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    referral = models.TextField(_("how to be referred"), blank=True)
    specialties = ParentalManyToManyField("content.Specialty", blank=True, related_name="centres")
    cancer_sites = ParentalManyToManyField("content.CancerSite", blank=True, related_name="centres")

    objects = CentreQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("organisation"),
        MultiFieldPanel(
            [
                *(FieldPanel("address"), FieldPanel("postcode"), FieldPanel("nation"), FieldPanel("areas")),
                *(FieldPanel("latitude"), FieldPanel("longitude")),
            ],
            heading=_("Where it is"),
        ),
        MultiFieldPanel(
            [FieldPanel("telephone"), FieldPanel("email"), FieldPanel("website"), FieldPanel("referral")],
            heading=_("How to reach it"),
        ),
        MultiFieldPanel([FieldPanel("specialties"), FieldPanel("cancer_sites")], heading=_("Whom it looks after")),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("address"),
        index.SearchField("postcode"),
        index.FilterField("nation"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="centre_is_named_once", violation_error_message=_("This centre is here already.")
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="centre_stands_at_a_point_or_none",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Postcodes are postcodes, written as they are read."""
        super().clean()
        wrong: dict[str, Any] = {}
        plain = "".join(self.postcode.upper().split())
        own = place_of(plain)
        if own is None or own.district == plain or not own.district:
            wrong["postcode"] = _("Enter the whole postcode.")
        else:
            self.postcode = f"{plain[:-3]} {plain[-3:]}"
        areas = self.areas.upper().replace(",", " ").split()
        strange = [each for each in areas if place_of(each) is None]
        if strange:
            wrong["areas"] = _("No postcode begins with %(strange)s.") % {"strange": ", ".join(strange)}
        self.areas = " ".join(areas)
        if wrong:
            raise ValidationError(wrong)

    @cached_property
    def places(self) -> list[Place]:
        """Where it is, and what it looks after."""
        return [place for each in (self.postcode, *self.areas.split()) if (place := place_of(each)) is not None]

    @property
    def public_page(self) -> Any:
        """Its page, if that is published."""
        page = getattr(self, "page", None)
        return page if page is not None and page.live else None

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as in a list of centres."""
        return "content/snippets/centre.html"
