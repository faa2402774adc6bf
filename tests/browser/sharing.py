"""One demo for all the processes of a run: whoever has the first test that needs it is its host, the others are guests.

The host starts it, and stops it when the last guest has left. Guests wait until the host opens the door.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.running_demo import PATIENCE_SECONDS, RunningDemo


class Door:
    """A folder that every process of the run knows: where the demo answers stands there, once it is open."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.var = folder / "var"
        self.address = folder / "address"
        self.guests = folder / "guests"  # locked by each of them for as long as they stay

    def open(self, demo: RunningDemo) -> None:
        """From now on guests may come."""
        written = self.address.with_suffix(".new")
        written.write_text(str(demo.port))
        written.rename(self.address)

    @contextmanager
    def as_host(self) -> Iterator[RunningDemo]:
        """A demo, set up from nothing; it ends after the last guest has left."""
        self.var.mkdir()
        running = RunningDemo(self.var)
        try:
            running.start()
            yield running
        finally:
            with self.guests.open("a") as guests:
                fcntl.flock(guests, fcntl.LOCK_EX)
                self.address.unlink(missing_ok=True)
            if running.process is not None and running.process.poll() is None:
                running.press_ctrl_c()

    @contextmanager
    def as_guest(self) -> Iterator[RunningDemo]:
        """The host's demo, once the door is open."""
        with self.guests.open("a") as guests:
            fcntl.flock(guests, fcntl.LOCK_SH)
            deadline = time.monotonic() + 2 * PATIENCE_SECONDS  # it is set up, stopped, and started again
            while not self.address.exists():
                assert time.monotonic() < deadline, "no other process opens its demo"
                time.sleep(0.2)
            yield RunningDemo(self.var, port=int(self.address.read_text()))
