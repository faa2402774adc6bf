"""python3 manage.py demo: the whole product with demo data, on this machine alone."""

import contextlib
import hashlib
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from almoner import embedded, supervisor
from almoner.demo import people

READY_WITHIN_SECONDS = 60


class Command(BaseCommand):
    help = "Set up and serve the whole product with demo data: no account, no key, no real money."
    requires_system_checks: list[str] = []  # the database is not up yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("port", nargs="?", type=int, help="The site's port; the stand-in takes the next.")
        parser.add_argument("--reset", action="store_true", help="Delete the demo's data first and start afresh.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, serve until somebody stops us, and leave no process behind."""
        port = options["port"] or settings.PORT
        if port != settings.PORT:  # settings have read PORT already: begin again with the right one
            os.environ["PORT"] = str(port)
            kept = [argument for argument in sys.argv if argument != str(port)]
            os.execv(sys.executable, [sys.executable, *kept])  # noqa: S606 - this very command again
        self.began = time.monotonic()
        for wanted in (port, port + 1):
            if not is_free(wanted):
                other = port + 10
                raise CommandError(f"Port {wanted} is taken. Choose another: python3 manage.py demo {other}")
        family = supervisor.Supervisor(self.say)
        family.listen()
        try:
            self.set_up(reset=options["reset"])
            self.serve(family, port)
            family.watch()
        except supervisor.Stopped:
            self.say("Stopping")
        except embedded.NoServer as problem:
            raise CommandError(str(problem)) from problem
        finally:
            connection.close()
            family.stop()
            if settings.POSTGRES:
                settings.POSTGRES.stop()
        self.say("Stopped: no process is left. The data is kept for the next start.")

    def set_up(self, *, reset: bool) -> None:
        """Database, migrations, demo data and static files, a line each."""
        if reset:
            self.say("Deleting the demo's data")
            erase()
        if settings.POSTGRES:
            self.say("Database: an embedded PostgreSQL")
            settings.POSTGRES.start()
            settings.POSTGRES.ensure_database("almoner")
        self.say("Migrations (some seconds, the first time)")
        with as_owner():
            call_command("migrate", verbosity=0, interactive=False)
        self.say("Demo data")
        call_command("seed_demo", verbosity=0)
        self.say("Static files")
        collect_static()

    def serve(self, family: supervisor.Supervisor, port: int) -> None:
        """The stand-in, the worker and the site, each a process; then the addresses and the sign-ins."""
        here, standin = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
        logs = settings.VAR / "log"
        path = {"PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.ROOT / "site")])}
        ours = {**path, "DJANGO_SETTINGS_MODULE": "almoner.settings.demo", "PORT": str(port)}

        def start(name: str, environment: dict[str, str], *words: str) -> supervisor.Child:
            self.say(f"The {name}")
            log = logs / f"{name.replace(' ', '-').lower()}.log"
            return family.start(supervisor.Child(name, [sys.executable, *words], log, environment))

        start(
            *("Stripe stand-in", path),
            *("-m", "stripe_standin", "--port", str(port + 1), "--state", str(settings.VAR / "stripe")),
            *("--webhook-url", f"{here}/stripe/webhook/", "--webhook-secret", settings.STRIPE_WEBHOOK_SECRETS[0]),
            *("--name", people.CHARITY),
        )
        start(
            *("worker", ours, str(settings.ROOT / "manage.py"), "procrastinate", "worker"),
            *("--concurrency", "2", "--shutdown-graceful-timeout", "5"),
        )
        web = start(
            *("site", ours, "-m", "gunicorn", "almoner.wsgi", "--chdir", str(settings.ROOT), "--preload"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--graceful-timeout", "3"),
            *("--worker-class", "almoner.porter.Porter"),
        )
        for address in ("/", people.APPEAL_PATH):
            wait_until_it_answers(here + address, web)
        self.say(f"Ready: / and {people.APPEAL_PATH} answer")
        self.stdout.write(people.welcome(site=here, standin=standin))
        self.stdout.flush()

    def say(self, step: str) -> None:
        """One progress line, with the seconds since the start."""
        self.stdout.write(f"[{time.monotonic() - self.began:5.1f} s] {step}")
        self.stdout.flush()


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block the connection is the owner's, who may migrate; outside, the app's, who may not."""
    app = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = embedded.OWNER if settings.POSTGRES else app
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = app


def is_free(port: int) -> bool:
    """Whether nobody listens on that port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def erase() -> None:
    """Delete the demo's database, mail, pictures and payments; nothing else."""
    if settings.POSTGRES is None:
        raise CommandError("--reset deletes the embedded database only, and DATABASE_URL names another one.")
    settings.POSTGRES.erase()
    for name in ("mail", "media", "private", "stripe", "log"):
        found = settings.VAR / name
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)


def collect_static() -> None:
    """Collect the static files, unless none has changed since the last time."""
    rooms = [settings.ROOT / "site" / "almoner", *(settings.ROOT / name for name in ("content", "grants", "donations"))]
    ours = sorted(path for room in rooms for path in room.glob("**/static/**/*") if path.is_file())
    locked = (settings.ROOT / "site" / "requirements" / "demo.txt").read_bytes()
    state = hashlib.sha256(locked + repr([(str(path), path.stat().st_mtime_ns) for path in ours]).encode()).hexdigest()
    stamp = settings.STATIC_ROOT / ".collected"
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(state)


def wait_until_it_answers(address: str, web: supervisor.Child) -> None:
    """Wait for 200 from an address of ours; what goes wrong is shown with the site's own last words."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    said = "no answer"
    while time.monotonic() < deadline and not web.has_ended():
        try:
            with urllib.request.urlopen(address, timeout=20):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as problem:
            said = f"status {problem.code}"
            break
        except OSError:
            time.sleep(0.1)
    raise CommandError(f"{address} does not answer ({said}). The site's last words:\n{web.last_words()}")
