"""What search knows: the words that stand on public pages, and what readers looked for."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Max, Q, Sum
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """A word of a public page, and on how many it stands: what a misspelling may have meant."""

    word = models.CharField(max_length=40)
    pages = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word"], name="word_is_known_once")]
        indexes = [GinIndex(fields=["word"], name="word_by_likeness", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word


class SearchTermQuerySet(models.QuerySet["SearchTerm"]):
    """What was looked for, asked for in English."""

    def by_words(self) -> "models.QuerySet[SearchTerm, dict[str, object]]":
        """One row for each, however many days it was asked on, the most frequent first."""
        return (
            self.values("words")
            .annotate(asked=Sum("times"), most=Max("found"), last=Max("day"))
            .order_by("-asked", "words")
        )

    def fruitless(self) -> "SearchTermQuerySet":
        """What nothing was found for when it was last asked for on its day."""
        return self.filter(found=0)


class SearchTerm(models.Model):
    """What readers looked for on one day, how often, and how much there was. Nothing says who asked."""

    words = models.CharField(max_length=100)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)
    found = models.PositiveIntegerField()

    objects = SearchTermQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "words"]
        constraints = [
            models.UniqueConstraint(fields=["words", "day"], name="search_term_is_counted_once_a_day"),
            models.CheckConstraint(condition=~Q(words=""), name="search_term_has_words"),
        ]
        verbose_name = _("search term")

    def __str__(self) -> str:
        return self.words
