"""What a search finds: promoted pages, pages and what stands beside them, and what may have been meant."""

import re
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import Q
from django.db.models.functions import Left
from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, Site
from wagtail.search.models import IndexEntry
from wagtail.search.utils import normalise_query_string

from content.finding import beside, pages, words
from content.finding.beside import Beside, Excerpt, Result

ON_A_PAGE = 10
CONFIGURATION = "reading"  # English without accents: made by a migration
READ = 20_000  # letters of a page in which its excerpt is looked for
BEGIN, END = "[[[", "]]]"  # around a word that was found, until the template marks it

BETWEEN_BLOCKS = re.compile(r"([.?!:\]]),(?= )")  # the index puts a comma between a page's blocks


@dataclass
class Found:
    """All that there is to say to somebody who asked."""

    asked: str
    promoted: list[Result] = field(default_factory=list)
    words: list[Result] = field(default_factory=list)
    services: list[Result] = field(default_factory=list)
    centres: list[Result] = field(default_factory=list)
    pages: PageOfResults[Any] | None = None
    results: list[Result] = field(default_factory=list)
    only_some_words: bool = False
    perhaps_meant: str = ""

    @property
    def total(self) -> int:
        """How much there was; promoted pages apart."""
        beside_pages = len(self.services) + len(self.centres) + len(self.words)
        return (self.pages.paginator.count if self.pages else 0) + beside_pages

    @property
    def with_all_words(self) -> int:
        """How much there was that holds all that was asked for, promoted pages among it."""
        return len(self.promoted) + (0 if self.only_some_words else self.total)


def find(asked: str, number: str, site: Site, request: HttpRequest) -> Found:
    """What there is, of which this page of results."""
    found = Found(asked)
    if not asked:
        return found
    public = pages.public(site)
    found.promoted = _promoted(asked, public, request)
    matching, others = _matching(asked, public, "and")
    if not others and not matching.count() and " " in asked:
        matching, others = _matching(asked, public, "or")
        found.only_some_words = bool(others or matching.count())
    found.pages = Paginator(matching, ON_A_PAGE).get_page(number)
    shown = list(found.pages)
    found.results = _told(shown, asked, request)
    found.words = beside.words(others.words)
    found.services = beside.services(others.services, request)
    found.centres = beside.centres(others.centres, {page.pk for page in shown}, request)
    if not found.total or found.only_some_words:
        found.perhaps_meant = _meant(asked, public)
    return found


def _matching(asked: str, public: Any, operator: str) -> tuple[Any, Beside]:
    """Pages, not read yet, and what stands beside them, that hold all the words, or any of them."""
    return public.search(asked, operator=operator), beside.matching(asked, operator)


def _meant(asked: str, public: Any) -> str:
    """A better spelling, if it finds something."""
    meant = words.perhaps_meant(asked)
    if not meant:
        return ""
    matching, others = _matching(meant, public, "and")
    return meant if others or matching.count() else ""


def _promoted(asked: str, public: Any, request: HttpRequest) -> list[Result]:
    """What editors want to be read first; only what is public, or stands elsewhere at a secure address."""
    chosen = SearchPromotion.objects.filter(query__query_string=normalise_query_string(asked))
    promotions = list(chosen.select_related("page"))
    numbers = [each.page_id for each in promotions if each.page_id]
    may_be_shown = set(public.filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
    return [
        Result(
            each.title,
            (each.page.get_url(request) or "") if each.page else each.external_link_url,
            excerpt=[(each.description, False)] if each.description else [],
        )
        for each in promotions
        if each.page_id in may_be_shown or (each.page is None and each.external_link_url.startswith("https://"))
    ]


def _told(found: list[Page], asked: str, request: HttpRequest) -> list[Result]:
    """Pages with the lines in which the words stand. One query for all."""
    kinds = {page.content_type_id: ContentType.objects.get_for_id(page.content_type_id) for page in found}
    excerpts = _excerpts(found, asked)
    return [
        Result(
            page.title,
            page.get_url(request) or "",
            str(getattr(kinds[page.content_type_id].model_class(), "kind", "")),
            excerpts.get(str(page.pk)) or [(page.search_description, False)],
        )
        for page in found
    ]


def _excerpts(found: list[Page], asked: str) -> dict[str, Excerpt]:
    if not found:
        return {}
    here = Q()
    for page in found:
        here |= Q(content_type_id=page.content_type_id, object_id=str(page.pk))
    lines = SearchHeadline(
        Left("body_text", READ),
        reduce(or_, (SearchQuery(word, config=CONFIGURATION) for word in asked.split(" "))),
        config=CONFIGURATION,
        start_sel=BEGIN,
        stop_sel=END,
        max_words=30,
        min_words=14,
        max_fragments=1,
    )
    entries = IndexEntry.objects.filter(here).annotate(lines=lines).values_list("object_id", "lines")
    return {number: parts(text) for number, text in entries if text}


def parts(lines: str) -> Excerpt:
    """“a [[[word]]] of it” as ("a ", no), ("word", yes), (" of it", no)."""
    told: Excerpt = []
    lines = BETWEEN_BLOCKS.sub(r"\1", lines)
    if lines[:1].islower():
        lines = f"… {lines}"
    if lines and lines[-1] not in ".?!":
        lines = f"{lines} …"
    for piece in lines.split(BEGIN):
        word, marked, rest = piece.partition(END)
        told += [(word, True), (rest, False)] if marked else [(piece, False)]
    return [(text, is_hit) for text, is_hit in told if text]
