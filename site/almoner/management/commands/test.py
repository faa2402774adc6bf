"""python3 manage.py test: every check of the product; test PATH runs a part of the tests."""

import contextlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

CHECKS = [
    ("Lint", ["-m", "ruff", "check", "."]),
    ("Format", ["-m", "ruff", "format", "--check", "."]),
    ("Types", ["-m", "mypy"]),
    ("Import contracts", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
    ("Migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
]


class Command(BaseCommand):
    help = "Run lint, types, import contracts, migrations, unit and browser tests; given paths, only those tests."
    requires_system_checks: list[str] = []  # the database is not up yet

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand every word after `test` to pytest, options too: `test tests/walks -k gift -x`."""
        if "--help" in argv:
            self.print_help(argv[0], argv[1])
        else:
            self.handle(words=argv[2:])

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every check, even after one has failed; exit 1 and name those that did.

        Types and the like are looked at one after another beside the tests, which leave a core idle now and then.
        """
        from tests import tools

        words: list[str] = options["words"]
        try:
            tools.ensure_all()
        except tools.Missing as problem:
            raise SystemExit(str(problem)) from None
        # One process more than cores: whichever drives the browser or measures servers waits for them half its time.
        processes = min(4, (os.cpu_count() or 1) + 1)
        workers = [] if any(word.startswith("-n") for word in words) else ["-n", str(processes)]
        with (
            settings.POSTGRES.running() if settings.POSTGRES else contextlib.nullcontext(),
            ThreadPoolExecutor(max_workers=1) as beside,
        ):
            checks = {name: beside.submit(check, name, command, beside=True) for name, command in CHECKS if not words}
            passed = {"Tests": check("Tests", ["-m", "pytest", *workers, *words])}
            passed |= {name: each.result() for name, each in checks.items()}
        if failed := [name for name, well in passed.items() if not well]:
            raise SystemExit(f"Failed: {', '.join(failed)}")


def check(name: str, command: list[str], *, beside: bool = False) -> bool:
    """Run one check; say its seconds and whether it passed. Its output comes as it is said, or all at once in the end
    where it runs `beside` another.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.ROOT / "site")]),
        "DJANGO_SETTINGS_MODULE": "almoner.settings.test",
    }
    began = time.monotonic()
    if not beside:
        print(f"── {name}", flush=True)
    ran = subprocess.run(
        [sys.executable, *command],
        cwd=settings.ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE if beside else None,
        stderr=subprocess.STDOUT if beside else None,
    )
    verdict = f"── {name}: {'FAILED' if ran.returncode else 'passed'} in {time.monotonic() - began:.1f} s"
    print(f"\n── {name}\n{ran.stdout.strip()}\n{verdict}" if beside else verdict, flush=True)
    return not ran.returncode
