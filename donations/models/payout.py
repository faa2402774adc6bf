"""A payout: what Stripe sends to the bank, and the lines of Stripe's balance that explain it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Entry
from donations.ledger.money import Money


class PayoutState(models.TextChoices):
    """How far a payout has come. `paid` may still become `failed`, weeks later."""

    PENDING = "pending", _("being prepared")
    IN_TRANSIT = "in_transit", _("on its way")
    PAID = "paid", _("in the bank")  # In the books from here on.
    FAILED = "failed", _("sent back by the bank")  # Its entry is reversed; Stripe tries again with another payout.
    CANCELED = "canceled", _("cancelled")


class Payout(models.Model):
    """One payout. It is explained when its lines, without its own, add up to it."""

    payout = models.CharField(_("Stripe’s number"), max_length=100, unique=True)
    pence = models.BigIntegerField(help_text=_("Below nil where Stripe takes money from the bank."))
    state = models.CharField(max_length=12, choices=PayoutState.choices)
    automatic = models.BooleanField(help_text=_("Only then does Stripe say which lines it is made of."))
    arrives_on = models.DateField()
    trace = models.CharField(max_length=100, blank=True, help_text=_("The bank’s reference, to find the bank line."))
    failure = models.CharField(max_length=100, blank=True)
    created = models.DateTimeField()
    checked_at = models.DateTimeField(help_text=_("When Stripe was last asked. An older answer changes nothing."))
    explained_at = models.DateTimeField(null=True, blank=True)
    unexplained_pence = models.BigIntegerField(null=True, blank=True, help_text=_("What its lines do not add up to."))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="payout")
    turned = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="failed_payout",
        help_text=_("The reversal, where the payout failed."),
    )  # fmt: skip

    class Meta:
        ordering = ["-created", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.payout

    @property
    def amount(self) -> Money:
        """What went to the bank."""
        return Money(self.pence)


class BalanceLine(models.Model):
    """One line of Stripe's balance, as Stripe has it. By its source it reaches a gift, or stands alone."""

    line = models.CharField(_("Stripe’s number"), max_length=100, unique=True)
    category = models.CharField(max_length=60, help_text=_("Stripe’s reporting category: charge, refund, dispute …"))
    pence = models.BigIntegerField()
    fee_pence = models.BigIntegerField()
    net_pence = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=100, blank=True)
    created = models.DateTimeField()
    ours = models.BooleanField(null=True, help_text=_("Unknown until its source was looked for."))
    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")

    class Meta:
        ordering = ["-created", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(net_pence=models.F("pence") - models.F("fee_pence")), name="balance_line_adds_up"
            )
        ]
        indexes = [models.Index(fields=["source"], name="balance_line_source")]

    def __str__(self) -> str:
        return self.line

    @property
    def net(self) -> Money:
        """What it did to Stripe's balance."""
        return Money(self.net_pence)
