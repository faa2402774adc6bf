"""The outbox: a letter is a row, written in the transaction that causes it and sent after the commit, once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.models.declaration import Declaration
from donations.models.donation import Donation
from donations.models.donor import Donor
from donations.models.payment import Payment
from donations.models.regular_gift import RegularGift


class Letter(models.Model):
    """One letter. `about` says in a few words what causes it, and the database allows each cause one letter."""

    class Kind(models.TextChoices):
        """Which letter."""

        RECEIPT = "receipt", _("Receipt")  # Money has come: one a donation, and the only thanks.
        PENDING = "pending", _("Your gift is on its way")  # A Direct Debit was set up; not a receipt.
        FAILED = "failed", _("A payment did not go through")  # Kindly, with a way to change the card.
        CARD_EXPIRING = "card_expiring", _("Your card is about to expire")
        CARD_ASKED = "card_asked", _("How to choose another card or account")  # Sent when the office is asked for it.
        MANDATE_ENDED = "mandate_ended", _("Your Direct Debit has stopped")
        CHANGED = "changed", _("Your regular gift has changed")
        PAUSED = "paused", _("Your regular gift is paused")
        ENDED = "ended", _("Your regular gift has ended")
        REFUNDED = "refunded", _("Your gift was refunded")
        RECEIPT_COPY = "receipt_copy", _("Copy of a receipt")  # Sent by hand, and marked as a copy.
        TRIBUTE = "tribute", _("A gift in memory or in honour")  # To whom the donor named, who is never marketed to.
        STATEMENT = "statement", _("Statement of a tax year")
        DECLARATION_RECORD = "declaration_record", _("Record of a spoken Gift Aid declaration")  # HMRC, RE1841
        SIGN_IN = "sign_in", _("Your link to your giving page")  # Its link is made as it is sent, and lies nowhere.
        CONFIRM_ADDRESS = "confirm_address", _("Confirm your new email address")  # To the new one, as yet unproved.
        ADDRESS_CHANGED = "address_changed", _("Your email address was changed")  # To the old one.

    kind = models.CharField(max_length=20, choices=Kind.choices)
    about = models.CharField(max_length=140, unique=True, help_text=_("“receipt:G-10442”: one cause, one letter."))
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    regular_gift = models.ForeignKey(
        RegularGift, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    facts = models.JSONField(default=dict, help_text=_("What the letter says and no row remembers: a sum, a day."))
    words = models.JSONField(
        null=True, blank=True, help_text=_("The words that it was sent in, before they were filled in.")
    )
    to = models.EmailField()
    written_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text=_("When a worker began to send it."))
    attempts = models.PositiveSmallIntegerField(default=0, help_text=_("How often a worker began to send it."))
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("resend_receipt", "Can send a receipt again"),
            ("write_statements", "Can write the statements of a tax year"),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(sent_at__isnull=True, claimed_at__isnull=True, attempts=0),
                name="letter_that_waits",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(donation__isnull=False)
                | Q(payment__isnull=False)
                | Q(regular_gift__isnull=False)
                | Q(donor__isnull=False)
                | Q(declaration__isnull=False),
                name="letter_is_about_something",
            ),
            models.UniqueConstraint(fields=["donation"], condition=Q(kind="receipt"), name="receipt_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"
