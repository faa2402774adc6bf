"""Visits are counted by path, day and site, and by nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from almoner import memory
from content import counting
from content.counting import Counter, site_of, to_be_counted
from content.models import DailyVisits, InfoPage

BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0", "HTTP_HOST": "harbour.example.org", "REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def counter():
    """One that writes when it is told to."""
    made = Counter(wait=3600)
    yield made
    if made.timer:
        made.timer.cancel()


@pytest.mark.parametrize(
    ("referrer", "site"),
    [
        ("", ""),
        ("https://www.lighthouse.example/page?q=secret#part", "lighthouse.example"),
        ("https://LIGHTHOUSE.example", "lighthouse.example"),
        ("https://wren:password@lighthouse.example/", "lighthouse.example"),
        ("https://harbour.example.org/about/", ""),
        ("android-app://com.example/", ""),
        ("no address at all", ""),
        ("https://" + "a" * 500, "a" * 100),
    ],
)
def test_of_where_somebody_came_from_only_the_host_is_kept(referrer, site):
    assert site_of(referrer, "harbour.example.org") == site


@pytest.mark.django_db
def test_what_was_counted_is_written_in_one_statement(counter, django_assert_num_queries):
    counter.tidied = date.max
    for _ in range(3):
        counter.count("/about/", BROWSER)
    counter.count("/about/", BROWSER | {"HTTP_REFERER": "https://lighthouse.example/x"})
    counter.count("/", BROWSER)
    with django_assert_num_queries(1):
        counter.write()
    counter.count("/about/", BROWSER)
    counter.write()
    rows = set(DailyVisits.objects.values_list("path", "referrer", "visits"))
    assert rows == {("/about/", "", 4), ("/about/", "lighthouse.example", 1), ("/", "", 1)}


@pytest.mark.django_db
def test_nothing_of_who_came_is_in_the_table(counter):
    counter.count("/about/", BROWSER | {"HTTP_COOKIE": "sessionid=abc"})
    counter.write()
    assert {field.name for field in DailyVisits._meta.get_fields()} == {"id", "day", "path", "referrer", "visits"}


def test_machines_are_not_counted(counter):
    for agent in ("", "Googlebot/2.1", "curl/8", "SomeCrawler", "python-requests/2"):
        counter.count("/about/", BROWSER | {"HTTP_USER_AGENT": agent})
    assert counter.counted == {}


def test_whoever_invents_sites_does_not_fill_the_table(counter):
    for number in range(counting.MOST_SITES + 50):
        counter.count("/", BROWSER | {"HTTP_REFERER": f"https://site-{number}.example/"})
    assert len(counter.counted) <= counting.MOST_SITES + 1
    assert sum(counter.counted.values()) == counting.MOST_SITES + 50


@pytest.mark.django_db
def test_old_days_are_forgotten(counter):
    DailyVisits.objects.create(day=timezone.localdate() - timedelta(days=900), path="/", visits=1)
    counter.count("/", BROWSER)
    counter.write()
    assert DailyVisits.objects.count() == 1


def test_where_the_database_is_away_nothing_is_lost(counter, monkeypatch):
    from django.db import DatabaseError

    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(counting.connection, "cursor", away)
    counter.count("/", BROWSER)
    counter.write()
    assert sum(counter.counted.values()) == 1


@pytest.mark.django_db
def test_a_page_of_sensitive_tone_is_never_counted():
    class Sensitive:
        tone = "sensitive"

    assert to_be_counted(Sensitive(), "/end-of-life/") == ""
    assert to_be_counted(InfoPage(), "/about/") == "/about/"


# ---- where pages are answered


@pytest.mark.django_db
def test_a_page_of_ours_is_marked_and_others_are_not(client, home):
    home.add_child(instance=InfoPage(title="About us", slug="about"))
    assert client.get("/about/").counted_as == "/about/"
    assert client.get("/").counted_as == "/"
    for path in ("/nowhere/", "/styleguide/", "/board/sign-in/", "/donate/"):
        assert not hasattr(client.get(path), "counted_as")


def test_a_page_from_memory_is_counted_where_it_is_answered(monkeypatch, counter):
    monkeypatch.setattr(memory, "counter", counter)
    memory.memory.forget()
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/about/",
        "QUERY_STRING": "",
        "wsgi.url_scheme": "http",
        **BROWSER,
    }
    key = memory.key_of(environ)
    memory.memory.page(key).kept = memory.Kept((b"page",), {}, memory.memory.now(), "/about/")
    site = memory.fresh_pages_first(lambda environ, begin: [b"anew"])
    assert site(environ, lambda *said: None) == [b"page"]
    assert site(environ | {"REQUEST_METHOD": "HEAD"}, lambda *said: None) == []
    assert list(counter.counted.values()) == [1]
    memory.memory.forget()
