"""An appeal: the facts of what is asked for. The story is told by content's AppealPage, which points here."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Fund, Purpose
from donations.ledger.money import Money


class Every(models.TextChoices):
    """How often a gift is given."""

    ONCE = "once", _("once")
    MONTH = "month", _("every month")
    YEAR = "year", _("every year")


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Appeals, asked for in English."""

    def open_on(self, day: date) -> "AppealQuerySet":
        """Appeals that take gifts on `day`."""
        return self.filter(opens_on__lte=day).filter(Q(closes_on__isnull=True) | Q(closes_on__gte=day))


class Appeal(models.Model):
    """One thing that people are asked to give to, and the fund that their gifts go into."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True, help_text=_("The address of the form: /donate/<this>/"))
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="appeals")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    target_pence = models.BigIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    minimum_pence = models.PositiveIntegerField(
        default=200, help_text=_("In pence. Smaller gifts cost more than they bring.")
    )
    maximum_pence = models.PositiveIntegerField(
        default=2_500_000, help_text=_("In pence. Larger gifts deserve a conversation.")
    )
    fees_from = models.ForeignKey(
        Fund,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("card fees come from"),
        help_text=_("Empty means the general fund, so that every penny of a gift reaches its fund."),
    )
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    secondary_purpose = models.TextField(
        blank=True,
        help_text=_("What happens to the money if too much or too little is given. Restricted appeals must say."),
    )
    afterwards = models.TextField(
        _("after it closes"), blank=True, help_text=_("Said on the form when the appeal takes no more gifts.")
    )
    thanks = models.TextField(
        _("words of thanks"), blank=True, help_text=_("Said on the page after a gift, and in the receipt.")
    )
    gift_aid = models.BooleanField(_("ask for Gift Aid"), default=True)
    fee_cover = models.BooleanField(
        _("offer to cover the card fee"), default=False, help_text=_("A box that is never ticked beforehand.")
    )
    tributes = models.BooleanField(_("offer gifts in memory and in honour"), default=True)
    by_card = models.BooleanField(_("take cards and wallets"), default=True)
    by_debit = models.BooleanField(_("take Direct Debits"), default=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_pence__isnull=True) | Q(target_pence__gt=0),
                name="appeal_target_is_more_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(minimum_pence__gt=0, maximum_pence__gte=F("minimum_pence")),
                name="appeal_minimum_is_below_maximum",
            ),
            models.CheckConstraint(condition=Q(by_card=True) | Q(by_debit=True), name="appeal_can_be_paid_somehow"),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="appeal_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A restricted appeal says what happens to a surplus or shortfall (Fundraising Code, 1 November 2025)."""
        if self.fund_id and self.fund.is_restricted and not self.secondary_purpose.strip():
            raise ValidationError(
                {"secondary_purpose": gettext("Say what happens if too much or too little is given.")}
            )

    @property
    def minimum(self) -> Money:
        """The smallest gift taken online."""
        return Money(self.minimum_pence)

    @property
    def maximum(self) -> Money:
        """The largest gift taken online."""
        return Money(self.maximum_pence)

    @property
    def target(self) -> Money | None:
        """What is hoped for, if a figure is set."""
        return Money(self.target_pence) if self.target_pence else None

    @property
    def takes_gifts(self) -> bool:
        """Whether gifts are taken today."""
        return self.is_open(timezone.localdate())

    def is_open(self, on: date) -> bool:
        """Whether gifts are taken on that day."""
        return self.opens_on <= on and (self.closes_on is None or on <= self.closes_on)

    @cached_property
    def amounts(self) -> list["SuggestedAmount"]:
        """All suggested amounts, smallest first."""
        return sorted(self.suggested_amounts.all(), key=lambda each: each.pence)

    def amounts_for(self, every: str) -> list["SuggestedAmount"]:
        """Those for so frequent a gift: its own, or where it has none those for any."""
        own = [each for each in self.amounts if each.every == every]
        return own or [each for each in self.amounts if not each.every]


class SuggestedAmount(models.Model):
    """An amount offered on the form, with what it pays for."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="suggested_amounts")
    every = models.CharField(
        _("how often"), max_length=5, choices=Every.choices, blank=True, help_text=_("Empty: however often is given.")
    )
    pence = models.PositiveIntegerField(validators=[MinValueValidator(100)])
    pays_for = models.CharField(max_length=120, blank=True, help_text=_("“pays for an hour of a specialist nurse”"))
    approved = models.BooleanField(_("approved by Finance"), default=False)

    class Meta:
        ordering = ["every", "pence"]
        permissions = [("approve_suggestedamount", "Can approve the words of a suggested amount")]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "every", "pence"], name="amount_is_suggested_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="suggested_amount_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return str(self.money)

    @property
    def money(self) -> Money:
        """The amount."""
        return Money(self.pence)

    @property
    def approved_words(self) -> str:
        """What it pays for, if Finance has approved the words."""
        return self.pays_for if self.approved else ""
