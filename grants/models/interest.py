"""A declaration of interest: what opens a paper, or shuts it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from grants.models.resolution import Resolution


class InterestQuerySet(models.QuerySet["Interest"]):
    """Declarations, of which each trustee's last counts."""

    def standing(self, resolution: Resolution) -> "InterestQuerySet":
        """Each trustee's present declaration on the present version."""
        found = self.filter(resolution=resolution, version=resolution.version)
        return found.order_by("trustee_id", "-pk").distinct("trustee_id")

    def of(self, trustee_id: int, resolution: Resolution) -> "Interest | None":
        """What this trustee has declared on the present version."""
        return self.standing(resolution).filter(trustee_id=trustee_id).first()


class Interest(models.Model):
    """What one trustee declared on one version: no conflict, or one and its nature. Kept; a conflict stands."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="interests")
    version = models.PositiveIntegerField()
    trustee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    conflicted = models.BooleanField()
    nature = models.TextField(blank=True)
    declared_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["resolution", "version", "trustee"], name="interest_of_a_trustee")]
        constraints = [
            models.CheckConstraint(condition=Q(conflicted=False) | ~Q(nature=""), name="conflict_is_described"),
        ]

    def __str__(self) -> str:
        return f"{self.trustee}: {'in conflict' if self.conflicted else 'no conflict'}"
