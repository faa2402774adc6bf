"""A form that is sent, to its durable row and past every limit; then whole gifts, to the books and the queued receipt.

The form is measured without Stripe, whose page is there at once: what is left is our own work. Whole gifts go through
the stand-in, in a process of its own on the same cores, which opens the pages, takes the payments and tells of them.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack

import psutil
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from donations import gateway
from donations.ledger import proving
from donations.models import Donation, Letter, Pledge
from tests.bench import around, givers, mailbag, serving
from tests.bench.figure import Figure, at_least, at_most
from tests.bench.place import Place
from tests.bench.plain.pages import BODY

SECONDS, GIVING = 10, 60
CPU_GOAL, GIFTS_GOAL, PATIENCE = 6, 50, 120
BEHIND_A_PROXY = {"TRUSTED_PROXIES": "1"}  # so that each donor may come from a home of her own


def measure(place: Place) -> Iterator[Figure]:
    """The form, then the whole gift."""
    yield from form(place)
    yield from whole_gifts(place)


def appeal(place: Place, database: str) -> None:
    """One appeal, with its fund."""
    place.make_database(database)
    with place.using(database):
        (made,) = mailbag.make_appeals(1)
        made.slug = "bench"
        made.save()


def form(place: Place) -> Iterator[Figure]:
    """How much processor time one form costs."""
    appeal(place, "form")
    logs = place.folder(settings.VAR / "log")
    with serving.site(place, "tests.bench.plain.pages:usual()", "form", logs) as site:
        usual = site.load("/form/", BODY, place.seconds(SECONDS))
    with serving.site(place, "tests.bench.plain.stubbed:application", "form", logs, **BEHIND_A_PROXY) as site:
        place.say(f"forms are sent for {place.seconds(SECONDS):g} s")
        given = givers.give(site, place.seconds(SECONDS), pays=False)
    with place.using("form"):
        kept = Pledge.objects.exclude(checkout_session="").count()
    lost = given.forms + serving.CLIENTS * givers.WARMING - kept
    beside = (
        f"app {given.app:.2f} + database {given.database:.2f} ms, {given.rate:,.0f}/s, p95 {given.p95:.1f} ms;"
        f" checked, judged by every limit and committed; Stripe's page stubbed; 8 connections; in this run a usual"
        f" Django page took {usual.cpu:.2f} ms"
    )
    yield at_most(CPU_GOAL, "form sent: processor time", given.cpu, "ms", beside)
    yield at_most(0, "form sent: pledges lost", lost, "", f"{kept:,} pledges")


def whole_gifts(place: Place) -> Iterator[Figure]:
    """Gifts from the form to the ledger, and the letters that wait for the post."""
    appeal(place, "gifts")
    folder = place.folder(settings.VAR / "stripe-gifts")
    port, seconds = serving.free_port(), place.seconds(GIVING)
    # The demo's settings look for the stand-in at the port after the site's.
    ours = {**BEHIND_A_PROXY, "PORT": str(port - 1), "LOG_LEVEL": "ERROR"}
    with ExitStack() as stack:
        site = stack.enter_context(serving.site(place, "almoner.wsgi:application", "gifts", folder, **ours))
        standin = stack.enter_context(around.stand_in(place, folder, port, tells=site.port))
        crew = stack.enter_context(around.workers(place, "gifts", folder, ours))
        hear_what_is_needed(port)
        wait_for_workers(place)
        place.say(f"gifts are given for {seconds:g} s")
        began = {"stand-in": serving.spent(standin), "worker": spent_by(crew)}
        start = time.monotonic()
        given = givers.give(site, seconds, pays=True)
        with place.using("gifts"):
            whole = given.forms + serving.CLIENTS * givers.WARMING
            arrived, took = wait_for(whole, start)
            proof = proving.prove()
            gifts, receipts = Donation.objects.count(), Letter.objects.filter(kind=Letter.Kind.RECEIPT).count()
            doubled = gifts - Donation.objects.values("pledge").distinct().count()
        used = {"stand-in": serving.spent(standin) - began["stand-in"], "worker": spent_by(crew) - began["worker"]}
    each = ", ".join(f"{who} {spent * 1000 / max(1, given.forms):.1f}" for who, spent in used.items())
    beside = (
        f"{given.forms:,} gifts in {given.seconds:.0f} s of giving, all in the books after {took:.0f} s;"
        f" processor time a gift: site {given.app:.1f}, database {given.database:.1f}, {each} ms;"
        f" form p95 {given.p95:.0f} ms; 8 connections, on the same cores"
    )
    yield at_least(GIFTS_GOAL, "whole gifts, form to ledger and queued receipt", arrived / took, "/s", beside)
    wrong = (whole - gifts) + doubled + (gifts - receipts) + proof.differences
    told = f"{whole:,} given, {gifts:,} in the books, {receipts:,} receipts; {proof.sentence}"
    yield at_most(0, "gifts lost or doubled, receipts missing, pence off", wrong, "", told)


def hear_what_is_needed(port: int) -> None:
    """Have the stand-in send the kinds of event that `check_stripe --fix` asks Stripe for, and no others."""
    with override_settings(STRIPE_API_BASE=f"http://127.0.0.1:{port}"):
        for endpoint in gateway.endpoints():
            gateway.repair_endpoint(endpoint.endpoint)


def wait_for_workers(place: Place) -> None:
    """Until each has said that it lives: starting is not what is measured."""
    with place.using("gifts"):
        for _ in range(600):
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM procrastinate_workers")
                if cursor.fetchone()[0] >= around.WORKERS:
                    return
            time.sleep(0.1)
    raise RuntimeError("the workers do not begin")


def wait_for(whole: int, start: float) -> tuple[int, float]:
    """How many gifts are in the books, and after how many seconds the last of them was."""
    seen, at = -1, time.monotonic()
    while seen < whole and time.monotonic() - at < PATIENCE:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM donations_donation")
            (now,) = cursor.fetchone()
        if now != seen:
            seen, at = now, time.monotonic()
        time.sleep(0.1)
    return seen, at - start


def spent_by(crew: list[psutil.Process]) -> float:
    """Seconds of processor time of them all."""
    return sum(serving.spent(each) for each in crew)
