"""Curves for spreadsheets and scripts."""

from __future__ import annotations

from cable_tui.archive.source_criticism.curve_table import Curve, Curves, as_json, csv_rows

FOUND = Curves(
    "year",
    ("2006", "2007"),
    (4, 0),
    (Curve("lamps", (1, 0), 2), Curve('"=new oil"', (4, 0), 4)),
    5,
    "",
    1,
)


def test_a_spreadsheet_has_a_row_a_step_and_no_share_of_nothing() -> None:
    assert csv_rows(FOUND) == [
        ("year", "cables", "lamps", "lamps (share)", '"=new oil"', '"=new oil" (share)'),
        ("2006", "4", "1", "0.250000", "4", "1.000000"),
        ("2007", "0", "0", "", "0", ""),
    ]


def test_scripts_get_the_same_as_one_object() -> None:
    value = as_json(FOUND)
    assert value["steps"] == [{"value": "2006", "cables": 4}, {"value": "2007", "cables": 0}]
    assert value["curves"][0] == {
        "query": "lamps",
        "count": 2,
        "counts": [1, 0],
        "shares": [0.25, None],
    }
    assert (value["by"], value["count"], value["without"]) == ("year", 5, 1)
