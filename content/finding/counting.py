"""What readers looked for and did not find, so that editors may write it. Nothing says who asked."""

import re
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits

from content.models import SearchTerm

KEPT = timedelta(days=90)
MOST_A_DAY = 1000  # different ones: a machine that asks for everything is not worth a table
SOMEBODYS_OWN = re.compile(
    r"@|(?:\d[ -]?){5,}|\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}\b"
)  # mail, numbers, postcode
HARMLESS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")  # words alone: offered to editors who promote a page
MOST_WORDS = 6  # longer is a letter to us, not a search


def count(asked: str, found: int) -> None:
    """One more who asked for this. What looks like somebody's own is not kept."""
    words = asked.lower()
    if not any(map(str.isalnum, words)) or SOMEBODYS_OWN.search(words) or len(words.split()) > MOST_WORDS:
        return
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO content_searchterm (words, day, times, found)"
            " SELECT %s, %s, 1, %s WHERE (SELECT count(*) FROM content_searchterm WHERE day = %s) < %s"
            " ON CONFLICT (words, day) DO UPDATE SET times = content_searchterm.times + 1, found = EXCLUDED.found",
            [words, today, found, today, MOST_A_DAY],
        )
        is_counted = cursor.rowcount > 0
    if is_counted and HARMLESS.fullmatch(words):
        Query.get(words).add_hit(today)


def forget() -> int:
    """Take out what is older than three months; how many lines that were."""
    QueryDailyHits.garbage_collect(days=KEPT.days)
    Query.garbage_collect()
    return SearchTerm.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]
