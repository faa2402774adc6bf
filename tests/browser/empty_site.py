"""A site on its first day, served as the demo is: tables, roles and workflows, two accounts, the appeals; no page.

Its database is a clone of the one that every test process clones, in the tests' own server.
"""

import os
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

from almoner import supervisor
from tests.browser.running_demo import ROOT, RunningDemo
from tests.browser.signing_in import PASSWORD

ACCOUNTS = [("limpet", "Editor"), ("harbour", "Administrator")]


class EmptySite(RunningDemo):
    """One run of it."""

    def command(self) -> list[str]:
        """This module, in place of the demo."""
        return [sys.executable, "-m", "tests.browser.empty_site", str(self.port)]

    def environment(self) -> dict[str, str]:
        """The demo's settings on the tests' server."""
        paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        return {
            **super().environment(),
            "DJANGO_SETTINGS_MODULE": "almoner.settings.demo",
            "DATABASE_URL": settings.DATABASE_URL,
            "PYTHONPATH": paths,
            "PORT": str(self.port),
        }


def set_up() -> None:
    """What a charity has before anybody has written a word: people who may write, what it asks for, static files."""
    from django.contrib.auth.models import Group

    from almoner.accounts.models import User
    from almoner.demo import appeals, funds
    from almoner.management.commands.demo import collect_static

    for username, role in ACCOUNTS:
        user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, first_name=username.title())
        user.groups.add(Group.objects.get(name=role))
    funds.load()
    appeals.load()
    connections.close_all()
    collect_static()


def serve(port: int, database: str) -> None:
    """Until somebody stops us."""
    from almoner.management.commands.demo import wait_until_it_answers

    family = supervisor.Supervisor(lambda line: print(line, flush=True))
    family.listen()
    ours = {"DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{database}").geturl()}
    worker = [sys.executable, str(ROOT / "manage.py"), "procrastinate", "worker", "--concurrency", "1"]
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", "almoner.wsgi", "--chdir", str(ROOT), "--preload"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--graceful-timeout", "3"),
        *("--worker-class", "almoner.porter.Porter"),
    ]
    try:
        family.start(supervisor.Child("worker", worker, settings.VAR / "log" / "worker.log", ours))
        web = family.start(supervisor.Child("site", gunicorn, settings.VAR / "log" / "site.log", ours))
        wait_until_it_answers(f"http://127.0.0.1:{port}/admin/login/", web)
        print("Ctrl-C stops everything.", flush=True)
        family.watch()
    except supervisor.Stopped:
        pass
    finally:
        family.stop()


def main(port: int) -> None:
    """Clone, set up, serve, and leave nothing behind."""
    import django

    django.setup()
    from tests.database import TestDatabase, make_template

    ours = TestDatabase(make_template())
    try:
        set_up()
        serve(port, connections["default"].settings_dict["NAME"])
    finally:
        ours.drop()


if __name__ == "__main__":
    main(int(sys.argv[1]))
