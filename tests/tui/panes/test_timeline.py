"""The widget of the timeline: what it paints, and what the mouse tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.query.answers import Timeline
from cable_tui.session.features.timeline import ApplyBrush, SetBrush
from cable_tui.tui.panes.timeline import (
    Cell,
    TimelineBar,
    axis,
    cells_of,
    place_at,
    ticks,
    timeline_cells,
    timeline_labels,
    timeline_signs,
)
from tests.tui.stage import Stage

MONTHS = Timeline(
    tuple(f"{2000 + month // 12}-{month % 12 + 1:02}" for month in range(40)),
    tuple(month % 9 for month in range(40)),
    tuple(0 if month == 9 else 8 for month in range(40)),
)


def brushed(bar: TimelineBar) -> list[str]:
    """What is under the brush."""
    return [each.text for each in bar.render_line(0) if each.style and each.style.reverse]


async def test_with_the_keys_it_names_years_where_they_begin() -> None:
    app = Stage(bar := TimelineBar())
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        assert app.painted()[0] == ""
        bar.show(MONTHS, (12, 12), None)
        await pilot.pause()
        assert bar.size.height == 2
        bars, years = app.painted()[:2]
        assert bars[6:].startswith(" ▁▂▃▄▅▆▇█·▁▂▃")
        assert years == " 2000             2001        2002        2003"
        assert list(map(len, brushed(bar))) == [1]
        # A full bar does not hide the brush.
        bar.show(MONTHS, (7, 8), None)
        await pilot.pause()
        assert brushed(bar) == ["▅▅"]


async def test_a_part_of_the_time_has_all_the_width() -> None:
    app = Stage(bar := TimelineBar())
    async with app.run_test(size=(60, 30)) as pilot:
        bar.show(MONTHS, (13, 13), None, (12, 15))
        await pilot.pause()
        assert app.painted()[1].startswith(" 2001-01 2001")
        assert app.painted()[1].endswith(" 2001-04")
        assert brushed(bar) == ["▅" * 10]


async def test_dragging_brushes_and_letting_go_writes() -> None:
    app = Stage(bar := TimelineBar())
    async with app.run_test(size=(60, 20)) as pilot:
        bar.show(MONTHS, None, None)
        await pilot.pause()
        await pilot.mouse_down(bar, offset=(6, 0))
        await pilot.hover(bar, offset=(9, 0))
        await pilot.mouse_up(bar, offset=(9, 0))
        await pilot.hover(bar, offset=(12, 0))
        await pilot.pause()
        assert app.actions[0] == SetBrush(0, 0)
        assert app.actions[-2:] == [SetBrush(0, 3), ApplyBrush()]


async def test_the_brush_and_what_lies_outside_the_query_s_range_look_different() -> None:
    app = Stage(bar := TimelineBar())
    async with app.run_test(size=(60, 20)) as pilot:
        bar.show(MONTHS, (1, 2), (0, 5))
        await pilot.pause()
        assert 2 in map(len, brushed(bar))
        colors = {segment.style.color for segment in bar.render_line(0) if segment.style}
        bar.show(MONTHS, (1, 2), None)
        fewer = {segment.style.color for segment in bar.render_line(0) if segment.style}
        assert len(colors) == len(fewer) + 1


def _months(count: int) -> Timeline:
    starts = tuple(f"{2000 + month // 12}-{month % 12 + 1:02}" for month in range(count))
    return Timeline(starts, (1,) * count, (2,) * count)


@pytest.mark.parametrize(
    ("bars", "expected"),
    [
        (_months(84), ("2000", "2006")),
        (_months(9), ("2000-01", "2000-09")),
        (
            Timeline(("2009-02-13", "2009-02-14"), (1, 1), (1, 1), "day"),
            ("2009-02-13", "2009-02-14"),
        ),
        (Timeline((), (), ()), ("", "")),
    ],
    ids=["years", "months", "days", "nothing"],
)
def test_the_labels_say_where_it_begins_and_ends(bars: Timeline, expected: tuple[str, str]) -> None:
    assert timeline_labels(bars) == expected


def test_a_month_takes_several_cells_or_a_cell_several_months() -> None:
    assert cells_of(_months(2), 5) == [Cell(0, 0, 1, 2)] * 2 + [Cell(1, 1, 1, 2)] * 2
    assert cells_of(_months(5), 3) == [Cell(0, 1, 2, 4), Cell(2, 3, 2, 4), Cell(4, 4, 1, 2)]


@given(count=st.integers(0, 1200), cells=st.integers(1, 300))
def test_every_month_is_somewhere_and_nothing_is_counted_twice(count: int, cells: int) -> None:
    found = cells_of(_months(count), cells)
    assert len(found) <= cells
    places = [place for cell in dict.fromkeys(found) for place in range(cell.first, cell.last + 1)]
    assert places == list(range(count))
    assert sum(cell.hits for cell in dict.fromkeys(found)) == count


def _line(cells: list[Cell], rows: int) -> list[str]:
    return ["".join(sign for sign, _ in row) for row in timeline_signs(cells, rows)]


CELLS = [Cell(0, 0, 8, 8), Cell(1, 1, 4, 8), Cell(2, 2, 0, 4), Cell(3, 3, 0, 0), Cell(4, 4, 1, 1)]


def test_one_line_has_hits_and_gaps() -> None:
    assert _line(CELLS, 1) == ["█▄ ·▁"]


def test_three_lines_have_the_archive_behind_the_hits() -> None:
    assert _line(CELLS, 3) == ["█░   ", "█▄░  ", "██░·▃"]


def test_something_is_never_nothing() -> None:
    assert _line([Cell(0, 0, 1, 5000), Cell(1, 1, 5000, 5000)], 1) == ["▁█"]


def test_a_column_beyond_the_ends_is_the_nearest() -> None:
    assert [place_at(CELLS, column) for column in (-5, 0, 3, 99)] == [0, 0, 3, 4]
    assert place_at([], 3) is None


def test_the_bars_have_the_room_between_the_labels() -> None:
    assert timeline_cells(_months(84), 60) == 50
    assert timeline_cells(_months(84), 3) == 1


def test_years_begin_in_their_columns_and_so_do_months_of_days() -> None:
    months = _months(30)
    cells = cells_of(months, 15)
    assert ticks(months, cells) == {0: "2000", 6: "2001", 12: "2002"}
    assert axis(months, cells) == "2000  2001     "
    many = _months(480)
    names = list(ticks(many, cells_of(many, 60)).values())
    assert names[:3] == ["2000", "2005", "2010"]
    days = Timeline(("2009-01-31", "2009-02-01"), (1, 1), (1, 1), "day")
    assert ticks(days, cells_of(days, 24)) == {12: "2009-02"}


def test_a_tick_stands_where_a_year_begins_and_no_bar_is() -> None:
    empty = Timeline(("2003-12", "2004-01", "2004-02"), (0, 0, 1), (1, 0, 1))
    (row,) = timeline_signs(cells_of(empty, 3), 1, {1})
    assert "".join(sign for sign, _ in row) == " ┆█"
    (row,) = timeline_signs(cells_of(empty, 3), 1, {2})
    assert "".join(sign for sign, _ in row) == " ·█"
