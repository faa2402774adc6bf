"""A vote. All are kept; each trustee's last counts; nobody reads one before the close."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from grants.models.resolution import Resolution


class Choice(models.TextChoices):
    """What a trustee may say."""

    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    DEFER = "defer", _("Defer")
    ABSTAIN = "abstain", _("Abstain")


class VoteQuerySet(models.QuerySet["Vote"]):
    """Votes. Only grants/counting.py reads choices, and only to count or once the resolution is closed."""

    def cast_on(self, resolution: Resolution) -> "VoteQuerySet":
        """Each trustee's last vote on the present version; the chair's casting vote beside them."""
        found = self.filter(resolution=resolution, version=resolution.version)
        return found.order_by("trustee_id", "casting", "-pk").distinct("trustee_id", "casting")


class Vote(models.Model):
    """One vote of one trustee on one version, with its reason."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="votes")
    version = models.PositiveIntegerField()
    trustee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reason = models.TextField(blank=True)
    casting = models.BooleanField(default=False)  # the chair's, after a tie
    cast_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["resolution", "version", "trustee"], name="vote_of_a_trustee")]
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="vote_choice_is_known"),
            models.CheckConstraint(condition=Q(choice="approve") | ~Q(reason=""), name="vote_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(casting=False) | Q(choice__in=["approve", "reject"]), name="casting_vote_decides"
            ),
            models.UniqueConstraint(
                fields=["resolution", "version"], condition=Q(casting=True), name="casting_vote_once"
            ),
        ]

    def __str__(self) -> str:
        return f"a vote of {self.trustee}"
