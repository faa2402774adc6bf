"""Where a part measures: an embedded PostgreSQL of its own, started when first asked for and erased at the end."""

import contextlib
import copy
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import load_backend

from almoner import embedded

TEMPLATE = "migrated"
APP = "almoner_app"


class Place:
    """A server, a scale, and somebody to tell. As a context it leaves neither process nor data behind."""

    def __init__(self, server: embedded.Server, *, scale: float = 1, write: Callable[[str], None] = print) -> None:
        self.server = server
        self.scale = scale
        self.write = write
        self.began = time.monotonic()
        self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._started:
            connections.close_all()
            self.server.erase()

    def say(self, step: str) -> None:
        """A remark between the figures, with the seconds since the start."""
        self.write(f"# [{time.monotonic() - self.began:6.1f} s] {step}")

    def sized(self, full: int, *, least: int = 1) -> int:
        """A number of things at this run's scale."""
        return max(least, round(full * self.scale))

    def seconds(self, full: float) -> float:
        """A duration at this run's scale: a quick look is quick."""
        return full if self.scale == 1 else max(0.2, full * min(1, self.scale * 10))

    # ---------------------------------------------------------------- databases

    def make_database(self, name: str) -> None:
        """A database with every table and nothing else, copied from one that was migrated once."""
        if not self._started:
            self._start()
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as session:
            session.execute(
                psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(psycopg.sql.Identifier, (name, TEMPLATE)))
            )

    def _start(self) -> None:
        self.say("PostgreSQL, embedded, which waits for the disk at each commit; migrations")
        self.server.erase()
        self.server.start()
        self._started = True
        self.server.ensure_database(TEMPLATE)
        with self.using(TEMPLATE, role=embedded.OWNER):
            call_command("migrate", verbosity=0, interactive=False)

    def session(self, database: str, *, role: str = embedded.OWNER) -> psycopg.Connection[tuple[Any, ...]]:
        """A session that commits each statement."""
        return psycopg.connect(self.server.url(database, role=role), autocommit=True)

    @contextlib.contextmanager
    def using(self, database: str, *, role: str = APP) -> Iterator[None]:
        """Inside the block Django's connection is one to that database; outside it is what it was."""
        before = connections["default"]
        connections["default"] = self.connection(database, role=role)
        try:
            yield
        finally:
            connection.close()
            connections["default"] = before

    def connection(self, database: str, *, role: str = APP) -> Any:
        """A connection for Django's hands, which opens when it is first used."""
        described = copy.deepcopy(connections.settings["default"])
        described.update(NAME=database, USER=role, HOST=str(self.server.socket), PORT="", CONN_MAX_AGE=None)
        return load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")

    def settings_of_server(self) -> str:
        """What of the server's settings bears on the figures."""
        with self.session("postgres") as session:
            version, *words = session.execute(
                "SELECT current_setting('server_version'), 'fsync ' || current_setting('fsync'),"
                " 'shared_buffers ' || current_setting('shared_buffers'), 'work_mem ' || current_setting('work_mem')"
            ).fetchone() or [""]
        return ", ".join([f"PostgreSQL {version}", *words])

    @staticmethod
    def folder(path: Path) -> Path:
        """An empty folder."""
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path
