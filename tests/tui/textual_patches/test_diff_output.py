"""Two terminals that get the same updates, one of them in fewer bytes, look the same."""

from __future__ import annotations

from collections.abc import Sequence

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from cable_tui.tui.textual_patches.diff_output import ScreenDiff

COLUMNS, ROWS = 24, 4
HALF = 12
STYLES = [
    Style(),
    Style(color="red"),
    Style(color="red", bgcolor="blue"),
    Style(color="green", bgcolor="blue", bold=True),
    Style(color="red", bgcolor="blue", reverse=True),
    Style(color="green", underline=True),
]
Line = Sequence[tuple[str, int]]
"""Texts, and the places of their styles in `STYLES`."""


def _strip(line: Line) -> Strip:
    """Of two halves, as where two widgets are neighbours: no sign is in both."""
    segments = [Segment(text, STYLES[style]) for text, style in line]
    strip = Strip(segments).adjust_cell_length(COLUMNS, STYLES[0])
    return Strip.join(strip.divide([HALF, COLUMNS]))


def _whole(lines: Sequence[Line]) -> LayoutUpdate:
    return LayoutUpdate([[_strip(line)] for line in lines], Region(0, 0, COLUMNS, ROWS))


def _rows(lines: Sequence[Line], spans: list[tuple[int, int, int]]) -> ChopsUpdate:
    """Some spans of the lines."""
    strips = [_strip(line).divide([HALF, COLUMNS]) for line in lines]
    chops = [{0: left, HALF: right} for left, right in strips]
    return ChopsUpdate(chops, spans, [[HALF, COLUMNS]] * ROWS)


class Screens:
    """One that gets everything, and one that gets what differs."""

    def __init__(self) -> None:
        self.plain, self.wired = (pyte.Screen(COLUMNS, ROWS) for _ in range(2))
        self.wire = ScreenDiff()
        self.sent = 0

    def show(self, update: LayoutUpdate | ChopsUpdate) -> str:
        sequence = self.wire.sequence(update, ColorSystem.STANDARD)
        console = Console(color_system="standard", force_terminal=True, width=COLUMNS)
        pyte.Stream(self.plain).feed(update.render_segments(console).replace("\n", "\r\n"))
        pyte.Stream(self.wired).feed(sequence)
        return sequence

    def looks(self, screen: pyte.Screen) -> list[list[object]]:
        return [[_look(screen.buffer[row][at]) for at in range(COLUMNS)] for row in range(ROWS)]


def _look(cell: pyte.screens.Char) -> object:
    """What can be seen of a cell."""
    if cell.data == " " and not (cell.reverse or cell.underscore):
        return " ", cell.bg
    return cell


lines = st.lists(
    st.lists(
        st.tuples(st.text("abAB  xyz·│一二é", max_size=14), st.integers(0, len(STYLES) - 1)),
        max_size=6,
    ),
    min_size=ROWS,
    max_size=ROWS,
)
spans = st.lists(
    st.tuples(st.integers(0, ROWS - 1), st.sampled_from([(0, 12), (12, 24), (0, 24)])), min_size=1
)


@given(first=lines, updates=st.lists(st.tuples(lines, spans), max_size=4))
def test_the_screen_is_that_of_an_update_in_full(
    first: list[Line], updates: list[tuple[list[Line], list[tuple[int, tuple[int, int]]]]]
) -> None:
    screens = Screens()
    screens.show(_whole(first))
    assert screens.looks(screens.wired) == screens.looks(screens.plain)
    for changed, places in updates:
        screens.show(_rows(changed, sorted({(row, *place) for row, place in places})))
        assert screens.looks(screens.wired) == screens.looks(screens.plain)


def test_what_the_terminal_shows_already_is_not_sent() -> None:
    screens = Screens()
    page: list[Line] = [[("the first line", 1)], [("the second", 2)], [], []]
    screens.show(_whole(page))
    assert screens.show(_whole(page)) == ""


def test_of_a_line_that_differs_in_a_word_the_word_is_sent() -> None:
    screens = Screens()
    screens.show(_whole([[("herring and eels", 1)], [], [], []]))
    sent = screens.show(_whole([[("herring and cats", 1)], [], [], []]))
    assert "cat" in sent
    assert "herring" not in sent
    assert len(sent) < 30


def test_words_of_one_style_are_sent_with_the_blanks_between_them() -> None:
    screens = Screens()
    screens.show(_whole([[], [], [], []]))
    sent = screens.show(_whole([[("one two three", 2)], [], [], []]))
    assert "one two three" in sent


def test_a_terminal_that_was_drawn_on_by_others_is_painted_anew() -> None:
    screens = Screens()
    page: list[Line] = [[("the first line", 1)], [], [], []]
    screens.show(_whole(page))
    screens.wire.forget()
    assert "the first line" in screens.show(_whole(page))


def test_with_another_writer_nothing_is_known_of_the_terminal() -> None:
    screens = Screens()
    page: list[Line] = [[("the first line", 1)], [], [], []]
    writer = object()
    screens.wire.set_writer(writer)
    screens.show(_whole(page))
    screens.wire.set_writer(writer)
    assert screens.show(_whole(page)) == ""
    screens.wire.set_writer(object())
    assert not screens.wire.knows
    assert "the first line" in screens.show(_whole(page))


def test_a_line_with_signs_of_two_cells_is_sent_whole() -> None:
    screens = Screens()
    screens.show(_whole([[("一 herring", 1)], [], [], []]))
    sent = screens.show(_whole([[("一 berring", 1)], [], [], []]))
    assert "一 berring" in sent


@pytest.mark.parametrize("hostile", ["a\x1b[31mb", "x\x07y", "l\u202er"])
def test_nothing_that_commands_a_terminal_goes_through(hostile: str) -> None:
    screens = Screens()
    sent = screens.show(_whole([[(hostile, 1)], [], [], []]))
    assert hostile not in sent
    assert "\x07" not in sent
