from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.strip import Strip

from cable_tui.archive.search.passages import FoundPassage
from cable_tui.base.cable import Span
from cable_tui.base.value import replace
from cable_tui.query.answers import CableRow
from cable_tui.session.features.list_passages import WantPassages
from cable_tui.session.features.opened_cable import OpenCable
from cable_tui.session.features.results import MoveCursorTo
from cable_tui.session.features.selection import SelectAt
from cable_tui.text import width
from cable_tui.tui.panes.results import (
    Results,
    RowColumns,
    RowSymbols,
    cell,
    class_cells,
    columns,
    passage_spans,
    render_row,
)
from tests.tui.cables import Words
from tests.tui.stage import Stage

ROW = CableRow(
    1, "09ZENDA1", "09ZENDA1", "2009-02-13T14:57Z", "SECRET", "Embassy Zenda", "HERRING", ()
)


def _line(number: int, subject: str = "HERRING [/x] [deleted XXXXX]") -> CableRow:
    name = f"09ZENDA{number}"
    named = replace(ROW, reference_id=name, canonical_id=name)
    return replace(named, classification="SECRET//NOFORN", subject=subject)


def _rows(ids: Sequence[int]) -> dict[int, CableRow]:
    return {number: _line(number) for number in ids}


async def test_rows_are_asked_for_once_and_kept_within_bounds() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 12)) as pilot:
        results.show(range(251_287))
        await pilot.pause()
        await pilot.pause()
        assert app.messages == [Results.Wanted(0, 51)]
        for first in range(0, 6000, 60):
            results.move_to(first)
            results.fill(_rows(range(first, first + 60)))
            await pilot.pause()
        assert len(results._rows) <= 1100


@pytest.mark.parametrize(("parsed", "shown"), [(False, "…"), (True, "(no subject)")])
async def test_a_subject_that_was_not_looked_for_is_not_called_missing(
    parsed: bool, shown: str
) -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 10)) as pilot:
        results.show(range(1))
        results.fill({0: replace(_line(0, ""), parsed=parsed)})
        await pilot.pause()
        assert app.painted()[1].rstrip(" │").endswith(shown)


async def test_rows_are_read_anew_for_another_list_and_the_old_ones_painted_meanwhile() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 10)) as pilot:
        await _listed(pilot, results, 3)
        app.messages.clear()
        results.show(range(2))
        await pilot.pause()
        await pilot.pause()
        assert app.messages == [Results.Wanted(0, 2)]
        assert "HERRING" in app.painted()[1]
        results.fill({0: _line(0, "NEW"), 1: _line(1, "NEW")})
        await pilot.pause()
        assert "NEW" in app.painted()[1]


async def test_rows_that_come_with_a_list_are_not_asked_for() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(90, 24)) as pilot:
        results.show(range(251_287), rows=_rows(range(60)))
        await pilot.pause()
        await pilot.pause()
        assert app.messages == []
        assert "HERRING" in app.painted()[1]


async def _listed(pilot: Pilot[None], results: Results, count: int) -> None:
    results.show(range(count))
    results.fill(_rows(range(min(count, 100))))
    await pilot.pause()


async def test_moving_stays_in_the_list_and_tells() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(60, 12)) as pilot:
        await _listed(pilot, results, 35)
        assert results.page_rows == 11
        for cables in (35, 1, -35, 9):
            results.move_by(cables)
        await pilot.pause()
        assert app.actions == [MoveCursorTo(at) for at in (34, 34, 0, 9)]
        results.move_to(20)
        assert results.cursor == 20


async def test_a_click_moves_and_a_click_on_the_cursor_chooses() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(60, 12)) as pilot:
        await _listed(pilot, results, 35)
        app.messages.clear()
        await pilot.click(results, offset=(10, 3))
        await pilot.pause(0.6)  # else it is a double click
        await pilot.click(results, offset=(10, 3))
        await pilot.pause()
        assert app.actions == [MoveCursorTo(2), MoveCursorTo(2), OpenCable()]


