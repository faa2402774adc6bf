"""Donors who fill in the form through eight connections, each from a home of her own; and pay, where that is wanted."""

import http.client
import multiprocessing
import signal
import time
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.bench.serving import CLIENTS, Site, spent

FORM = "/donate/bench/at-once/"
WARMING = 10


@dataclass(frozen=True)
class Given:
    """What some seconds of giving came to. Processor time is in milliseconds for each form."""

    forms: int
    seconds: float
    app: float
    database: float
    p95: float

    @property
    def cpu(self) -> float:
        """Of the application and the database together."""
        return self.app + self.database

    @property
    def rate(self) -> float:
        """Forms a second."""
        return self.forms / self.seconds


def give(site: Site, seconds: float, *, pays: bool) -> Given:
    """Send forms as fast as they are answered; `pays` goes on to the payment page and presses its button."""
    processes = multiprocessing.get_context("fork")
    ready, done = processes.Barrier(CLIENTS + 1), processes.SimpleQueue()
    children = [
        processes.Process(target=_donor, args=(number, site.port, seconds, pays, ready, done), daemon=True)
        for number in range(CLIENTS)
    ]
    for child in children:
        child.start()
    ready.wait(timeout=60)  # all are warm
    app, database, began = spent(site.web), spent(site.database), time.monotonic()
    ready.wait(timeout=60)
    for child in children:
        child.join()
    took = time.monotonic() - began
    if any(child.exitcode for child in children):
        raise RuntimeError("a form was not answered as it should be: the client's words are above")
    told = [done.get() for _ in children]
    forms = sum(count for count, _ in told)
    waits = sorted(wait for _, some in told for wait in some)
    return Given(
        forms,
        took,
        (spent(site.web) - app) * 1000 / forms,
        (spent(site.database) - database) * 1000 / forms,
        waits[len(waits) * 95 // 100] * 1000,
    )


def typed(number: str) -> dict[str, str]:
    """A form rightly filled in."""
    answers = {"every": "once", "choice": "other", "other": "25", "name": "Ada Periwinkle", "gift_aid": "no"}
    return {**answers, "email": f"ada{number}@example.org", "token": str(uuid.uuid4())}


def _donor(who: int, port: int, seconds: float, pays: bool, ready: Any, done: Any) -> None:
    """One connection after another form, in a process of its own."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    ours = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    stripes: http.client.HTTPConnection | None = None

    def post(to: http.client.HTTPConnection, path: str, fields: dict[str, str], home: str) -> str:
        to.request("POST", path, urlencode(fields), {**HEADERS, "X-Forwarded-For": home})
        answer = to.getresponse()
        body = answer.read()
        if answer.status not in (302, 303):
            raise RuntimeError(f"{path} answered {answer.status}: {body[:300]!r}")
        return answer.headers["Location"]

    def one(number: int) -> float:
        nonlocal stripes
        began = time.monotonic()
        page = post(ours, FORM, typed(f"{who}-{number}"), f"2001:db8:{who:x}:{number:x}::1")
        took = time.monotonic() - began
        if pays:
            there = urlsplit(page)
            stripes = stripes or http.client.HTTPConnection(there.netloc, timeout=60)
            post(stripes, there.path, {"card": "succeeds"}, "")
        return took

    for number in range(WARMING):
        one(number)
    ready.wait(timeout=60)
    ready.wait(timeout=60)
    waits: list[float] = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        waits.append(one(WARMING + len(waits)))
    waits.sort()
    done.put((len(waits), waits[:: max(1, len(waits) // 200)]))  # all of them would fill the pipe


HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
