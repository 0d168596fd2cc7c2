"""The line of a passage is as wide as the pane, whatever is in it, and shows what matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Span
from cable_tui.text import width
from cable_tui.tui.results.row_text import (
    Columns,
    RowMarks,
    cell,
    columns,
    passage_spans,
    render_row,
)
from cable_tui.value import Value, replace


class Cable(Value):
    reference_id: str = "09ZENDA1"
    canonical_id: str = "09ZENDA1"
    created: str = "2009-02-13T14:57Z"
    classification: str = "SECRET"
    subject: str = "HERRING"
    parsed: bool = True
    new: bool = False
    versions: bool = False
    redacted: bool = False
    record: int = 0


NEW = replace(Cable(), new=True)
HERE = frozenset({"09ZENDA1"})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (97, Columns(15, 10, 7, 62)),
        (47, Columns(15, 10, 7, 12)),
        (46, Columns(15, 7, 7, 14)),
        (42, Columns(15, 0, 7, 18)),
        (34, Columns(15, 0, 0, 18)),
        (10, Columns(15, 0, 0, 0)),
    ],
)
def test_columns_give_way_by_width(cells: int, expected: Columns) -> None:
    assert columns(cells, 15) == expected


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("HERRING", 9, "HERRING  "),
        ("HERRING", 5, "HERR…"),
        ("一二三", 4, "一… "),
        ("a\x1b[31mb", 8, "a␛[31mb "),
    ],
)
def test_cells_are_filled_or_cropped(text: str, cells: int, expected: str) -> None:
    assert cell(text, cells) == expected


@pytest.mark.parametrize(
    ("cable", "signs", "marked", "expected"),
    [
        pytest.param(Cable(), RowMarks(), False, "    ", id="none"),
        pytest.param(Cable(), RowMarks(bookmarked=HERE), False, " ★  ", id="a bookmark"),
        pytest.param(Cable(), RowMarks(bookmarked=HERE, noted=HERE), False, " ✎  ", id="a note"),
        pytest.param(Cable(), RowMarks(read=HERE), False, "  ✓ ", id="read"),
        pytest.param(NEW, RowMarks(), False, "  + ", id="new"),
        pytest.param(NEW, RowMarks(read=HERE), False, "  ✓ ", id="new and read"),
        pytest.param(NEW, RowMarks(bookmarked=HERE), True, " ★+●", id="all that can be said"),
        pytest.param(Cable(), RowMarks(read=HERE), True, "  ✓●", id="marked and read"),
        pytest.param(None, RowMarks(), True, "   ●", id="marked and not known yet"),
        pytest.param(None, RowMarks(), False, "    ", id="not known yet"),
    ],
)
def test_signs_do_not_rely_on_colour(
    cable: Cable | None, signs: RowMarks, marked: bool, expected: str
) -> None:
    painted = "".join(text for text, _ in render_row(cable, 60, 15, signs=signs, marked=marked))
    assert painted[:4] == expected
    assert width(painted) == 60


@pytest.mark.parametrize(
    ("cable", "expected"),
    [
        pytest.param(Cable(), "09ZENDA1        2009-02-13 S       HERRING", id="neither"),
        pytest.param(
            Cable(versions=True), "09ZENDA1       =2009-02-13 S       HERRING", id="versions"
        ),
        pytest.param(
            Cable(redacted=True), "09ZENDA1        2009-02-13 S      ▒HERRING", id="redacted"
        ),
    ],
)
def test_versions_and_redactions_have_signs(cable: Cable, expected: str) -> None:
    painted = "".join(text for text, _ in render_row(cable, 60, 15))
    assert painted[4:].rstrip() == expected
    assert width(painted) == 60


@pytest.mark.parametrize(
    ("copies", "cells", "expected"),
    [
        (2, 97, "HERRING" + " " * 41 + " +2 copies"),
        (1, 97, "HERRING" + " " * 43 + " +1 copy"),
        (12, 66, "HERRING" + " " * 16 + " +12"),
        (0, 66, "└ HERRING" + " " * 18),
    ],
)
def test_a_row_says_that_it_stands_for_copies(copies: int, cells: int, expected: str) -> None:
    painted = "".join(text for text, _ in render_row(Cable(), cells, 15, copies=copies))
    assert painted.endswith(expected)
    assert width(painted) == cells


def test_what_was_read_stands_back() -> None:
    looks = {look for _, look in render_row(Cable(), 60, 15, signs=RowMarks(read=HERE))}
    assert "read" in looks
    assert not looks & {"reference"}
    assert "read" not in {look for _, look in render_row(Cable(), 60, 15)}


def test_a_range_that_is_being_marked_counts_as_marked() -> None:
    signs = RowMarks(marked=frozenset({7}), span=(3, 5))
    assert [signs.is_marked(place, place) for place in (2, 3, 5, 6, 7)] == [
        False,
        True,
        True,
        False,
        True,
    ]


class Herring:
    """Lights one word."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [
            (start, start + 7) for start in range(len(text)) if text.startswith("HERRING", start)
        ]


def test_what_matched_is_lit_in_the_subject() -> None:
    cable = replace(Cable(), subject="OLD HERRING AND NEW HERRING")
    pieces = render_row(cable, 70, 15, signs=RowMarks(highlights=Herring()))
    assert [text for text, look in pieces if look == "hit"] == ["HERRING", "HERRING"]
    assert width("".join(text for text, _ in pieces)) == 70
    assert [look for _, look in render_row(cable, 70, 15)].count("hit") == 0


class Piece(Value):
    text: str
    places: tuple[Span, ...] = ()
    label: str | None = None
    record: int = 1
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
            Piece("the keepers wait for a ship and ask for their lamps.", ((46, 51),)),
            40,
            "    …for a ship and ask for their [lamps].",
            id="as much before it as there is room for",
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
    assert _line(passage_spans(piece, cells, piece.places)) == expected


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
    pieces = passage_spans(Piece(text, places, label), cells, places)
    assert width("".join(piece for piece, _ in pieces)) == cells
