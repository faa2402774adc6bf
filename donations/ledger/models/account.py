"""Accounts and kinds: what a line is about, and what sort of event an entry records. Data, not code."""

from django.db import models


class Account(models.Model):
    """What a line is about; which position it moves is said here, and stands once the account is in use."""

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12)
    heading = models.CharField(max_length=100, blank=True, default="")
    cash = models.BooleanField(default=False)
    per_award = models.BooleanField(default=False)
    feeds = models.CharField(max_length=10, null=True, blank=True)
    feeds_on = models.CharField(max_length=6, null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="account_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Kind(models.Model):
    """What sort of event: a fact, which is always recorded, or a decision, which a fund must cover."""

    code = models.CharField(max_length=20, primary_key=True)
    decision = models.BooleanField()
    cash_heading = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
