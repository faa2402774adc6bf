"""Home, campaign, the appeal and its form on the demo's data, asked anew and from memory, beside plain Django; their
weight.

Asked anew, a page is drawn for each request with the ledger's figures as they stand; what of it is kept until somebody
publishes (content.edition) is kept here too. What it takes when nothing is kept stands beside the figure.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from almoner import embedded
from almoner.demo import people
from almoner.management.commands.demo import collect_static
from content import edition
from tests.bench import serving, weighing
from tests.bench.figure import Figure, at_least, at_most
from tests.bench.place import Place
from tests.bench.plain.pages import BODY
from tests.bench.serving import Load, Site

DATABASE = "demo"
ROUNDS, SECONDS = 4, 8
CPU_GOAL, MEMORY_GOAL = 12, 0.5
WEIGHT_GOAL, SCRIPT_GOAL = 60, 10  # kilobytes
WHOLE = 30  # pages that are drawn with nothing kept
# A page of 12 ms leaves two cores 167 pages a second, where the usual Django page has 1,350.
RATE_GOAL = 12
BARE_GOAL = 50  # of a Django view that asks nobody, a page from memory carries some thirty kilobytes
STEADY = 1.2  # nothing is concluded where the reference's own processor time moves more


@dataclass(frozen=True)
class Target:
    """One page: the application that serves it, where, and words that its answer must hold."""

    name: str
    application: str
    path: str
    marker: str
    remembered: bool = True
    queries: int = 0  # at most
    a_second: int = 0  # at least so many pages; else a part of the usual Django page's is the goal, and processor time

    @property
    def environment(self) -> dict[str, str]:
        """What its server is told."""
        return {} if self.remembered else {"PAGES_KEPT_SECONDS": "0"}


PLAIN = "tests.bench.plain.pages"
REFERENCES = [
    Target("WSGI hello", f"{PLAIN}:hello", "/", BODY),
    Target("Django view", f"{PLAIN}:bare()", "/", BODY),
    Target("with one query", f"{PLAIN}:bare()", "/query/", BODY),
    Target("usual middleware, one query, form", f"{PLAIN}:usual()", "/form/", BODY),
]
BARE, USUAL = REFERENCES[1], REFERENCES[-1]
APPLICATION = "almoner.wsgi:application"
HOME, CAMPAIGN = "/", "/campaign/"
ANEW = [
    Target(f"appeal page {people.APPEAL_PATH}", APPLICATION, people.APPEAL_PATH, "</html>", False, queries=8),
    Target(f"form of the appeal {people.FORM_PATH}", APPLICATION, people.FORM_PATH, "</form>", False, queries=8),
    Target(f"home page {HOME}", APPLICATION, HOME, "</html>", False, queries=15, a_second=100),
    Target(f"campaign page {CAMPAIGN}", APPLICATION, CAMPAIGN, "</html>", False, queries=15, a_second=100),
]
FROM_MEMORY = [
    Target(f"{each.name} from memory", APPLICATION, each.path, each.marker, a_second=each.a_second) for each in ANEW
]


def measure(place: Place) -> Iterator[Figure]:
    """Count the queries of each page, weigh it, then load all pages in turns."""
    set_up(place)
    for target in [*ANEW, *FROM_MEMORY]:
        yield queries(place, target)
    yield from weights(place)
    whole = {target: when_nothing_is_kept(place, target) for target in ANEW}
    loads = under_load(place)
    beside = described(loads)
    for target in ANEW:
        own = f"{split(loads[target])}; with nothing kept {whole[target]}; {beside}"
        best, usual = best_of(loads[target]), best_of(loads[USUAL])
        if target.a_second:
            yield at_least(target.a_second, f"{target.name}: pages a second", best, "/s", own)
            continue
        yield at_most(CPU_GOAL, f"{target.name}: processor time", *cpu_of(loads[target]), own)
        own = f"{best:,.0f}/s, and {usual:,.0f}/s of “{USUAL.name}”; {beside}"
        yield at_least(
            RATE_GOAL, f"{target.name}: pages a second ÷ the usual Django page's", best / usual * 100, "%", own
        )
    for target in FROM_MEMORY:
        best, bare = best_of(loads[target]), best_of(loads[BARE])
        own = f"{split(loads[target])}, and {bare:,.0f}/s of “{BARE.name}”; {beside}"
        if not target.a_second:
            yield at_most(MEMORY_GOAL, f"{target.name}: processor time", *cpu_of(loads[target]), own)
        yield at_least(BARE_GOAL, f"{target.name}: pages a second ÷ a bare Django view's", best / bare * 100, "%", own)


def cpu_of(loads: list[Load]) -> tuple[float, str]:
    """The processor time of a page, and its unit."""
    return median(each.cpu for each in loads), "ms"


def split(loads: list[Load]) -> str:
    """Where the processor time went, how many pages there were, and how long they took."""
    app, database = median(each.app for each in loads), median(each.database for each in loads)
    p95 = median(each.p95 for each in loads)
    return f"app {app:.2f} + database {database:.2f} ms, {best_of(loads):,.0f}/s, p95 {p95:.1f} ms"


def weights(place: Place) -> Iterator[Figure]:
    """What a browser fetches for each page, as it is sent."""
    with serving.site(place, APPLICATION, DATABASE, place.folder(settings.VAR / "log")) as site:
        for target in FROM_MEMORY:
            found = weighing.weigh(site.port, target.path)
            name = f"{target.path}: weight"
            yield at_most(WEIGHT_GOAL, f"{name} without pictures", found.all / 1000, "KB", found.described)
            yield at_most(SCRIPT_GOAL, f"{name} of script", found.script / 1000, "KB", found.described)
            yield at_most(0, f"{name} from third parties", len(found.elsewhere), "", found.described)


def set_up(place: Place) -> None:
    """The demo's own data in a database of ours, and its static files."""
    place.make_database(DATABASE)
    place.say("loading the demo's data")
    place.folder(settings.MEDIA_ROOT)
    with place.using(DATABASE):
        call_command("seed_demo", verbosity=0)
    with place.using(DATABASE, role=embedded.OWNER), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    collect_static()


