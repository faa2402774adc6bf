"""Accounts and kinds: what a line is about, and what sort of event an entry records. Data, not code."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _


class Feeds(models.TextChoices):
    """The running totals of a position that an account's lines can move."""

    RAISED = "raised"  # has come in, or is due to
    MOVED = "moved"  # came from another fund or purpose, less what went there
    SPENT = "spent"  # costs, not grants
    AWAITED = "awaited"  # counted as raised but not yet in hand: Gift Aid claimed, legacies notified
    PLEDGED = "pledged"  # promised by donors, never part of raised
    RESERVED = "reserved"  # decided by trustees, not yet a debt
    AWARDED = "awarded"  # promised to a grantee
    PAID = "paid"  # has left for a grantee
    OWED = "owed"  # the creditor: awarded and not yet paid


FREEING = [Feeds.RAISED, Feeds.MOVED]
BINDING = [Feeds.SPENT, Feeds.AWAITED, Feeds.RESERVED, Feeds.AWARDED]


class Account(models.Model):
    """What a line is about; which position it moves is said here, and stands once the account is in use."""

    class Sort(models.TextChoices):
        """Where an account stands in the books."""

        ASSET = "asset"
        LIABILITY = "liability"
        INCOME = "income"
        EXPENDITURE = "expenditure"
        TRANSFER = "transfer"  # between funds or purposes; comes to nil
        FUNDS = "funds"  # what was there before these books
        MEMO = "memo"  # outside the balance sheet: pledges, reservations, grants paid

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Sort.choices)
    heading = models.CharField(
        max_length=100, blank=True, default="", help_text=_("Line of the SOFA or balance sheet.")
    )
    cash = models.BooleanField(default=False, help_text=_("Counts as money in receipts and payments."))
    per_award = models.BooleanField(default=False, help_text=_("Every line names its award."))
    feeds = models.CharField(max_length=10, null=True, blank=True, choices=Feeds.choices)
    feeds_on = models.CharField(
        max_length=6, null=True, blank=True, choices=[("debit", "debit"), ("credit", "credit")]
    )  # which side makes the position grow
    sign = models.GeneratedField(
        expression=Case(When(feeds_on="debit", then=Value(1)), When(feeds_on="credit", then=Value(-1))),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
    )
    frees = models.GeneratedField(  # its effect on what is available
        expression=Case(
            When(feeds__in=[str(word) for word in FREEING], then=Value(1)),
            When(feeds__in=[str(word) for word in BINDING], then=Value(-1)),
            default=Value(0),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="account_code_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["asset", "liability", "income", "expenditure", "transfer", "funds", "memo"]),
                name="account_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(feeds__isnull=True) | Q(feeds__in=[str(word) for word in Feeds]),
                name="account_feeds_known",
            ),
            models.CheckConstraint(
                condition=Q(feeds__isnull=True, feeds_on__isnull=True)
                | Q(feeds__isnull=False, feeds_on__isnull=False, feeds_on__in=["debit", "credit"]),
                name="account_feeds_on_a_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Kind(models.Model):
    """What sort of event: a fact, which is always recorded, or a decision, which a fund must cover."""

    code = models.CharField(max_length=20, primary_key=True)
    decision = models.BooleanField()
    cash_heading = models.CharField(
        max_length=100, blank=True, default="", help_text=_("Its line in receipts and payments.")
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
