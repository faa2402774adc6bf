"""Seals and proofs: a closed month with its hash, and the nightly comparison of totals with lines."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Seal(models.Model):
    """A closed month. The seal is the lock; its digest covers the month's lines and the seal before."""

    month = models.DateField(primary_key=True, help_text=_("Its first day."))
    entries = models.BigIntegerField()
    lines = models.BigIntegerField()
    debits = models.BigIntegerField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["month"]
        constraints = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="seal_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    @property
    def hash(self) -> str:
        """The digest as people print it in the minutes."""
        return bytes(self.digest).hex()


class Proof(models.Model):
    """One comparison of every total with every line."""

    proved_at = models.DateTimeField(db_default=Now())
    entries = models.BigIntegerField()
    lines = models.BigIntegerField()
    differences = models.BigIntegerField()
    broken_seals = models.BigIntegerField()

    class Meta:
        ordering = ["-pk"]
        permissions = [("prove", "Can prove the ledger")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def holds(self) -> bool:
        """Whether every total agreed with its lines and every seal with its month."""
        return self.differences == 0 and self.broken_seals == 0

    @property
    def findings(self) -> str:
        """“0 differences”; “1 difference, 2 broken seals”."""
        found = _counted(self.differences, "difference")
        return f"{found}, {_counted(self.broken_seals, 'broken seal')}" if self.broken_seals else found

    @property
    def sentence(self) -> str:
        """“10,412 lines, 0 differences, 02:00”; a broken seal is named too."""
        return gettext("%(lines)s lines, %(findings)s, %(localtime)s") % {
            "lines": f"{self.lines:,}",
            "findings": self.findings,
            "localtime": f"{timezone.localtime(self.proved_at):%H:%M}",
        }


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
