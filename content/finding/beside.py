"""What a search finds beside pages: services of the directory, centres, and words of the glossary."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.search.backends import get_search_backend

from content.models import Centre, CentreIndexPage, GlossaryTerm, SupportIndexPage, SupportService

MOST_SERVICES = 4
MOST_CENTRES = 4
MOST_WORDS = 2

Excerpt = list[tuple[str, bool]]  # parts of a text, and whether each is a word that was looked for


@dataclass(frozen=True)
class Result:
    """One thing that was found; a word of the glossary has no address, since all of it is said here."""

    title: str
    url: str
    kind: str = ""
    excerpt: Excerpt = field(default_factory=list)


@dataclass
class Beside:
    """What holds the words, not told yet."""

    services: list[SupportService] = field(default_factory=list)
    centres: list[Centre] = field(default_factory=list)
    words: list[GlossaryTerm] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.services or self.centres or self.words)


def matching(asked: str, operator: str) -> Beside:
    """Published ones that hold all the words, or any of them."""
    search = get_search_backend().search
    centres = Centre.objects.filter(live=True).select_related("page")
    return Beside(
        list(search(asked, SupportService.objects.listed(), operator=operator)[:MOST_SERVICES]),
        list(search(asked, centres, operator=operator)[:MOST_CENTRES]),
        list(search(asked, GlossaryTerm.objects.filter(live=True), operator=operator)[:MOST_WORDS]),
    )


def services(found: list[SupportService], request: Any) -> list[Result]:
    """Each at its place in the directory; none while that is not published."""
    directory = SupportIndexPage.objects.live().first() if found else None
    at = (directory.get_url(request) or "/") if directory is not None else ""
    return [
        Result(each.name, f"{at}#{each.anchor}", each.get_way_display(), [(each.offers, False)])
        for each in (found if at else [])
    ]


def centres(found: list[Centre], shown: set[int], request: Any) -> list[Result]:
    """Each with its page, unless that is `shown` already; one without stands in the list of centres."""
    told = [each for each in found if each.public_page is None or each.public_page.pk not in shown]
    index = CentreIndexPage.objects.live().first() if any(each.public_page is None for each in told) else None
    at = (index.get_url(request) or "") if index is not None else ""
    results = []
    for each in told:
        page = each.public_page
        url = (page.get_url(request) or "") if page else f"{at}?place={each.postcode.replace(' ', '+')}" if at else ""
        if url:
            results.append(Result(each.name, url, excerpt=[(f"{each.postcode}, {each.get_nation_display()}", False)]))
    return results


def words(found: list[GlossaryTerm]) -> list[Result]:
    """Each with what it means."""
    return [Result(each.heading, "", excerpt=[(each.meaning, False)]) for each in found]
