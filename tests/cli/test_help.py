"""Help and version, and how little they cost."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cable_tui import __version__
from cable_tui.cli.command_table import VERBS
from tests.cli.conftest import Run

HEAVY = ("textual", "tantivy", "rapidfuzz", "rich", "platformdirs", "sqlite3")


def modules_after(*argv: str) -> set[str]:
    code = (
        "import sys; from cable_tui.cli import main; main(sys.argv[1:]); "
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("argv", [("--help",), ("--version",)])
def test_help_imports_nothing_heavy(argv: tuple[str, ...]) -> None:
    assert not modules_after(*argv).intersection(HEAVY)


@pytest.mark.parametrize("verb", VERBS)
def test_no_command_imports_the_screen_or_an_engine_for_its_help(verb: str) -> None:
    heavy = {"textual", "tantivy", "rapidfuzz", "rich"}
    assert not modules_after(verb, "--help").intersection(heavy)


def test_help_names_every_command_within_eighty_columns(run: Run) -> None:
    done = run("--help")
    assert (done.status, done.err) == (0, "")
    assert all(verb.usage in done.out for verb in VERBS.values())
    assert "--private" in done.out
    assert max(map(len, done.lines)) <= 80


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_has_its_own_help(run: Run, verb: str) -> None:
    done = run(verb, "--help")
    assert done.status == 0
    assert done.out.startswith(f"usage: cable-tui {verb}")


def test_the_version_is_one_line(run: Run) -> None:
    assert run("--version").out == f"cable-tui {__version__}\n"
