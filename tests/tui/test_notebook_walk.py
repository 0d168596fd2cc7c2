"""From reading to writing, on a real terminal: notes, a list, a dossier, a fresh home."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from tests.tui.test_first_minutes import Reader

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal
from tests.tui.tmux import TMUX, Tmux

pytestmark = pytest.mark.slow

NOTES = ("Who counts them?", "Ask Mara.", "Compare with the map.")


def _command(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cable_tui", *words],
        env={**os.environ, "CABLE_TUI_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )


COMMAND = [sys.executable, "-m", "cable_tui", "demo"]


def test_three_noted_paragraphs_become_a_dossier_that_another_machine_takes_in(
    tmp_path: Path,
) -> None:
    home, dossier = tmp_path / "home", tmp_path / "story.md"
    demo.write(home / "cache" / "demo")
    for _ in index(home / "cache" / "demo", home / "cache", workers=0):
        pass
    environment = {"CABLE_TUI_HOME": str(home), "NO_COLOR": "", "PATH": os.defpath}
    if TMUX is not None:  # it draws in a fifth of the time
        with Tmux(COMMAND, 120, 40, environment) as window:
            _write(Reader(window), dossier)
            window.send("\x11")
            assert window.ended(15), window.text
    else:
        with Terminal(COMMAND, columns=120, rows=40, environment=environment) as terminal:
            _write(Reader(terminal), dossier)
            terminal.send("\x11")
            assert terminal.wait(15) == 0, terminal.text
    _check(home, dossier, tmp_path)


def _write(reader: Reader, dossier: Path) -> None:
    """Note three paragraphs into a list, change their order, and export the dossier."""
    reader.sees(r"1/40 newest first")
    reader.types("/", r"Enter Accept")
    reader.types("04portamber305", r"Open 04PORTAMBER305")
    reader.types("\r", r"UNCLAS PORT AMBER 000305")
    reader.types("}" * 2, r"04PORTAMBER305 ¶1")
    for number, note in enumerate(NOTES, 1):
        reader.types("B", rf"Note to this paragraph: 04PORTAMBER305 ¶{number}")
        reader.types(note, re.escape(note))
        reader.types("\x1b", rf"Note kept with 04PORTAMBER305 ¶{number}")
        reader.types("a", r"Put it into which list\?")
        reader.types("story\r", r"is in the list story now")
        reader.types("}", r"04PORTAMBER305" + (f" ¶{number + 1}" if number < 3 else ""))

    reader.types("'", r"All 3 .*story 3")
    reader.types("\t", r"(?s)¶1 .*¶2 .*¶3 ")
    reader.types("m", r"(?s)¶2 .*¶1 .*¶3 ")
    reader.types("E", r"Export the list story as")
    reader.types("m", r"Write the list story to")
    reader.types(f"{dossier}\r", r"3 written to")


def _check(home: Path, dossier: Path, folder: Path) -> None:
    """The dossier is in that order, and a fresh home takes the marks in, once."""
    text = dossier.read_text("utf-8")
    places = [text.index(note) for note in (NOTES[1], NOTES[0], NOTES[2])]
    assert places == sorted(places)
    assert re.findall(r"para\. (\d)", text) == ["2", "1", "3"]

    marks, fresh = folder / "marks.json", folder / "fresh"
    _command(home, "marks", "export", str(marks))
    for added in ("3 bookmarks added", "0 bookmarks added"):
        assert added in _command(fresh, "marks", "import", str(marks)).stderr
    listed = [_command(each, "marks", "list", "--list", "story").stdout for each in (home, fresh)]
    assert listed[0] == listed[1]
    assert [line.split("  ")[1] for line in listed[0].splitlines()] == [
        NOTES[1],
        NOTES[0],
        NOTES[2],
    ]