async def test_an_empty_list_paints_nothing() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(60, 8)) as pilot:
        results.show([])
        results.move_by(1)
        await pilot.pause()
        assert app.painted()[1].strip(" ") == ""
        assert results.cursor == 0


def piece(number: int) -> FoundPassage:
    return FoundPassage(number, "They have the lamps.", ((14, 19),), "2")


def _previewed(results: Results, count: int) -> None:
    results.preview(True, {number: piece(number) for number in range(count)})


async def test_a_passage_stands_under_each_subject_where_there_is_room() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 30)) as pilot:
        await _listed(pilot, results, 40)
        _previewed(results, 2)
        await pilot.pause()
        lines = app.painted()
        assert lines[1].startswith("▌   09ZENDA0 ")
        assert lines[2].startswith("▌   ¶2 They have the lamps.")
        assert lines[3].startswith("    09ZENDA1 ")
        assert lines[6].strip(" ") == ""
        assert results.page_rows == 14
        results.preview(False, {})
        await pilot.pause()
        assert app.painted()[2].startswith("    09ZENDA1 ")


async def test_the_passages_in_sight_are_asked_for_once() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 30)) as pilot:
        await _listed(pilot, results, 100)
        results.preview(True, {})
        await pilot.pause()
        await pilot.pause()
        results.refresh()
        await pilot.pause()
        asked = app.actions
        assert asked == [WantPassages(tuple(range(15)))]
        results.preview(True, dict.fromkeys(range(15)))
        await pilot.pause()
        results.move_to(20)
        await pilot.pause()
        await pilot.pause()
        asked = app.actions
        assert asked[1:] == [WantPassages(tuple(range(7, 22)))]


@pytest.mark.parametrize("start", [0, 5, 50])
async def test_the_cursor_stays_where_it_is_when_lines_come_and_go(start: int) -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 30)) as pilot:
        await _listed(pilot, results, 99)
        results.move_to(60)
        results.move_to(start)
        await pilot.pause()
        before = _cursor_line(app)
        _previewed(results, 99)
        await pilot.pause()
        assert app.painted()[_cursor_line(app)].startswith(f"▌   09ZENDA{start} ")
        results.preview(False, {})
        await pilot.pause()
        assert abs(_cursor_line(app) - before) <= 1


@pytest.mark.parametrize(
    ("come", "gone", "moves"),
    [
        pytest.param(7, 0, False, id="cables come above"),
        pytest.param(0, 4, False, id="copies are folded above"),
        pytest.param(0, 45, True, id="so many go that its line is not there any more"),
    ],
)
async def test_the_cable_under_the_cursor_stays_on_its_line_of_the_screen(
    come: int, gone: int, *, moves: bool
) -> None:
    """While an archive is indexed, cables come above and copies become one row."""

    app = Stage(results := Results())
    async with app.run_test(size=(80, 20)) as pilot:
        await _listed(pilot, results, 99)
        results.move_to(60)
        results.move_to(50)
        await pilot.pause()
        before = _cursor_line(app)
        ids = [*range(200, 200 + come), *range(gone, 99)]
        results.show(ids, ids.index(50))
        results.fill(_rows(ids))
        await pilot.pause()
        assert (_cursor_line(app) != before) is moves
        assert app.painted()[_cursor_line(app)].startswith("▌   09ZENDA50 ")


def _cursor_line(app: Stage) -> int:
    return next(index for index, line in enumerate(app.painted()) if "▌" in line)


async def test_moving_keeps_both_lines_of_the_cursor_in_sight() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 31)) as pilot:
        await _listed(pilot, results, 99)
        _previewed(results, 99)
        for at in (13, 14, 60, 98, 97, 40, 0):
            results.move_to(at)
            await pilot.pause()
            shown = [line for line in app.painted() if line.startswith("▌")]
            assert [line[4:14].split()[0] for line in shown] == [f"09ZENDA{at}", "¶2"]


async def test_a_click_on_a_passage_is_a_click_on_its_cable() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 30)) as pilot:
        await _listed(pilot, results, 35)
        _previewed(results, 35)
        await pilot.pause()
        app.messages.clear()
        await pilot.click(results, offset=(10, 6))
        await pilot.pause()
        assert app.actions == [MoveCursorTo(2)]


