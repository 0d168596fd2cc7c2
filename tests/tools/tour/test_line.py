"""The line of the tour in its widths, and the keys in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.value import replace
from cable_tui.session.state import Session
from cable_tui.text import width
from cable_tui.tools.tour.line import TourHint, tour_hint, tour_parts
from cable_tui.tools.tour.room import OFFER, TOUR, OfferTour, Tour, hint, tour_of
from cable_tui.tui.commands.keyboard import COMMANDS, use
from cable_tui.tui.commands.reader_keys import with_own_keys
from tests.session import ready, walk
from tests.tools.tour.test_room import HINTS as TOUR_HINTS

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
    for number, session, _ in TOUR_HINTS:
        tour = replace(tour_of(session), at=number)
        yield Line(number, hint(session.with_tool(tour)))
        tour = replace(tour, word=WORDS[0], slip=WORDS[1])
        yield Line(number, hint(session.with_tool(tour)))
        for stop in (0, 2, 9):
            there = replace(tour, looked_at=session.cable_here, citing_stops=(2,))
            yield Line(number, hint(replace(session.with_tool(there), stop=stop)))


def text(at: int | None, said: str, cells: int) -> str:
    return "".join(piece for piece, _ in tour_parts(at, said, cells))


def test_every_line_fits_into_80_columns_with_its_keys_and_both_ways_on() -> None:
    for line in _lines():
        shown = text(line.at, line.said, IN_80)
        assert width(shown) <= IN_80, line
        assert shown.startswith(f"{line.at + 1}/9 {TOUR[line.at].name}: "), line
        assert shown.endswith("F3 next  F2 leaves"), line
        assert "…" not in shown, line


def test_in_the_smallest_window_the_way_out_is_there_still() -> None:
    for line in _lines():
        shown = text(line.at, line.said, SMALLEST)
        assert width(shown) <= SMALLEST, line
        assert shown.startswith(f"{line.at + 1}/9 "), line
        assert shown.endswith("F2 leaves"), line


def test_the_offer_fits_and_names_both_keys() -> None:
    assert text(None, OFFER, IN_80) == (
        "New here? Press F2 for a tour in nine steps, or F3 to hide this line."
    )
    assert width(text(None, OFFER, 30)) <= 30


def test_a_wide_line_says_that_it_is_the_tour() -> None:
    assert text(0, "{pane.filters} to it", 118).startswith("Tour 1/9 Narrow: s to it  ")


def test_every_key_that_a_line_names_is_that_of_a_command() -> None:
    known = {each.id for each in COMMANDS}
    for line in _lines():
        assert set(re.findall(r"\{([^}]+)\}", line.said)) <= known, line


def test_own_keys_are_named_and_long_ones_push_out_the_next_step_before_the_way_out() -> None:
    long = {"pane.filters": ("ctrl+shift+pagedown",), "filters.toggle": ("ctrl+shift+pageup",)}
    commands, mistakes = with_own_keys(COMMANDS, {**long, "help.tour": ("f12",)})
    assert mistakes == []
    use(commands)
    try:
        shown = text(0, hint(Session().with_tool(Tour(at=0))), IN_80)
    finally:
        use(COMMANDS)
    assert shown.endswith("F12 leaves")
    assert "F3" not in shown
    assert width(shown) <= IN_80


def test_the_room_is_told_the_line_while_there_is_one() -> None:
    assert tour_hint(ready()) is None
    assert tour_hint(walk(ready(), OfferTour((), True))) == TourHint(None, OFFER)
