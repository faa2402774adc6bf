"""python3 manage.py seed_demo: the demo's people, funds, history, awards and pages. Loading twice changes nothing."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from almoner.demo import loading


class Command(BaseCommand):
    help = "Load the demo's invented data: people, funds, history, awards, pages. Loading twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each part in turn, each whole or not at all, with the seconds it took."""
        for name, load in loading.PARTS:
            began = time.monotonic()
            load()
            if options["verbosity"] > 0:
                self.stdout.write(f"{name:<10} {time.monotonic() - began:5.1f} s")
