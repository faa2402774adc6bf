"""The stand-in as a process of its own: `python -m stripe_standin`."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.stripe_standin.conftest import a_gift, client_of

SITE = Path(__file__).resolve().parents[2] / "site"


def begin(*words):
    """The process and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "stripe_standin", "--port", "0", *words],
        env={**os.environ, "PYTHONPATH": str(SITE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = process.stdout.readline()
    return process, re.search(r"http://\S+", said)[0]


def end(process, number=signal.SIGTERM):
    """Its exit status, and what it said about the end."""
    process.send_signal(number)
    _, complaint = process.communicate(timeout=15)
    return process.returncode, complaint


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_and_complains_of_nothing(number):
    process, address = begin()
    with requests.Session() as open_connection:
        open_connection.get(address, timeout=5)
        assert end(process, number) == (0, "")


def test_it_remembers_after_a_restart_and_forgets_when_asked(tmp_path):
    state = str(tmp_path / "deep" / "state")
    process, address = begin("--state", state)
    session = client_of(address).v1.checkout.sessions.create(a_gift())
    assert end(process) == (0, "")
    process, address = begin("--state", state)
    assert client_of(address).v1.checkout.sessions.retrieve(session.id).amount_total == 2500
    end(process)
    process, address = begin("--state", state, "--reset")
    assert client_of(address).v1.checkout.sessions.list().data == []
    end(process)


def test_a_page_opened_before_a_restart_is_led_to_where_the_stand_in_is_now(tmp_path):
    state = str(tmp_path / "state")
    process, address = begin("--state", state)
    session = client_of(address).v1.checkout.sessions.create(a_gift())
    end(process)
    process, address = begin("--state", state)
    assert requests.get(f"{address}/c/pay/{session.id}", timeout=5).status_code == 200
    end(process)


def test_a_taken_port_is_said_plainly():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = [sys.executable, "-m", "stripe_standin", "--port", str(port)]
        tried = subprocess.run(words, env={**os.environ, "PYTHONPATH": str(SITE)}, capture_output=True, text=True)
    assert tried.returncode == 1
    assert tried.stderr.startswith(f"The stand-in cannot listen on port {port}")
    assert "Traceback" not in tried.stderr


def test_it_listens_on_one_loopback_address_only():
    process, address = begin()
    port = int(address.rsplit(":", 1)[1])
    with pytest.raises(ConnectionRefusedError):  # a server that listens everywhere would answer here
        socket.create_connection(("127.0.0.2", port), timeout=2)
    end(process)


def test_it_needs_neither_django_nor_the_product_nor_stripes_library_at_work():
    unwanted = ("django", "almoner", "donations", "stripe")
    asked = f"import stripe_standin, sys; print([name for name in {unwanted} if name in sys.modules])"
    env = {**os.environ, "PYTHONPATH": str(SITE)}
    said = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
