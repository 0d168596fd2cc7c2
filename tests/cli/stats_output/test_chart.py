"""Charts of counts: bars, and a line of columns for each row."""

from __future__ import annotations

import pytest

from cable_tui.archive.search.breakdown import Breakdown, BreakdownRow
from cable_tui.cli.stats_output.chart import chart
from cable_tui.text import width

YEARS = Breakdown(("year",), 12, (BreakdownRow("2006", "", 8), BreakdownRow("2008", "", 4)), 0)
CROSSED = Breakdown(
    ("post", "year"),
    18,
    (BreakdownRow("Zenda", "", 12, (4, 8)), BreakdownRow("Strelsau", "", 6, (0, 6))),
    0,
    ("2006", "2009"),
)


def test_bars_are_as_long_as_their_counts_and_years_without_cables_stand_between() -> None:
    assert list(chart(YEARS, None, 24, ascii_only=False)) == [
        "2006  ████████████████ 8",
        "2007  0",
        "2008  ████████ 4",
    ]


def test_bars_of_letters_where_nothing_else_can_be_drawn() -> None:
    drawn = list(chart(YEARS, None, 24, ascii_only=True))
    assert drawn == ["2006  ################ 8", "2007  0", "2008  ######## 4"]
    assert all(line.isascii() for line in drawn)


def test_a_part_of_a_cell_is_drawn_in_eighths_and_nothing_but_0_is_invisible() -> None:
    posts = Breakdown(("post",), 1, (BreakdownRow("A", "", 1000), BreakdownRow("B", "", 1)), 0)
    drawn = list(chart(posts, None, 80, ascii_only=False))
    assert drawn[1] == "B  ▏ 1"
    assert max(map(width, drawn)) <= 80


def test_a_row_has_a_cell_for_each_year() -> None:
    assert list(chart(CROSSED, None, 80, ascii_only=False)) == [
        "          2006-2009",
        "Zenda     ▄  █       12",
        "Strelsau     █        6",
    ]


@pytest.mark.parametrize("cells", [20, 40, 80])
def test_many_months_share_cells(cells: int) -> None:
    names = tuple(f"{year}-{month:02}" for year in range(2000, 2010) for month in range(1, 13))
    months = Breakdown(
        ("post", "month"), 120, (BreakdownRow("Zenda", "", 120, (1,) * 120),), 0, names
    )
    head, row = chart(months, None, cells, ascii_only=True)
    assert max(len(head), len(row)) <= max(cells, 32)
    assert row.startswith("Zenda  @")


def test_nothing_is_no_chart() -> None:
    assert list(chart(Breakdown(("year",), 0, (), 0), None, 80, ascii_only=False)) == []
