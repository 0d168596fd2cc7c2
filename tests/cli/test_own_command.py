"""`run`: a command of the reader's own, asked about once, with the cable as its input."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from ast import literal_eval
from collections.abc import Callable
from pathlib import Path

import pytest

from cable_tui.operating_system.processes import is_there
from tests.archive.fiction import Fiction, write_page
from tests.cli.conftest import Run, write_settings
from tests.command_cases import CommandCase
from tests.parts import ASKING

CASE = CommandCase(
    imports={
        # Its program runs in no test of imports: settings there would be those of all commands.
        "run translate PATH 10QUAYHAVEN2": ASKING | {"exports", "own_commands"},
    },
)
REF = "04PORTAMBER211"


def _settings(code: str, more: str = "") -> str:
    return f"[commands.translate]\nrun = {json.dumps([sys.executable, '-c', code])[:-1]}{more}]\n"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def writes(out: Path) -> str:
    """Code of a program that keeps its arguments and its input."""
    return (
        "import pathlib, sys; "
        f"pathlib.Path({str(out)!r}).write_text(repr((sys.argv[1:], sys.stdin.read())))"
    )


def test_the_program_gets_the_json_of_show_and_its_status_is_that_of_the_command(
    run: Run, archive: Path, home: Path, out: Path, writes: str
) -> None:
    write_settings(home, _settings(f"{writes}; sys.exit(7)", ', "{ref}", "{path}"'))
    assert run("run", "translate", archive, REF.lower(), "--yes").status == 7
    arguments, content = literal_eval(out.read_text())
    assert arguments == [REF, str(archive)]
    assert content == run("show", archive, REF, "--json").out


def test_a_first_run_is_asked_about_and_again_after_a_change(  # noqa: PLR0917 - fixtures
    run: Run,
    archive: Path,
    home: Path,
    out: Path,
    writes: str,
    keyboard: Callable[[str], None],
) -> None:
    line = ("run", "translate", archive, REF)
    write_settings(home, _settings(writes))
    refused = run(*line)
    assert refused.status == 2
    assert "add --yes" in refused.err
    for answer, ran in (("n\n", False), ("\n", False), ("y\n", True)):
        keyboard(answer)
        asked = run(*line)
        assert f"would run for the first time: {sys.executable} -c" in asked.err
        assert (asked.status, out.exists()) == ((0, True) if ran else (2, False))
    out.unlink()
    assert run(*line).status == 0
    assert out.exists()
    out.unlink()
    write_settings(home, _settings(f"{writes} "))
    for answer, status in (("", 2), ("n\n", 2), ("y\n", 0)):
        keyboard(answer)
        assert not out.exists()
        asked = run(*line)
        assert asked.status == status
        assert "would run for the first time since `run` was changed: " in asked.err


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("deaf", [False, True], ids=["ends when asked", "is killed"])
def test_a_signal_that_ends_the_command_ends_its_program(
    archive: Path, home: Path, *, deaf: bool
) -> None:
    code = "import os, signal, time; print(os.getpid(), flush=True); time.sleep(60)"
    if deaf:
        code = code.replace("print", "signal.signal(signal.SIGTERM, signal.SIG_IGN); print")
    write_settings(home, _settings(code))
    argv = [sys.executable, "-m", "cable_tui", "run", "translate", str(archive), REF, "--yes"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        assert command.stdout is not None
        program = int(command.stdout.readline())
        command.send_signal(signal.SIGTERM)
        _, messages = command.communicate()
    assert (command.returncode, messages) == (143, b"")
    assert not is_there(program)


def test_other_settings_private_runs_and_served_rooms_start_nothing(  # noqa: PLR0917 - fixtures
    run: Run, archive: Path, home: Path, out: Path, writes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(home, _settings(writes))
    line = ("run", "translate", archive, REF, "--yes")
    for option in (("--config", home / "config" / "config.toml"), ("--private",)):
        refused = run(*line, *option)
        assert refused.status == 2
        assert "leave out --config and --private" in refused.err
    monkeypatch.setenv("TEXTUAL_DRIVER", "x:y")
    assert "no such command" in run(*line).err
    assert not out.exists()


def test_an_unknown_command_is_named_with_those_there_are(
    run: Run, archive: Path, home: Path
) -> None:
    assert "it has none" in run("run", "x", archive, REF).err
    write_settings(home, _settings("pass"))
    assert "known are translate" in run("run", "x", archive, REF).err


def test_hostile_names_and_subjects_run_nothing(  # noqa: PLR0917 - fixtures
    run: Run, archive: Path, home: Path, tmp_path: Path, out: Path, writes: str
) -> None:
    hostile = "$(touch evil); `touch evil` | touch evil {ref} --x"
    folder = tmp_path / "-c $(touch evil); 'touch evil"
    shutil.copytree(archive, folder)
    write_page(folder, Fiction("10EVIL1", subject=hostile))
    write_settings(home, _settings(writes, ', "{ref}", "{path}"'))
    assert run("run", "translate", folder, "10EVIL1", "--yes").status == 0
    arguments, content = literal_eval(out.read_text())
    assert arguments == ["10EVIL1", str(folder)]
    assert "touch evil" in content
    assert not list(Path.cwd().glob("evil"))
    assert not list(tmp_path.rglob("evil"))
