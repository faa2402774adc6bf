"""A dispute: a donor's bank asks for the money back. Money moves when Stripe moves it, not when a status changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Entry
from donations.ledger.money import Money
from donations.models.donation import Donation


class Dispute(models.Model):
    """One dispute. `status` is Stripe's word; a new one is kept as it comes."""

    dispute = models.CharField(_("Stripe’s number"), max_length=100, unique=True)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="disputes")
    status = models.CharField(max_length=40)
    reason = models.CharField(max_length=60, blank=True)
    pence = models.PositiveBigIntegerField()
    evidence_due = models.DateTimeField(null=True, blank=True, help_text=_("Until then evidence can be sent."))
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(help_text=_("When Stripe was last asked. An older answer changes nothing."))

    class Meta:
        ordering = ["-opened_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.dispute

    @property
    def amount(self) -> Money:
        """What is disputed."""
        return Money(self.pence)


class DisputeMovement(models.Model):
    """Money that a dispute took from us, or gave back: one line of Stripe's balance, one entry of ours."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="movements")
    line = models.CharField(_("Stripe’s number of the balance line"), max_length=100, unique=True)
    pence = models.BigIntegerField(help_text=_("What came back; below nil, what was taken. Without the fee."))
    fee_pence = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="dispute_movement")

    class Meta:
        ordering = ["moved_at", "pk"]
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(condition=~Q(pence=0), name="dispute_movement_is_not_nothing")]

    def __str__(self) -> str:
        return self.line

    @property
    def amount(self) -> Money:
        """What came back; below nil, what was taken."""
        return Money(self.pence)
