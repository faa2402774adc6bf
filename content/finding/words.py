"""Words: what was typed, made fit for asking, and what our pages know."""

import re
import unicodedata
from collections import Counter

from django.db import connection, transaction

LONGEST_ASKED = 100  # letters
MOST_WORDS = 10
SHORTEST, LONGEST = 4, 40  # of a word that a misspelling may have meant
LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def without_control_characters(text: str) -> str:
    """The text without what can neither be shown nor stored."""
    return "".join(each for each in text if unicodedata.category(each)[0] != "C" or each in "\n\t")


def asked_for(typed: str) -> str:
    """What somebody typed, in one line, not too long."""
    plain = " ".join(without_control_characters(typed.replace("\n", " ")).split())[:LONGEST_ASKED]
    return " ".join(plain.split(" ")[:MOST_WORDS])


def learn(texts: list[str]) -> int:
    """Know these texts' words and no others; how many there are."""
    from content.models import Word

    counted: Counter[str] = Counter()
    for text in texts:
        counted.update({word for word in map(str.lower, LETTERS.findall(text)) if SHORTEST <= len(word) <= LONGEST})
    with transaction.atomic():
        Word.objects.all().delete()
        Word.objects.bulk_create([Word(word=word, pages=pages) for word, pages in counted.items()], batch_size=2000)
    return len(counted)


def perhaps_meant(asked: str) -> str:
    """The same with every unknown word replaced by the most like it that we know; nothing if that changes nothing."""
    words = [word.lower() for word in LETTERS.findall(asked) if len(word) >= SHORTEST]
    if not words:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.word, known.word FROM unnest(%s::text[]) AS asked(word) CROSS JOIN LATERAL ("
            "SELECT word FROM content_word WHERE word %% asked.word"
            " ORDER BY similarity(word, asked.word) DESC, pages DESC, word LIMIT 1) AS known",
            [words],
        )
        known: dict[str, str] = dict(cursor.fetchall())
    meant = LETTERS.sub(lambda found: known.get(found[0].lower(), found[0]), asked)
    return "" if meant.lower() == asked.lower() else meant
