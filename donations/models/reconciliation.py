"""A reconciliation: one comparison of our books with Stripe's, and what was found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Reconciliation(models.Model):
    """One run. `findings` are sentences with ids and pence, and name nobody."""

    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    strict = models.BooleanField(default=False, help_text=_("A strict run repairs nothing."))
    looked_at = models.JSONField(default=dict, help_text=_("How many events, lines and payouts were compared."))
    sums = models.JSONField(default=list, help_text=_("The three pairs of sums, in pence."))
    findings = models.JSONField(default=list, help_text=_("What was off: what, which, pence, sentence, repaired."))
    differences = models.PositiveIntegerField(default=0, help_text=_("Findings that stand."))
    repaired = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text=_("Nobody: the clock."),
    )
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("reconcile", "Can compare the books with Stripe now")]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__gte=F("begun_at")), name="reconciliation_finishes_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%-d %B %Y %H:%M}"

    @property
    def holds(self) -> bool:
        """Whether nothing is off that still stands."""
        return self.differences == 0
