"""The Nu HTML checker, started once for all the tests of this folder: it starts in seconds, then a page is quick."""

import subprocess
import time
from pathlib import Path

import requests

from tests import tools
from tests.browser.running_demo import two_free_ports

PATIENCE_SECONDS = 120
# Most of what Java can do to become quicker pays after minutes only.
JAVA = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dnu.validator.servlet.bind-address=127.0.0.1")


class Validator:
    """A running checker, on loopback only. It is handed a page as it was sent; it fetches nothing itself."""

    def __init__(self, log: Path) -> None:
        port = two_free_ports()
        self.address = f"http://127.0.0.1:{port}/"
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [tools.java(), *JAVA, "-cp", str(tools.NU), "nu.validator.servlet.Main", str(port)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def says(self, folder: Path) -> list[str]:
        """The messages about every page in a folder; an empty folder is nothing to be content with."""
        pages = sorted(folder.glob("*.html"))
        assert pages
        return [f"{page.name}:{said}" for page in pages for said in self.says_of(page.read_bytes())]

    def says_of(self, page: bytes) -> list[str]:
        """The errors and warnings about one page."""
        return [f"{each.get('lastLine')} {each['message']}" for each in self._ask(page)["messages"]]

    def _ask(self, page: bytes) -> dict:
        ends = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = requests.post(
                    self.address,
                    page,
                    params={"out": "json", "parser": "html"},
                    headers={"Content-Type": "text/html; charset=utf-8"},
                    timeout=PATIENCE_SECONDS,
                )
                answer.raise_for_status()
                return answer.json()
            except requests.ConnectionError:
                if self.process.poll() is not None or time.monotonic() > ends:
                    raise AssertionError(f"The Nu HTML checker does not run:\n{self.log.read_text()[-2000:]}") from None
                time.sleep(0.1)

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
