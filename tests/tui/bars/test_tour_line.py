"""The line of the tour fits, names the keys as they are, and always says the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from cable_tui.session.features.tour import OFFER, TOUR, hint
from cable_tui.session.state import Session
from cable_tui.text import width
from cable_tui.tui.bars.tour_line import parts_of, tour_parts
from cable_tui.tui.commands.reader_keys import with_own_keys
from cable_tui.tui.commands.table import COMMANDS, use
from cable_tui.value import replace
from tests.session.features.test_tour import HINTS

SMALLEST = 58
"""Cells of the line in the smallest window that the room works in."""
IN_80 = 78
"""Cells of the line in a window of 80 columns: one is left free at either end."""
WORDS = ("lighthouse", "lighthosue")
"""Words as long as those that the archive is looked through for."""


class Line(NamedTuple):
    """A line as the reader may meet it."""

    at: int
    said: str


def _lines() -> Iterator[Line]:
    for number, session, _ in HINTS:
        tour = replace(session.tour, at=number)
        yield Line(number, hint(replace(session, tour=tour)))
        tour = replace(tour, word=WORDS[0], slip=WORDS[1])
        yield Line(number, hint(replace(session, tour=tour)))
        for stop in (0, 2, 9):
            there = replace(tour, looked_at=session.cable_here, citing_stops=(2,))
            yield Line(number, hint(replace(session, tour=there, stop=stop)))


LINES = list(_lines())


def text(at: int | None, said: str, cells: int) -> str:
    return "".join(piece for piece, _ in tour_parts(at, said, cells))


@pytest.mark.parametrize("line", LINES, ids=str)
def test_every_line_fits_into_80_columns_with_its_keys_and_both_ways_on(line: Line) -> None:
    shown = text(line.at, line.said, IN_80)
    assert width(shown) <= IN_80
    assert shown.startswith(f"{line.at + 1}/9 {TOUR[line.at].name}: ")
    assert shown.endswith("F3 next  F2 leaves")
    assert "…" not in shown


@pytest.mark.parametrize("line", LINES, ids=str)
def test_in_the_smallest_window_the_way_out_is_there_still(line: Line) -> None:
    shown = text(line.at, line.said, SMALLEST)
    assert width(shown) <= SMALLEST
    assert shown.startswith(f"{line.at + 1}/9 ")
    assert shown.endswith("F2 leaves")


def test_the_offer_fits_and_names_both_keys() -> None:
    assert text(None, OFFER, IN_80) == ("New here? F2 shows the room in nine steps, F3 hides this.")
    assert width(text(None, OFFER, 30)) <= 30


def test_a_wide_line_says_that_it_is_the_tour() -> None:
    assert text(0, "{pane.library} to it", 118).startswith("Tour 1/9 Narrow: s to it  ")


@pytest.mark.parametrize("line", LINES, ids=str)
def test_every_key_that_a_line_names_is_that_of_a_command(line: Line) -> None:
    known = {each.id for each in COMMANDS}
    assert set(re.findall(r"\{([^}]+)\}", line.said)) <= known


def test_keys_and_words_to_type_stand_out() -> None:
    assert list(parts_of("{search.edit} and `kepl`, then {bar.accept}")) == [
        ("", False),
        ("/", True),
        (" and ", False),
        ("kepl", True),
        (", then ", False),
        ("Enter", True),
        ("", False),
    ]


def test_own_keys_are_named_and_long_ones_push_out_the_next_step_before_the_way_out() -> None:
    long = {"pane.library": ("ctrl+shift+pagedown",), "library.toggle": ("ctrl+shift+pageup",)}
    commands, mistakes = with_own_keys(COMMANDS, {**long, "help.tour": ("f12",)})
    assert mistakes == []
    use(commands)
    try:
        shown = text(0, hint(replace(Session(), tour=replace(Session().tour, at=0))), IN_80)
    finally:
        use(COMMANDS)
    assert shown.endswith("F12 leaves")
    assert "F3" not in shown
    assert width(shown) <= IN_80
