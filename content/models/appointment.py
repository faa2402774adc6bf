"""Appointments: who held which role where, from when until when. What is past stays on record."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments, asked for in English."""

    def held(self, on: date | None = None) -> "AppointmentQuerySet":
        """Those that were held on that day: today, unless said otherwise."""
        day = on or timezone.localdate()
        return self.filter(begins_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Appointment(models.Model):
    """One role of one person. A successor is a new row; the old one is given its last day."""

    person = ParentalKey("content.Person", on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=150)
    organisation = models.ForeignKey(
        "content.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day; empty while they hold it."))

    objects = AppointmentQuerySet.as_manager()

    panels = [FieldPanel("role"), FieldPanel("organisation"), FieldPanel("begins_on"), FieldPanel("ends_on")]

    class Meta:
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="appointment_ends_after_it_begins",
                violation_error_message=_("An appointment cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return (
            f"{self.role}, {self.begins_on:%Y}–{self.ends_on:%Y}"
            if self.ends_on
            else f"{self.role}, {self.begins_on:%Y}–"
        )

    def held(self, on: date) -> bool:
        """Whether it was held on that day."""
        return self.begins_on <= on and (self.ends_on is None or self.ends_on >= on)
