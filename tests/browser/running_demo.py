"""The demo as a person starts it: `python3 manage.py demo PORT`, in a folder of its own, stopped with Ctrl-C."""

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 600  # a slow machine is no failure; a silent one is

# Every window gives from 127.0.0.1, unless it says that it stands behind a proxy elsewhere.
AS_IF = {"TRUSTED_PROXIES": "1", "DEFENCE_ADDRESS_TRIES": "60"}


class RunningDemo:
    """One run of the demo, its addresses, and every line that it printed."""

    def __init__(self, var: Path, port: int = 0) -> None:
        self.var = var
        self.port = port or two_free_ports()
        self.site = f"http://127.0.0.1:{self.port}"
        self.standin = f"http://127.0.0.1:{self.port + 1}"
        self.printed: list[str] = []
        self.process: subprocess.Popen[str] | None = None

    def command(self) -> list[str]:
        """What a person types."""
        return [sys.executable, "manage.py", "demo", str(self.port)]

    def environment(self) -> dict[str, str]:
        """What surrounds it: a folder of its own, and nothing of the tests' settings."""
        ours = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        return {**kept, **AS_IF, "ALMONER_VAR": str(self.var), "PYTHONUNBUFFERED": "1"}

    def start(self, *options: str) -> None:
        """Start it and wait until it says that it is ready."""
        self.process = subprocess.Popen(
            [*self.command(), *options],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._listen, args=(self.process, lines), daemon=True).start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            line = lines.get(timeout=PATIENCE_SECONDS)
            if line is None:
                raise AssertionError("The demo ended:\n" + "".join(self.printed[-40:]))
            if "Ctrl-C stops everything" in line:
                return
        raise AssertionError("The demo is not ready:\n" + "".join(self.printed[-40:]))

    def _listen(self, process: "subprocess.Popen[str]", lines: "queue.Queue[str | None]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.printed.append(line)
            lines.put(line)
        lines.put(None)

    def family(self) -> list[psutil.Process]:
        """Every process of the demo: its children, theirs, and the database server, which is nobody's child."""
        assert self.process is not None
        found = psutil.Process(self.process.pid).children(recursive=True)
        for each in psutil.process_iter(["cmdline"]):
            if any(str(self.var) in word for word in each.info["cmdline"] or []) and each not in found:
                found.append(each)
        return [each for each in found if each.pid != self.process.pid]

    def running(self, word: str) -> list[psutil.Process]:
        """Those of the family with this word in their command; one that has just ended has no command any more."""
        found = []
        for each in self.family():
            with contextlib.suppress(psutil.NoSuchProcess):  # or a zombie, which is a kind of it
                if word in each.cmdline():
                    found.append(each)
        return found

    def press_ctrl_c(self) -> int:
        """Stop it as a person would; its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


def two_free_ports() -> int:
    """A port that is free, and whose next one is."""
    for _ in range(100):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no two free ports next to each other")
