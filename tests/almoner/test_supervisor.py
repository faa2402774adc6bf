"""Several processes run as one: a dead one is started again, and stopping leaves none."""

import sys
import threading
import time

import psutil
import pytest

from almoner.supervisor import Child, Supervisor

SLEEPER = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
time.sleep(60)
"""


@pytest.fixture
def family(tmp_path):
    """A supervisor with one child, which has a child of its own."""
    said: list[str] = []
    supervisor = Supervisor(said.append)
    supervisor.said = said
    supervisor.start(Child("sleeper", [sys.executable, "-c", SLEEPER], tmp_path / "sleeper.log"))
    yield supervisor
    supervisor.stop()


def test_stopping_leaves_no_process_behind_not_even_a_grandchild(family):
    child = psutil.Process(family.children[0].process.pid)
    while not child.children():
        time.sleep(0.05)
    everybody = [child, *child.children(recursive=True)]
    family.stop()
    assert psutil.wait_procs(everybody, timeout=5)[1] == []


def test_a_child_that_dies_is_started_again_and_that_is_said(family):
    threading.Thread(target=family.watch, daemon=True).start()
    first = family.children[0].process
    psutil.Process(first.pid).kill()
    for _ in range(100):
        if family.children[0].process is not first:
            break
        time.sleep(0.1)
    assert family.children[0].process is not first
    assert "sleeper ended and is started again" in family.said[0]
