"""News as a feed: RSS 2.0, with whole addresses."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language

from content.finding.words import without_control_characters

if TYPE_CHECKING:
    from content.models.news import NewsIndexPage

NEWEST = 30
KEPT_SECONDS = 60  # what is taken down is gone from everywhere within a minute


def of_news(page: NewsIndexPage, request: HttpRequest) -> HttpResponse:
    """The latest news, with what each is about."""

    def whole(address: str) -> str:
        return request.build_absolute_uri(address or "/")

    here = page.get_url(request) or "/"
    feed = Rss201rev2Feed(
        title=without_control_characters(page.title),
        link=whole(here),
        description=without_control_characters(page.standfirst or page.search_description or page.title),
        language=get_language(),
        feed_url=whole(f"{here}feed/"),
    )
    for news in page.news().defer("body").prefetch_related("topics")[:NEWEST]:
        address = whole(news.get_url(request) or "")
        feed.add_item(
            title=without_control_characters(news.title),
            link=address,
            unique_id=address,
            unique_id_is_permalink=True,
            description=without_control_characters(news.standfirst),
            pubdate=timezone.make_aware(datetime.combine(news.published_on, time(9))),
            author_name=without_control_characters(news.byline) or None,
            categories=[topic.name for topic in news.topics.all()],
        )
    answer = HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer
