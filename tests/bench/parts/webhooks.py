"""Stripe's events: taken by the site through eight connections, then obeyed by the worker, which asks Stripe again.

Beside them, in the same run, the same rows in plain SQL. In the calm after, the comparison with Stripe is the judge.
"""

import shutil
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from statistics import quantiles

from django.conf import settings
from django.db import connection

from almoner.accounts.models import system_user
from donations.ledger import proving
from donations.models import Appeal, Donation, StripeEvent
from tests.bench import around, mailbag, serving
from tests.bench.figure import Figure, at_least, at_most
from tests.bench.place import Place
from tests.bench.posting import PLAIN, TABLES, Target

SECONDS = 60
GIFTS = 10_000  # each is told of by three events: more than a minute of them
MANY = 1_000
TAKEN, POSTED, ON_ONE, WAIT = 12, 100, 70, 100


def measure(place: Place) -> Iterator[Figure]:
    """Many funds, then one; the second's rate is judged by the first's."""
    gifts = place.sized(GIFTS, least=40)
    place.say(f"{gifts:,} gifts are paid at the stand-in")
    bag = place.folder(settings.VAR / "mailbag")
    paid, bodies = mailbag.fill(bag, gifts)
    many = yield from storm(place, "many", place.sized(MANY, least=2), bag, paid, bodies)
    one = yield from storm(place, "one", 1, bag, paid, bodies)
    yield at_least(ON_ONE, "events obeyed on one fund ÷ on many", one / many * 100, "%", f"{many:,.0f}/s on many funds")


def storm(
    place: Place, database: str, funds: int, bag: Path, paid: list[mailbag.Paid], bodies: list[bytes]
) -> Generator[Figure, None, float]:
    """A mailbag is delivered, then worked off; the rate at which it was."""
    words = "one fund" if funds == 1 else f"{funds:,} funds"
    place.make_database(database)
    folder = place.folder(settings.VAR / f"stripe-{database}")
    shutil.copytree(bag, folder, dirs_exist_ok=True)
    with place.using(database):
        appeals = mailbag.make_appeals(funds)
        mailbag.promise(paid, appeals)
        plain = beside(place, database, appeals)
    standin = serving.free_port()
    ours = {"PORT": str(standin - 1), "LOG_LEVEL": "ERROR"}
    with around.stand_in(place, folder, standin), serving.site(place, APPLICATION, database, folder, **ours) as site:
        place.say(f"{len(bodies):,} events are sent, for {place.seconds(SECONDS):g} s at most")
        taken, took, waits = mailbag.post(site.port, bodies, place.seconds(SECONDS))
    own = f"{taken / took:,.0f} events/s of {plain:,.0f}/s in plain SQL, 8 connections, {words}"
    yield at_least(TAKEN, f"events taken, {words} ÷ plain SQL", taken / took / plain * 100, "%", own)
    last = quantiles(waits, n=100)[98] * 1000
    yield at_most(WAIT, f"wait of the slowest hundredth, {words}", last, "ms", own)
    with place.session(database) as session:
        session.execute("ANALYZE")  # as autovacuum does, but at a moment of our choosing
    place.say(f"{taken:,} events were taken, {len(bodies) - taken:,} were not sent; the worker begins")
    with around.stand_in(place, folder, standin), place.using(database):
        rate = drain(place, database, folder, ours)
        lost = taken - StripeEvent.objects.filter(handled_at__isnull=False).count()
        given = Donation.objects.count()
        doubled = given - Donation.objects.values("payment").distinct().count()
        proof = proving.prove()
    crew = f"{around.WORKERS} workers of {around.THREADS} threads"
    how = f"{crew}, each event asks the stand-in again, on the same cores, {words}"
    yield at_least(POSTED, f"events obeyed, {words}", rate, "/s", how)
    judged = f"{taken:,} events taken, {given:,} gifts; {proof.sentence}"
    yield at_most(0, f"events lost, gifts doubled, pence off, {words}", lost + doubled + proof.differences, "", judged)
    return rate


APPLICATION = "almoner.wsgi:application"


def beside(place: Place, database: str, appeals: list[Appeal]) -> float:
    """The same rows in plain SQL, by eight clients, in the same run."""
    with place.session(database) as session:
        session.execute(TABLES)
    funds = sorted(appeal.fund_id for appeal in appeals)
    target = Target(place, database, funds[0], funds[-1], system_user("stripe"))
    return max(target.in_sql(PLAIN, 8, place.seconds(8)) for _ in range(2))


def drain(place: Place, database: str, folder: Path, ours: dict[str, str]) -> float:
    """Events obeyed a second, from the worker's first to the last."""
    with around.workers(place, database, folder, ours):
        began, first = None, 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*), count(handled_at) FROM donations_stripeevent")
                every, done = cursor.fetchone()
            if done and began is None:
                began, first = time.monotonic(), done
            if done == every:
                break
            time.sleep(0.25)
        assert began is not None
        return (every - first) / max(time.monotonic() - began, 0.001)
