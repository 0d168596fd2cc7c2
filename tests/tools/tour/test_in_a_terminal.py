"""The tour in a terminal, by the keys that its line names, with each choice at its end."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.build.indexer import index

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal
from tests.tui.test_first_minutes import Reader

pytestmark = pytest.mark.slow

NINE_STEPS = (
    ("s", "Space keeps only its cables", "Embassy Port Amber"),
    ("j ", "2/9 Search"),
    ("l/ lobster\r", "3/9 Correct"),
    ("/ lobstre\r", "4/9 Read"),
    ("\r", "goes on to the next paragraph"),
    ("}", "5/9 Follow: it cites none in this archive: J opens another"),
    ("J", "5/9 Follow: [^J]+$"),
    ("c", "Follow: Enter opens the cable under the cursor", r"References \(3\)"),
    ("\r", "6/9 Come back"),
    ("\x7f", "7/9 Bookmark"),
    ("b", "8/9 Cite"),
    ("yy", "9/9 Find help"),
    ("?", "Keys and help", "9/9 F3 tries a tool in two steps"),
)
F2, F3, ESC = "\x1bOQ", "\x1bOR", "\x1b"
COMPLETE = r"Esc closes +(─╯|│)"
CHOICES = (
    (("c", "1/2 A citation chain: g t opens it"), ("gt", "2/2 Enter opens the", COMPLETE)),
    (("m", "1/2 Missing cables: g x opens it"), ("gx", "2/2 .*; Esc closes", COMPLETE)),
    (("d", "1/2 Check a draft"), ("C", "draft"), ("{draft}\r", "2/2 .* Esc closes", COMPLETE)),
    (("v", "1/2 Compare"), ("h j j", "2 selected"), ("=", "2/2 .* Esc closes", COMPLETE)),
    (("p", "1/2 People named"), ("P", "2/2 .* Esc closes", COMPLETE)),
)
"""Keys, and what the screen then shows: a choice behind the tour, and the two steps of its tool."""


def test_the_tour_is_played_to_its_end_with_each_choice(tmp_path: Path) -> None:
    demo.write(tmp_path / "cache" / "demo")
    for _ in index(tmp_path / "cache" / "demo", tmp_path / "cache", workers=0):
        pass
    draft = tmp_path / "draft.md"
    draft.write_text("The roof leaks (05QUAYHAVEN19, paragraph 99).", "utf-8")
    environment = {"CABLE_TUI_HOME": str(tmp_path), "PATH": os.defpath, "TMUX": "", "DISPLAY": ""}
    command = [sys.executable, "-m", "cable_tui", "demo", "--tour"]
    with Terminal(command, columns=80, rows=24, environment=environment) as terminal:
        reader = Reader(terminal)
        reader.sees("1/9 Narrow")
        for keys, *shown in NINE_STEPS:
            reader.types(keys, *shown)
        for number, typed in enumerate(CHOICES):
            if number:
                reader.types(F2 + 9 * F3, "9/9 F3 tries a tool in two steps")
            reader.types(F3, "Two steps with")
            for keys, *shown in typed:
                reader.types(keys.format(draft=draft), *shown)
            reader.leaves(ESC, "2/2")
        reader.sees("Done. It is in the g menu")
