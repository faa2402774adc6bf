"""Clients that post gifts for some seconds: in plain SQL, through the ledger in SQL, through the ledger in Python."""

import multiprocessing
import random
import re
import signal
import subprocess
import time
import uuid
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from django.db import connections

from almoner import embedded
from almoner.accounts.models import User
from donations.ledger import posting
from donations.ledger.models import Account, Fund, Purpose
from donations.ledger.money import Money
from tests.bench.place import APP, Place

HERE = Path(__file__).parent
PLAIN, OURS = HERE / "plain" / "gift.sql", HERE / "gift.sql"
QUICK_LOOK = 25  # gifts of each client
TABLES = (HERE / "plain" / "tables.sql").read_text()


@dataclass(frozen=True)
class Target:
    """What is posted to: a database, and the first and last of the funds among which each gift picks one."""

    place: Place
    database: str
    first: int
    last: int
    by: User

    def in_sql(self, script: Path, clients: int, seconds: float) -> float:
        """Gifts a second, by pgbench with prepared statements."""
        accounts = dict(Account.objects.values_list("code", "pk"))
        values = {
            "first": self.first, "last": self.last, "by": self.by.pk, "debit": accounts["1100"],
            "credit": accounts["4000"], "purpose": Purpose.objects.get(code="any").pk,
        }  # fmt: skip
        # It counts whole seconds; a quick look is of some gifts.
        length = ("-T", str(round(seconds))) if seconds >= 1 else ("-t", str(QUICK_LOOK))
        ran = subprocess.run(
            [
                str(embedded.binaries() / "pgbench"),
                *("-h", str(self.place.server.socket), "-U", APP, "-n", "-M", "prepared", "-f", str(script)),
                *("-c", str(clients), "-j", str(min(clients, 2)), *length),
                *(f"-D{name}={value}" for name, value in values.items()),
                self.database,
            ],
            capture_output=True,
            text=True,
        )
        rate = re.search(r"^tps = ([\d.]+)", ran.stdout, re.MULTILINE)
        if ran.returncode or rate is None or "number of failed transactions: 0 " not in ran.stdout:
            raise RuntimeError(f"pgbench failed: {ran.stdout[-500:]}{ran.stderr[-500:]}")
        return float(rate[1])

    def in_python(self, clients: int, seconds: float) -> float:
        """Gifts a second, by `posting.receive` in so many processes."""
        processes = multiprocessing.get_context("fork")
        ready, counts = processes.Barrier(clients + 1), processes.SimpleQueue()
        connections.close_all()
        funds = list(Fund.objects.filter(pk__gte=self.first, pk__lte=self.last))
        connections.close_all()
        children = [
            processes.Process(target=self._give, args=(funds, seconds, ready, counts), daemon=True)
            for _ in range(clients)
        ]
        for child in children:
            child.start()
        ready.wait(timeout=60)
        for child in children:
            child.join()
        if any(child.exitcode for child in children):
            raise RuntimeError("a client that posts through Python failed: its words are above")
        return sum(counts.get() for _ in children)

    def _give(self, funds: list[Fund], seconds: float, ready: Barrier, counts: Any) -> None:
        """One client, in a process of its own."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        connections["default"] = self.place.connection(self.database)
        connections["default"].ensure_connection()
        chance = random.Random()
        ready.wait(timeout=60)
        given, began = 0, time.monotonic()
        while time.monotonic() - began < seconds:
            amount = Money(chance.randint(100, 10_000))
            posting.receive(amount, into=chance.choice(funds), key=f"gift:{uuid.uuid4()}", by=self.by)
            given += 1
        counts.put(given / (time.monotonic() - began))
