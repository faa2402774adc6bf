"""The benchmark tells the truth: machines can read its lines, and its exit code says whether all goals are met."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.core.management import CommandError, call_command

from almoner import embedded, supervisor
from tests.bench import books, running
from tests.bench.figure import Figure, at_least, at_most
from tests.bench.place import Place

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"^[^|]+ \| [\d,.]+( \S+)? \| [≤≥] [\d,.]+( \S+)? \| (met|short)$")


def quick(place: Place) -> Iterator[Figure]:
    yield at_most(2, "reading a fund", 0.5, "ms", "nothing: planted")


def slow(place: Place) -> Iterator[Figure]:
    yield at_most(2, "reading a fund", 3.5, "ms", "nothing: planted")


@pytest.fixture
def planted(monkeypatch, settings, tmp_path):
    """Two parts that need no server, in place of the real ones; and no signal handlers for the tests' own process."""
    settings.POSTGRES = embedded.Server(tmp_path / "never-started")
    monkeypatch.setattr(running, "known", lambda: {"quick": quick, "slow": slow})
    monkeypatch.setattr(supervisor.Supervisor, "listen", lambda family: None)


def test_a_figure_says_whether_its_goal_is_met_and_what_it_was_measured_beside():
    assert at_most(2, "reading a fund", 0.512, "ms", "10 lines").lines() == [
        "reading a fund | 0.51 ms | ≤ 2 ms | met",
        "    beside 10 lines",
    ]
    assert at_least(25, "posting", 24.96, "%", "a reference").lines()[0] == "posting | 25.0 % | ≥ 25 % | short"
    assert at_most(0, "differences", 0, "", "a proof").lines()[0] == "differences | 0 | ≤ 0 | met"


def test_a_slow_figure_is_printed_as_short_and_the_command_fails(planted, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("bench", "slow")
    assert ended.value.code == 1
    assert "reading a fund | 3.50 ms | ≤ 2 ms | short" in capsys.readouterr().out


def test_where_every_goal_is_met_the_command_succeeds_and_says_how_many(planted, capsys):
    call_command("bench", "quick")
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "1 figures, 0 short"


def test_all_parts_are_measured_unless_some_are_named(planted, capsys):
    with pytest.raises(SystemExit):
        call_command("bench")
    assert "2 figures, 1 short" in capsys.readouterr().out


def test_a_part_that_does_not_exist_is_named_beside_those_that_do(planted):
    with pytest.raises(CommandError, match="There is no part pages"):
        call_command("bench", "pages")


def test_smaller_sizes_are_said_first_and_last(planted, capsys):
    call_command("bench", "quick", "--scale", "0.01")
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == last
    assert first.startswith("NOT THE REPORTED SIZES")


def test_a_busy_machine_is_warned_of(planted, monkeypatch, capsys):
    monkeypatch.setattr(os, "getloadavg", lambda: (3.0, 2.0, 1.0))
    call_command("bench", "quick")
    assert "WARNING: the load average is above 1.2" in capsys.readouterr().out
    monkeypatch.setattr(os, "getloadavg", lambda: (0.3, 2.0, 1.0))
    call_command("bench", "quick")
    assert "WARNING" not in capsys.readouterr().out


def test_every_file_in_parts_is_a_part():
    assert {"ledger", "pages"} <= set(running.known())


def test_a_ledger_has_exactly_the_lines_that_were_asked_for_and_its_last_year_is_the_same_at_every_size():
    for lines in (10_000, 100_000, 10_000_000):
        months = books.plan(lines)
        awards = sum(month.awards for month in months) * (books.FUNDS - 1) * books.LINES_OF_AN_AWARD
        assert sum(month.entries for month in months) * 2 + awards == pytest.approx(lines, abs=2 * 12)
        assert len(months) == books.YEARS * 12
        assert all(month.entries >= books.CELLS for month in months if month.first.year == books.last_year())


def test_everything_is_measured_from_nothing_and_neither_process_nor_data_is_left(tmp_path):
    """The real command at a tiny scale, on a database server of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    ran = subprocess.run(
        [sys.executable, "manage.py", "bench", "--scale", "0.0005"],
        cwd=ROOT,
        env={**kept, "ALMONER_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    said = ran.stdout.splitlines()
    assert "NOT THE REPORTED SIZES" in said[0], ran.stderr
    assert said[-1] == said[0], ran.stderr
    figures = [line for line in said if " | " in line]
    assert figures
    for line in figures:
        assert LINE.match(line), line
    assert ran.returncode == any(line.endswith("short") for line in figures), ran.stderr
    told = "\n".join(figures)
    for name in (
        "one fund's position",
        "a year by fund class",
        "full proof",
        "posting in SQL",
        "posting through Python",
    ):
        assert name in told
    assert "differences that it found | 0 | ≤ 0 | met" in told
    assert sum(line.startswith("differences after posting") and line.endswith("met") for line in figures) == 2
    assert f"{len(figures)} figures" in said[-2]
    assert not (tmp_path / "bench" / "postgres").exists()
    alive = [each for each in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(each.info["cmdline"] or [])]
    assert alive == []


def test_the_benchmarks_database_waits_for_the_disk_and_is_neither_the_demos_nor_what_database_url_names():
    """Read in a process of its own: these tests have other settings."""
    code = (
        "from almoner.settings import bench, demo; apart = bench.POSTGRES.home != demo.VAR / 'postgres'; "
        "print(bench.POSTGRES.careful, apart, bench.DATABASES['default']['HOST'])"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://elsewhere/production",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    careful, apart, host = ran.stdout.split()
    assert (careful, apart) == ("True", "True")
    assert host.startswith("/")
