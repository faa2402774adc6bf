"""Public pages from this process's own memory: an appeal on television is read by thousands, and changes by seconds.

A page is asked anew after PAGES_FRESH_SECONDS by whoever comes first; the others are given the one that is known until
it is PAGES_KEPT_SECONDS old, and wait from then on. So a total is never older than that, and neither is anything that
was taken down. Whoever is signed in, or has a message waiting, gets a page of their own.

What is each visitor's own is kept apart: a form's token is printed as kit.per_visitor.FORM_TOKEN, and each answer,
remembered or not, gets a fresh one in its place.

A page that is fresh is answered before Django begins (`fresh_pages_first`): reading an address and a header is all that
it takes. Everything else is the middleware's.
"""

import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from almoner.kit.per_visitor import FORM_TOKEN

Answer = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, ...]
Begin = Callable[..., Any]  # what a web server is told status and headers by
Application = Callable[[dict[str, Any], Begin], Iterable[bytes]]

NEVER = (
    *("/admin/", "/board/", "/giving/", "/demo/", "/healthz", "/stripe/", "/unsubscribe/"),
    *("/static/", "/media/", "/documents/"),
)
LONGEST_QUERY = 200  # letters; whoever asks for more is answered, not remembered
MOST_PAGES, MOST_BYTES = 500, 32 * 1024 * 1024
LARGEST = 1024 * 1024
FOLLOWERS = ("utm_", "fbclid", "gclid", "gbraid", "wbraid", "msclkid", "mc_cid", "mc_eid", "ttclid")  # no page reads
WAITS = 10  # seconds for somebody else's page; then one's own
TOKEN = str(FORM_TOKEN).encode()
HTML = "text/html"


@dataclass(frozen=True)
class Kept:
    """What was answered, in parts between which each visitor's token comes, and when it was asked for."""

    parts: tuple[bytes, ...] = (b"",)
    headers: dict[str, str] = field(default_factory=dict)
    asked_at: float = float("-inf")

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(map(len, self.parts))

    @property
    def body(self) -> bytes:
        """The page, with a token of this visitor's own."""
        return self.parts[0] if len(self.parts) == 1 else str(uuid.uuid4()).encode().join(self.parts)


@dataclass
class Page:
    """The place of one page: what is known of it, and whether somebody is asking for a newer one."""

    kept: Kept = field(default_factory=Kept)
    filling: bool = False
    unfit: bool = False  # the last answer was not one to remember
    changed: threading.Condition = field(default_factory=threading.Condition)

    def begin(self) -> bool:
        """Whether the caller is the one who asks."""
        with self.changed:
            if self.filling:
                return False
            self.filling = True
            return True

    def end(self, kept: Kept | None) -> None:
        """The answer is there, or is none to remember."""
        with self.changed:
            self.kept, self.unfit, self.filling = kept or Kept(), kept is None, False
            self.changed.notify_all()

    def wait(self) -> None:
        """Until whoever asks has an answer."""
        with self.changed:
            self.changed.wait_for(lambda: not self.filling, timeout=WAITS)


class Memory:
    """Pages by host, path and query, those least asked for forgotten first. `now` is a clock in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.lock = threading.Lock()

    def page(self, key: Key) -> Page:
        """The place of a page, empty or not."""
        with self.lock:
            found = self.pages.get(key)
            if found is None:
                found = self.pages[key] = Page()
                self._make_room()
            self.pages.move_to_end(key)
            return found

    def age(self, page: Page) -> float:
        """How many seconds ago it was asked for."""
        return self.now() - page.kept.asked_at

    def _make_room(self) -> None:
        total = sum(each.kept.size for each in self.pages.values())
        while len(self.pages) > 1 and (len(self.pages) > MOST_PAGES or total > MOST_BYTES):
            _, page = self.pages.popitem(last=False)
            total -= page.kept.size

    def forget(self) -> None:
        """Everything. For tests."""
        with self.lock:
            self.pages.clear()


memory = Memory()


def pages_from_memory(get_response: Answer) -> Answer:
    """Answer strangers from memory where that can be done, and put each visitor's own parts into every page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        key = key_of(request.META)
        if key is None:
            return made_ones_own(get_response(request))
        page = memory.page(key)
        if memory.age(page) < settings.PAGES_FRESH_SECONDS:
            return shown(page.kept)
        if request.method == "GET" and page.begin():
            return fill(page, get_response, request)
        if memory.age(page) >= settings.PAGES_KEPT_SECONDS and not page.unfit:
            page.wait()
        if memory.age(page) < settings.PAGES_KEPT_SECONDS:
            return shown(page.kept)
        return made_ones_own(get_response(request))

    return answer


