"""The outbox: a letter is a row, written in the transaction that causes it and sent after the commit, once."""

from django.db import models

from donations.models.donation import Donation


class Letter(models.Model):
    """One letter about one donation. The database allows a kind of letter once per donation."""

    class Kind(models.TextChoices):
        """Which letter."""

        RECEIPT = "receipt", "Receipt"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="letters")
    to = models.EmailField()
    written_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When a worker began to send it.")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "donation"], name="letter_is_written_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.donation}"
