"""docs/screen-readers.md names every command of the room, and each of its examples works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.cli import main
from cable_tui.tui.commands.keyboard import COMMANDS

pytestmark = pytest.mark.documents

TEXT = (Path(__file__).parents[1] / "docs" / "screen-readers.md").read_text(encoding="utf-8")
_OF_A_SHELL = re.compile(r"[|&;<>$`*?]")
"""What only a shell understands; a line without it is run in this process, which is faster."""


def examples() -> list[str]:
    """The command lines of the page, in its order: those of blocks, and those in backquotes."""
    found = re.finditer(r"```sh\n(?P<block>.*?)```|`(?P<one>cable-tui [^`]+)`", TEXT, re.DOTALL)
    lines = [line for each in found for line in (each["block"] or each["one"]).splitlines() if line]
    return [line.replace("\\|", "|") for line in lines]


def named() -> list[str]:
    """The commands of the room that the page names."""
    return re.findall(r"`([a-z]+\.[a-z_]+)`", TEXT)


def test_every_command_of_the_room_has_a_way_in_lines_or_the_reason_why_it_needs_none() -> None:
    ids = {command.id for command in COMMANDS}
    assert ids - set(named()) == set()
    assert {name for name in named() if name not in ids and not name.endswith(".md")} == set()


def test_no_command_is_named_twice() -> None:
    assert sorted(set(named())) == sorted(named())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the lines are those of a shell of POSIX")
def test_every_example_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """One after the other in one home, as a reader would type them."""
    demo.write(tmp_path / "cables")
    tools = tmp_path / "bin"
    tools.mkdir()
    draft = "“The chart is handsome and its paper is old.” (04PORTAMBER305 ¶2)\n"
    (tmp_path / "article.txt").write_text(draft, encoding="utf-8")
    (tools / "cable-tui").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cable_tui "$@"\n')
    (tools / "cable-tui").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CABLE_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    assert len(examples()) > 60
    for line in examples():
        if line == "cable-tui demo":  # the room itself
            continue
        if _OF_A_SHELL.search(line):
            status = subprocess.run(["sh", "-c", line], check=False, timeout=60).returncode
        else:
            status = main([each.replace("~/", f"{tmp_path}/") for each in shlex.split(line)[1:]])
        out, err = capfd.readouterr()
        assert status == 0, (line, status, err)
        assert out or err or ">" in line, line
