#!/usr/bin/env python3
"""python3 manage.py demo | test | bench | any other command.

Outside a virtual environment, `demo`, `test` and `bench` first make .venv from the locked requirements;
every other command uses .venv if it is there. Standard library only, until then.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# dev.txt holds all of demo.txt, and the tests' tools.
LOCKS = {"demo": "demo.txt", "test": "dev.txt", "bench": "dev.txt"}
SETTINGS = {command: f"almoner.settings.{command}" for command in ("demo", "test", "bench")}


def make_environment(command: str) -> None:
    """Make .venv and install what the command needs, unless that is already done for this very lock."""
    lock = ROOT / "site" / "requirements" / LOCKS[command]
    if is_installed(lock) or is_installed(lock.with_name("dev.txt")):
        return
    print(f"Setting up .venv from site/requirements/{lock.name} (the first time only)", flush=True)
    if not is_installed(lock.with_name("demo.txt")):  # to a demo's environment the tests' tools are only added
        make_empty_environment()
    # Some machines forbid bytecode; without it every start would be a second slower.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*install, "--require-hashes", "-r", str(lock)], env=environment):
        sys.exit("The requirements could not be installed: pip's own words are above. Nothing else was changed.")
    stamp_of(lock).write_text(digest(lock))


def stamp_of(lock: Path) -> Path:
    """The file in .venv that says what of this lock is installed there."""
    return VENV / f".installed-{lock.stem}"


def digest(lock: Path) -> str:
    """A lock and a Python: where either changes, .venv is made anew."""
    return hashlib.sha256(lock.read_bytes()).hexdigest() + sys.version


def is_installed(lock: Path) -> bool:
    """Whether .venv holds this very lock."""
    return stamp_of(lock).exists() and stamp_of(lock).read_text() == digest(lock)


def make_empty_environment() -> None:
    """Make .venv, with Debian's missing piece where this is root; or say the line to type."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        # Debian and Ubuntu keep the venv module's pip in a package of its own.
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], check=False)
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        sys.exit(
            "Python cannot make a virtual environment here. On Debian or Ubuntu, type:\n"
            "    sudo apt-get install -y python3-venv\n"
            f"and try again. Python said: {(made.stdout + made.stderr).strip()}"
        )


def main() -> None:
    """Run one command, inside .venv where one is wanted."""
    if sys.version_info < (3, 11):
        sys.exit(f"Almoner needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if sys.prefix == sys.base_prefix:
        if command in SETTINGS:
            make_environment(command)
        if PYTHON.exists():
            arguments = [str(PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]]
            if os.name == "nt":
                sys.exit(subprocess.call(arguments))
            os.execv(PYTHON, arguments)
    # site/ is a path entry, never a package: `site` is also a module of the standard library.
    sys.path.insert(1, str(ROOT / "site"))
    if command in SETTINGS:  # whatever the shell says: the demo is the demo
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS[command]
    else:
        production = "almoner.settings.production" if os.environ.get("DATABASE_URL") else "almoner.settings.demo"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", production)
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("Almoner is not installed yet. Type: python3 manage.py demo")
    from django.conf import settings

    server = None if command in SETTINGS else getattr(settings, "POSTGRES", None)
    with server.running() if server else contextlib.nullcontext():  # the demo's own database, if it is not up already
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
