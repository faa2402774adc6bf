"""python3 manage.py seal 2026-10 --by USERNAME: close a month that is over, and print its hash for the minutes."""

import argparse
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from donations.ledger import proving
from donations.ledger.exceptions import LedgerError
from donations.ledger.money import Money


def month(typed: str) -> date:
    """“2026-10” as its first day."""
    try:
        return datetime.strptime(typed, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        raise argparse.ArgumentTypeError("write a month as year and month, like 2026-10") from None


class Command(BaseCommand):
    help = "Seal a month: nothing is posted into it any more. Prints its hash for the minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        """The month, and who seals it."""
        parser.add_argument("month", type=month, help="like 2026-10")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who seals it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal it, or say why not."""
        user = get_user_model().objects.filter(username=options["by"]).first()
        if user is None:
            raise CommandError(f"Nobody here signs in as {options['by']}.")
        try:
            seal = proving.seal_month(options["month"], by=user)
        except LedgerError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"{seal} is sealed: {seal.entries:,} entries, {seal.lines:,} lines, {Money(seal.debits).exact} debited."
        )
        self.stdout.write(f"For the minutes: {seal.hash}")
