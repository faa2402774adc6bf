"""A site on its first day, served as the demo is: tables, roles and workflows, two accounts, one appeal; no page.

python -m tests.browser.empty_site PORT serves it; EmptySite does so for the tests.
"""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "almoner.settings.demo"
    os.environ["PORT"] = sys.argv[1]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    import django

    django.setup()

from tests.browser.running_demo import ROOT, RunningDemo
from tests.browser.signing_in import PASSWORD

ACCOUNTS = [("limpet", "Editor"), ("harbour", "Administrator")]


class EmptySite(RunningDemo):
    """One run of it; its site stands where a demo's would."""

    def command(self) -> list[str]:
        """Ours in place of the demo's."""
        return [sys.executable, "-m", "tests.browser.empty_site", str(self.port)]


def set_up() -> None:
    """What a charity has before anybody has written a word."""
    from django.conf import settings
    from django.core.management import call_command

    from almoner.management.commands.demo import as_owner, collect_static

    settings.POSTGRES.start()
    settings.POSTGRES.ensure_database("almoner")
    with as_owner():
        call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    make_accounts()
    make_appeal()


def make_accounts() -> None:
    """An editor, and an administrator who says who the charity is."""
    from django.contrib.auth.models import Group

    from almoner.accounts.models import User

    for username, role in ACCOUNTS:
        user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, first_name=username.title())
        user.groups.add(Group.objects.get(name=role))


def make_appeal() -> None:
    """The fundraiser's facts, to which the story will lead."""
    from almoner.demo import appeals, funds

    funds.load()
    appeals.load()


def serve(port: int) -> None:
    """Until somebody stops us."""
    from django.conf import settings
    from django.db import connection

    from almoner import supervisor
    from almoner.management.commands.demo import wait_until_it_answers

    family = supervisor.Supervisor(lambda line: print(line, flush=True))
    family.listen()
    paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    ours = {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "almoner.settings.demo", "PORT": str(port)}
    try:
        set_up()
        connection.close()
        gunicorn = [sys.executable, "-m", "gunicorn", "almoner.wsgi", "--chdir", str(ROOT), "--preload"]
        listening = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--graceful-timeout", "3"]
        worker = [sys.executable, str(ROOT / "manage.py"), "procrastinate", "worker", "--concurrency", "1"]
        family.start(supervisor.Child("worker", worker, settings.VAR / "log" / "worker.log", ours))
        web = family.start(supervisor.Child("site", [*gunicorn, *listening], settings.VAR / "log" / "site.log", ours))
        wait_until_it_answers(f"http://127.0.0.1:{port}/admin/login/", web)
        print("Ctrl-C stops everything.", flush=True)
        family.watch()
    except supervisor.Stopped:
        pass
    finally:
        family.stop()
        settings.POSTGRES.stop()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
