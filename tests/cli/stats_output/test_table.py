"""Tables of counts: for people, spreadsheets and scripts."""

from __future__ import annotations

from cable_tui.archive.search.breakdown import Breakdown, BreakdownRow
from cable_tui.cli.stats_output.table import as_json, csv_rows, lines

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


def test_one_key_is_a_line_a_value_with_the_count_first() -> None:
    assert list(lines(POSTS, None, 80)) == [
        "    1,204  Embassy Zenda",
        "        4  Embassy Strelsau",
        "        2  (none)",
    ]


def test_two_keys_are_a_table_with_a_total() -> None:
    assert list(lines(CROSSED, None, None)) == [
        "                   2007  2008  2010  total",
        "Embassy Zenda     1,200     ·     4  1,204",
        "Embassy Strelsau      1     2     ·      3",
    ]


def test_a_narrow_terminal_gets_the_last_years_and_is_told_so() -> None:
    assert list(lines(CROSSED, 1, 28)) == [
        "               2010  total",
        "Embassy Zenda     4  1,204",
        "… 1 more",
        "… 2 more columns; --csv has all",
    ]


def test_classes_over_columns_are_short() -> None:
    table = Breakdown(
        ("year", "class"),
        3,
        (BreakdownRow("2009", "", 3, (1, 2)),),
        0,
        ("SECRET", "SECRET//NOFORN"),
    )
    assert list(lines(table, None, 80)) == ["      S  S//NF  total", "2009  1      2      3"]


def test_people_are_shown_the_most_and_spreadsheets_all() -> None:
    many = Breakdown(("tag",), 60, tuple(BreakdownRow(f"T{at}", "", 1) for at in range(60)), 0)
    assert list(lines(many, None, 80))[-1] == "           … 40 more"
    assert len(list(csv_rows(many, None))) == 61
    years = Breakdown(
        ("year",), 60, tuple(BreakdownRow(f"{1950 + at}", "", 1) for at in range(60)), 0
    )
    assert len(list(lines(years, None, 80))) == 60


def test_a_spreadsheet_has_a_column_for_each_value_and_the_rest_without_a_name() -> None:
    assert list(csv_rows(CROSSED, None)) == [
        ("post", "title", "2007", "2008", "2010", "cables"),
        ("Embassy Zenda", "", "1200", "0", "4", "1204"),
        ("Embassy Strelsau", "", "1", "2", "0", "3"),
    ]
    assert list(csv_rows(POSTS, None))[-1] == ("", "", "2")
    assert list(csv_rows(POSTS, 1))[1:] == [("Embassy Zenda", "", "1204")]


def test_scripts_get_the_same_as_one_object() -> None:
    value = as_json(CROSSED, "salt", 1)
    assert (value["query"], value["count"], value["by"]) == ("salt", 1207, ["post", "year"])
    assert value["columns"] == ["2007", "2008", "2010"]
    assert value["rows"] == [
        {"value": "Embassy Zenda", "title": "", "count": 1204, "across": [1200, 0, 4]}
    ]
    assert as_json(POSTS, "", None)["without"] == 2


def test_nothing_is_no_table() -> None:
    assert list(lines(Breakdown(("post", "year"), 0, (), 0), None, 80)) == []


def test_what_a_file_holds_cannot_draw_on_the_terminal() -> None:
    hostile = Breakdown(("post",), 1, (BreakdownRow("Embassy\x1b[2J Zenda", "", 1),), 0)
    assert all("\x1b" not in line for line in lines(hostile, None, 80))
