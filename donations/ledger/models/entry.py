"""Entries and lines: one dated event in the books, and the amounts it moves."""

from django.conf import settings
from django.db import models

from donations.ledger.models.account import Account, Kind
from donations.ledger.models.fund import Fund, Purpose


class Entry(models.Model):
    """One dated event. It names no person but the one who posted it, for an entry cannot be erased."""

    effective = models.DateField()
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, db_column="kind", related_name="+")
    narrative = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    authority = models.TextField(
        blank=True, default="", help_text="Minute, order or deed that lets restricted money move."
    )
    source_key = models.CharField(max_length=200)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")
    posted_at = models.DateTimeField(auto_now_add=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.source_key


class Line(models.Model):
    """An amount on one account, in one fund, for one purpose. + is a debit, − is a credit; pence."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    award = models.CharField(max_length=40, null=True, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
