"""The lines of `stats`: tables and charts of characters."""

from __future__ import annotations

import pytest

from cable_tui.archive.search.breakdown import Breakdown, BreakdownRow
from cable_tui.reports.stats import StatsRow
from cable_tui.reports.stats_lines import chart, sample_lines, table_lines
from cable_tui.text import width

YEARS = Breakdown(("year",), 12, (BreakdownRow("2006", "", 8), BreakdownRow("2008", "", 4)), 0)
BY_YEAR = Breakdown(
    ("post", "year"),
    18,
    (BreakdownRow("Zenda", "", 12, (4, 8)), BreakdownRow("Strelsau", "", 6, (0, 6))),
    0,
    ("2006", "2009"),
)
POSTS = Breakdown(
    ("post",),
    1210,
    (BreakdownRow("Embassy Zenda", "", 1204), BreakdownRow("Embassy Strelsau", "", 4)),
    2,
)
CROSSED = Breakdown(
    ("post", "year"),
    1207,
    (
        BreakdownRow("Embassy Zenda", "", 1204, (1200, 0, 4)),
        BreakdownRow("Embassy Strelsau", "", 3, (1, 2, 0)),
    ),
    0,
    ("2007", "2008", "2010"),
)


CLASSES = Breakdown(
    ("year", "class"), 3, (BreakdownRow("2009", "", 3, (1, 2)),), 0, ("SECRET", "SECRET//NOFORN")
)


def test_a_sample_has_the_range_of_each_share() -> None:
    rows = [
        StatsRow("post", "Embassy Zenda", "", 150, share_range=(0.6859, 0.8053)),
        StatsRow("post", "Embassy \x1bStrelsau", "", 2, share_range=(0.0027, 0.0357)),
    ]
    assert list(sample_lines(rows, None)) == [
        "      150    68.6-80.5%  Embassy Zenda",
        "        2      0.3-3.6%  Embassy ␛Strelsau",
    ]
    assert list(sample_lines(rows, 1))[1:] == ["           … 1 more"]


@pytest.mark.parametrize(
    ("found", "limit", "cells", "lines"),
    [
        pytest.param(
            POSTS, None, 80,
            ["    1,204  Embassy Zenda", "        4  Embassy Strelsau", "        2  (none)"],
            id="one key is a line a value, the count first",
        ),
        pytest.param(
            CROSSED, None, None,
            ["                   2007  2008  2010  total",
             "Embassy Zenda     1,200     ·     4  1,204",
             "Embassy Strelsau      1     2     ·      3"],
            id="two keys are a table with a total",
        ),
        pytest.param(
            CROSSED, 1, 28,
            ["               2010  total",
             "Embassy Zenda     4  1,204",
             "… 1 more",
             "… 2 more columns; --csv prints all"],
            id="a narrow terminal gets the last years, and is told so",
        ),
        pytest.param(
            CLASSES, None, 80, ["      S  S//NF  total", "2009  1      2      3"],
            id="classes over columns are short",
        ),
        pytest.param(Breakdown(("post", "year"), 0, (), 0), None, 80, [], id="nothing is no table"),
    ],
)  # fmt: skip
def test_a_table_is_for_people(
    found: Breakdown, limit: int | None, cells: int | None, lines: list[str]
) -> None:
    assert list(table_lines(found, limit, cells)) == lines


def test_people_are_shown_the_most_but_all_years() -> None:
    many = Breakdown(("tag",), 60, tuple(BreakdownRow(f"T{at}", "", 1) for at in range(60)), 0)
    assert list(table_lines(many, None, 80))[-1] == "           … 40 more"
    years = Breakdown(
        ("year",), 60, tuple(BreakdownRow(f"{1950 + at}", "", 1) for at in range(60)), 0
    )
    assert len(list(table_lines(years, None, 80))) == 60


def test_what_a_file_holds_cannot_draw_on_the_terminal() -> None:
    hostile = Breakdown(("post",), 1, (BreakdownRow("Embassy\x1b[2J Zenda", "", 1),), 0)
    assert all("\x1b" not in line for line in table_lines(hostile, None, 80))


@pytest.mark.parametrize(
    ("found", "cells", "ascii_only", "lines"),
    [
        pytest.param(
            YEARS, 24, False, ["2006  ████████████████ 8", "2007  0", "2008  ████████ 4"],
            id="bars are as long as their counts, and years without cables stand between",
        ),
        pytest.param(
            YEARS, 24, True, ["2006  ################ 8", "2007  0", "2008  ######## 4"],
            id="bars of letters where nothing else can be drawn",
        ),
        pytest.param(
            BY_YEAR, 80, False,
            ["          2006-2009", "Zenda     ▄  █       12", "Strelsau     █        6"],
            id="a row has a cell for each year",
        ),
        pytest.param(Breakdown(("year",), 0, (), 0), 80, False, [], id="nothing is no chart"),
    ],
)  # fmt: skip
def test_a_chart_is_drawn(found: Breakdown, cells: int, ascii_only: bool, lines: list[str]) -> None:
    assert list(chart(found, None, cells, ascii_only=ascii_only)) == lines


def test_a_part_of_a_cell_is_drawn_in_eighths_and_nothing_but_0_is_invisible() -> None:
    posts = Breakdown(("post",), 1, (BreakdownRow("A", "", 1000), BreakdownRow("B", "", 1)), 0)
    drawn = list(chart(posts, None, 80, ascii_only=False))
    assert drawn[1] == "B  ▏ 1"
    assert max(map(width, drawn)) <= 80


@pytest.mark.parametrize("cells", [20, 40, 80])
def test_many_months_share_cells(cells: int) -> None:
    names = tuple(f"{year}-{month:02}" for year in range(2000, 2010) for month in range(1, 13))
    months = Breakdown(
        ("post", "month"), 120, (BreakdownRow("Zenda", "", 120, (1,) * 120),), 0, names
    )
    head, row = chart(months, None, cells, ascii_only=True)
    assert max(len(head), len(row)) <= max(cells, 32)
    assert row.startswith("Zenda  @")
