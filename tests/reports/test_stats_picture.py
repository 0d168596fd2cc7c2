"""The picture of counts: bars, squares, and what has no room."""

from __future__ import annotations

from cable_tui.archive.search.breakdown import Breakdown, BreakdownRow
from cable_tui.exports.charts import Bars, Grid
from cable_tui.reports.stats_picture import picture

YEARS = Breakdown(("year",), 13, (BreakdownRow("2006", "", 8), BreakdownRow("2008", "", 4)), 1)


def test_years_without_cables_have_a_bar_too() -> None:
    drawn = picture(YEARS, "salt", 0)
    assert (drawn.title, drawn.subtitle) == ("Cables by year", "13 cables found by salt")
    assert drawn.blocks == (Bars((("2006", 8, "8"), ("2007", 0, "0"), ("2008", 4, "4"))),)
    assert drawn.notes == ("Not shown: 1 cable without year.",)


def test_two_keys_are_squares_as_dark_as_their_counts() -> None:
    rows = (BreakdownRow("Zenda", "", 12, (4, 8)), BreakdownRow("Strelsau", "", 6, (0, 6)))
    drawn = picture(Breakdown(("post", "class"), 18, rows, 0, ("SECRET", "UNCLASSIFIED")), "", 0)
    (grid,) = drawn.blocks
    assert isinstance(grid, Grid)
    assert list(grid.columns) == ["S", "U"]
    assert grid.most == 8
    assert list(grid.rows) == [("Zenda", (4, 8)), ("Strelsau", ("", 6))]
    assert (drawn.title, drawn.subtitle) == ("Cables by post and class", "All 18 cables")


def test_the_first_rows_and_the_last_years_are_shown() -> None:
    years = tuple(str(year) for year in range(1990, 2010))
    rows = tuple(BreakdownRow(f"Post {at}", "", 20, (1,) * 20) for at in range(50))
    drawn = picture(Breakdown(("post", "year"), 50, rows, 0, years), "", 0)
    (grid,) = drawn.blocks
    assert isinstance(grid, Grid)
    assert (len(grid.rows), grid.columns[0], grid.columns[-1]) == (40, "1994", "2009")
    assert drawn.notes == ("40 of 50 rows are shown.", "16 of 20 columns are shown.")
