"""Lines that the archives printed into telegrams, and their ways to say nothing."""

from __future__ import annotations

import pytest

from cable_tui.formats import archive_fields

STAMP = "Declassified/Released US Department of State EO Systematic Review 04 MAY 2006"
TELEGRAM = "PAGE 02        PRETOR  09546  260841Z\n\n   SECRET\n\n<<218634>> *** \nNNNN"


@pytest.mark.parametrize(
    "line",
    [
        STAMP,
        f"Ann Example {STAMP}",
        " << END OF DOCUMENT >>",
        "*** Current Handling Restrictions *** n/a",
    ],
)
def test_what_the_archive_printed_goes_and_the_telegram_stays(line: str) -> None:
    assert archive_fields.without_stamps(f"{line}\n{TELEGRAM}\n{line}") == TELEGRAM


@pytest.mark.parametrize("nothing", ["n/a", "N/A", "", "-- N/A or Blank --", "NONE", " NA "])
def test_nothing_is_said_in_many_ways(nothing: str) -> None:
    assert archive_fields.known_value(nothing) == ""


def test_a_value_stands_on_one_line_without_its_quotes() -> None:
    assert archive_fields.known_value('"BOATS,\n  AND MORE"') == "BOATS, AND MORE"


def test_only_cables_of_a_list_are_references() -> None:
    found = archive_fields.references_in("73 STATE 66001, 1973LIMA02545; A LETTER, 73STATE66001")
    assert found == ("73STATE66001", "73LIMA2545")
