from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from cable_tui.archive.search.passages import FoundPassage
from cable_tui.base.value import replace
from cable_tui.query.answers import CableRow
from cable_tui.session.features.list_passages import WantPassages
from cable_tui.session.features.opened_cable import OpenCable
from cable_tui.session.features.results import MoveCursorTo
from cable_tui.session.features.selection import SelectAt
from cable_tui.tui.panes.result_rows import RowSymbols
from cable_tui.tui.panes.results import Results
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


async def test_a_row_is_painted_again_when_its_lists_change() -> None:
    app = Stage(results := Results())
    async with app.run_test(size=(80, 12)) as pilot:
        await _listed(pilot, results, 9)
        here = frozenset({"09ZENDA0"})
        for lists in ("¹", "¹²"):
            results.sign(RowSymbols(bookmarked=here, lists={"09ZENDA0": lists}))
            await pilot.pause()
            assert app.painted()[1].rstrip("▁▂▃▄▅▆▇█ ").endswith(f" {lists}")


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
        refresh = results.refresh

        def noted(*regions: Region, layout: bool = False) -> Results:
            painted.extend(region.y for region in regions)
            return refresh(*regions, layout=layout)

        results.refresh = noted  # type: ignore[assignment, method-assign]
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
