"""A regular gift: a donor's monthly or yearly promise, kept at Stripe as a subscription."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Fund, Purpose
from donations.ledger.money import Money
from donations.models.appeal import Appeal
from donations.models.donor import Donor
from donations.models.pledge import Every, Pledge


class RegularState(models.TextChoices):
    """The life of a regular gift. Failing is not ended: the donor may mend it."""

    STARTING = "starting", _("starting")  # Set up; the first payment is not ours yet.
    ACTIVE = "active", _("active")  # Payments come.
    FAILING = "failing", _("a payment failed")  # Stripe tries again; the donor was told how to change the card.
    PAUSED = "paused", _("paused")  # At the donor's wish, until a day.
    ENDED = "ended", _("ended")  # Cancelled, or given up after the last try. A new one may be started.


class Ender(models.TextChoices):
    """Who did something to a regular gift."""

    DONOR = "donor", _("the donor")
    STAFF = "staff", _("the charity")
    STRIPE = "stripe", _("Stripe")


class RegularGiftQuerySet(models.QuerySet["RegularGift"]):
    """Regular gifts, asked for in English."""

    def living(self) -> "RegularGiftQuerySet":
        """Those that have not ended."""
        return self.exclude(state=RegularState.ENDED)


class RegularGift(models.Model):
    """One promise to give again and again. Each payment makes its own donation."""

    reference = models.CharField(max_length=20, unique=True)
    subscription = models.CharField(_("Stripe’s number"), max_length=100, unique=True)
    item = models.CharField(
        max_length=100, blank=True, help_text=_("Stripe’s number of what is paid for, to change it.")
    )
    customer = models.CharField(max_length=100, blank=True)
    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, related_name="regular_gift")
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="regular_gifts")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="regular_gifts")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")  # as it was when the donor began
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()
    fee_cover_pence = models.PositiveIntegerField(default=0, help_text=_("Of it, what was added for the card fee."))
    every = models.CharField(max_length=5, choices=[(Every.MONTH, _("monthly")), (Every.YEAR, _("yearly"))])
    state = models.CharField(max_length=10, choices=RegularState.choices, default=RegularState.STARTING)
    method = models.CharField(max_length=30, blank=True)
    began_on = models.DateField()
    next_on = models.DateField(null=True, blank=True, help_text=_("When the next payment is due."))
    failures = models.PositiveIntegerField(default=0, help_text=_("How often the payment now due has failed."))
    next_try_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    card_expires_on = models.DateField(null=True, blank=True, help_text=_("The last day of the card’s last month."))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=6, choices=Ender.choices, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(help_text=_("When Stripe was last asked. An older answer changes nothing."))

    objects = RegularGiftQuerySet.as_manager()

    class Meta:
        ordering = ["-began_on", "-pk"]
        default_permissions = ("view",)
        permissions = [("change_regulargift_for_donor", "Can change, pause or end a regular gift for its donor")]
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="regular_gift_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(ended_by="")
                | ~Q(state="ended") & Q(ended_at__isnull=True, ended_by=""),
                name="ended_regular_gift_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="paused") | Q(paused_until__isnull=False), name="paused_regular_gift_says_until_when"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        """What is given each time."""
        return Money(self.pence)


class Change(models.TextChoices):
    """What can be changed about a regular gift."""

    AMOUNT = "amount", _("amount changed")
    DATE = "date", _("day changed")
    CARD = "card", _("card or account changed")
    PAUSE = "pause", _("paused")
    SKIP = "skip", _("one payment skipped")
    RESUME = "resume", _("resumed")
    CANCEL = "cancel", _("ended")


class RegularGiftChange(models.Model):
    """One change that was asked for. It is saved before Stripe is asked, and its reference is the key."""

    reference = models.CharField(max_length=20, unique=True)
    regular_gift = models.ForeignKey(RegularGift, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=6, choices=Change.choices)
    wanted = models.JSONField(
        default=dict, help_text=_("Pence, a day, a number of months; a reason where one was given.")
    )
    before = models.CharField(max_length=100, blank=True)
    after = models.CharField(max_length=100, blank=True)
    because = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=6, choices=Ender.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by="staff") | Q(by__isnull=False), name="change_by_staff_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("asked_at")),
                name="change_is_done_after_it_is_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.asked_at:%-d %B %Y}"
