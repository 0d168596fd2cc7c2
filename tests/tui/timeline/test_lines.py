"""Which months a cell stands for, and what it shows of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tui.timeline.lines import (
    Cell,
    axis,
    cells_of,
    place_at,
    ticks,
    timeline_cells,
    timeline_labels,
    timeline_signs,
)
from cable_tui.value import Value


class Bars(Value):
    starts: tuple[str, ...]
    hits: tuple[int, ...]
    whole: tuple[int, ...]
    unit: str = "month"


def _months(count: int) -> Bars:
    starts = tuple(f"{2000 + month // 12}-{month % 12 + 1:02}" for month in range(count))
    return Bars(starts, (1,) * count, (2,) * count)


@pytest.mark.parametrize(
    ("bars", "expected"),
    [
        (_months(84), ("2000", "2006")),
        (_months(9), ("2000-01", "2000-09")),
        (Bars(("2009-02-13", "2009-02-14"), (1, 1), (1, 1), "day"), ("2009-02-13", "2009-02-14")),
        (Bars((), (), ()), ("", "")),
    ],
    ids=["years", "months", "days", "nothing"],
)
def test_the_labels_say_where_it_begins_and_ends(bars: Bars, expected: tuple[str, str]) -> None:
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
    days = Bars(("2009-01-31", "2009-02-01"), (1, 1), (1, 1), "day")
    assert ticks(days, cells_of(days, 24)) == {12: "2009-02"}


def test_a_tick_stands_where_a_year_begins_and_no_bar_is() -> None:
    empty = Bars(("2003-12", "2004-01", "2004-02"), (0, 0, 1), (1, 0, 1))
    (row,) = timeline_signs(cells_of(empty, 3), 1, {1})
    assert "".join(sign for sign, _ in row) == " ┆█"
    (row,) = timeline_signs(cells_of(empty, 3), 1, {2})
    assert "".join(sign for sign, _ in row) == " ·█"
