"""Seals and proofs: a closed month with its hash, and the nightly comparison of totals with lines."""

from django.db import models


class Seal(models.Model):
    """A closed month. The seal is the lock."""

    month = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


class Proof(models.Model):
    """One comparison of every total with every line."""

    proved_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.proved_at:%d %B %Y}"
