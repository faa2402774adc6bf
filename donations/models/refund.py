"""A refund: money given back, asked for here or in Stripe's dashboard."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Entry
from donations.ledger.money import Money
from donations.models.donation import Donation


class RefundState(models.TextChoices):
    """The life of a refund. It only moves down this list, but for a refund that fails after it was made."""

    ASKED = "asked", _("waiting for a second person")  # Above the limit two people are needed.
    REFUSED = "refused", _("not approved")  # The second person said no.
    APPROVED = "approved", _("to be sent")  # Stripe has not answered yet.
    PENDING = "pending", _("on its way")  # Stripe has taken the money from our balance: it is in the books.
    SUCCEEDED = "succeeded", _("refunded")
    FAILED = "failed", _("failed")  # The donor's bank sent it back: its entry is reversed.


class Refund(models.Model):
    """One refund of one donation. A donation may have several; each posts its own amount."""

    reference = models.CharField(max_length=20, unique=True, help_text=_("The key under which Stripe is asked."))
    refund = models.CharField(_("Stripe’s number"), max_length=100, unique=True, null=True, blank=True)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="refunds")
    pence = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=RefundState.choices)
    needs_two = models.BooleanField(default=False, help_text=_("Above the limit: somebody else must approve it."))
    because = models.CharField(max_length=300, blank=True)
    failure = models.CharField(max_length=100, blank=True, help_text=_("Stripe’s word for why it failed."))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Nobody where it was made in Stripe’s dashboard."),
    )  # fmt: skip
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="refund")
    turned = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="failed_refund",
        help_text=_("The reversal, where the refund failed."),
    )  # fmt: skip

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("ask_refund", "Can ask for a refund"),
            ("approve_refund", "Can approve a refund that somebody else asked for"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="refund_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="refund_is_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(needs_two=False) | Q(state__in=["asked", "refused"]) | Q(decided_by__isnull=False),
                name="large_refund_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "succeeded"]) | Q(entry__isnull=False, refund__isnull=False),
                name="refund_made_is_in_the_books",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        """What goes back."""
        return Money(self.pence)
