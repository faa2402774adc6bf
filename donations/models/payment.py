"""A payment: one PaymentIntent of Stripe's, and how far it has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.ledger.money import Money
from donations.models.pledge import Pledge
from donations.models.regular_gift import RegularGift


class PaymentState(models.TextChoices):
    """The life of a payment. It only moves down this list; the database refuses every step back."""

    CREATED = "created", _("begun")  # Asked for. A declined card leaves it here: the donor may try another.
    REQUIRES_ACTION = "requires_action", _("waiting for the donor’s bank")  # The bank asks the donor to confirm.
    PROCESSING = "processing", _("on its way")  # Direct Debit: some four working days, seven with a new mandate.
    FAILED = "failed", _("failed")  # The debit failed.
    CANCELLED = "cancelled", _("cancelled")  # The payment page closed, or the donor left.
    SUCCEEDED = "succeeded", _("received")  # The money is ours. Final, however late the news.


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments, asked for in English."""

    def succeeded(self) -> "PaymentQuerySet":
        """Those whose money is ours."""
        return self.filter(state=PaymentState.SUCCEEDED)

    def ours(self) -> "PaymentQuerySet":
        """Those that began here. An account shared with another system has others, which we only keep."""
        return self.filter(ours=True)


class Payment(models.Model):
    """One PaymentIntent. What Stripe has collected is recorded, whatever else is wrong with it."""

    payment_intent = models.CharField(_("Stripe’s number"), max_length=100, unique=True)
    ours = models.BooleanField(default=True, help_text=_("Whether it began here: through a pledge or a regular gift."))
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    regular_gift = models.ForeignKey(
        RegularGift, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    invoice = models.CharField(max_length=100, blank=True, help_text=_("Stripe’s number of the renewal it pays."))
    state = models.CharField(max_length=16, choices=PaymentState.choices, default=PaymentState.CREATED)
    pence = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3, default="gbp")
    method = models.CharField(max_length=30, blank=True, help_text=_("Stripe’s word: card, bacs_debit, link …"))
    charge = models.CharField(max_length=100, blank=True)
    fee_pence = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("Nothing until Stripe knows it."))
    created_at = models.DateTimeField(auto_now_add=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True, help_text=_("When Stripe last told of a failure."))

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=~Q(payment_intent=""), name="payment_has_its_number"),
            models.CheckConstraint(
                condition=~Q(state="succeeded") | Q(succeeded_at__isnull=False), name="payment_says_when_it_succeeded"
            ),
        ]
        indexes = [
            models.Index(fields=["charge"], name="payment_charge", condition=~Q(charge="")),
            models.Index(fields=["invoice"], name="payment_invoice", condition=~Q(invoice="")),
        ]

    def __str__(self) -> str:
        return self.payment_intent

    @property
    def amount(self) -> Money:
        """What was asked or, once it succeeded, received."""
        return Money(self.pence)
