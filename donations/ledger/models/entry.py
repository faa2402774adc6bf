"""Entries and lines: one dated event in the books, and the amounts it moves.

Foreign keys are declared to Django without a constraint and added by 0002_keys.sql, because Django's own are
deferred: a law must speak when it is broken, not at the end of the transaction.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from donations.ledger.models.account import Account, Kind
from donations.ledger.models.fund import Fund, Purpose
from donations.ledger.money import Money


class Entry(models.Model):
    """One dated event. It names no person but the one who posted it, for an entry cannot be erased."""

    fresh = False  # whether the verb that answered with it wrote it, or found what an earlier call wrote

    effective = models.DateField()
    kind = models.ForeignKey(
        Kind, on_delete=models.PROTECT, db_column="kind", related_name="+", db_constraint=False, db_index=False
    )
    narrative = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    authority = models.TextField(
        blank=True, default="", help_text=_("Minute, order or deed that lets restricted money move.")
    )
    source_key = models.CharField(max_length=200, help_text=_("What caused it, once: “gift:G-10442”."))
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversals",
        db_constraint=False,
        db_index=False,
    )
    posted_at = models.DateTimeField(db_default=Now(), editable=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = _("entries")
        indexes = [models.Index(fields=["effective"], name="entry_effective")]
        constraints = [
            models.UniqueConstraint(fields=["source_key"], name="entry_source_key_once"),
            models.UniqueConstraint(fields=["reverses"], name="entry_reversed_once"),
            models.CheckConstraint(condition=~Q(source_key=""), name="entry_says_what_caused_it"),
            models.CheckConstraint(
                condition=~Q(reason="") | (Q(reverses__isnull=True) & ~Q(kind="transfer")),
                name="transfer_and_reversal_give_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.source_key


class Line(models.Model):
    """An amount on one account, in one fund, for one purpose. + is a debit, − is a credit; pence."""

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    purpose = models.ForeignKey(
        Purpose, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    award = models.CharField(max_length=40, null=True, blank=True, help_text=_("A bare reference: “A-2026-014”."))
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["entry"], name="line_entry"),
            models.Index(F("fund_id"), F("id").desc(), name="line_fund"),
            models.Index(fields=["award"], condition=Q(award__isnull=False), name="line_award"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="line_is_not_nothing"),
            models.CheckConstraint(condition=Q(award__isnull=True) | ~Q(award=""), name="line_award_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.money.exact}"

    @property
    def money(self) -> Money:
        """The amount; negative for a credit."""
        return Money(self.amount)
