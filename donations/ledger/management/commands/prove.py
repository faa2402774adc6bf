"""python3 manage.py prove: every total compared with its lines, every seal with its month; exits 1 if any differs."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from donations.ledger import proving
from donations.ledger.disagreeing import Words


class Command(BaseCommand):
    help = "Re-sum the whole ledger, store the proof, and name every difference and broken seal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prove; only if something is found is the ledger read once more, to name it."""
        began = time.monotonic()
        proof = proving.prove()
        seconds = time.monotonic() - began
        self.stdout.write(f"{proof.entries:,} entries, {proof.lines:,} lines, in {seconds:.1f} s")
        if proof.holds:
            self.stdout.write("0 differences: every total agrees with its lines, every seal with its month.")
            return
        if proof.differences:
            words = Words()
            for difference in proving.differences():
                self.stdout.write(f"- {words.of(difference)}")
        for month in proving.broken_seals() if proof.broken_seals else []:
            self.stdout.write(f"- The seal of {month:%B %Y} is broken: its lines are not those that were sealed.")
        raise CommandError(f"The books do not agree: {proof.findings}.")
