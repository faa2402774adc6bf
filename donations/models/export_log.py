"""The export log: who took which personal data away, why and when; and who was refused."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ExportOutcome(models.TextChoices):
    """What came of an export."""

    REFUSED = "refused", _("refused")  # They may not export: nothing was given.
    BEGUN = "begun", _("begun")  # The file is on its way, or the connection broke before its end.
    GIVEN = "given", _("given")  # The whole file was sent, and its hash is known.


class ExportLog(models.Model):
    """One export of donations, or one refusal. Written before the first byte leaves; never deleted."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    purpose = models.CharField(max_length=300, blank=True, help_text=_("Why, in their own words."))
    form = models.CharField(max_length=4, blank=True, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=7, choices=ExportOutcome.choices)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="refused") | (~Q(purpose="") & ~Q(form="") & ~Q(columns=[])),
                name="export_says_why_and_what",
            ),
            models.CheckConstraint(
                condition=Q(outcome="given", finished_at__isnull=False) & ~Q(digest="")
                | ~Q(outcome="given") & Q(finished_at__isnull=True, digest=""),
                name="export_that_was_given_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(rows)s rows for %(asked_by)s, %(outcome)s") % {
            "rows": f"{self.rows:,}",
            "asked_by": self.asked_by,
            "outcome": self.get_outcome_display(),
        }
