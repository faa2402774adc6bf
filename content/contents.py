"""A page of information laid out: every heading with an anchor of its own, what is in the page, what it rests on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from content.models.tone import OUR_FORMS, is_ask

HEADING = re.compile(r"<h2\b[^>]*>(.*?)</h2>", re.DOTALL)
TAKEN = {"main", "sources", "on-this-page", "review"}  # by the page itself
FEW = 3  # headings: with fewer a list of them helps nobody


@dataclass
class Part:
    """A block, the end of a link that leads to it, its text with anchors, and the numbers of what it cites."""

    block: Any
    anchor: str = ""
    text: SafeString | None = None
    cites: list[int] = field(default_factory=list)


@dataclass
class Layout:
    """A page's blocks in their order."""

    parts: list[Part] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)  # anchor, words
    sources: list[Any] = field(default_factory=list)  # each once, in the order in which they are first cited
    sources_heading: str = ""

    @property
    def contents(self) -> list[tuple[str, str]]:
        """What stands under “On this page”; nothing on a short page."""
        all_of_them = [*self.headings, *([("sources", self.sources_heading)] if self.sources else [])]
        return all_of_them if len(self.headings) >= FEW else []


def lay_out(body: Iterable[Any], *, asks_nothing: bool = False) -> Layout:
    """The blocks of a body. Where the page `asks_nothing`, what leads to giving is left out, whatever was saved."""
    layout, anchors = Layout(), Anchors()
    numbers: dict[int, int] = {}  # of sources, by their keys
    for block in body:
        if asks_nothing and not _without_asks(block):
            continue
        part, kind, value = Part(block), block.block_type, block.value
        if kind == "text":
            part.text = _anchored(str(value), anchors, layout)
        elif kind == "references":
            layout.sources_heading = value["heading"]
            _cite(value["references"], numbers, layout)
            continue
        elif kind in ("section", "questions") and value["heading"]:
            part.anchor = anchors.of(value.get("anchor") or value["heading"])
            layout.headings.append((part.anchor, value["heading"]))
            part.cites = _cite(value.get("sources") or [], numbers, layout)
        layout.parts.append(part)
    layout.sources_heading = layout.sources_heading or _("Where this comes from")
    return layout


class Anchors:
    """Ends of links: each is given once."""

    def __init__(self) -> None:
        self.given = set(TAKEN)

    def of(self, words: str) -> str:
        """An anchor made of these words."""
        plain = slugify(words)[:60].strip("-") or "part"
        anchor, number = plain, 2
        while anchor in self.given:
            anchor, number = f"{plain}-{number}", number + 1
        self.given.add(anchor)
        return anchor


def _anchored(html: str, anchors: Anchors, layout: Layout) -> SafeString:
    """Rich text whose headings can be linked to."""

    def with_anchor(found: re.Match[str]) -> str:
        words = unescape(strip_tags(found[1])).strip()
        anchor = anchors.of(words)
        layout.headings.append((anchor, words))
        return f'<h2 id="{anchor}">{found[1]}</h2>'

    return mark_safe(HEADING.sub(with_anchor, html))  # noqa: S308 - Wagtail's own, cleaned rich text


def _cite(references: Iterable[Any], numbers: dict[int, int], layout: Layout) -> list[int]:
    """The numbers of these sources; one that was not cited before is added to the list."""
    cited = []
    for reference in references:
        if reference is None:  # taken down
            continue
        if reference.pk not in numbers:
            layout.sources.append(reference)
            numbers[reference.pk] = len(layout.sources)
        cited.append(numbers[reference.pk])
    return cited


def _without_asks(block: Any) -> bool:
    """Whether anything is left of a block once what leads to giving is taken out of it."""
    value = block.value
    if block.block_type == "action":
        link = value["link"]
        page, address = link.get("page"), link.get("address") or ""
        return not (value["is_gift"] or address.startswith(OUR_FORMS) or (page is not None and is_ask(page)))
    if block.block_type == "cards":
        for card in value.shown:
            if card["page"] is not None and is_ask(card["page"]):
                card["page"] = None
        return bool(value.shown)
    return True
