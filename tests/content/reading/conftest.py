"""A small site by the sea, in which one thing after another is published."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from wagtail.models import Page, Site

from content.finding import learning
from content.models import CharitySettings, HomePage, NewsIndexPage, NewsPage, SupportIndexPage


@pytest.fixture
def home(db: None) -> HomePage:
    """A site with a home page, of one charity."""
    ContentType.objects.clear_cache()
    top = Page.get_first_root_node()
    Site.objects.all().delete()
    page = top.add_child(instance=HomePage(title="Nobody alone", slug="our-home", standfirst="Two sentences."))
    site = Site.objects.create(hostname="testserver", port=80, root_page=page, is_default_site=True)
    CharitySettings.objects.create(
        site=site, name="Harbour Health", registered_name="Harbour Health (demo)", registered_number="0000000",
        helpline="01632 960001", mission="A nurse for everybody.",
    )  # fmt: skip
    return page


@pytest.fixture
def news(home: HomePage) -> NewsIndexPage:
    """The list of news, empty."""
    return home.add_child(instance=NewsIndexPage(title="News", slug="news", show_in_menus=True))


@pytest.fixture
def support(home: HomePage) -> SupportIndexPage:
    """The directory, empty."""
    return home.add_child(instance=SupportIndexPage(title="Find support", slug="support"))


@pytest.fixture
def tell(news: NewsIndexPage) -> Callable[..., NewsPage]:
    """Publishes a piece of news: tell("A nurse for Eastquay")."""

    def told(title: str, text: str = "", **more: Any) -> NewsPage:
        more.setdefault("standfirst", "It happened by the sea.")
        more.setdefault("published_on", date(2026, 3, 1))
        body = [("text", f"<p>{text}</p>")] if text else []
        return news.add_child(instance=NewsPage(title=title, body=body, **more))

    return told


@pytest.fixture
def indexed() -> Callable[[], None]:
    """Does what the worker does after something was published: the index, and the words of it."""

    def make() -> None:
        call_command("update_index", verbosity=0)
        learning.learn()

    return make
