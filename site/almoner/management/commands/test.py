"""python3 manage.py test: every check of the product; test PATH runs a part of the tests."""

import contextlib
import os
import subprocess
import sys
import time
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
        """Run every check, even after one has failed; exit 1 and name those that did."""
        from tests import tools

        words: list[str] = options["words"]
        try:
            tools.ensure_all()
        except tools.Missing as problem:
            raise SystemExit(str(problem)) from None
        failed = []
        with settings.POSTGRES.running() if settings.POSTGRES else contextlib.nullcontext():
            for name, command in [] if words else CHECKS:
                if not check(name, command):
                    failed.append(name)
            workers = [] if any(word.startswith("-n") for word in words) else ["-n", str(min(4, os.cpu_count() or 1))]
            if not check("Tests", ["-m", "pytest", *workers, *words]):
                failed.append("Tests")
        if failed:
            raise SystemExit(f"Failed: {', '.join(failed)}")


def check(name: str, command: list[str]) -> bool:
    """Run one check, its output as it comes; say its seconds and whether it passed."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.ROOT / "site")]),
        "DJANGO_SETTINGS_MODULE": "almoner.settings.test",
    }
    began = time.monotonic()
    print(f"── {name}", flush=True)
    passed = subprocess.call([sys.executable, *command], cwd=settings.ROOT, env=environment) == 0
    print(f"── {name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.1f} s", flush=True)
    return passed
