"""Pages from memory: the same for every stranger, never older than five seconds, and nobody's own part in anybody's."""

import re
import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from almoner import memory
from almoner.kit.per_visitor import FORM_TOKEN
from donations.models import Draft, Pledge
from tests.factories import payments

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Clock:
    """Seconds, moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """An empty memory with a clock of its own."""
    made = Clock()
    monkeypatch.setattr(memory, "memory", memory.Memory(made))
    return made


class Site:
    """A page that says how often it was asked for; `change` puts something about its answer."""

    def __init__(self, change=lambda response: None, words: str = "page") -> None:
        self.asked = 0
        self.change = change
        self.words = words
        self.answer = memory.pages_from_memory(self.view)

    def view(self, request) -> HttpResponse:
        self.asked += 1
        response = HttpResponse(f"{self.words} {self.asked}")
        response["Content-Security-Policy"] = "default-src 'none'"
        self.change(response)
        return response

    def get(self, path: str = "/appeals/nurse/", method: str = "get", **more: str) -> str:
        return self.answer(getattr(RequestFactory(), method)(path, **more)).content.decode()


def test_a_page_is_asked_for_once_in_two_seconds_and_keeps_its_policy(clock):
    site = Site()
    assert {site.get() for _ in range(50)} == {"page 1"}
    answer = site.answer(RequestFactory().get("/appeals/nurse/"))
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    clock.now += 2.1
    assert site.get() == "page 2"


def test_a_head_is_answered_from_memory_and_fills_none(clock):
    site = Site()
    assert [site.get(method="head"), site.get(), site.get(method="head")] == ["page 1", "page 2", "page 2"]


# ---- before Django begins


class Door:
    """The web server before a site: what it sends of each answer, and how often the site itself was asked."""

    def __init__(self, site: Site) -> None:
        self.let_in = 0
        self.answer = memory.fresh_pages_first(self.beyond)
        self.site = site

    def beyond(self, environ, begin):
        self.let_in += 1
        response = self.site.answer(WSGIRequest(environ))
        begin(f"{response.status_code} OK", list(response.items()))
        return [response.content]

    def get(self, path: str = "/appeals/nurse/", method: str = "get", **more: str) -> tuple[str, dict[str, str], str]:
        begun: list = []
        body = b"".join(
            self.answer(getattr(RequestFactory(), method)(path, **more).environ, lambda *said: begun.extend(said))
        )
        return begun[0], dict(begun[1]), body.decode()


def test_a_fresh_page_is_answered_at_the_door_just_as_the_site_would(clock):
    door = Door(Site())
    first = door.get()
    assert first == (
        "200 OK",
        {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'"},
        "page 1",
    )
    assert door.get() == first
    assert door.let_in == 1
    clock.now += 2
    assert door.get()[2] == "page 2"


def test_at_the_door_each_visitor_gets_a_token_of_their_own(clock):
    door = Door(Site(words=f"token {FORM_TOKEN} page"))
    tokens = [UUID.search(door.get()[2])[0] for _ in range(4)]
    assert len(set(tokens)) == 4
    assert str(FORM_TOKEN) not in tokens
    assert door.let_in == 1


def test_a_head_is_answered_at_the_door_without_a_body(clock):
    door = Door(Site())
    headers = door.get()[1]
    assert door.get(method="head") == ("200 OK", headers, "")
    assert door.let_in == 1


@pytest.mark.parametrize(
    "asked",
    [{"HTTP_COOKIE": "sessionid=abc"}, {"path": "/giving/"}, {"path": "/other/"}, {"method": "post"}, {"secure": True}],
)
def test_whoever_asks_for_something_else_is_let_in(clock, asked):
    door = Door(Site())
    door.get()
    assert door.get(**asked)[2] == "page 2"
    assert door.let_in == 2


def test_where_memory_is_turned_off_everybody_is_let_in(clock, settings):
    door = Door(Site())
    door.get()
    settings.PAGES_KEPT_SECONDS = 0
    assert [door.get()[2], door.get()[2]] == ["page 2", "page 3"]


# ---- which page it is, and whose


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"path": "/a/"}, {"path": "/b/"}),
        ({"path": "/a/?amount=25"}, {"path": "/a/?amount=50"}),
        ({"path": "/a/", "HTTP_HOST": "a.example.org"}, {"path": "/a/", "HTTP_HOST": "b.example.org"}),
        ({"path": "/a/"}, {"path": "/a/", "secure": True}),
        ({"path": "/a/?b=1"}, {"path": "/a/%3Fb=1"}),
        ({"path": "/a/?a=b%26c%3Dd"}, {"path": "/a/?a=b&c=d"}),
    ],
)
def test_what_is_asked_for_elsewhere_is_another_page(clock, one, other):
    site = Site()
    assert site.get(**one) != site.get(**other)


def test_whoever_followed_an_advertisement_sees_the_same_page(clock):
    site = Site()
    assert site.get("/a/?amount=25") == site.get("/a/?amount=25&fbclid=abc&utm_source=tv") == "page 1"


@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "csrftoken=x; sessionid=abc"},
        {"HTTP_COOKIE": "messages=thanks"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"path": "/admin/pages/"},
        {"path": "/board/"},
        {"path": "/giving/"},
        {"path": "/healthz"},
        {"path": "/demo/mail/"},
        {"path": "/unsubscribe/abc/"},
        {"path": "/a/?q=" + "x" * 300},
        {"method": "post"},
    ],
)
def test_some_are_always_asked_for_anew(clock, asked):
    site = Site()
    site.get()
    assert site.get(**asked) != site.get(**asked)
    assert site.get() == "page 1"


@pytest.mark.parametrize(
    "change",
    [
        lambda response: response.set_cookie("csrftoken", "abc"),
        add_never_cache_headers,
        lambda response: response.__setitem__("Cache-Control", "private"),
        lambda response: patch_vary_headers(response, ["User-Agent"]),
        lambda response: setattr(response, "status_code", 404),
        lambda response: setattr(response, "status_code", 302),
        lambda response: response.__setitem__("Content-Type", "application/json"),
    ],
)
def test_an_answer_that_is_somebodys_own_is_not_remembered(clock, change):
    site = Site(change)
    assert [site.get() for _ in range(3)] == ["page 1", "page 2", "page 3"]


def test_a_stream_is_left_alone(clock):
    answer = memory.pages_from_memory(lambda request: StreamingHttpResponse([b"a", b"b"], content_type="text/html"))
    assert b"".join(answer(RequestFactory().get("/a/")).streaming_content) == b"ab"


def test_a_visitor_with_a_language_of_her_own_gets_the_page_unless_there_are_two(clock, settings):
    def speaks(response):
        patch_vary_headers(response, ["Accept-Language", "Cookie"])

    assert {Site(speaks).get() for _ in range(2)} == {"page 1"}
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    memory.memory.forget()
    site = Site(speaks)
    assert [site.get(), site.get()] == ["page 1", "page 2"]


# ---- each visitor's own


def test_every_visitor_gets_a_token_of_their_own(clock):
    site = Site(words=f'<input name="token" value="{FORM_TOKEN}">')
    answers = [site.answer(RequestFactory().get("/donate/nurse/")) for _ in range(5)]
    tokens = [UUID.search(answer.content.decode())[0] for answer in answers]
    assert len({*tokens, str(FORM_TOKEN)}) == 6
    assert site.asked == 1
    assert all(answer["Cache-Control"] == "private, no-cache" for answer in answers)


def test_a_page_that_is_not_remembered_gets_one_too(clock):
    site = Site(words=str(FORM_TOKEN))
    assert str(FORM_TOKEN) not in site.get(HTTP_COOKIE="sessionid=abc")
    assert str(FORM_TOKEN) not in site.get(method="post")


# ---- many at once


def at_once(number: int, deed) -> list[str]:
    """Each in a thread."""
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(deed())) for _ in range(number)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)
    return said


def test_one_asks_and_the_others_wait_for_the_first_page(clock):
    site = Site(lambda response: time.sleep(0.1))
    assert at_once(20, site.get) == ["page 1"] * 20
    assert site.asked == 1


def test_while_one_asks_the_others_are_shown_what_is_known_for_four_seconds(clock):
    gate = threading.Event()
    site = Site(lambda response: site.asked == 1 or gate.wait(5))
    site.get()
    clock.now += 3
    asks = threading.Thread(target=site.get)
    asks.start()
    while site.asked < 2:
        time.sleep(0.005)
    assert site.get() == "page 1"
    clock.now += 1.1  # four seconds and more: from now on everybody waits
    waits = threading.Thread(target=lambda: seen.append(site.get()))
    seen: list[str] = []
    waits.start()
    time.sleep(0.05)
    assert seen == []
    gate.set()
    waits.join(5)
    asks.join(5)
    assert seen == ["page 2"]


def test_where_asking_fails_the_next_one_asks(clock):
    def fails(response: HttpResponse) -> None:
        raise RuntimeError("The database is away.")

    site = Site(fails)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            site.get()
    site.change = lambda response: None
    assert site.get() == "page 3"


def test_memory_is_bounded(clock, monkeypatch):
    monkeypatch.setattr(memory, "MOST_PAGES", 5)
    site = Site()
    for number in range(30):
        site.get(f"/a/?n={number}")
        site.get("/often/")
    assert len(memory.memory.pages) == 5
    assert site.asked == 31, "what is asked for often is kept"


# ---- on the site itself


@pytest.fixture
def remembering(settings, clock):
    """The site with its memory, as it is served."""
    settings.MIDDLEWARE = ["almoner.memory.pages_from_memory", *settings.MIDDLEWARE]


@pytest.mark.django_db
def test_a_strangers_page_is_remembered_with_all_its_headers_and_a_signed_in_person_has_her_own(
    remembering, client, people, django_assert_num_queries
):
    first = client.get("/styleguide/")
    with django_assert_num_queries(0):
        again = client.get("/styleguide/")
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
    assert "default-src 'none'" in again["Content-Security-Policy"]
    client.force_login(people.editor)
    assert client.get("/styleguide/").status_code == 200
    assert len(memory.memory.pages) == 1


@pytest.mark.django_db(transaction=True)
def test_a_remembered_form_is_each_donors_own_and_leads_to_a_page_of_their_own(
    remembering, nurse_appeal, standin, django_assert_num_queries
):
    address = "/donate/nurse/at-once/?amount=25"
    Client().get(address)
    tokens = []
    for name in ("Ada Periwinkle", "Ben Limpet"):
        donor = Client()
        with django_assert_num_queries(0):
            page = donor.get(address)
        assert not page.cookies
        tokens.append(re.search(r'name="token" value="([^"]+)"', page.content.decode())[1])
        typed = {
            "every": "once",
            "choice": "2500",
            "name": name,
            "email": f"{name[:3].lower()}@example.org",
            "gift_aid": "no",
        }
        assert donor.post("/donate/nurse/at-once/", {**typed, "token": tokens[-1]}).status_code == 302
    assert [str(each.token) for each in Draft.objects.order_by("created_at")] == tokens


@pytest.mark.django_db(transaction=True)
def test_a_token_that_was_never_put_in_its_place_joins_no_two_donors(client, nurse_appeal, standin):
    for name in ("Ada Periwinkle", "Ben Limpet"):
        typed = {"every": "once", "choice": "2500", "name": name, "email": "one@example.org", "gift_aid": "no"}
        client.post("/donate/nurse/at-once/", {**typed, "token": str(FORM_TOKEN)})
    assert Pledge.objects.count() == 2
    assert not Pledge.objects.filter(token=FORM_TOKEN).exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_donor_typed_is_never_remembered(remembering, client, nurse_appeal, standin):
    typed = {"every": "once", "choice": "2500", "name": "Ada Periwinkle", "email": "ada@example.org", "gift_aid": "no"}
    client.post("/donate/nurse/at-once/", typed)
    session = standin.session(Pledge.objects.get().checkout_session)
    back = session["cancel_url"].removeprefix("http://testserver")
    for _ in range(2):
        page = client.get(back)
        assert "Ada Periwinkle" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    assert not any(place.kept.size for place in memory.memory.pages.values())


@pytest.mark.django_db
def test_a_total_is_never_older_than_five_seconds(remembering, client, nurse_appeal, clock):
    assert "£0" in client.get("/donate/nurse/").content.decode()
    payments.gift(nurse_appeal, 12_300)
    clock.now += 5
    assert "£123" in client.get("/donate/nurse/").content.decode()
