"""A paper: one version of what trustees are asked, with the funds that would pay. Frozen once it is open."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Fund
from donations.ledger.money import Money
from donations.ledger.posting import Share
from grants.models.interest import Interest
from grants.models.resolution import Resolution, ResolutionState


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, through the eyes of one trustee."""

    def open_to(self, trustee_id: int) -> "PaperQuerySet":
        """Those this trustee may read: the present version, after declaring no conflict with this very version."""
        latest = Interest.objects.filter(
            resolution=OuterRef("resolution"), version=OuterRef("version"), trustee_id=trustee_id
        ).order_by("-pk")
        return (
            self.filter(version=F("resolution__version"))
            .exclude(resolution__state=ResolutionState.DRAFTING)
            .annotate(conflicted=Subquery(latest.values("conflicted")[:1]))
            .filter(conflicted=False)
        )


class Paper(models.Model):
    """The words of one version. To change a word is to write the next version, which voids the votes of this one."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="papers")
    version = models.PositiveIntegerField()
    text = models.TextField(help_text=_("What is asked, the options, and the reasons."))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["resolution", "version"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "version"], name="paper_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="paper_says_something"),
        ]

    def __str__(self) -> str:
        return gettext("%(reference)s, version %(version)s") % {
            "reference": self.resolution.reference,
            "version": self.version,
        }

    def asked_of_funds(self) -> Sequence[Share]:
        """The shares as the ledger knows them, in order of fund."""
        return [Share(share.fund, share.amount) for share in self.shares.select_related("fund")]

    @property
    def amount(self) -> Money:
        """What would be given, over all funds."""
        return Money(sum(share.pence for share in self.shares.all()))


class ResolutionShare(models.Model):
    """The part that one fund would bear."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="shares")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["fund"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "fund"], name="paper_names_a_fund_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="share_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return gettext("%(amount)s from %(fund)s") % {"amount": self.amount, "fund": self.fund}

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.pence)
