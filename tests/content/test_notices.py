"""A few words above every page, or above one section, for a while."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from content import edition
from content.models import InfoPage, Notice
from tests.factories import stories

pytestmark = pytest.mark.django_db
WORDS = "Our helpline is closed"


@pytest.fixture
def home():
    return stories.a_site()


@pytest.fixture
def section(home):
    """Information, and a page within it."""
    top = home.add_child(instance=InfoPage(title="Information", slug="information"))
    top.add_child(instance=InfoPage(title="Scans", slug="scans"))
    return top


def notice(**more) -> Notice:
    """From an hour ago."""
    facts = {"title": WORDS, "text": "<p>We ring back.</p>", "begins_at": timezone.now() - timedelta(hours=1)}
    return Notice.objects.create(**{**facts, **more})


def where(client, *paths) -> list[str]:
    """The addresses at which it is read."""
    return [path for path in paths if WORDS in client.get(path).content.decode()]


def test_a_notice_of_the_whole_site_stands_above_pages_and_forms(client, section, nurse_appeal):
    notice()
    paths = ("/", "/information/", "/information/scans/", "/donate/nurse/at-once/")
    assert where(client, *paths) == list(paths)
    assert "<p>We ring back.</p>" in client.get("/").content.decode()


def test_a_notice_of_a_section_stands_there_and_nowhere_else(client, section, nurse_appeal):
    notice(section=section)
    paths = ("/", "/information/", "/information/scans/", "/donate/nurse/at-once/")
    assert where(client, *paths) == ["/information/", "/information/scans/"]


@pytest.mark.parametrize(
    "more",
    [
        {"begins_at": timezone.now() + timedelta(hours=1)},
        {"ends_at": timezone.now() - timedelta(minutes=1)},
        {"live": False},
    ],
)
def test_a_notice_stands_only_in_its_time(client, home, more):
    notice(**more)
    assert where(client, "/") == []


def test_without_a_notice_a_page_asks_no_question_more(client, home, django_assert_max_num_queries):
    client.get("/")
    edition.forget()
    with django_assert_max_num_queries(5):
        client.get("/")


def test_a_notice_does_not_end_before_it_begins(home):
    with pytest.raises(IntegrityError, match="notice_ends_after_it_begins"), transaction.atomic():
        notice(ends_at=timezone.now() - timedelta(days=1))
