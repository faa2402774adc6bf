"""Pages that help to find a centre: all of them, one, and a network of several that work as one team."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from content import pictures
from content.blocks.bodies import Body, InfoBody
from content.forms import FindCentre
from content.models.base import BasePage
from content.models.centre import Centre, CentreQuerySet
from content.nearby import nearest


def found_in(centres: CentreQuerySet, request: HttpRequest) -> dict[str, Any]:
    """The form, and the centres that it finds; all of them until something is asked."""
    form = FindCentre(request.GET if request.GET.keys() & FindCentre.base_fields.keys() else None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if asked.get("nation"):
        centres = centres.filter(nation=asked["nation"])
    if asked.get("site"):
        centres = centres.filter(pk__in=Centre.objects.filter(cancer_sites=asked["site"]).values("pk"))
    return {"form": form, "found": nearest(centres, asked.get("place")), "is_asked": bool(any(asked.values()))}


class CentreIndexPage(BasePage):
    """All centres, and a way to find one nearby."""

    standfirst = models.TextField(max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst")]
    template = "content/centre_index_page.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.CentrePage", "content.NetworkPage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The centres that were asked for, and the networks, in a constant number of queries."""
        context = super().get_context(request, *args, **kwargs)
        networks = NetworkPage.objects.child_of(self).live().only("title", "url_path", "standfirst", "path", "depth")
        return context | found_in(Centre.objects.listed(), request) | {"networks": networks}


