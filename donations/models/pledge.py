"""A pledge: what a donor asked to give, committed before Stripe is asked for anything."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Fund, Purpose
from donations.ledger.money import Money
from donations.models.appeal import Appeal, Every


class PledgeState(models.TextChoices):
    """The life of a pledge. It only moves forward; `given` wins however late the news arrives."""

    MADE = "made", _("made")  # The form was sent; Stripe has not answered yet.
    AT_CHECKOUT = "at_checkout", _("at the payment page")  # Stripe's page is open; a declined card leaves it here.
    PROCESSING = "processing", _("on its way")  # Paid by a slow method: not ours yet.
    GIVEN = "given", _("given")  # Stripe says the money is ours.
    LEFT = "left", _("not given")  # The payment page expired or the payment failed.


class Pledge(models.Model):
    """One intention to give, with our own reference, which is also the key of every call to Stripe about it."""

    reference = models.CharField(max_length=20, unique=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, help_text=_("One form sent twice is one pledge."))
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="pledges")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")  # as it was when the donor gave
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()  # all that is charged
    fee_cover_pence = models.PositiveIntegerField(default=0, help_text=_("Of it, what was added for the card fee."))
    every = models.CharField(max_length=5, choices=Every.choices, default=Every.ONCE)
    name = models.CharField(max_length=150)
    email = models.EmailField()
    telephone = models.CharField(max_length=20, blank=True)
    postal = models.CharField(_("postal address"), max_length=200, blank=True)
    gift_aid = models.CharField(
        max_length=3, blank=True, choices=[("yes", _("Yes")), ("no", _("No"))], help_text=_("Empty: nobody was asked.")
    )
    state = models.CharField(max_length=12, choices=PledgeState.choices, default=PledgeState.MADE)
    checkout_session = models.CharField(max_length=100, blank=True)
    checkout_url = models.URLField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # Whoever has just made it, or locked it, and found nothing held for it, nobody's name, or no word about letters,
    # need not ask again.
    is_known_unmatched = False
    is_known_nameless = False
    is_known_silent = False
    draft_is_this = False  # nor need it see to that again

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="pledge_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(fee_cover_pence__lt=F("pence")), name="pledge_is_more_than_its_fee_cover"
            ),
            models.UniqueConstraint(
                fields=["checkout_session"], condition=~Q(checkout_session=""), name="checkout_session_has_one_pledge"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        """What the donor asked to give, with what was added for the card fee."""
        return Money(self.pence)

    @property
    def fee_cover(self) -> Money:
        """What was added for the card fee."""
        return Money(self.fee_cover_pence)
