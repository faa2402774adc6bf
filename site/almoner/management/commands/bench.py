"""python3 manage.py bench: what is measured, a line a figure; bench PART measures a part."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from almoner import embedded, supervisor


class Command(BaseCommand):
    help = "Measure, and print a line a figure: name | value unit | goal | met, or short. Exits 1 on any short."
    requires_system_checks: list[str] = []  # there is no database yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", metavar="PART", help="The parts to measure; without any, all.")
        parser.add_argument(
            "--scale", type=float, default=1, help="Smaller sizes, for a quick look: 0.01. Never reported."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure the chosen parts; whatever happens, no process is left."""
        from tests.bench import running
        from tests.bench.place import Place

        known = running.known()
        wanted = options["parts"] or list(known)
        for name in wanted:
            if name not in known:
                raise CommandError(f"There is no part {name}. There are: {', '.join(known)}")
        if not 0 < options["scale"] <= 1:
            raise CommandError("A scale is more than 0 and at most 1.")
        if settings.POSTGRES is None:
            raise CommandError("The benchmarks run in the embedded PostgreSQL only: see almoner/settings/bench.py.")
        supervisor.Supervisor(self.say).listen()
        try:
            with Place(settings.POSTGRES, scale=options["scale"], write=self.say) as place:
                short = running.run([known[name] for name in wanted], place)
        except embedded.NoServer as problem:
            raise CommandError(str(problem)) from problem
        except supervisor.Stopped:
            raise SystemExit("Stopped: no process is left.") from None
        if short:
            raise SystemExit(1)

    def say(self, line: str) -> None:
        """One line, at once."""
        self.stdout.write(line)
        self.stdout.flush()
