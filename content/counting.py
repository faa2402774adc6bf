"""Visits counted without watching anybody: a path, the site that somebody came from, a number. No cookie, no address.

A process counts in its memory, which costs a page that is answered from memory next to nothing, and writes what it
counted half a minute later, all in one statement. A page of sensitive tone is never counted.
"""

import atexit
import logging
import threading
import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

log = logging.getLogger(__name__)

WRITTEN_AFTER = 30.0  # seconds
MOST_SITES = 300  # a day, in each process: whoever invents sites does not fill our table
MOST_KINDS = 5000  # of (path, site) in memory
LONGEST_PATH, LONGEST_SITE = 200, 100
KEPT = timedelta(days=800)  # two years and the same month
BROWSERS = "Mozilla/"  # so every browser begins, and some machines too, which add what they are

Key = tuple[date, str, str]

ADD = """
INSERT INTO content_dailyvisits (day, path, referrer, visits)
SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::int[])
ON CONFLICT (day, path, referrer) DO UPDATE SET visits = content_dailyvisits.visits + excluded.visits
"""


class Counter:
    """What this process has counted and not written yet."""

    def __init__(self, wait: float = WRITTEN_AFTER) -> None:
        self.wait = wait
        self.counted: dict[Key, int] = {}
        self.lock = threading.Lock()
        self.timer: threading.Timer | None = None
        self.sites: set[str] = set()
        self.today, self.midnight = date.min, 0.0
        self.tidied = date.min

    def count(self, path: str, meta: Mapping[str, Any]) -> None:
        """One visit to this path; `meta` says where from, and whether a machine asks. Neither is kept with another."""
        if is_a_machine(meta.get("HTTP_USER_AGENT", "")):
            return
        site = site_of(meta.get("HTTP_REFERER", ""), meta.get("HTTP_HOST", ""))
        with self.lock:
            if time.time() >= self.midnight:
                self._begin_day()
            if len(self.sites) < MOST_SITES:
                self.sites.add(site)
            key = (self.today, path, site if site in self.sites else "")
            if key in self.counted or len(self.counted) < MOST_KINDS:
                self.counted[key] = self.counted.get(key, 0) + 1
            if self.timer is None:
                self._set_timer()

    def _begin_day(self) -> None:
        now = timezone.localtime()
        self.today, self.sites = now.date(), set()
        self.midnight = (now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)).timestamp()

    def _set_timer(self) -> None:
        self.timer = threading.Timer(self.wait, self._write_and_leave)
        self.timer.daemon = True
        self.timer.start()

    def _write_and_leave(self) -> None:
        try:
            self.write()
        finally:
            connection.close()

    def write(self) -> None:
        """Everything that was counted, in one statement; kept for the next time where the database is away."""
        with self.lock:
            counted, self.counted, self.timer = self.counted, {}, None
        if not counted:
            return
        rows = sorted(counted.items())  # all processes in the same order, so that none waits for the other in a ring
        days, paths, sites = zip(*(key for key, _ in rows), strict=True)
        try:
            with connection.cursor() as cursor:
                cursor.execute(ADD, [list(days), list(paths), list(sites), [number for _, number in rows]])
                self._tidy(cursor)
        except DatabaseError:
            log.warning("Visits could not be written, and are kept for the next time.")
            with self.lock:
                for key, number in rows:
                    self.counted[key] = self.counted.get(key, 0) + number
                if self.timer is None:
                    self._set_timer()

    def _tidy(self, cursor: Any) -> None:
        """Once a day: what is older than anybody compares with goes."""
        today = timezone.localdate()
        if self.tidied < today:
            cursor.execute("DELETE FROM content_dailyvisits WHERE day < %s", [today - KEPT])
            self.tidied = today


def site_of(referrer: str, ours: str) -> str:
    """The host of another site; nothing for our own, for none, and for what is no address."""
    scheme, _, rest = referrer.partition("://")
    if scheme not in ("https", "http"):
        return ""
    host = rest.partition("/")[0].partition("?")[0].rpartition("@")[2].lower()[:LONGEST_SITE]
    return "" if host == ours.lower() or not host.isprintable() else host.removeprefix("www.")


def is_a_machine(agent: str) -> bool:
    """Whether it says of itself that nobody reads."""
    return not agent.startswith(BROWSERS) or "bot" in (said := agent.lower()) or "spider" in said or "crawl" in said


counter = Counter()
atexit.register(counter.write)


def to_be_counted(page: Any, path: str) -> str:
    """The path under which visits of a page are counted; nothing where they are not."""
    return "" if getattr(page, "tone", "") == "sensitive" else path[:LONGEST_PATH]
