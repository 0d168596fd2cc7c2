"""The lines of the list: columns, symbols, and passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.search.passages import FoundPassage
from cable_tui.base.cable import Span
from cable_tui.base.value import replace
from cable_tui.query.answers import CableRow
from cable_tui.text import width
from cable_tui.tui.panes.result_rows import (
    RowColumns,
    RowSymbols,
    cell,
    class_cells,
    columns,
    passage_spans,
    render_row,
)
from tests.tui.cables import Words

ROW = CableRow(
    1, "09ZENDA1", "09ZENDA1", "2009-02-13T14:57Z", "SECRET", "Embassy Zenda", "HERRING", ()
)
NEW = replace(ROW, new=True)
HERE = frozenset({"09ZENDA1"})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (97, RowColumns(15, 10, 7, 61)),
        (48, RowColumns(15, 10, 7, 12)),
        (47, RowColumns(15, 7, 7, 14)),
        (43, RowColumns(15, 0, 7, 18)),
        (34, RowColumns(15, 0, 0, 18)),
        (10, RowColumns(15, 0, 0, 0)),
    ],
)
def test_columns_give_way_by_width(cells: int, expected: RowColumns) -> None:
    assert columns(cells, 15) == expected


@pytest.mark.parametrize(
    ("classes", "cells"),
    [(("SECRET", "CONFIDENTIAL//NOFORN"), 5), (("SECRET",), 1), ((), 1),
     (("UNCLASSIFIED//FOR OFFICIAL USE ONLY",), 7), (("SOMETHING ELSE",), 7)],
)  # fmt: skip
def test_a_subject_gets_the_cells_that_no_classification_needs(
    classes: tuple[str, ...], cells: int
) -> None:
    rows = [replace(ROW, classification=each) for each in classes]
    assert class_cells(rows, 1) == cells
    assert columns(80, 15, classification=cells).subject == columns(80, 15).subject + 7 - cells


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
    ("cable", "signs", "selected", "expected"),
    [
        pytest.param(ROW, RowSymbols(), False, "    ", id="none"),
        pytest.param(ROW, RowSymbols(bookmarked=HERE), False, " ★  ", id="a bookmark"),
        pytest.param(ROW, RowSymbols(bookmarked=HERE, noted=HERE), False, " ✎  ", id="a note"),
        pytest.param(ROW, RowSymbols(read=HERE), False, "  ✓ ", id="read"),
        pytest.param(NEW, RowSymbols(), False, "  + ", id="new"),
        pytest.param(NEW, RowSymbols(read=HERE), False, "  ✓ ", id="new and read"),
        pytest.param(NEW, RowSymbols(bookmarked=HERE), True, " ★+●", id="all that can be said"),
        pytest.param(ROW, RowSymbols(read=HERE), True, "  ✓●", id="selected and read"),
        pytest.param(None, RowSymbols(), True, "   ●", id="selected and not known yet"),
        pytest.param(None, RowSymbols(), False, "    ", id="not known yet"),
    ],
)
def test_signs_do_not_rely_on_color(
    cable: CableRow | None, signs: RowSymbols, selected: bool, expected: str
) -> None:
    painted = "".join(text for text, _ in render_row(cable, 60, 15, signs=signs, selected=selected))
    assert painted[:4] == expected
    assert width(painted) == 60


@pytest.mark.parametrize(
    ("cable", "expected"),
    [
        pytest.param(ROW, "09ZENDA1        2009-02-13 S        HERRING", id="neither"),
        pytest.param(
            replace(ROW, versions=True),
            "09ZENDA1       =2009-02-13 S        HERRING",
            id="versions",
        ),
        pytest.param(
            replace(ROW, redacted=True),
            "09ZENDA1        2009-02-13 S      ▒ HERRING",
            id="redacted",
        ),
    ],
)
def test_versions_and_redactions_have_signs(cable: CableRow, expected: str) -> None:
    painted = "".join(text for text, _ in render_row(cable, 60, 15))
    assert painted[4:].rstrip() == expected
    assert width(painted) == 60


@pytest.mark.parametrize(
    ("copies", "cells", "expected"),
    [
        (2, 97, "HERRING" + " " * 40 + " +2 copies"),
        (1, 97, "HERRING" + " " * 42 + " +1 copy"),
        (12, 66, "HERRING" + " " * 15 + " +12"),
        (0, 66, "└ HERRING" + " " * 17),
    ],
)
def test_a_row_says_that_it_stands_for_copies(copies: int, cells: int, expected: str) -> None:
    painted = "".join(text for text, _ in render_row(ROW, cells, 15, copies=copies))
    assert painted.endswith(expected)
    assert width(painted) == cells


@pytest.mark.parametrize(
    ("copies", "cells", "expected"),
    [
        (None, 66, "HERRING" + " " * 16 + " ¹³"),
        (2, 97, "HERRING" + " " * 37 + " +2 copies ¹³"),
        (None, 30, "HERRING"),
    ],
)
def test_a_row_ends_with_the_numbers_of_its_lists(
    copies: int | None, cells: int, expected: str
) -> None:
    signs = RowSymbols(lists={"09ZENDA1": "¹³"})
    painted = "".join(
        text for text, _ in render_row(ROW, cells, 15, signs=signs, copies=copies)
    ).rstrip()
    assert painted.endswith(expected)
    assert width(painted) <= cells


def test_what_was_read_stands_back() -> None:
    looks = {look for _, look in render_row(ROW, 60, 15, signs=RowSymbols(read=HERE))}
    assert "read" in looks
    assert not looks & {"reference"}
    assert "read" not in {look for _, look in render_row(ROW, 60, 15)}


def test_a_range_that_is_being_marked_counts_as_marked() -> None:
    signs = RowSymbols(selected=frozenset({7}), span=(3, 5))
    assert [signs.is_selected(place, place) for place in (2, 3, 5, 6, 7)] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_what_matched_is_lit_in_the_subject() -> None:
    cable = replace(ROW, subject="OLD HERRING AND NEW HERRING")
    pieces = render_row(cable, 70, 15, signs=RowSymbols(highlights=Words("HERRING")))
    assert [text for text, look in pieces if look == "hit"] == ["HERRING", "HERRING"]
    assert width("".join(text for text, _ in pieces)) == 70
    assert [look for _, look in render_row(cable, 70, 15)].count("hit") == 0


def row_piece(text: str, places: tuple[Span, ...] = (), label: str | None = None) -> FoundPassage:
    return FoundPassage(1, text, places, label)


def _row_line(pieces: list[tuple[str, str]]) -> str:
    return "".join(f"[{text}]" if look == "hit" else text for text, look in pieces)


@pytest.mark.parametrize(
    ("piece", "cells", "expected"),
    [
        pytest.param(
            row_piece("two new lamps", ((4, 7), (8, 13)), "3"),
            24,
            "    ¶3 two [new] [lamps]    ",
            id="whole",
        ),
        pytest.param(
            row_piece("two new lamps and a goat", ((4, 7),)), 19, "    two [new] lamps …", id="cut"
        ),
        pytest.param(
            row_piece("a goat went over the bridge to the lamps again", ((35, 40),)),
            25,
            "    …to the [lamps] again  ",
            id="shifted to what matched",
        ),
        pytest.param(
            row_piece("the keepers wait for a ship and ask for their lamps.", ((46, 51),)),
            40,
            "    …for a ship and ask for their [lamps].",
            id="as much before it as there is room for",
        ),
        pytest.param(
            row_piece("an unbelievablylongword", ((3, 23),)),
            15,
            "    …[unbelieva]…",
            id="a wide match",
        ),
        pytest.param(row_piece("一二三四", ((1, 2),)), 10, "    一[二]… ", id="wide signs"),
        pytest.param(
            row_piece("3. (C) lamps", (), "3"), 18, "    3. (C) lamps  ", id="its number once"
        ),
        pytest.param(row_piece(""), 6, "      ", id="empty"),
        pytest.param(row_piece("text", label="12"), 6, "      ", id="no room at all"),
        pytest.param(row_piece("a\x1b[31m[/x]"), 16, "    a␛[31m[/x]  ", id="nothing that steers"),
    ],
)
def test_a_line_is(piece: FoundPassage, cells: int, expected: str) -> None:
    assert _row_line(passage_spans(piece, cells, piece.places)) == expected


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
    pieces = passage_spans(row_piece(text, places, label), cells, places)
    assert width("".join(piece for piece, _ in pieces)) == cells


def test_a_row_that_was_read_is_as_bright_as_others_under_the_cursor_and_where_selected() -> None:
    read = RowSymbols(read=HERE)
    for lit in ({"here": True}, {"selected": True}):
        assert "read" not in {look for _, look in render_row(ROW, 60, 15, signs=read, **lit)}
