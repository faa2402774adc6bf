"""The demo command: it says each step, answers, keeps its data, and leaves nothing behind."""

import json
import re
import time
import urllib.error
import urllib.request
from datetime import datetime

import psutil
import psycopg
import pytest

from almoner import embedded
from tests.browser.running_demo import RunningDemo

pytestmark = pytest.mark.usefixtures("undisturbed")


def test_the_demo_says_what_it_does_and_how_to_sign_in(demo):
    said = "".join(demo.printed)
    for step in ("Database", "Migrations", "Demo data", "Static files", "stand-in", "worker", "site", "Ready"):
        assert step in said
    assert f"{demo.site}/board/" in said
    assert "password is" in said


def test_health_tells_of_database_worker_and_proof_and_no_secret(demo):
    told = health(demo)
    assert told["database"] is True
    assert told["worker"] is True
    assert told["proof"]["holds"] is True
    assert told["healthy"] is True
    assert set(told) == {"healthy", "database", "worker", "proof"}


def test_a_killed_worker_comes_back(demo):
    (worker,) = demo.running("procrastinate")
    worker.kill()
    for _ in range(120):
        back = [each for each in demo.running("procrastinate") if each.pid != worker.pid]
        if back:
            break
        time.sleep(0.25)
    assert back
    assert any("worker ended and is started again" in line for line in demo.printed)


def test_a_taken_port_is_said_plainly(demo, tmp_path):
    second = RunningDemo(tmp_path)
    second.port = demo.port
    with pytest.raises(AssertionError, match=f"Port {demo.port} is taken"):
        second.start()


def test_ctrl_c_stops_everything_and_the_next_start_keeps_the_data(demo):
    family = demo.family()
    names = " ".join(" ".join(each.cmdline()) for each in family)
    for part in ("gunicorn", "procrastinate", "stripe_standin", "postgres"):
        assert part in names
    amounts, books = money_that_the_public_sees(demo), first_posted(demo)
    assert len(amounts) > 6
    assert demo.press_ctrl_c() == 0
    assert psutil.wait_procs(family, timeout=10)[1] == []
    demo.start()
    assert money_that_the_public_sees(demo) == amounts
    assert first_posted(demo) == books, "these are the same books, not new ones that look like them"


def money_that_the_public_sees(demo: RunningDemo) -> list[str]:
    """Every amount on the page that says where the money went, in the order in which it stands there."""
    with urllib.request.urlopen(f"{demo.site}/where-your-money-goes/", timeout=20) as answer:
        return re.findall(r"£[\d,.]+", answer.read().decode())


def first_posted(demo: RunningDemo) -> datetime:
    """When the first entry in the demo's books was posted: when they were made."""
    with psycopg.connect(embedded.Server(demo.var / "postgres").url("almoner", role=embedded.OWNER)) as session:
        return session.execute("SELECT min(posted_at) FROM ledger_entry").fetchone()[0]


def health(demo: RunningDemo) -> dict:
    """What /healthz answers, whatever its status, once the worker has given its first sign of life."""
    told: dict = {}
    for _ in range(40):
        try:
            with urllib.request.urlopen(f"{demo.site}/healthz", timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as answer:
            told = json.load(answer)
        time.sleep(0.25)
    return told
