"""Several processes run as one: started together, watched, and stopped together, none left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 8.0  # then what still runs is killed


@dataclass
class Child:
    """One process: how to start it, and where its output goes."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it only through us, in the right order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        """Whether it runs no longer."""
        return self.process is None or self.process.poll() is not None

    def signal(self, number: int) -> None:
        """Send a signal to it and to every process that it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):  # all of them have ended
                os.killpg(self.process.pid, number)

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]) if self.log.exists() else ""


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, a closed terminal, a service manager."""


class Supervisor:
    """Starts children in order, restarts one that dies, and stops all of them in the reverse order."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.children: list[Child] = []
        self.say = say

    def listen(self) -> None:
        """From now on Ctrl-C and its like raise Stopped, once; further ones are ignored while we stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_once)

    def _stop_once(self, number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    def start(self, child: Child) -> Child:
        """Start one more child."""
        child.start()
        self.children.append(child)
        return child

    def watch(self) -> None:
        """Look after the children for ever: one that dies is said and started again."""
        while True:
            time.sleep(0.5)
            for child in self.children:
                if child.has_ended():
                    self.say(f"The {child.name} ended and is started again. Its log: {child.log}")
                    if time.monotonic() - child.started < 5:
                        time.sleep(2)  # something is wrong: do not spin
                    child.start()

    def stop(self) -> None:
        """Stop every child, the last first, and wait until none is left."""
        for child in reversed(self.children):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and not all(child.has_ended() for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def python(*arguments: str) -> list[str]:
    """A command that runs this very Python."""
    return [sys.executable, *arguments]
