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
    found = archive_fields.references_in(
        "78 STATE A-226, 1973 AND LIMA 12, 73 STATE 66001, 1973LIMA02545; A LETTER, 73STATE66001"
    )
    assert found == ("73STATE66001", "73LIMA2545")


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param(f"   Ann B. Example {STAMP}   ", id="on one line"),
        pytest.param(STAMP.replace(" US", " \tUS").replace(" EO", " \tEO"), id="with tabs"),
        pytest.param(
            f"\tAnn B. Example\n\t{STAMP.replace(' US', chr(10) + 'US')}", id="on several"
        ),
    ],
)
def test_a_stamp_goes_in_every_shape(stamp: str) -> None:
    assert archive_fields.without_stamps(f"A\n{stamp}\nB") == "A\nB"


def test_what_stands_before_a_stamp_on_its_line_stays() -> None:
    given = f"THE TERN, 1973 {STAMP} AND MORE\nB"
    assert archive_fields.without_stamps(given) == "THE TERN, 1973  AND MORE\nB"


def test_a_line_that_ends_in_a_stamp_keeps_its_end() -> None:
    given = f"Markings: {STAMP}\nTo: STATE"
    assert archive_fields.without_stamps(given) == "Markings: \nTo: STATE"


@pytest.mark.parametrize(
    ("listed", "tags"),
    [
        ("EFIS, PE", ("EFIS", "PE")),
        ("ASEC, OVIP, BL, (VANCE, CYRUS R)", ("ASEC", "OVIP", "BL", "VANCE, CYRUS R")),
        ("CASC, (EXAMPLE ANN), (TERN)", ("CASC", "EXAMPLE ANN", "TERN")),
        ("ETRN, ANDEAN  AIRLINE ASSOC, IA-ECOSOC.", ("ETRN", "ANDEAN AIRLINE ASSOC", "IA-ECOSOC")),
        ("n/a", ()),
        ("(TERNE", ("TERNE",)),
        ("", ()),
    ],
)
def test_tags_are_the_items_of_their_list(listed: str, tags: tuple[str, ...]) -> None:
    assert archive_fields.tags_in(listed) == tags
