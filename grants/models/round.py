"""A round: the weeks in which a programme takes applications."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.programme import Programme


class Round(models.Model):
    """From when until when, and by when trustees decide."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=60, help_text=_("As in “Spring 2027”."))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"), help_text=_("The last day on which applications are taken."))
    decided_by = models.DateField(_("decided by"), null=True, blank=True, help_text=_("When those who ask will know."))

    class Meta:
        ordering = ["-opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="round_is_named_once_in_its_programme",
                violation_error_message=_("This programme has a round of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="round_closes_after_it_opens",
                violation_error_message=_("A round cannot close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(decided_by__gte=F("closes_on")),
                name="round_is_decided_after_it_closes",
                violation_error_message=_("Trustees decide after a round has closed, not before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.name}"

    def is_open(self, on: date) -> bool:
        """Whether applications are taken on that day."""
        return self.opens_on <= on <= self.closes_on
