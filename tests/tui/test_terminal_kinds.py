"""The room on terminals of all kinds: what reaches them, byte by byte."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.program.ascii_signs import ASCII

pytestmark = pytest.mark.slow

NONE = {"LANG": "", "LC_ALL": "", "LC_CTYPE": "", "COLORTERM": "", "NO_COLOR": ""}
UNICODE = {**NONE, "LANG": "C.UTF-8"}
DRAWN = re.compile("[\u2500-\u259f]")
"""Lines, blocks and bars, which only we draw."""
WALK = ("s", "j", "space", "2", "enter", "H", "D", "escape", "c", "escape", "T", "?", "escape", "y")
"""Through library, list, header, context, timeline, help and a menu."""
LOOK = ("enter", "?")
"""Where the whole walk is made on another terminal: a cable and the help."""
ASCII_ONLY, ALL_SIGNS = False, True


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An indexed archive, and the program's own folders."""
    root = tmp_path_factory.mktemp("kinds")
    demo.write(root / "cables")
    for _ in index(root / "cables", root / "home" / "cache", workers=0):
        pass
    return root / "cables", root / "home"


@pytest.fixture
def room(world: tuple[Path, Path]) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The command line that opens the room, and its environment."""
    folder, home = world
    yield (
        [sys.executable, "-m", "cable_tui", str(folder), "--fresh", "--no-index"],
        {"CABLE_TUI_HOME": str(home)},
    )
    shutil.rmtree(home / "state", ignore_errors=True)


def walked(
    command: Sequence[str], environ: Mapping[str, str], keys: Sequence[str]
) -> tuple[Terminal, list[str]]:
    """A terminal on which the room was walked through and left, and each screen on the way."""
    screens = []
    with Terminal(command, environment=environ) as terminal:
        assert terminal.until(lambda text: "1/40" in text, 30), terminal.text
        screens.append(terminal.settle(0.3))
        for key in keys:
            terminal.send(key)
            if key == "?":
                assert terminal.until(lambda text: "Keys and help" in text, 10), terminal.text
            screens.append(terminal.settle(0.12))
        terminal.send("ctrl+q")
        assert terminal.wait(20) == 0
    return terminal, screens


def sgr(terminal: Terminal) -> set[str]:
    """Every code of style that was sent."""
    found = re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw)
    return {code for each in found for code in each.decode().split(";")}


BRIGHT_GROUND = {str(code) for code in range(100, 108)}
BRIGHT = BRIGHT_GROUND | {str(code) for code in range(90, 98)}


def eight_colors(terminal: Terminal) -> None:
    """A cursor in reverse, and no color that the terminal lacks."""
    assert not sgr(terminal) & ({"38", "48"} | BRIGHT)
    assert "7" in sgr(terminal)


def sixteen_colors(terminal: Terminal) -> None:
    assert not sgr(terminal) & {"38", "48"}
    assert sgr(terminal) & BRIGHT_GROUND


def only_greys(terminal: Terminal) -> None:
    sent = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.raw)
    assert sent
    assert all(red == green == blue for red, green, blue in sent)


TRUE = {"COLORTERM": "truecolor"}
KINDS: dict[str, tuple[dict[str, str], str, Sequence[str], bool, Callable[[Terminal], None]]] = {
    "LANG=C vt100": ({**NONE, "LANG": "C", "TERM": "vt100"}, "", LOOK, ASCII_ONLY, eight_colors),
    # Python makes C.UTF-8 of no locale, and asks no terminal.
    "no locale NO_COLOR": ({**NONE, **TRUE, "NO_COLOR": "1"}, "", WALK, ASCII_ONLY, only_greys),
    "TERM=linux": ({**UNICODE, "TERM": "linux"}, "", LOOK, ASCII_ONLY, eight_colors),
    "--ascii": (
        {**UNICODE, "TERM": "xterm-16color"}, "--ascii", LOOK, ASCII_ONLY, sixteen_colors
    ),
    "TERM=screen": ({**UNICODE, "TERM": "screen"}, "", LOOK, ALL_SIGNS, eight_colors),
    "--no-ascii --no-color": (
        {**NONE, **TRUE, "LANG": "C"}, "--no-ascii --no-color", LOOK, ALL_SIGNS, only_greys
    ),
}  # fmt: skip
"""Environment, options, keys, whether all signs are sent, and which colors."""


@pytest.mark.parametrize("name", KINDS)
def test_a_terminal_gets_the_signs_and_the_colors_that_it_has(
    room: tuple[list[str], dict[str, str]], name: str
) -> None:
    pytest.importorskip("curses", reason="no terminfo")
    command, home = room
    environ, options, keys, all_signs, colors = KINDS[name]
    terminal, screens = walked((*command, *options.split()), {**home, **environ}, keys)
    if all_signs:
        assert all(DRAWN.search(screen) for screen in screens)
    else:  # the demo's own texts are ASCII
        assert {sign for sign in terminal.raw.decode() if not sign.isascii()} == set()
        assert any("|" in screen for screen in screens)
    colors(terminal)


@pytest.mark.parametrize("kind", ["dumb", "unknown", ""])
def test_a_terminal_without_a_screen_is_told_what_works(
    room: tuple[list[str], Mapping[str, str]], kind: str
) -> None:
    command, home = room
    with Terminal(command, environment={**home, **UNICODE, "TERM": kind}) as terminal:
        assert terminal.wait(20) == 2
        said = " ".join(terminal.raw.decode().split())
    assert f"TERM={kind})" in said
    assert "cable-tui search" in said
    assert "\x1b" not in said


# Every state that is drawn for review, translated as the sanitiser does.
SCREENS = sorted(Path(__file__).parents[1].rglob("screens/*.txt"))


def test_every_screen_of_the_room_has_a_stand_in_for_each_of_its_signs() -> None:
    for file in SCREENS:
        shown = file.read_text("utf-8").translate(ASCII)
        assert {sign for sign in shown if not sign.isascii()} == set(), file.name
