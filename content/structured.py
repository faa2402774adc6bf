"""What search engines are told, in the words of schema.org. It stands in the page as data, which no browser runs."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from content.models.appeals import AppealPage
    from content.models.news import NewsPage
    from content.models.publications import PublicationPage
    from content.models.settings import CharitySettings

Told = dict[str, Any]
ESCAPED = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    ord("\u2028"): "\\u2028",
    ord("\u2029"): "\\u2029",
}


def script(told: list[Told]) -> SafeString:
    """All of it as one block of data; nothing in it can end the block."""
    if not told:
        return mark_safe("")
    graph = [{key: value for key, value in each.items() if value not in ("", None)} for each in told]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped just above


def breadcrumbs(trail: list[tuple[str, str]], request: HttpRequest) -> Told:
    """The way from the home page to a page, the page included."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": title, "item": request.build_absolute_uri(address)}
            for at, (title, address) in enumerate(trail, start=1)
        ],
    }


def organisation(charity: CharitySettings, request: HttpRequest) -> Told:
    """Who we are."""
    reached = {
        "@type": "ContactPoint",
        "telephone": charity.telephone,
        "email": charity.email,
        "contactType": "enquiries",
    }
    told: Told = {
        "@type": "NGO",
        "@id": request.build_absolute_uri("/#charity"),
        "name": charity.name,
        "legalName": charity.registered_name,
        "identifier": charity.registered_number,
        "description": charity.mission,
        "url": request.build_absolute_uri("/"),
        "contactPoint": {key: value for key, value in reached.items() if value},
    }
    if charity.part_of:
        told["parentOrganization"] = {"@type": "NGO", "name": charity.part_of}
    return told


def site(charity: CharitySettings, request: HttpRequest) -> Told:
    """The site, and how it is searched."""
    return {
        "@type": "WebSite",
        "name": charity.name,
        "url": request.build_absolute_uri("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{request.build_absolute_uri('/search/')}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def article(news: NewsPage, charity: CharitySettings, request: HttpRequest) -> Told:
    """A piece of news."""
    writer = {"@type": "Person", "name": news.byline} if news.byline else us(charity, request)
    told: Told = {
        "@type": "Article",
        "headline": news.title[:110],
        "description": news.says_in_a_line,
        "datePublished": news.published_on.isoformat(),
        "dateModified": (news.last_published_at.date() if news.last_published_at else news.published_on).isoformat(),
        "author": writer,
        "publisher": us(charity, request),
        "mainEntityOfPage": request.build_absolute_uri(news.get_url(request)),
    }
    if news.source_url:
        told["isBasedOn"] = news.source_url
    return told


def paper(publication: PublicationPage, request: HttpRequest) -> Told:
    """A publication."""
    return {
        "@type": "ScholarlyArticle",
        "headline": publication.title[:110],
        "abstract": publication.summary,
        "author": [
            {"@type": "Person", "name": name.strip()} for name in publication.authors.split(",") if name.strip()
        ],
        "datePublished": publication.published_on.isoformat(),
        "isPartOf": {"@type": "Periodical", "name": publication.journal} if publication.journal else "",
        "sameAs": publication.doi_url,
        "license": publication.licence_url,
        "mainEntityOfPage": request.build_absolute_uri(publication.get_url(request)),
    }


def giving(page: AppealPage, charity: CharitySettings, request: HttpRequest) -> Told:
    """That one can give here."""
    return {
        "@type": "DonateAction",
        "name": page.title,
        "description": page.says_in_a_line,
        "recipient": us(charity, request),
        "target": {"@type": "EntryPoint", "urlTemplate": request.build_absolute_uri(page.give_url)},
    }


def us(charity: CharitySettings, request: HttpRequest) -> Told:
    """The charity, as others point to it."""
    return {"@type": "NGO", "@id": request.build_absolute_uri("/#charity"), "name": charity.name}


def questions(body: Any) -> Told:
    """The questions of a page with their answers; nothing where it has none."""
    asked = [question for block in body if block.block_type == "questions" for question in block.value["questions"]]
    if not asked:
        return {}
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": each["question"],
                "acceptedAnswer": {"@type": "Answer", "text": plain(each["answer"].source)},
            }
            for each in asked
        ],
    }


def plain(source: str) -> str:
    """Rich text without its tags."""
    return " ".join(unescape(strip_tags(re.sub(r"(?=</(?:p|li|h\d)>)|(?=<br)", " ", source))).split())