async def test_marks_and_the_range_that_is_being_marked_are_painted() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(60, 12)) as pilot:
        await _listed(pilot, results, 9)
        results.sign(RowSymbols(selected=frozenset({0}), span=(2, 3)))
        await pilot.pause()
        selected = [line[3] for line in app.painted()[1:6]]
        assert selected == ["●", " ", "●", "●", " "]


async def test_a_click_with_ctrl_marks() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(60, 12)) as pilot:
        await _listed(pilot, results, 9)
        app.messages.clear()
        await pilot.click(results, offset=(10, 3), control=True)
        await pilot.pause()
        assert app.actions == [SelectAt(2)]


async def test_a_passage_of_an_older_list_is_lit_as_the_list_of_now() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 30)) as pilot:
        await _listed(pilot, results, 9)
        for stale, lit in ((False, "lamps"), (True, "have")):
            results.sign(RowSymbols(highlights=Words("have")))
            results.preview(True, {1: piece(1)}, stale=stale)
            await pilot.pause()
            looks = results.render_list_line(3)
            assert [each.text for each in looks if each.style and each.style.bold][-1] == lit
            assert app.actions[-1] == WantPassages(tuple(range(9)))


async def test_only_the_lines_that_differ_are_painted() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 30)) as pilot:
        await _listed(pilot, results, 40)
        painted: list[int] = []
        render_line = results.render_line

        def noted(y: int) -> Strip:
            painted.append(y)
            return render_line(y)

        results.render_line = noted  # type: ignore[method-assign]
        results.move_to(2)
        await pilot.pause()
        assert painted == [0, 2]
        painted.clear()
        results.fill(_rows(range(40)))
        results.show(range(40), 2)
        await pilot.pause()
        assert painted == []


async def test_a_row_that_stands_for_copies_says_so_and_shows_their_marks() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(100, 10)) as pilot:
        results.show([0, 1, 4], 2, {0: (7, 8)}, frozenset({1}))
        results.fill(_rows([0, 1, 4]))
        results.sign(RowSymbols(selected=frozenset({8})))
        await pilot.pause()
        folded, copy, plain = app.painted()[1:4]
        assert folded.startswith("   ●09ZENDA0 ")
        assert folded.rstrip(" │").endswith(" +2 copies")
        assert "└ HERRING" in copy
        assert "●" not in copy + plain


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
def test_signs_do_not_rely_on_colour(
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


@pytest.mark.parametrize(
    ("cells", "first", "third"),
    [
        (60, " ★  ARCHBISHOPS, ARCHBISHOPS, ARCHBISHOPS, ARCHBISHOPS, ARC…", "▌   ARCHBISHOPS"),
        (75, " ★  ARCHBISHOPS, ARCHBISHOPS, ARCHBISHOPS, ARCHBISHOPS, ARC", "▌   ARCHBISHOPS"),
        (76, " ★  09ZENDA0        2009-02-13 S//NF  ARCHBI", "    09ZENDA2 "),
    ],
)
async def test_in_a_narrow_list_the_other_columns_stand_under_the_subject(
    cells: int, first: str, third: str
) -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(cells + 1, 30)) as pilot:
        results.show(range(20), 1)
        results.fill({number: _line(number, "ARCHBISHOPS, " * 5) for number in range(20)})
        results.sign(RowSymbols(bookmarked=frozenset({"09ZENDA0"})))
        await pilot.pause()
        painted = app.painted()[1:4]
        assert painted[0].startswith(first)
        assert painted[2].startswith(third)
        facts = "    09ZENDA0        2009-02-13 S//NF  Embassy Zenda"
        assert painted[1].startswith(facts) is (cells < 76)
        assert results.page_rows == (14 if cells < 76 else 29)


def test_a_row_that_was_read_is_as_bright_as_others_under_the_cursor_and_where_selected() -> None:
    read = RowSymbols(read=HERE)
    for lit in ({"here": True}, {"selected": True}):
        assert "read" not in {look for _, look in render_row(ROW, 60, 15, signs=read, **lit)}
