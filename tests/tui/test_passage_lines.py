"""The line of a passage is as wide as the pane, whatever is in it, and shows what matched."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Span
from cable_tui.text import width
from cable_tui.tui.passage_lines import painted


@dataclass(frozen=True)
class Piece:
    text: str
    places: tuple[Span, ...] = ()
    label: str | None = None
    id: int = 1


def _line(pieces: list[tuple[str, str]]) -> str:
    return "".join(f"[{text}]" if look == "hit" else text for text, look in pieces)


@pytest.mark.parametrize(
    ("piece", "cells", "expected"),
    [
        pytest.param(
            Piece("two new lamps", ((4, 7), (8, 13)), "3"),
            24,
            "    ¶3 two [new] [lamps]    ",
            id="whole",
        ),
        pytest.param(
            Piece("two new lamps and a goat", ((4, 7),)), 19, "    two [new] lamps …", id="cut"
        ),
        pytest.param(
            Piece("a goat went over the bridge to the lamps again", ((35, 40),)),
            25,
            "    …to the [lamps] again  ",
            id="shifted to what matched",
        ),
        pytest.param(
            Piece("an unbelievablylongword", ((3, 23),)), 15, "    …[unbelieva]…", id="a wide match"
        ),
        pytest.param(Piece("一二三四", ((1, 2),)), 10, "    一[二]… ", id="wide signs"),
        pytest.param(
            Piece("3. (C) lamps", (), "3"), 18, "    3. (C) lamps  ", id="its number once"
        ),
        pytest.param(Piece(""), 6, "      ", id="empty"),
        pytest.param(Piece("text", label="12"), 6, "      ", id="no room at all"),
        pytest.param(Piece("a\x1b[31m[/x]"), 16, "    a␛[31m[/x]  ", id="nothing that steers"),
    ],
)
def test_a_line_is(piece: Piece, cells: int, expected: str) -> None:
    assert _line(painted(piece, cells, piece.places)) == expected


@given(
    words=st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=20),
    at=st.integers(0, 60),
    length=st.integers(1, 90),
    cells=st.integers(1, 90),
    label=st.none() | st.just("14b"),
)
def test_a_line_is_never_wider_or_narrower(
    words: list[str], at: int, length: int, cells: int, label: str | None
) -> None:
    text = " ".join(words)
    places = ((at, min(at + length, len(text))),) if at < len(text) else ()
    pieces = painted(Piece(text, places, label), cells, places)
    assert width("".join(piece for piece, _ in pieces)) == cells
