"""What stands around the site while it is measured: the stand-in for Stripe, and the workers; each a process."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from django.conf import settings

from almoner import supervisor
from tests.bench import serving
from tests.bench.place import Place

WORKERS, THREADS = 2, 4  # a process for each core


@contextmanager
def stand_in(place: Place, folder: Path, port: int, *, tells: int | None = None) -> Iterator[psutil.Process]:
    """A stand-in that remembers its gifts in `folder`, and tells of them a site at the port `tells`.

    It compares nothing with Stripe's specification: tests do that, and here its work would be counted as ours.
    """
    family = supervisor.Supervisor(place.say)
    command = [sys.executable, "-m", "stripe_standin", "--port", str(port)]
    command += ["--state", str(folder / "stripe"), "--unchecked"]
    if tells is not None:
        command += ["--webhook-url", f"http://127.0.0.1:{tells}/stripe/webhook/", "--fee-after", "0"]
        command += ["--webhook-secret", settings.STRIPE_WEBHOOK_SECRETS[0]]
    path = serving.surroundings(place, "postgres")
    child = family.start(supervisor.Child("stand-in", command, folder / "stand-in.log", path))
    try:
        serving.wait_for(port, child)
        assert child.process is not None
        yield psutil.Process(child.process.pid)
    finally:
        family.stop()


@contextmanager
def workers(place: Place, database: str, folder: Path, ours: dict[str, str]) -> Iterator[list[psutil.Process]]:
    """A worker for each core."""
    family = supervisor.Supervisor(place.say)
    environment = serving.surroundings(place, database) | ours
    command = [
        *(sys.executable, str(settings.ROOT / "manage.py"), "procrastinate", "worker"),
        *("--concurrency", str(THREADS), "--shutdown-graceful-timeout", "5"),
    ]
    started = [
        family.start(supervisor.Child(f"worker {number}", command, folder / f"worker-{number}.log", environment))
        for number in range(1, WORKERS + 1)
    ]
    try:
        yield [psutil.Process(child.process.pid) for child in started if child.process is not None]
    finally:
        family.stop()
