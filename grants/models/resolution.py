"""A resolution: the question that trustees vote on, in numbered versions of its paper."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from donations.ledger.money import Money
from grants.models.application import Application
from grants.models.board import Board


class ResolutionState(models.TextChoices):
    """The life of a resolution. While open it may be counted and wait: for funds, or for the chair's casting vote."""

    DRAFTING = "drafting", _("Being written")  # Staff write; no trustee sees it.
    OPEN = "open", _("Open")  # Trustees declare, read and vote.
    CARRIED = "carried", _("Carried")  # The money is reserved; there is an award.
    LOST = "lost", _("Not carried")
    DEFERRED = "deferred", _("Deferred")  # More was said against deciding now than against the grant.
    INQUORATE = "inquorate", _("Inquorate")  # Too few voted; the question may be put again.
    WITHDRAWN = "withdrawn", _("Withdrawn")  # Staff took it back.


OVER = [
    ResolutionState.CARRIED,
    ResolutionState.LOST,
    ResolutionState.DEFERRED,
    ResolutionState.INQUORATE,
    ResolutionState.WITHDRAWN,
]


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Resolutions, asked for in English."""

    def before_the_board(self) -> "ResolutionQuerySet":
        """Those that trustees know of: all but what is still being written."""
        return self.exclude(state=ResolutionState.DRAFTING).exclude(opened_at=None)

    def overdue(self, now: datetime) -> "ResolutionQuerySet":
        """Open ones whose deadline has passed and whose votes are not counted."""
        return self.filter(state=ResolutionState.OPEN, counted_at=None, deadline__lte=now)

    def waiting(self) -> "ResolutionQuerySet":
        """Open ones whose votes are counted, and which wait for something."""
        return self.filter(state=ResolutionState.OPEN).exclude(counted_at=None)


class Resolution(models.Model):
    """One question to the board. Version, deadline and quorum are law; the words are in its papers."""

    reference = models.CharField(max_length=20)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="resolutions")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="resolutions")
    version = models.PositiveIntegerField(default=1, help_text=_("The paper that is voted on."))
    deadline = models.DateTimeField(help_text=_("Voting ends here at the latest."))
    quorum = models.PositiveSmallIntegerField(null=True, editable=False)  # frozen at opening
    state = models.CharField(max_length=12, choices=ResolutionState.choices, default=ResolutionState.DRAFTING)
    waiting_for = models.TextField(blank=True, help_text=_("Why it is still open although the votes are counted."))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(db_default=Now(), editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)  # votes no longer change
    closed_at = models.DateTimeField(null=True)
    minute = models.TextField(blank=True)  # frozen at the close
    minute_digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the minute

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="resolution_reference_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="carried"), name="application_is_carried_once"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["drafting", "open"]),
                name="application_is_before_the_board_once",
            ),
            models.CheckConstraint(condition=Q(state__in=ResolutionState.values), name="resolution_state_is_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="resolution_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(state="drafting")
                | Q(state="withdrawn")
                | Q(quorum__gte=1, opened_by__isnull=False, opened_at__isnull=False),
                name="open_resolution_has_its_quorum",
            ),
            models.CheckConstraint(
                condition=Q(waiting_for="") | Q(state="open", counted_at__isnull=False),
                name="only_a_counted_resolution_waits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafting", "open"], closed_at__isnull=True)
                | Q(state="withdrawn", closed_at__isnull=False)
                | (Q(state__in=["carried", "lost", "deferred", "inquorate"], closed_at__isnull=False) & ~Q(minute="")),
                name="closed_resolution_has_its_minute",
            ),
        ]
        permissions = [
            ("open_resolution", "Can write, open and withdraw resolutions"),
            ("vote_resolution", "Can vote on resolutions"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.application.title}"

    @property
    def is_over(self) -> bool:
        """Whether it is closed, one way or another."""
        return self.state in OVER

    @property
    def is_waiting(self) -> bool:
        """Whether the votes are counted and something is still missing."""
        return self.state == ResolutionState.OPEN and self.counted_at is not None

    @property
    def takes_votes(self) -> bool:
        """Whether trustees may still vote, the deadline apart."""
        return self.state == ResolutionState.OPEN and self.counted_at is None

    @property
    def amount(self) -> Money:
        """What its present paper would give, over all funds."""
        paper = self.papers.get(version=self.version)
        return Money(sum(share.pence for share in paper.shares.all()))
