"""The ledger at ten thousand and at ten million lines: reading, proving, posting."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from statistics import median
from typing import Any

import psutil
from django.db import connection, connections

from almoner import embedded
from almoner.accounts.models import system_user
from donations.ledger import balances, proving, reports
from donations.ledger.models import Fund
from tests.bench import books
from tests.bench.figure import Figure, at_least, at_most
from tests.bench.place import Place
from tests.bench.posting import OURS, PLAIN, TABLES, Target

SMALL, LARGE = 10_000, 10_000_000
READINGS = 1_000
MANY_FUNDS = 10_000
ROUNDS, SECONDS = 4, 8
STEADY = 1.2  # nothing is concluded where the reference itself moves more
MEGABYTE = 1_000_000


@dataclass(frozen=True, eq=False)
class Book:
    """One filled ledger."""

    database: str
    lines: int
    funds: list[Fund]

    @property
    def size(self) -> str:
        """Its size in words."""
        return f"{self.lines:,} lines"


def measure(place: Place) -> Iterator[Figure]:
    """Fill both ledgers, read them in turns, prove the large one, post to both, and prove both again."""
    small, large = (make(place, name, place.sized(lines)) for name, lines in (("small", SMALL), ("large", LARGE)))
    place.say(place.settings_of_server())
    yield from reading(place, small, large)
    yield from proof(place, large)
    for book in (small, large):
        yield from writing(place, book)
        yield oracle(place, book)


def make(place: Place, name: str, lines: int) -> Book:
    """A ledger of so many lines; a ledger whose totals are wrong would make every figure worthless."""
    place.say(f"filling a ledger with {lines:,} lines")
    place.make_database(name)
    with place.using(name, role=embedded.OWNER):
        funds = books.fill(lines)
        entries, written = books.counted()
        proved = proving.prove()
    if not proved.holds:
        raise RuntimeError(f"the ledger was filled wrongly: {proved.sentence}")
    place.say(
        f"{entries:,} entries, {written:,} lines, {books.YEARS} years, {len(funds)} funds, 5 purposes: facts"
        f" written in bulk by the owner and totals made from them, awards through the verbs; {proved.sentence}"
    )
    return Book(name, written, funds)


# ---------------------------------------------------------------- reading


def reading(place: Place, small: Book, large: Book) -> Iterator[Figure]:
    """Each question to both ledgers in turns, on the role and through the functions that pages use."""
    turn = cycle(large.funds)
    year = {"first": date(books.last_year(), 1, 1), "last": date(books.last_year(), 12, 31)}
    questions: list[tuple[str, Callable[[], Any]]] = [
        ("one fund's position", lambda: balances.of_fund(next(turn))),
        ("all 40 funds' positions", balances.of_funds),
        ("all 5 purposes' positions", balances.of_purposes),
        ("a year by fund class", lambda: reports.year_by_class(**year)),
    ]
    readings = place.sized(READINGS, least=20)
    ours = {book: place.connection(book.database) for book in (small, large)}
    before = connections["default"]
    try:
        for name, ask in questions:
            place.say(f"reading {name}, {readings:,} times from each ledger in turns")
            took: dict[Book, list[float]] = {small: [], large: []}
            for number in range(readings + 10):
                for book in (small, large) if number % 2 else (large, small):
                    connections["default"] = ours[book]
                    began = time.perf_counter()
                    ask()
                    if number >= 10:  # plans are made and pages are read
                        took[book].append((time.perf_counter() - began) * 1000)
            low, high = median(took[small]), median(took[large])
            beside = (
                f"{low:.3f} ms at {small.size} and {high:.3f} ms at {large.size}, in Python; medians of {readings:,},"
                f" the quickest {min(took[small]):.3f} and {min(took[large]):.3f} ms"
            )
            yield at_most(2, f"{name}, the slower of both ledgers", max(low, high), "ms", beside)
            yield at_most(1.2, f"{name}, {large.size} ÷ {small.size}", high / low, "×", beside)
    finally:
        for each in ours.values():
            each.close()
        connections["default"] = before


# ---------------------------------------------------------------- proving


def proof(place: Place, book: Book) -> Iterator[Figure]:
    """The whole ledger summed again, by `proving.prove` as the app's role: the time, and the memory at both ends."""
    place.say(f"proving {book.size}")
    with place.using(book.database):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_backend_pid(), temp_bytes FROM pg_stat_database WHERE datname = current_database()"
            )
            backend, spilled = cursor.fetchone()
        us = psutil.Process()
        before, began = us.memory_info().rss, time.monotonic()
        with Watched(backend) as watched:
            proved = proving.prove()
        seconds, grown = time.monotonic() - began, us.memory_info().rss - before
    with place.session(book.database) as session:
        found = session.execute(
            "SELECT temp_bytes, pg_database_size(current_database()), current_setting('hash_mem_multiplier'),"
            " coalesce((SELECT split_part(said, '=', 2) FROM pg_proc, unnest(proconfig) said"
            " WHERE proname = 'ledger_prove' AND said LIKE 'work_mem=%'), current_setting('work_mem'))"
            " FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
    assert found is not None
    temp, size, multiplier, work_mem = found
    beside = (
        f"{watched.spent:.1f} s of the backend's processor time; a database of {size / 1e9:.2f} GB; work_mem"
        f" {work_mem} × {multiplier}, {(temp - spilled) / MEGABYTE:,.0f} MB of temporary files; {proved.sentence}"
    )
    yield at_most(30, f"full proof of {book.size}", seconds, "s", beside)
    yield at_most(0, "differences that it found", proved.differences, "", beside)
    yield at_most(10, "memory that the proof adds to the command", max(0, grown) / MEGABYTE, "MB", beside)
    yield at_most(
        64,
        "the server's own memory during it, highest",
        watched.highest / MEGABYTE,
        "MB",
        f"{beside}; {watched.beside}",
    )


class Watched:
    """A backend's processor time, and its private memory with that of the workers that help it, looked at often."""

    def __init__(self, backend: int) -> None:
        self.backend = psutil.Process(backend)
        self.highest, self.processes = 0, 1
        self.spent = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watched":
        self._before = self._processor_time()
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.spent = self._processor_time() - self._before
        self._over.set()
        self._thread.join()

    @property
    def beside(self) -> str:
        """Whose memory it is."""
        return f"the private memory of {self.processes} server processes, shared buffers not counted"

    def _processor_time(self) -> float:
        times = self.backend.cpu_times()
        return times.user + times.system

    def _look(self) -> None:
        while not self._over.wait(0.05):
            postmaster = self.backend.parent()
            helpers = [each for each in postmaster.children() if is_parallel_worker(each)] if postmaster else []
            held = [memory_of(each) for each in [self.backend, *helpers]]
            self.highest = max(self.highest, sum(held))
            self.processes = max(self.processes, len(held))


def is_parallel_worker(process: psutil.Process) -> bool:
    """Whether a server process helps another one with a query."""
    try:
        return "parallel worker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def memory_of(process: psutil.Process) -> int:
    """The memory that a process shares with nobody."""
    try:
        return process.memory_full_info().uss
    except psutil.NoSuchProcess:
        return 0


# ---------------------------------------------------------------- posting


def writing(place: Place, book: Book) -> Iterator[Figure]:
    """Gifts a second beside the same rows in plain SQL, in turns: plain, ours in SQL, ours in Python; best of each."""
    with place.using(book.database, role=embedded.OWNER):
        first, last = books.open_many(place.sized(MANY_FUNDS, least=40))
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
        books.settle()
        by = system_user("bench")
    seconds, rounds = place.seconds(SECONDS), ROUNDS if place.scale == 1 else 1
    for funds, end in ((f"{last - first + 1:,} funds", last), ("one fund", first)):
        target = Target(place, book.database, first, end, by)
        for clients in (1, 8):
            client = "1 client" if clients == 1 else f"{clients} clients"
            place.say(f"posting into {funds} by {client}, {rounds} × 3 × {seconds:g} s, at {book.size}")
            plain, sql, python = [], [], []
            with place.using(book.database):
                for _ in range(rounds):
                    plain.append(target.in_sql(PLAIN, clients, seconds))
                    sql.append(target.in_sql(OURS, clients, seconds))
                    python.append(target.in_python(clients, seconds))
            where = f"{funds} by {client}, at {book.size}"
            doubt = "" if max(plain) <= STEADY * min(plain) else "; DOUBTFUL, it moved"
            reference = (
                f"{max(plain):,.0f}/s of the same rows in plain SQL by pgbench; best of {rounds} × {seconds:g} s,"
                f" spread of the reference {min(plain):,.0f} to {max(plain):,.0f}{doubt}"
            )
            for goal, how, rates in ((25, "in SQL", sql), (12, "through Python", python)):
                beside = f"{max(rates):,.0f} entries/s {how}, and {reference}"
                yield at_least(goal, f"posting {how} into {where}", max(rates) / max(plain) * 100, "%", beside)


def oracle(place: Place, book: Book) -> Figure:
    """After all that, every total still agrees with its lines."""
    with place.using(book.database):
        proved = proving.prove()
    return at_most(0, f"differences after posting, from {book.size}", proved.differences, "", proved.sentence)