def queries(place: Place, target: Target) -> Figure:
    """How many queries a page makes once it is warm; where they are too many, each is shown."""
    kept = settings.PAGES_KEPT_SECONDS if target.remembered else 0
    with place.using(DATABASE), override_settings(PAGES_KEPT_SECONDS=kept, KNOWN_SECONDS=0):
        reader = Client()
        for _ in range(2):
            reader.get(target.path)
        edition.forget()
        with CaptureQueriesContext(connection) as asked:
            answer = reader.get(target.path)
        found = [query["sql"].replace("\n", " ") for query in asked]
    if answer.status_code != 200 or not (found or target.remembered):
        raise RuntimeError(f"{target.path} answered {answer.status_code} after {len(found)} queries")
    if len(found) > target.queries:
        for number, sql in enumerate(found, start=1):
            place.say(f"query {number}: {sql[:300]}")
    return at_most(
        target.queries,
        f"{target.name}: queries",
        len(found),
        "",
        "its third request, nothing else kept between requests",
    )


def when_nothing_is_kept(place: Place, target: Target) -> str:
    """The processor time of a page that is drawn as after a publication, one after the other in this process."""
    with place.using(DATABASE), override_settings(PAGES_KEPT_SECONDS=0):
        reader, number = Client(), place.sized(WHOLE, least=3)
        for _ in range(3):
            reader.get(target.path)
        server = psutil.Process(connection.connection.info.backend_pid)
        database, app = serving.spent(server), time.process_time()
        for _ in range(number):
            edition.forget()
            reader.get(target.path)
        app, database = time.process_time() - app, serving.spent(server) - database
    return f"app {app * 1000 / number:.1f} + database {database * 1000 / number:.1f} ms"


def under_load(place: Place) -> dict[Target, list[Load]]:
    """Every page in turns, the references before ours in each round."""
    rounds, seconds = ROUNDS if place.scale == 1 else 1, place.seconds(SECONDS)
    targets = [*REFERENCES, *ANEW, *FROM_MEMORY]
    loads: dict[Target, list[Load]] = {target: [] for target in targets}
    logs = place.folder(settings.VAR / "log")
    with contextlib.ExitStack() as stack:
        sites: dict[tuple[str, bool], Site] = {}
        for target in targets:
            which = (target.application, target.remembered)
            if which not in sites:
                running = serving.site(place, target.application, DATABASE, logs, **target.environment)
                sites[which] = stack.enter_context(running)
        for number in range(rounds):
            place.say(f"round {number + 1} of {rounds}: {len(targets)} pages, {seconds:g} s each")
            for target in targets:
                site = sites[target.application, target.remembered]
                loads[target].append(site.load(target.path, target.marker, seconds))
    return loads


def best_of(loads: list[Load]) -> float:
    """Pages a second in the best round."""
    return max(load.rate for load in loads)


def described(loads: dict[Target, list[Load]]) -> str:
    """The references of this run, and whether they stood still."""
    parts = [
        f"{target.name} {best_of(loads[target]):,.0f}/s, {median(load.cpu for load in loads[target]):.2f} ms"
        for target in REFERENCES
    ]
    moved = [load.cpu for load in loads[USUAL]]
    doubt = (
        ""
        if max(moved) <= STEADY * min(moved)
        else f"; DOUBTFUL, {USUAL.name} moved {min(moved):.2f} to {max(moved):.2f} ms"
    )
    how = (
        f"gunicorn, {serving.WORKERS} workers × {serving.THREADS} threads, {serving.CLIENTS} connections kept open"
        " by a client on the same cores"
    )
    return f"{'; '.join(parts)}; {how}; best rate, median processor time{doubt}"
