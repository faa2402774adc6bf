"""What an editor may have overlooked: words of links, PDFs, short forms, pictures, dates. Advice, no refusal."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.rich_text import RichText

from content import glossary
from content.blocks.links import LinkValue

EMPTY_WORDS = {
    *(
        "click here",
        "here",
        "click",
        "more",
        "read more",
        "learn more",
        "this",
        "this link",
        "link",
        "this page",
        "see more",
    ),
    *("find out more", "download", "details"),
}
SHORT_FORM = re.compile(r"\b[A-Z]{2,6}\b")
EVERYBODY_KNOWS = {"NHS", "UK", "EU", "GP", "PDF", "FAQ", "MP", "BBC", "TV", "OK", "ID", "AM", "PM", "DNA", "USA"}
FILE_NAME = re.compile(r"\.(avif|gif|heic|jpe?g|png|svg|webp)$|_", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing to look at."""

    kind: str
    said: str


@dataclass(frozen=True)
class Link:
    """A link as it stands in the text."""

    words: str
    address: str = ""
    document: int | None = None


def findings(page: Any) -> list[Finding]:
    """Everything, once each, in the order in which it is looked for."""
    parts = [part for field in bodies_of(page) for part in walk(getattr(page, field))]
    links, text = list(links_in(parts)), " ".join(words_in(parts))
    found = [
        *about_links(links),
        *about_pdfs(links),
        *about_short_forms(text, glossary.short_forms() if page.explains_words else set()),
        *about_pictures(parts),
        *about_page(page),
    ]
    return list(dict.fromkeys(found))


def bodies_of(page: Any) -> list[str]:
    """The page's fields of blocks."""
    return [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]


def walk(value: Any) -> Iterator[Any]:
    """Every value in a body, the outer ones first."""
    yield value
    if isinstance(value, StreamValue):
        inner: Iterable[Any] = (child.value for child in value)
    elif isinstance(value, StructValue):
        inner = value.values()
    elif isinstance(value, ListValue):
        inner = value
    else:
        return
    for each in inner:
        yield from walk(each)


def links_in(parts: list[Any]) -> Iterator[Link]:
    """Links in text, and those of actions and cards."""
    for part in parts:
        if isinstance(part, RichText):
            for link in BeautifulSoup(part.source, "html.parser").find_all("a"):
                number = str(link.get("id", ""))
                is_document = link.get("linktype") == "document" and number.isdecimal()
                address = str(link.get("href", ""))
                yield Link(link.get_text(" ", strip=True), address, int(number) if is_document else None)
        elif isinstance(part, LinkValue):
            yield Link(part.words, part.get("address") or "")


def words_in(parts: list[Any]) -> Iterator[str]:
    """All that is read."""
    for part in parts:
        if isinstance(part, RichText):
            yield BeautifulSoup(part.source, "html.parser").get_text(" ")
        elif isinstance(part, str):
            yield part


def about_links(links: list[Link]) -> Iterator[Finding]:
    """Links are often read one after another, without the words around them."""
    for link in links:
        if link.words.casefold().strip(" .…›»>") in EMPTY_WORDS:
            yield Finding(
                "link",
                gettext("A link says “%(words)s”. Say where it leads, for those who hear only the links.")
                % {"words": link.words},
            )


def about_pdfs(links: list[Link]) -> Iterator[Finding]:
    """A PDF is hard to read on a telephone, and for many not at all."""
    asked = [link.document for link in links if link.document is not None]
    documents = get_document_model().objects.in_bulk(asked) if asked else {}
    for link in links:
        document = documents.get(link.document) if link.document is not None else None
        name = document.filename if document is not None else link.address.partition("?")[0].partition("#")[0]
        if name.lower().endswith(".pdf"):
            yield Finding(
                "pdf",
                gettext("“%(words)s” leads to a PDF only. Say on a page what stands in it, or link to both.")
                % {"words": link.words},
            )


def about_short_forms(text: str, explained: set[str]) -> Iterator[Finding]:
    """“NET” is said in full where it is first used: “neuroendocrine tumour (NET)”, or “NET (neuroendocrine …)”.

    What the glossary explains on the page itself needs no more.
    """
    for short in dict.fromkeys(SHORT_FORM.findall(text)):
        is_explained = f"({short})" in text or f"({short}s)" in text or re.search(rf"\b{short}s? \(\w+ ", text)
        if short not in EVERYBODY_KNOWS | explained and not is_explained:
            yield Finding(
                "short form",
                gettext("“%(short)s” is not explained. Write it in full once, with the short form in brackets.")
                % {"short": short},
            )


def about_pictures(parts: list[Any]) -> Iterator[Finding]:
    """What is in a picture is said in words, or it is marked as decoration."""
    for part in parts:
        if isinstance(part, AbstractImage) and hasattr(part, "contextual_alt_text") and not part.decorative:
            words = part.contextual_alt_text or ""
            if not words.strip():
                yield Finding(
                    "picture",
                    gettext("The picture “%(title)s” has no words for those who do not see it.")
                    % {"title": part.title},
                )
            elif FILE_NAME.search(words):
                yield Finding(
                    "picture",
                    gettext("“%(words)s” looks like the name of a file. Say what the picture shows.")
                    % {"words": words},
                )


def about_page(page: Any) -> Iterator[Finding]:
    """Dates of review, and the sentence that search engines show."""
    for name in page.review_fields:
        if not getattr(page, name, None):
            label = page._meta.get_field(name).verbose_name
            yield Finding(
                "review",
                gettext("“%(label)s” is empty: readers are told when a page was last checked.")
                % {"label": f"{label[:1].upper()}{label[1:]}"},
            )
    if not page.search_description:
        yield Finding("search", gettext("There is no description for search engines (under Promote)."))
