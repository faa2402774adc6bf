"""The queue of reviews: every page that is reviewed, with its days, whatever kind of page it is."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from content.models.review import WHAT_IS_REVIEWED, ReviewMixin, digest_of
from content.models.review_settings import ReviewSettings

FIELDS = ("reviewed_on", "next_review_on", "reviewed_words", "keeper")


class Due(models.TextChoices):
    """How soon a review is due."""

    OVERDUE = "overdue", _("Overdue")  # The day has passed: readers are told so.
    SOON = "soon", _("Due soon")  # within the days that the settings of reviews name, last and first
    COMING = "coming", _("Coming")
    NEVER = "never", _("Never reviewed")  # A page of a kind that says so.
    LATER = "later", _("Later")


@cache
def reviewed_kinds() -> list[type[Any]]:
    """The kinds of page that are reviewed."""
    return [kind for kind in get_page_models() if issubclass(kind, ReviewMixin)]


def queue() -> QuerySet[Any]:
    """Pages that have a day, or ought to: those due first come first. In one query."""
    kinds = reviewed_kinds()
    asked = {name: Coalesce(*(F(f"{kind._meta.model_name}__{name}") for kind in kinds)) for name in FIELDS}
    pages = Page.objects.type(*kinds).annotate(**{f"its_{name}": told for name, told in asked.items()})
    wanted = Q(its_next_review_on__isnull=False)
    needing = [kind for kind in kinds if kind.needs_review]
    if needing:
        wanted |= Q(pk__in=Page.objects.type(*needing).values("pk"))
    return pages.filter(wanted).order_by(F("its_next_review_on").asc(nulls_first=True), "title")


def due_of(next_review_on: date | None, today: date, decided: ReviewSettings | None = None) -> Due:
    """How soon that is."""
    if next_review_on is None:
        return Due.NEVER
    if next_review_on < today:
        return Due.OVERDUE
    decided = decided or ReviewSettings.ours()
    if next_review_on <= today + timedelta(days=decided.soon):
        return Due.SOON
    return Due.COMING if next_review_on <= today + timedelta(days=decided.coming) else Due.LATER


def that_are(due: str, today: date, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the queue that are due so soon."""
    decided = ReviewSettings.ours()
    soon, coming = today + timedelta(days=decided.soon), today + timedelta(days=decided.coming)
    wanted = {
        Due.NEVER: Q(its_next_review_on__isnull=True),
        Due.OVERDUE: Q(its_next_review_on__lt=today),
        Due.SOON: Q(its_next_review_on__gte=today, its_next_review_on__lte=soon),
        Due.COMING: Q(its_next_review_on__gt=soon, its_next_review_on__lte=coming),
        Due.LATER: Q(its_next_review_on__gt=coming),
    }
    return pages.filter(wanted[Due(due)])


def has_changed(page: Any) -> bool:
    """Whether the newest draft is not, word for word, what was reviewed. The page comes with its latest revision."""
    if not page.its_reviewed_words or page.latest_revision is None:
        return False
    written = page.latest_revision.content
    return digest_of({name: written.get(name) for name in WHAT_IS_REVIEWED}) != page.its_reviewed_words