def fresh_pages_first(site: Application) -> Application:
    """The site, but for pages that are known and fresh: these are answered here, and nobody waits for one."""

    def answer(environ: dict[str, Any], begin: Begin) -> Iterable[bytes]:
        kept = fresh(environ)
        return site(environ, begin) if kept is None else handed_out(kept, environ, begin)

    return answer


def fresh(environ: dict[str, Any]) -> Kept | None:
    """The page that is asked for, if it is known and fresh."""
    key = key_of(environ)
    page = memory.pages.get(key) if key is not None else None
    kept = page.kept if page is not None else None
    return kept if kept is not None and memory.now() - kept.asked_at < settings.PAGES_FRESH_SECONDS else None


def handed_out(kept: Kept, environ: dict[str, Any], begin: Begin) -> Iterable[bytes]:
    """A remembered page as this visitor's own, told to the web server."""
    begin("200 OK", list(kept.headers.items()))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]


def fill(page: Page, get_response: Answer, request: HttpRequest) -> HttpResponseBase:
    """Ask for a page, for oneself and for whoever waits; remember it if it may be."""
    asked_at, kept = memory.now(), None
    try:
        response = get_response(request)
        if isinstance(response, HttpResponse) and may_be_remembered(response):
            parts = tuple(response.content.split(TOKEN))
            response = made_ones_own(response)
            kept = Kept(parts, dict(response.items()), asked_at)
    finally:
        page.end(kept)
    return made_ones_own(response)


def key_of(meta: Mapping[str, Any]) -> Key | None:
    """What a page is remembered by; None where it is not to be remembered, or not for this visitor."""
    path, query = meta.get("PATH_INFO", ""), meta.get("QUERY_STRING", "")
    if (
        not settings.PAGES_KEPT_SECONDS  # every page is asked for anew
        or meta["REQUEST_METHOD"] not in ("GET", "HEAD")
        or path.startswith(NEVER)
        or len(query) > LONGEST_QUERY
        or "HTTP_AUTHORIZATION" in meta
        or not is_a_strangers(meta.get("HTTP_COOKIE", ""))
    ):
        return None
    if query:
        query = "&".join(part for part in query.split("&") if not part.startswith(FOLLOWERS))
    proxys_word = settings.SECURE_PROXY_SSL_HEADER[0] if settings.SECURE_PROXY_SSL_HEADER else ""
    scheme = f"{meta.get('wsgi.url_scheme', '')} {meta.get(proxys_word, '')}"
    return (scheme, meta.get("HTTP_HOST", ""), meta.get("SCRIPT_NAME", ""), path, query)


def is_a_strangers(cookies: str) -> bool:
    """No session and no message: what the page would say to anybody."""
    return not cookies or not (settings.SESSION_COOKIE_NAME in cookies or "messages=" in cookies)


def may_be_remembered(response: HttpResponse) -> bool:
    """A whole page, the same for every stranger; in the one language that there is."""
    told = response.get("Cache-Control", "")
    known = {"cookie", "accept-encoding", *(["accept-language"] if len(settings.LANGUAGES) == 1 else [])}
    return (
        response.status_code == 200
        and not response.cookies
        and response.get("Content-Type", "").startswith(HTML)
        and "private" not in told
        and "no-store" not in told
        and {each.strip().lower() for each in response.get("Vary", "").split(",") if each.strip()} <= known
        and len(response.content) <= LARGEST
    )


def shown(kept: Kept) -> HttpResponse:
    """A remembered page, as this visitor's own."""
    return HttpResponse(kept.body, headers=kept.headers)


def made_ones_own(response: HttpResponseBase) -> HttpResponseBase:
    """A page that was asked for just now, with a token of its own if it has a form."""
    if (
        isinstance(response, HttpResponse)
        and response.get("Content-Type", "").startswith(HTML)
        and TOKEN in response.content
    ):
        return with_a_token(response)
    return response


def with_a_token(response: HttpResponse) -> HttpResponse:
    """A fresh token in each form, and no copy of it anywhere on the way; the browser's Back may still show the page."""
    response.content = response.content.replace(TOKEN, str(uuid.uuid4()).encode())
    if "no-store" not in response.get("Cache-Control", ""):
        response["Cache-Control"] = "private, no-cache"
    return response
