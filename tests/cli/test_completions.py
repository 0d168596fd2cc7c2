"""Scripts for the shell: they know what the parsers know."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cable_tui.cli.command_table import VERBS
from cable_tui.exports.lists import FORMATS
from tests.cli.conftest import Run

BASH = shutil.which("bash")
_ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); COMPREPLY=()
_cable_tui
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bash") / "cable-tui.bash"


def offered(run: Run, script: Path, *words: str) -> list[str]:
    """What bash would offer for the last word."""
    if BASH is None:
        pytest.skip("there is no bash here")
    if not script.exists():
        script.write_text(run("completions", "bash").out, encoding="utf-8")
    done = subprocess.run(
        [BASH, "--norc", "-c", _ASK, "bash", str(script), *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=script.parent,
    )
    assert done.stderr == ""
    return [line for line in done.stdout.split("\n") if line and line != script.name]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("cable-tui", "se"), ["search"]),
        (("cable-tui", "exp"), ["export"]),
        (("cable-tui", "--ca"), ["--cache"]),
        (("cable-tui", "--ascii", "ind"), ["index"]),
        (("cable-tui", "index", "x", "--reb"), ["--rebuild"]),
        (("cable-tui", "cite", "--sty"), ["--style"]),
        (("cable-tui", "export", "x", "--format", "j"), ["jsonl"]),
        (("cable-tui", "completions", ""), ["bash", "zsh", "fish"]),
        (("cable-tui", "index", "--sty"), []),
    ],
    ids=" ".join,
)
def test_bash_is_offered_what_fits(
    run: Run, script: Path, words: tuple[str, ...], expected: list[str]
) -> None:
    assert offered(run, script, *words) == expected


def test_bash_is_offered_every_command_and_every_format(run: Run, script: Path) -> None:
    assert set(offered(run, script, "cable-tui", "")) == set(VERBS)
    assert set(offered(run, script, "cable-tui", "export", "--format", "")) == set(FORMATS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_the_script(run: Run, shell: str) -> None:
    done = run("completions", shell)
    assert done.status == 0
    for name in VERBS:
        assert name in done.out
    assert ("-l private" if shell == "fish" else "--private") in done.out


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_shell_itself_understands_the_script(run: Run, shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here")
    file = tmp_path / "script"
    file.write_text(run("completions", shell).out, encoding="utf-8")
    subprocess.run([program, "-n", str(file)], check=True, timeout=60)


def test_another_shell_is_refused(run: Run) -> None:
    assert run("completions", "csh").status == 2
