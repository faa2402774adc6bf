"""python3 manage.py reconcile [--strict]: the books compared with Stripe; exits 1 if something is off and stands."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donations.actions import looking_after, reconciling
from donations.exceptions import PaymentsError
from donations.ledger.money import Money
from donations.models import Reconciliation


class Command(BaseCommand):
    help = "Compare the books with Stripe: what is missing here is found, applied and said. Stores what it found."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to repair."""
        parser.add_argument("--strict", action="store_true", help="repair nothing: list every difference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and say what was found; a comparison that was off is mailed to those who may see it."""
        try:
            found = reconciling.reconcile(strict=True) if options["strict"] else looking_after.compare_and_tell()
        except PaymentsError as problem:
            raise CommandError(f"Stripe could not be asked ({problem}). Nothing was compared.") from problem
        self._say(found)
        if not found.holds:
            raise CommandError(f"{_things(found.differences)} to look at.")

    def _say(self, found: Reconciliation) -> None:
        looked = ", ".join(f"{number:,} {what}" for what, number in found.looked_at.items() if what != "shortfalls")
        self.stdout.write(f"Compared: {looked or 'nothing, for nothing was there'}.")
        for each in found.findings:
            done = " Put right." if each["repaired"] else ""
            pence = f" {Money(each['pence']).exact}." if each["pence"] else ""
            self.stdout.write(f"- {each['sentence']} ({each['which']}){pence}{done}")
        for each in found.sums:
            ours, theirs = Money(each["our_pence"]), Money(each["their_pence"])
            agree = "agree" if ours == theirs else f"differ by {Money(abs((ours - theirs).pence)).exact}"
            self.stdout.write(f"{each['ours']} {ours.exact}, {each['theirs']} {theirs.exact}: they {agree}.")
        if found.holds:
            self.stdout.write("Nothing is off that still stands.")


def _things(number: int) -> str:
    return "One thing" if number == 1 else f"{number} things"
