"""People and organisations, spelled once; how somebody is described may differ from place to place."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from content import pictures
from content.models.appointment import Appointment
from content.models.consent import ConsentRecord, none_has_fallen, why_not


class PersonQuerySet(models.QuerySet["Person"]):
    """People, asked for in English."""

    def for_cards(self) -> "PersonQuerySet":
        """Those who may be shown, with their pictures, in a constant number of queries."""
        return self.filter(none_has_fallen(), live=True).with_pictures()

    def with_pictures(self) -> "PersonQuerySet":
        """With all that their cards say; whoever shows them asks `may_be_shown`."""
        return self.select_related("consent", "picture").prefetch_related(pictures.of_people())

    def with_roles(self) -> "PersonQuerySet":
        """With what they have been, and where, in one more query."""
        return self.prefetch_related(Prefetch("appointments", Appointment.objects.select_related("organisation")))


class Person(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel):
    """Somebody who is named on our pages, with the role they are usually given.

    One who is named as a patient is shown only while their consent stands.
    """

    name = models.CharField(max_length=120, help_text=_("With title, as they write it: “Dr Rowan Pebblecombe”."))
    post_nominals = models.CharField(max_length=80, blank=True, help_text=_("MBE, FRCP, RN …"))
    role = models.CharField(max_length=150, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    picture = models.ForeignKey(
        "content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    is_lived_experience = models.BooleanField(
        _("speaks from their own illness"), default=False, help_text=_("Naming them says that they are, or were, ill.")
    )
    consent = models.ForeignKey(
        ConsentRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="people",
        help_text=_("Of somebody who speaks from their own illness: it covers name and health."),
    )  # fmt: skip

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        limit_choices_to={"is_active": True, "is_system": False}, verbose_name=_("their account here"),
        help_text=_("Of a clinician who signs in: a page that they approve was reviewed by this person."),
    )  # fmt: skip

    objects = PersonQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("post_nominals"),
        FieldPanel("role"),
        FieldPanel("affiliation"),
        FieldPanel("picture"),
        MultiFieldPanel([FieldPanel("is_lived_experience"), FieldPanel("consent")], heading=_("If they are a patient")),
        FieldPanel("account"),
        InlinePanel("appointments", heading=_("Roles they have held"), label=_("Role")),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("role")]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_lived_experience=False) | Q(live=False) | Q(consent__isnull=False),
                name="patient_is_named_with_consent",
                violation_error_message=_("Nobody is named as a patient without consent: choose the one on file."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A patient who is named publicly has agreed to it."""
        super().clean()
        if self.live and self.is_lived_experience and (why := why_not(self.consent, "name", "health")):
            raise ValidationError({"consent": why})

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """What search may find: nobody whose consent has fallen."""
        return super().get_indexed_objects().filter(none_has_fallen())

    @property
    def may_be_shown(self) -> bool:
        """What `for_cards` asks, of one row."""
        return bool(self.live and (self.consent is None or self.consent.stands()))

    @property
    def portrait(self) -> Any:
        """The picture in the sizes of a face beside a name, if there is one that may be shown."""
        return self.picture.drawn(pictures.PORTRAIT) if self.picture and self.picture.may_be_shown else None

    def role_on(self, day: date) -> Appointment | None:
        """What they were on that day; of several roles the one they had held for less time."""
        held = [each for each in self.appointments.all() if each.held(day)]
        return max(held, key=lambda each: each.begins_on, default=None)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as in a list of people."""
        return "content/snippets/person.html"


class Organisation(DraftStateMixin, RevisionMixin, index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # modelcluster publishes no types
    """A charity, hospital, society or company that is named on our pages."""

    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    is_industry = models.BooleanField(_("a company"), default=False, help_text=_("It sells medicines or devices."))
    website = models.URLField(blank=True)
    logo = models.ForeignKey("content.CharityImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("parent"), FieldPanel("is_industry")], heading=_("What it is")),
        FieldPanel("website"),
        FieldPanel("logo"),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="organisation_is_named_once",
                violation_error_message=_("There is already an organisation of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
