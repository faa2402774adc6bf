"""What a donor asks about the data that is held of them, and how it was answered."""

import calendar
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.models.donor import Donor


class DataRequest(models.Model):
    """One request. Somebody answers it within a month of the asking (UK GDPR, article 12)."""

    class Kind(models.TextChoices):
        """What is asked."""

        COPY = "copy", _("A copy of all data")  # By telephone or letter: on the page donors take a copy themselves.
        ERASE = "erase", _("Delete my data")

    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(blank=True, help_text=_("What was done. The donor reads it."))

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("answer_datarequest", "Can answer what a donor asks about their data")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__gte=F("asked_at"), answered_by__isnull=False) & ~Q(answer=""),
                name="answered_data_request_says_what_was_done_by_whom",
            ),
            models.UniqueConstraint(
                fields=["donor", "kind"], condition=Q(answered_at__isnull=True), name="data_request_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {timezone.localdate(self.asked_at):%-d %B %Y}"

    @property
    def due_on(self) -> date:
        """Until when it is to be answered: the same day of the next month, or that month’s last."""
        asked = timezone.localdate(self.asked_at)
        year, month = divmod(asked.year * 12 + asked.month, 12)
        return date(year, month + 1, min(asked.day, calendar.monthrange(year, month + 1)[1]))
