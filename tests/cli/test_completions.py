"""Scripts for the shell: they know what the parsers know, and real shells complete with them."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from argparse import SUPPRESS
from pathlib import Path
from shlex import split

import pytest

from cable_tui.cli.bookmark_actions import ACTIONS
from cable_tui.cli.command_table import VERBS
from cable_tui.cli.shared.options import every_parser
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.exports.lists import FORMATS
from tests.cli.conftest import Run
from tests.cli.shells import SHELLS, accepted, listed, program, setup_of, started

ROOT = Path(__file__).parents[2]
ALL = (*SHELLS, "powershell")
HOSTILE = "b'$(touch run)`touch run`;touch run.csv"
FILES = ("my cables/deep/", "demos/", "a.csv", HOSTILE)
"""What is in the folder that the shells are in; a slash ends a folder."""

ACCEPTED = {
    "searc": "search",
    "expor": "export",
    "my": "my cables/",
    "--ascii ind": "index",
    "--ascii my": "my cables/",
    "--priv": "--private",
    "help sho": "show",
    "index a": "a.csv",
    "index b": HOSTILE,
    "index my\\ cables/": "my cables/deep/",
    "index x --reb": "--rebuild",
    "index --cache my": "my cables/",
    "index --config a": "a.csv",
    "search x fishing --passa": "--passages",
    "search x --batch a": "a.csv",
    "search x --sort relev": "relevance",
    "search x orig": "origin:",
    "search x origin:rabat kelp orig": "origin:",
    "cite x 09CASABLANCA27 --style biblat": "biblatex",
    "export x --format mark": "markdown",
    "export x -o a": "a.csv",
    "stats x --by si": "signer",
    "bookmarks rem": "remove",
    "bookmarks lis": "list",
    "bookmarks import a": "a.csv",
    "bookmarks add my": "my cables/",
    "bookmarks remove 09CASABLANCA27 --for": "--force",
    "completions po": "powershell",
    # Nothing fits, so that the line stays as it is.
    "index x --styl": "--styl",
    "show x a": "a",
    "bookmarks a.": "a.",
    "bookmarks rename a.": "a.",
}
"""A line, and its last word as the program gets it after Tab."""


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script of each shell."""
    folder = tmp_path_factory.mktemp("scripts")
    for shell in ALL:
        done = subprocess.run(
            [sys.executable, "-m", "cable_tui", "completions", shell],
            capture_output=True,
            check=True,
            timeout=60,
        )
        (folder / shell).write_bytes(done.stdout)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the shells are: with a name that has a blank."""
    for name in FILES:
        place = tmp_path / "here" / name
        place.mkdir(parents=True) if name.endswith("/") else place.touch()
    return tmp_path / "here"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_completes_a_line(shell: str, scripts: Path, folder: Path) -> None:
    with started(shell, folder, *setup_of(shell, scripts / shell)) as at:
        found = {line: accepted(at, f"cable-tui {line}") for line in ACCEPTED}
    assert found == {line: [*split(line)[:-1], word] for line, word in ACCEPTED.items()}
    assert not (folder / "run").exists(), "the name of a file was run"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_lists_what_fits(shell: str, scripts: Path, folder: Path) -> None:
    with started(shell, folder, *setup_of(shell, scripts / shell)) as at:
        # Where a command is expected, an archive may come too.
        listed(at, "cable-tui ", [*VERBS, "help", "a.csv", "demos/"])
        listed(at, "cable-tui export x --format ", [*FORMATS])
        listed(at, "cable-tui cite x REF --style ", [*EXPORTS])
        assert "a.csv" not in listed(at, "cable-tui bookmarks ", [*ACTIONS])


def options() -> list[tuple[str, str]]:
    """Every option of every command and action, with the words before it."""
    return [
        (parser.prog, name)
        for parser in every_parser()
        for action in parser._actions
        if action.help != argparse.SUPPRESS  # the old name of another
        for name in action.option_strings
        if action.help != SUPPRESS
    ]


@pytest.mark.parametrize("shell", ALL)
def test_every_command_action_and_option_is_in_the_script(shell: str, scripts: Path) -> None:
    script = (scripts / shell).read_text(encoding="utf-8")
    for line, option in options():
        *_, last = line.split()
        assert last in script
        bare = option.lstrip("-")
        dashes = "-s" if len(option) == 2 else "-l"
        assert (f"{dashes} {bare}" if shell == "fish" else option) in script, (line, option)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_itself_understands_the_script(shell: str, scripts: Path) -> None:
    subprocess.run([program(shell), "-n", str(scripts / shell)], check=True, timeout=60)


def test_bash_of_macos_understands_the_script(scripts: Path) -> None:
    """It is bash 3.2; what came later is not used, or its absence does no harm."""
    script = (scripts / "bash").read_text(encoding="utf-8")
    later = r"mapfile|readarray|declare -[Ag]|local -n|\$\{\w+(\^|,,|@)|\|&|&>>|coproc|;;&|;&"
    assert re.findall(later, script) == []
    without_help = [
        line for line in script.splitlines() if re.search(r"compopt", line) and "||" not in line
    ]
    assert [line for line in without_help if "2>/dev/null" not in line and "#" not in line] == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_installed_file_asks_the_program(
    shell: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "cable-tui"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cable_tui "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    where = ROOT / "completions"
    setup = {
        "bash": [f"source {where}/cable-tui.bash", "bind 'set show-all-if-ambiguous on'"],
        "zsh": [f"fpath=({where} $fpath)", "autoload -U compinit", "compinit -u -D"],
        "fish": [f"source {where}/cable-tui.fish"],
    }
    with started(shell, folder, *setup[shell]) as at:
        for _ in range(2):  # the first Tab reads the script, the second has it
            listed(at, "cable-tui bookmarks ", [*ACTIONS])


def test_powershell_completes_a_line(scripts: Path, folder: Path) -> None:
    lines = {"cable-tui searc": "search", "cable-tui export x --format mark": "markdown"}
    for line, expected in lines.items():
        ask = (
            f". '{scripts / 'powershell'}.ps1'; "
            f"(TabExpansion2 -inputScript '{line}' -cursorColumn {len(line)})"
            ".CompletionMatches.CompletionText"
        )
        (scripts / "powershell.ps1").write_bytes((scripts / "powershell").read_bytes())
        done = subprocess.run(
            [program("pwsh"), "-NoProfile", "-NonInteractive", "-Command", ask],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            cwd=folder,
        )
        assert done.stdout.split() == [expected]


def test_another_shell_is_refused(run: Run) -> None:
    assert run("completions", "csh").status == 2
