"""What is put right about a donor, by themselves or by the office: what it was, what it is, by whom and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.models.donor import Donor


class Correction(models.Model):
    """One correction. A new email address that a donor asks for waits here until the link sent to it is used."""

    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="corrections")
    before = models.JSONField(help_text=_("By the names of what changed."))
    after = models.JSONField()
    because = models.CharField(max_length=300, blank=True, help_text=_("Why, where the office did it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Nobody where the donor did it."),
    )  # fmt: skip
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(because=""), name="correction_by_the_office_says_why"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("asked_at")),
                name="correction_is_done_after_it_is_asked",
            ),
        ]

    def __str__(self) -> str:
        return gettext("A correction of %(asked_at)s") % {"asked_at": f"{self.asked_at:%-d %B %Y}"}

    @property
    def names(self) -> str:
        """What changed: “name, email”."""
        return ", ".join(self.after)
