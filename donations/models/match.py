"""A champion’s promise to double gifts until it is used up. What is promised to one gift is promised to no other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger.money import Money
from donations.models.appeal import Appeal
from donations.models.pledge import Pledge


class Match(models.Model):
    """So much money that doubles gifts to one appeal, pound for pound."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="matches")
    champion = models.CharField(_("who doubles"), max_length=120, help_text=_("As donors read it: “a local family”."))
    pence = models.PositiveBigIntegerField(_("in all"))
    available_pence = models.PositiveBigIntegerField(_("not promised yet"))
    promised_pence = models.PositiveBigIntegerField(
        _("promised to gifts"),
        default=0,
        db_default=0,
        editable=False,
        help_text=_("Kept by the database from the gifts."),
    )
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["opens_on", "pk"]
        verbose_name_plural = _("matches")
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="match_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(available_pence__gte=0) & Q(available_pence__lte=F("pence")),
                name="match_is_never_promised_twice",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="match_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(champion)s, %(pence)s for %(appeal)s") % {
            "champion": self.champion,
            "pence": Money(self.pence),
            "appeal": self.appeal,
        }

    @property
    def available(self) -> Money:
        """What is not promised to any gift yet."""
        return Money(self.available_pence)

    @property
    def promised(self) -> Money:
        """What is promised: held for gifts that are being paid, or used by gifts that have arrived."""
        return Money(self.promised_pence)

    @property
    def amount(self) -> Money:
        """All that the champion gives."""
        return Money(self.pence)


class MatchState(models.TextChoices):
    """The life of what was promised to one gift."""

    HELD = "held", _("held for a gift")  # The donor is paying.
    USED = "used", _("used")  # The gift has arrived: the champion owes this.
    RELEASED = "released", _("given back")  # The donor left, the payment failed, or the gift went back.


class MatchedGift(models.Model):
    """What one pledge was promised from a match."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="gifts")
    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, related_name="matched")
    pence = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=MatchState.choices, default=MatchState.HELD)
    held_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="matched_gift_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(state="held", settled_at__isnull=True) | ~Q(state="held") & Q(settled_at__isnull=False),
                name="matched_gift_says_when_it_was_settled",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(pence)s for %(pledge)s: %(state)s") % {
            "pence": Money(self.pence),
            "pledge": self.pledge,
            "state": self.get_state_display(),
        }

    @property
    def amount(self) -> Money:
        """By how much the gift is doubled."""
        return Money(self.pence)
