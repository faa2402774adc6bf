"""An award: what a carried resolution gives. How it stands in money is asked of the ledger, by its reference."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Fund, Purpose
from donations.ledger.money import Money
from donations.ledger.posting import Share
from grants.models.programme import Programme
from grants.models.resolution import Resolution


class AwardState(models.TextChoices):
    """The life of an award."""

    RESOLVED = "resolved", _("Resolved")  # Trustees decided; the money is reserved.
    OFFERED = "offered", _("Offered")  # The grantee has been told; what has no live condition is owed.
    ACCEPTED = "accepted", _("Accepted")  # The grantee agreed to the terms.
    ACTIVE = "active", _("Active")  # Something has been paid.
    CLOSED = "closed", _("Closed")  # Nothing is reserved and nothing owed.
    LAPSED = "lapsed", _("Lapsed")  # Not taken up; the money is free again.


class Award(models.Model):
    """A promise to one organisation. Amount, shares, purpose and date stand as they were resolved."""

    reference = models.CharField(max_length=20, help_text=_("As in “A-2026-014”; the ledger knows the award by it."))
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="award")
    source = models.CharField(
        max_length=100,
        blank=True,
        help_text=_("Where an award from before these books is recorded: a minute, a letter."),
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="awards")
    title = models.CharField(max_length=150)
    organisation = models.CharField(max_length=150)
    organisation_number = models.CharField(_("register number"), max_length=40, blank=True)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="awards")
    pence = models.PositiveBigIntegerField()
    decided_on = models.DateField()
    state = models.CharField(max_length=10, choices=AwardState.choices, default=AwardState.RESOLVED)
    offered_on = models.DateField(null=True)
    offer_expires_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    accepted_for_by = models.CharField(
        _("accepted by"), max_length=150, blank=True, help_text=_("Who accepted for the grantee, and in what office.")
    )

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="award_reference_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="award_is_more_than_nothing"),
            models.CheckConstraint(condition=Q(state__in=AwardState.values), name="award_state_is_known"),
            models.CheckConstraint(
                condition=Q(resolution__isnull=False, source="") | (Q(resolution__isnull=True) & ~Q(source="")),
                name="award_comes_from_a_resolution",
            ),
            models.CheckConstraint(
                condition=Q(offer_expires_on__isnull=True) | Q(offer_expires_on__gte=models.F("offered_on")),
                name="offer_expires_after_it_is_made",
            ),
        ]
        permissions = [("make_award", "Can offer, accept and close awards")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def amount(self) -> Money:
        """What was resolved. What of it stands today is asked of the ledger."""
        return Money(self.pence)

    def borne_by(self) -> Sequence[Share]:
        """The shares as the ledger knows them, in order of fund."""
        return [Share(share.fund, share.amount) for share in self.shares.select_related("fund")]


class AwardShare(models.Model):
    """The part that one fund bears; fixed by the resolution."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="shares")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["fund"]
        constraints = [
            models.UniqueConstraint(fields=["award", "fund"], name="award_names_a_fund_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="award_share_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return gettext("%(amount)s from %(fund)s") % {"amount": self.amount, "fund": self.fund}

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.pence)
