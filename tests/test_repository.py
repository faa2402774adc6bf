"""What the repository says about itself is true."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIXED = {"manage.py", "pyproject.toml", "site", "donations", "grants", "content", "tests", "README.md"}
DEMANDED_BY_TOOLS = {"LICENSE", "CHANGELOG.md", ".ci", ".editorconfig", ".gitignore"}
LONGEST_PATIENCE = 450  # lines: a reader's


def tracked(*patterns: str) -> list[Path]:
    """The files that git keeps."""
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_the_top_level_holds_nothing_but_the_rooms_and_what_tools_demand():
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert top >= FIXED
    assert top - FIXED <= DEMANDED_BY_TOOLS


def test_site_stays_a_plain_folder_so_that_the_standard_librarys_site_wins():
    assert not (ROOT / "site" / "__init__.py").exists()
    asked = "import site, sys; sys.exit(0 if 'almoner' not in str(site.__file__) else 1)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT).returncode == 0


def test_every_locked_requirement_has_a_hash_and_no_lock_names_a_registry():
    for lock in (ROOT / "site" / "requirements").glob("*.txt"):
        text = lock.read_text()
        pins = re.findall(r"^\S+==\S+", text, re.MULTILINE)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)
        assert not re.search(r"^--", text, re.MULTILINE), "no option of pip's, and so no index"
    for lock in tracked("*package-lock.json"):
        assert '"resolved"' not in lock.read_text()
    addresses = re.compile(r"(pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org)/")
    for path in tracked("*.toml", "*.txt", "*.json", "*.py", ".ci/run"):
        if path.name != "test_repository.py":
            assert not addresses.search(path.read_text()), path


def test_every_dependency_gives_its_reason():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    named = [line for line in lines if re.match(r'  "[A-Za-z].*[<>=]', line)]
    assert len(named) > 20
    for line in named:
        assert "#" in line, f"no reason given: {line}"


def test_the_lock_holds_what_pyproject_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for lock, asked in (
        ("production.txt", project["dependencies"]),
        ("demo.txt", project["dependencies"] + project["optional-dependencies"]["demo"]),
        ("dev.txt", project["dependencies"] + project["optional-dependencies"]["dev"][1:]),
    ):
        text = (ROOT / "site" / "requirements" / lock).read_text().lower()
        for requirement in asked:
            name = re.match(r"[A-Za-z0-9-]+", requirement)[0].lower()
            assert re.search(rf"^{name}==", text, re.MULTILINE), f"{name} is not in {lock}"


@pytest.mark.parametrize("document", ["README.md", "site/docs/running.md"])
def test_every_command_in_the_documents_exists(document):
    from django.core.management import get_commands

    known = get_commands()
    written = re.findall(r"python3? manage\.py ([a-z_]+)", (ROOT / document).read_text())
    assert written
    for command in written:
        assert command in known, f"{document} names {command}, which is no command"


def test_the_readme_shows_the_two_commands_on_its_first_screen():
    first_screen = "\n".join((ROOT / "README.md").read_text().splitlines()[:30])
    assert "python3 manage.py demo" in first_screen
    assert "python3 manage.py test" in first_screen
    assert (ROOT / ".ci" / "run").read_text().strip().endswith("python3 manage.py test")


@pytest.mark.parametrize("document", ["README.md", "site/docs/running.md"])
def test_every_file_that_the_documents_name_is_there(document):
    page = ROOT / document
    text = page.read_text()
    linked = [page.parent / link for link in re.findall(r"\]\(([^):#]+)\)", text)]
    named = [ROOT / name for name in re.findall(r"`((?:tests|site|donations|grants|content)/[\w./-]+)`", text)]
    for path in linked + named:
        assert path.exists(), f"{document} names {path}"


def test_no_file_is_longer_than_a_readers_patience():
    too_long = [
        (path.relative_to(ROOT), lines)
        for path in tracked("*.py", "*.sql", "*.css", "*.html")
        if "migrations" not in path.parts or path.suffix == ".sql"
        if (lines := len(path.read_text().splitlines())) > LONGEST_PATIENCE
    ]
    assert too_long == []


def test_a_backward_import_is_refused_by_its_contract(tmp_path):
    """Plant an import that looks left, in a copy of the tree, and watch the contract fail."""
    copy = tmp_path / "copy"
    for path in tracked("*.py", "pyproject.toml"):
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    planted = copy / "donations" / "ledger" / "balances.py"
    planted.write_text(planted.read_text() + "\nfrom donations.models import Donation  # planted\n")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    environment = {"PYTHONPATH": f"{copy}:{copy / 'site'}", "PATH": os.environ["PATH"]}
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, env=environment)
    assert ran.returncode == 1
    assert "The ledger knows nothing of who posts to it BROKEN" in ran.stdout


def test_the_demos_lock_is_a_part_of_the_tests_lock():
    pins = {
        lock: set(re.findall(r"^(\S+==\S+)", (ROOT / "site" / "requirements" / lock).read_text(), re.MULTILINE))
        for lock in ("demo.txt", "dev.txt")
    }
    assert pins["demo.txt"] <= pins["dev.txt"]


def test_git_keeps_no_link_that_leads_out_of_the_tree():
    assert [path for path in tracked() if path.is_symlink()] == []
