"""A donation: money that has arrived, and the one ledger entry that remembers it."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Entry, Fund, Purpose
from donations.ledger.money import NOTHING, Money
from donations.models.appeal import Appeal
from donations.models.declaration import Declaration
from donations.models.donor import Donor
from donations.models.payment import Payment
from donations.models.pledge import Pledge
from donations.models.regular_gift import RegularGift


class Method(models.TextChoices):
    """How the money came."""

    CARD = "card", _("Card")
    BACS = "bacs", _("Direct Debit")
    CHEQUE = "cheque", _("Cheque")
    CASH = "cash", _("Cash or collection")
    TRANSFER = "transfer", _("Bank transfer")
    LEGACY = "legacy", _("Legacy")
    GIFT_AID = "gift_aid", _("Gift Aid")
    OTHER = "other", _("Other")


class Status(models.TextChoices):
    """How a donation stands today. No column holds it: it follows from its refunds and disputes, first match first."""

    DISPUTED = "disputed", _("disputed")  # The donor's bank has taken it back, and nothing is decided.
    LOST = "lost", _("lost in a dispute")  # Taken back for good.
    REFUNDED = "refunded", _("refunded")  # All of it has left our balance.
    PART_REFUNDED = "part_refunded", _("part refunded")
    RECEIVED = "received", _("received")


class DonationQuerySet(models.QuerySet["Donation"]):
    """Donations, asked for in English. None of these adds gifts up: totals come from the ledger."""

    def for_appeal(self, appeal: Appeal) -> "DonationQuerySet":
        """Those given to one appeal."""
        return self.filter(appeal=appeal)

    def received_between(self, first: date, last: date) -> "DonationQuerySet":
        """Those received from `first` to `last`, both included."""
        return self.filter(received_on__range=(first, last))

    def with_status(self) -> "DonationQuerySet":
        """Each with its `status`, what was refunded of it, what disputes took or gave back, and what is left: its net.

        A refund counts from when its entry is in the books until that entry is reversed, a dispute by the money that
        has moved. So status and net say the same as the books.
        """
        made = Q(refunds__entry__isnull=False, refunds__turned__isnull=True)
        taken = Q(disputed_pence__lt=0)
        undecided = self.model.objects.filter(pk=OuterRef("pk"), disputes__closed_at__isnull=True)
        return self.annotate(
            refunded_pence=_sum_of("refunds__pence", made),
            disputed_pence=_sum_of("disputes__movements__pence"),
        ).annotate(
            net_pence=F("pence") - F("refunded_pence") + F("disputed_pence"),
            status=Case(
                When(taken & Exists(undecided.filter(disputes__movements__isnull=False)), then=Value(Status.DISPUTED)),
                When(taken, then=Value(Status.LOST)),
                When(refunded_pence__gte=F("pence"), then=Value(Status.REFUNDED)),
                When(refunded_pence__gt=0, then=Value(Status.PART_REFUNDED)),
                default=Value(Status.RECEIVED),
            ),
        )


def _sum_of(what: str, counted: Q | None = None) -> Coalesce:
    """The pence of one donation's refunds or movements; a query within the query, so that neither multiplies."""
    own = Donation.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    return Coalesce(Subquery(own.annotate(together=Sum(what, filter=counted)).values("together")), 0)


@dataclass(frozen=True)
class WentBack:
    """What of a gift was given back to its donor, refund by refund with its day, or taken back by their bank."""

    refunds: tuple[tuple[date, Money], ...]
    taken: Money
    is_whole: bool

    @property
    def total(self) -> Money:
        """All of it."""
        return sum((amount for _, amount in self.refunds), self.taken)


class Donation(models.Model):
    """Money received. Never edited: what is wrong is put right by a new row and a new entry."""

    reference = models.CharField(max_length=20, unique=True)
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, null=True, blank=True, related_name="donations")
    donor_name = models.CharField(_("donor's name as given"), max_length=150, blank=True)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="donations")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="donations")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()
    fee_cover_pence = models.PositiveIntegerField(default=0, help_text=_("Of it, what was added for the card fee."))
    method = models.CharField(max_length=10, choices=Method.choices)
    received_on = models.DateField()
    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="donation")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="donation")
    regular_gift = models.ForeignKey(
        RegularGift, on_delete=models.PROTECT, null=True, blank=True, related_name="donations"
    )
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, null=True, blank=True, related_name="donations"
    )
    source = models.CharField(max_length=40, blank=True, help_text=_("Where an imported gift comes from."))
    external_id = models.CharField(max_length=100, blank=True, help_text=_("Its number there."))
    note = models.CharField(max_length=200, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="donation")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DonationQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="donation_is_more_than_nothing"),
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="gift_is_imported_once"
            ),
        ]
        permissions = [
            ("record_gift", "Can record a gift that came by cheque, cash or transfer"),
            ("import_donation", "Can import past gifts"),
            ("export_donation", "Can export donations"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        """What was given."""
        return Money(self.pence)

    @property
    def fee_cover(self) -> Money:
        """What of it was added for the card fee."""
        return Money(self.fee_cover_pence)

    @property
    def gift(self) -> Money:
        """What of it is the gift itself."""
        return Money(self.pence - self.fee_cover_pence)

    @property
    def gift_aid(self) -> Money | None:
        """What Gift Aid adds to the gift itself; None where none is declared for it."""
        declared = self.declaration
        if declared is None or declared.void:
            return None
        if declared.cancelled_on is not None and declared.cancelled_on <= self.received_on:
            return None
        # Whether what covers a fee is a gift HMRC does not say, so it is left out: see gift-aid, “fee_cover_in_gift”.
        return Money(self.gift.pence * 25 // 100)

    @cached_property
    def went_back(self) -> WentBack:
        """What of it has gone back by now, counted as `with_status` counts; two short questions, for every receipt."""
        if self.pk is None:  # an example, of which no row stands anywhere
            return WentBack((), NOTHING, is_whole=False)
        made = self.refunds.filter(entry__isnull=False, turned__isnull=True).order_by("pk")
        refunds = tuple((day, Money(pence)) for day, pence in made.values_list("entry__effective", "pence"))
        refunded = sum(amount.pence for _, amount in refunds)
        disputed = self.disputes.aggregate(moved=Sum("movements__pence"))["moved"] or 0
        return WentBack(refunds, Money(max(-disputed, 0)), is_whole=refunded - disputed >= self.pence)
