"""An instalment: one payment of an award, from the plan to the bank's confirmation, through three pairs of hands."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Fund
from donations.ledger.money import Money
from donations.ledger.posting import Share
from grants.models.award import Award


class InstalmentState(models.TextChoices):
    """The life of an instalment."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held back")  # Something is missing, a report perhaps; nobody can ask for it.
    DUE = "due", _("Payment requested")  # Somebody asked for the payment; two others are to authorise it.
    AUTHORISED_ONCE = "authorised_once", _("Authorised once")
    AUTHORISED_TWICE = "authorised_twice", _("Ready to pay")
    CONFIRMED = "confirmed", _("Paid")  # The bank says that it has left.
    CANCELLED = "cancelled", _("Cancelled")  # Its amount can be planned again.


NOBODY = Q(requested_by__isnull=True, first_authoriser__isnull=True, second_authoriser__isnull=True)
REQUESTED = Q(requested_by__isnull=False)
ONCE = REQUESTED & Q(first_authoriser__isnull=False)
TWICE = ONCE & Q(second_authoriser__isnull=False)
UNPAID = Q(confirmed_by__isnull=True, paid_on__isnull=True, bank_reference="")
PAID = Q(confirmed_by__isnull=False, paid_on__isnull=False) & ~Q(bank_reference="")


class Instalment(models.Model):
    """One payment, in the award's own proportions. Its amount never changes: cancel it and plan another."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    pence = models.PositiveBigIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=16, choices=InstalmentState.choices, default=InstalmentState.PLANNED)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    condition = models.TextField(blank=True, help_text=_("What must be shown first; empty where nothing must."))
    condition_evidence = models.TextField(blank=True)
    condition_met_on = models.DateField(null=True)
    condition_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    held_for = models.TextField(blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    first_authoriser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    second_authoriser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True)
    bank_reference = models.CharField(max_length=40, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)  # a payment that bounced is tried again

    class Meta:
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="instalment_number_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="instalment_is_more_than_nothing"),
            models.CheckConstraint(condition=Q(state__in=InstalmentState.values), name="instalment_state_is_known"),
            # NULL compares to nothing, so that each rule speaks once both people are named.
            models.CheckConstraint(
                condition=~Q(first_authoriser=F("requested_by")), name="requester_does_not_authorise"
            ),
            models.CheckConstraint(
                condition=~Q(second_authoriser=F("requested_by")), name="requester_does_not_authorise_second"
            ),
            models.CheckConstraint(condition=~Q(second_authoriser=F("first_authoriser")), name="two_people_authorise"),
            models.CheckConstraint(
                condition=(Q(state__in=["planned", "held"]) & NOBODY & UNPAID)
                | (Q(state="due", first_authoriser__isnull=True, second_authoriser__isnull=True) & REQUESTED & UNPAID)
                | (Q(state="authorised_once", second_authoriser__isnull=True) & ONCE & UNPAID)
                | (Q(state="authorised_twice") & TWICE & UNPAID)
                | (Q(state="confirmed") & TWICE & PAID)
                | (Q(state="cancelled") & UNPAID),
                name="instalment_state_names_its_people",
            ),
            models.CheckConstraint(
                condition=Q(condition_met_on__isnull=True, condition_accepted_by__isnull=True)
                | (
                    Q(condition_met_on__isnull=False, condition_accepted_by__isnull=False)
                    & ~Q(condition="")
                    & ~Q(condition_evidence="")
                ),
                name="condition_is_met_with_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(condition_accepted_by=F("planned_by")), name="condition_is_accepted_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="held") & ~Q(held_for="") | ~Q(state="held") & Q(held_for=""),
                name="held_instalment_says_why",
            ),
        ]
        permissions = [
            ("request_instalment", "Can plan instalments and request payments"),
            ("authorise_instalment", "Can authorise payments that somebody else requested"),
            ("confirm_payment", "Can confirm payments that the bank has made"),
        ]

    def __str__(self) -> str:
        return gettext("%(reference)s, instalment %(number)s") % {
            "reference": self.award.reference,
            "number": self.number,
        }

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.pence)

    @property
    def waits_for_a_condition(self) -> bool:
        """Whether its condition is still live."""
        return bool(self.condition) and self.condition_met_on is None

    def borne_by(self) -> Sequence[Share]:
        """The shares as the ledger knows them, in order of fund."""
        return [Share(share.fund, share.amount) for share in self.shares.select_related("fund")]


class InstalmentShare(models.Model):
    """The part that one fund pays of an instalment."""

    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="shares")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["fund"]
        constraints = [
            models.UniqueConstraint(fields=["instalment", "fund"], name="instalment_names_a_fund_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="instalment_share_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return gettext("%(amount)s from %(fund)s") % {"amount": self.amount, "fund": self.fund}

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.pence)
