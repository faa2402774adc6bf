"""References that run through a year: A-2026-014. A row per letter and year, locked by whoever takes the next."""

from django.db import models


class Numbering(models.Model):
    """The last number given out under a letter in a year."""

    letter = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "year"], name="numbering_once_a_year")]

    def __str__(self) -> str:
        return f"{self.letter}-{self.year}-{self.last:03}"
