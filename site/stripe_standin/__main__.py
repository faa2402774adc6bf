"""python -m stripe_standin --port 8001 --state FILE --webhook-url URL --webhook-secret SECRET"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from stripe_standin.standin import Standin


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal says stop. Returns 0, or 1 where the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m stripe_standin", description="A stand-in for Stripe, on loopback.")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--state", default=":memory:", metavar="FILE", help="where it remembers; memory if not given")
    parser.add_argument("--webhook-url", metavar="URL", help="where events are sent")
    parser.add_argument("--webhook-secret", default="whsec_standin", metavar="SECRET", help="what they are signed with")
    parser.add_argument("--name", default="Example charity", help="the charity's name on the payment page")
    parser.add_argument("--fee-after", type=float, default=2.0, metavar="SECONDS", help="when a payment's fee is known")
    parser.add_argument("--thin", action="store_true", help="events name only what changed")
    parser.add_argument("--daily-payouts", action="store_true", help="pay out each day, by the account's clock")
    parser.add_argument("--unchecked", action="store_true", help="compare nothing with Stripe's specification: quicker")
    parser.add_argument("--reset", action="store_true", help="forget everything first")
    given = parser.parse_args(arguments)
    if given.state != ":memory:":
        Path(given.state).parent.mkdir(parents=True, exist_ok=True)
        if given.reset:
            for suffix in ("", "-wal", "-shm"):
                Path(given.state + suffix).unlink(missing_ok=True)
    try:
        standin = Standin(
            given.port,
            webhook_url=given.webhook_url,
            secret=given.webhook_secret,
            state=given.state,
            name=given.name,
            fee_after=given.fee_after,
            thin=given.thin,
            pays_out_daily=given.daily_payouts,
            checks=not given.unchecked,
        )
    except OSError as error:
        print(f"The stand-in cannot listen on port {given.port}: {error.strerror}.", file=sys.stderr)
        return 1
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with standin:
        print(f"The stand-in for Stripe is at {standin.url}", flush=True)
        stop.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