class CentrePage(BasePage):
    """One centre: how to reach it, who works there, how to be referred. Its facts are the centre's own."""

    centre = models.OneToOneField("content.Centre", on_delete=models.PROTECT, related_name="page")
    standfirst = models.TextField(max_length=300, blank=True)
    body = Body(InfoBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("centre"),
        FieldPanel("standfirst"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    template = "content/centre_page.html"
    parent_page_types = ["content.CentreIndexPage"]
    subpage_types: list[str] = []

    @classmethod
    def for_reading(cls) -> "models.QuerySet[CentrePage]":
        """The page with its centre."""
        return super().for_reading().select_related("centre__organisation")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The networks to which it belongs."""
        context = super().get_context(request, *args, **kwargs)
        members = NetworkMember.objects.filter(centre=self.centre, page__live=True).select_related("page")
        return context | {"memberships": members.order_by("page__title")}


class NetworkPage(BasePage):  # type: ignore[django-manager-missing]  # modelcluster publishes no types
    """Several centres whose specialists look at every patient together."""

    standfirst = models.TextField(max_length=300, blank=True)
    formed_in = models.PositiveSmallIntegerField(_("formed in the year"), null=True, blank=True)
    rhythm = models.CharField(
        _("when it meets"), max_length=120, blank=True, help_text=_("“Every Tuesday at Kingfisher Infirmary”")
    )
    patients_a_year = models.PositiveIntegerField(
        _("new patients a year, at least"), null=True, blank=True, help_text=_("A typed figure: say whose, and when.")
    )
    patients_as_of = models.DateField(_("counted on"), null=True, blank=True)
    patients_source = models.CharField(_("counted by"), max_length=200, blank=True)
    specialties = ParentalManyToManyField("content.Specialty", blank=True, related_name="+")
    body = Body(InfoBody(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        InlinePanel("members", heading=_("Centres"), label=_("Centre"), min_num=1),
        MultiFieldPanel([FieldPanel("formed_in"), FieldPanel("rhythm")], heading=_("How it works")),
        MultiFieldPanel(
            [FieldPanel("patients_a_year"), FieldPanel("patients_as_of"), FieldPanel("patients_source")],
            heading=_("How many patients"),
        ),
        InlinePanel("leads", heading=_("Who leads it, and who did"), label=_("Lead")),
        FieldPanel("specialties"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    template = "content/network_page.html"
    parent_page_types = ["content.CentreIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(patients_a_year__isnull=True) | Q(patients_as_of__isnull=False) & ~Q(patients_source=""),
                name="network_counts_patients_with_a_source",
                violation_error_message=_("A typed figure needs a day and a source."),
            )
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The centres that were asked for, each with its part in the network; who leads it, and who did."""
        context = super().get_context(request, *args, **kwargs)
        members = {member.centre_id: member for member in self.members.all()}
        context |= found_in(Centre.objects.listed().filter(pk__in=members), request)
        for centre in context["found"].all:
            centre.part = members[centre.pk].part
        known = self.leads.select_related("person__consent", "person__picture")
        known = known.prefetch_related(pictures.of_people("person__picture"))
        told = [each for each in known if each.person.may_be_shown]
        context["leads"] = [each.card for each in told if each.ended_in is None]
        context["history"] = [each for each in told if each.ended_in is not None]
        context["figures"], context["counted"] = self.figures(len(members)), self.counted()
        return context

    def figures(self, centres: int) -> list[tuple[str, str]]:
        """What the network is, in a few numbers."""
        told = [(str(centres), ngettext("centre", "centres", centres))]
        if self.formed_in:
            told.append((str(self.formed_in), gettext("the year it was formed")))
        if self.patients_a_year:
            told.append((f"{self.patients_a_year:,}+", gettext("new patients a year")))
        return told

    def counted(self) -> str:
        """When it meets; by whom the patients were counted, and when."""
        words = [f"{self.rhythm}."] if self.rhythm else []
        if self.patients_a_year and self.patients_as_of:
            when = formats.date_format(self.patients_as_of, "j F Y")
            source = {"source": self.patients_source, "when": when}
            words.append(gettext("Patients counted by %(source)s on %(when)s.") % source)
        return " ".join(words)


class NetworkMember(Orderable):
    """A centre's part in a network."""

    page = ParentalKey(NetworkPage, on_delete=models.CASCADE, related_name="members")
    centre = models.ForeignKey("content.Centre", on_delete=models.PROTECT, related_name="memberships")
    is_meeting = models.BooleanField(_("the team meets here"), default=False)
    is_treating = models.BooleanField(_("patients are treated here"), default=True)

    panels = [FieldPanel("centre"), FieldPanel("is_meeting"), FieldPanel("is_treating")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "centre"],
                name="network_names_a_centre_once",
                violation_error_message=_("This centre is in the network already."),
            )
        ]

    def __str__(self) -> str:
        return gettext("%(centre)s in %(page)s") % {"centre": self.centre, "page": self.page}

    @property
    def part(self) -> str:
        """What happens here."""
        if self.is_meeting and self.is_treating:
            return str(_("The team meets here, and patients are treated here"))
        if self.is_meeting:
            return str(_("The team meets here"))
        return str(_("Patients are treated here")) if self.is_treating else str(_("Member"))


class NetworkLead(Orderable):
    """Somebody who led, or leads, a network: one ends, another begins."""

    page = ParentalKey(NetworkPage, on_delete=models.CASCADE, related_name="leads")
    person = models.ForeignKey("content.Person", on_delete=models.PROTECT, related_name="leads_networks")
    role = models.CharField(max_length=120, help_text=_("“Clinical lead”"))
    began_in = models.PositiveSmallIntegerField(_("from the year"))
    ended_in = models.PositiveSmallIntegerField(_("to the year"), null=True, blank=True)

    panels = [FieldPanel("person"), FieldPanel("role"), FieldPanel("began_in"), FieldPanel("ended_in")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_in__isnull=True) | Q(ended_in__gte=F("began_in")),
                name="network_lead_ends_after_it_begins",
                violation_error_message=_("Somebody ceases to lead after they began."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"

    @property
    def card(self) -> dict[str, Any]:
        """What a list of people says of it."""
        since = gettext("%(role)s since %(year)s") % {"role": self.role, "year": self.began_in}
        return {
            "name": self.person.name,
            "post_nominals": self.person.post_nominals,
            "role": since,
            "affiliation": self.person.affiliation,
            "picture": self.person.portrait,
        }
