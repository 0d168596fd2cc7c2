"""Arabic, Hebrew, Chinese, Japanese, Thai and combining marks in cables: columns stay in place.

How many cells a sign takes is asked of `wcwidth`, by which pyte keeps its screen, and never of the
program. All texts are fictional.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from wcwidth import wcswidth

from benchmarks.terminal import Terminal
from cable_tui.archive.build.indexer import index
from tests.archive.fiction import GOATS, Fiction, write_page
from tests.tui.tmux import TMUX, Tmux

OVERRIDE, MARK, ISOLATE = "\u202e", "\u200f", "\u2067"
"""Directions, which could turn what is read around: of them only a visible placeholder is shown."""
SHOWN = "\N{DOT OPERATOR}"
TEXT = (
    'The keeper (حارس المنارة) said "שומר המגדלור" and wrote 灯台守 in his book.\n'
    "ランプは十二個足りない。灯台守は新しいランプを求めた。夜の海は暗く、船は岸に近づけない。\n"
    "Thai: ผู้ดูแลประภาคาร, Greek: φαροφύλακας, accents: e\u0301a\u0308n\u0303 and Việt.\n"
    f"He signed {OVERRIDE}gpj.exe, {MARK}and {ISOLATE}left.\n\n"
    "2. (C) The second paragraph is in plain letters."
)
WORLD = Fiction(
    "09RABAT28", "2009-02-14 10:00", subject="灯台守 AND حارس المنارة ASK FOR ランプ", text=TEXT
)
UNTURNED = TEXT.translate({ord(sign): SHOWN for sign in (OVERRIDE, MARK, ISOLATE)})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An indexed archive with such a cable, and the environment of the program."""
    root = tmp_path_factory.mktemp("world")
    for cable in (WORLD, GOATS):
        write_page(root / "cables", cable)
    for _ in index(root / "cables", root / "home" / "cache", workers=0):
        pass
    return root / "cables", {"CABLE_TUI_HOME": str(root / "home"), "LANG": "C.UTF-8"}


def room(folder: Path) -> list[str]:
    return [sys.executable, "-m", "cable_tui", str(folder), "--fresh", "--private"]


def run(place: tuple[Path, dict[str, str]], *words: str) -> str:
    folder, environ = place
    command = [sys.executable, "-m", "cable_tui", words[0], str(folder), *words[1:]]
    done = subprocess.run(
        command, env={**os.environ, **environ}, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.mark.parametrize("cells", [40, 61, 80])
def test_boxes_on_the_command_line_have_straight_edges(
    place: tuple[Path, dict[str, str]], cells: int
) -> None:
    lines = run(place, "show", "09RABAT28", "--width", str(cells)).splitlines()
    assert {wcswidth(line) for line in lines} == {cells}


def test_what_turns_text_around_is_shown_by_a_stand_in(place: tuple[Path, dict[str, str]]) -> None:
    shown = run(place, "show", "09RABAT28")
    assert UNTURNED in shown
    assert not {OVERRIDE, MARK, ISOLATE} & set(shown)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=str)
def test_columns_of_the_room_stay_in_place(
    place: tuple[Path, dict[str, str]], size: tuple[int, int]
) -> None:
    folder, environ = place
    columns, rows = size
    with Terminal(room(folder), columns=columns, rows=rows, environment=environ) as terminal:
        assert terminal.until(lambda text: "1/2" in text, 30), terminal.text
        terminal.send("s")
        assert terminal.until(lambda text: "Origin" in text, 10), terminal.text
        terminal.settle()
        # Between the library and the list is one line, at one column in all rows.
        edges = {_column(terminal, row, "│") for row in range(2, rows - 3)} - {-1}
        assert len(edges) == 1
        # The subjects of both rows begin at one column.
        (wide,) = {_column(terminal, row, "灯") for row in range(rows)} - {-1}
        (plain,) = {_column(terminal, row, "G") for row in range(rows) if _is_goats(terminal, row)}
        assert wide == plain
        terminal.send("2", "enter")
        assert terminal.until(lambda text: "plain letters" in text, 10), terminal.text
        terminal.settle()
        body = "".join("".join(line.split()) for line in terminal.text.split("\n"))
        for line in UNTURNED.split("\n"):
            assert "".join(line.split())[:30] in body
        terminal.send("ctrl+q")
        assert terminal.wait(20) == 0


def _column(terminal: Terminal, row: int, sign: str) -> int:
    """The place of a sign in a row of the screen; -1 if it is not there."""
    line = terminal.screen.buffer[row]
    return next((x for x in range(terminal.screen.columns) if line[x].data == sign), -1)


def _is_goats(terminal: Terminal, row: int) -> bool:
    return "GOATS" in terminal.lines(row)


@pytest.mark.slow
@pytest.mark.skipif(TMUX is None, reason="tmux is not installed")
def test_hits_and_copies_are_the_words_as_filed(
    place: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder, environ = place
    with Tmux(room(folder), 100, 30, environ) as tmux:
        assert tmux.until(lambda text: "1/2" in text, 30), tmux.text
        tmux.send("/")
        tmux.send("المنارة")
        assert tmux.until(lambda text: "1/1" in text, 10), tmux.text
        tmux.send("\r")
        tmux.send("\r")
        assert tmux.until(lambda text: "plain letters" in text, 10), tmux.text
        tmux.send("}")
        assert tmux.until(lambda text: "¶1" in text, 10), tmux.text
        tmux.send("yt")
        assert tmux.until(lambda _: bool(tmux.buffer), 10), tmux.text
        assert tmux.buffer.strip() == f"1. (C) {UNTURNED.split(chr(10) * 2)[0]}"
