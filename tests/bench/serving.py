"""A web server under eight connections that stay open: pages a second, and the processor time that each page took."""

import contextlib
import http.client
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
from django.conf import settings

from almoner import supervisor
from tests.bench.place import Place

CLIENTS, WORKERS, THREADS = 8, 2, 4
PORTER, PLAIN = "almoner.porter.Porter", "tests.bench.plain.pages"  # ours as we serve it, the others as is usual
WARMING = 40  # requests, so that every thread has its connection and its templates


@dataclass(frozen=True)
class Load:
    """What some seconds of requests came to. Processor time is in milliseconds for each page."""

    pages: int
    seconds: float
    app: float
    database: float
    p95: float = 0.0  # milliseconds that the slowest twentieth waited

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds

    @property
    def cpu(self) -> float:
        """Milliseconds of a core for a page, application and database together."""
        return self.app + self.database


@dataclass(frozen=True)
class Site:
    """A web server that runs, and the database server behind it."""

    port: int
    web: psutil.Process
    database: psutil.Process

    def load(self, path: str, marker: str, seconds: float) -> Load:
        """Ask for one page through eight connections; every answer must be a 200 that holds the marker."""
        processes = multiprocessing.get_context("fork")
        ready, done = processes.Barrier(CLIENTS + 1), processes.SimpleQueue()
        ask = (self.port, path, marker.encode(), seconds, ready, done)
        children = [processes.Process(target=read, args=ask, daemon=True) for _ in range(CLIENTS)]
        for child in children:
            child.start()
        ready.wait(timeout=60)  # all are warm
        app, database, began = spent(self.web), spent(self.database), time.monotonic()
        ready.wait(timeout=60)
        for child in children:
            child.join()
        took = time.monotonic() - began
        if any(child.exitcode for child in children):
            raise RuntimeError(f"{path} did not answer as it should: the client's words are above")
        told = [done.get() for _ in children]
        pages, waits = sum(each for each, _ in told), sorted(wait for _, some in told for wait in some)
        return Load(
            pages,
            took,
            (spent(self.web) - app) * 1000 / pages,
            (spent(self.database) - database) * 1000 / pages,
            waits[len(waits) * 95 // 100] * 1000,
        )


def read(port: int, path: str, marker: bytes, seconds: float, ready: Any, done: Any) -> None:
    """One connection, in a process of its own."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask() -> None:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or marker not in body:
            raise RuntimeError(f"{path} answered {answer.status} without {marker!r}: {body[:200]!r}")

    for _ in range(min(WARMING, round(seconds * 20))):  # a quick look is warmed quickly
        ask()
    ready.wait(timeout=60)
    ready.wait(timeout=60)
    waits, now = [], time.monotonic()
    ends = now + seconds
    while now < ends:
        asked = now
        ask()
        now = time.monotonic()
        waits.append(now - asked)
    hundredths = quantiles(waits, n=100) if len(waits) > 1 else waits  # all of them would fill the pipe
    done.put((len(waits), hundredths))


def spent(root: psutil.Process) -> float:
    """Seconds of processor time of a process, of those it started, and of those of them that have ended."""
    total = 0.0
    for each in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            total += times.user + times.system
            if each == root:
                total += times.children_user + times.children_system
    return total


@contextlib.contextmanager
def site(place: Place, application: str, database: str, folder: Path, **environment: str) -> Iterator[Site]:
    """Serve an application as the demo does: gunicorn, two workers of four threads, connections kept open."""
    port = free_port()
    environment = surroundings(place, database) | environment
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--chdir", str(settings.ROOT), "--preload"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "60"),
        *("--graceful-timeout", "3", "--worker-class", "gthread" if application.startswith(PLAIN) else PORTER),
    ]
    name = application.partition("(")[0].replace(":", ".")
    family = supervisor.Supervisor(place.say)
    child = family.start(supervisor.Child(name, command, folder / f"{name}.log", environment))
    try:
        wait_for(port, child)
        assert child.process is not None
        postmaster = int((place.server.data / "postmaster.pid").read_text().split()[0])
        yield Site(port, psutil.Process(child.process.pid), psutil.Process(postmaster))
    finally:
        family.stop()


def surroundings(place: Place, database: str) -> dict[str, str]:
    """The environment of a process of ours that works on one database."""
    return {
        "PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.ROOT / "site")]),
        "DJANGO_SETTINGS_MODULE": "almoner.settings.bench",
        "BENCH_DATABASE_URL": place.server.url(database, role="almoner_app"),
    }


def wait_for(port: int, child: supervisor.Child) -> None:
    """Wait until somebody listens; what goes wrong is shown with the server's own last words."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if child.has_ended():
            break
        time.sleep(0.1)
    raise RuntimeError(f"{child.name} does not answer. Its last words:\n{child.last_words()}")


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
