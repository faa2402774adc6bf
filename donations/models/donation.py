"""A donation: money that has arrived, and the one ledger entry that remembers it."""

from datetime import date

from django.db import models
from django.db.models import Q

from donations.ledger.models import Entry, Fund, Purpose
from donations.ledger.money import Money
from donations.models.appeal import Appeal
from donations.models.donor import Donor
from donations.models.payment import Payment
from donations.models.pledge import Pledge
from donations.models.regular_gift import RegularGift


class Method(models.TextChoices):
    """How the money came."""

    CARD = "card", "Card"
    BACS = "bacs", "Direct Debit"
    CHEQUE = "cheque", "Cheque"
    CASH = "cash", "Cash or collection"
    TRANSFER = "transfer", "Bank transfer"
    LEGACY = "legacy", "Legacy"
    GIFT_AID = "gift_aid", "Gift Aid"
    OTHER = "other", "Other"


class DonationQuerySet(models.QuerySet["Donation"]):
    """Donations, asked for in English. None of these sums: totals come from the ledger."""

    def for_appeal(self, appeal: Appeal) -> "DonationQuerySet":
        """Those given to one appeal."""
        return self.filter(appeal=appeal)

    def received_between(self, first: date, last: date) -> "DonationQuerySet":
        """Those received from `first` to `last`, both included."""
        return self.filter(received_on__range=(first, last))


class Donation(models.Model):
    """Money received. Never edited: what is wrong is put right by a new row and a new entry."""

    reference = models.CharField(max_length=20, unique=True)
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, null=True, blank=True, related_name="donations")
    donor_name = models.CharField("donor's name as given", max_length=150, blank=True)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="donations")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="donations")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices)
    received_on = models.DateField()
    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="donation")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="donation")
    regular_gift = models.ForeignKey(
        RegularGift, on_delete=models.PROTECT, null=True, blank=True, related_name="donations"
    )
    source = models.CharField(max_length=40, blank=True, help_text="Where an imported gift comes from.")
    external_id = models.CharField(max_length=100, blank=True, help_text="Its number there.")
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
