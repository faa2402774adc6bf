"""python3 manage.py check_stripe [--fix]: whether the account at Stripe is set up as it must be; exits 1 if not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donations.actions import checking
from donations.exceptions import PaymentsError


class Command(BaseCommand):
    help = "Look at key, rights, clock, webhook secrets and endpoint; --fix creates or repairs the endpoint."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to put right what can be put right from here."""
        parser.add_argument("--fix", action="store_true", help="create or repair the endpoint")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and say each thing in a sentence."""
        try:
            done, secret = checking.fix() if options["fix"] else ([], "")
            for sentence in done:
                self.stdout.write(sentence)
            if secret:
                self.stdout.write("Its secret, shown this once; put it into STRIPE_WEBHOOK_SECRETS:")
                self.stdout.write(secret)
            checks = list(checking.check())
        except PaymentsError as problem:
            raise CommandError(f"Stripe could not be asked: {problem}") from problem
        for each in checks:
            self.stdout.write(f"{'well ' if each.well else 'WRONG'}  {each.sentence}")
        wrong = sum(not each.well for each in checks)
        if wrong:
            raise CommandError(f"{wrong} to put right. --fix creates or repairs the endpoint.")
        self.stdout.write(
            "Which methods are offered and when failed payments are tried again is set in Stripe’s dashboard."
        )
