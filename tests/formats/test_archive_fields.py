"""Lines that the archives printed into telegrams, and their ways to say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats import archive_fields
from cable_tui.formats.archive_fields import day_first, origin_of, released_in

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
        ("EMIN | BL | EXECUTIVE ORDER: GS 19850108 MONTAGUE, RALPH R", ("EMIN", "BL")),
        ("EMIN, BL, EXECUTIVE ORDER: GS", ("EMIN", "BL")),
        ("", ()),
    ],
)
def test_tags_are_the_items_of_their_list(listed: str, tags: tuple[str, ...]) -> None:
    assert archive_fields.tags_in(listed) == tags


@pytest.mark.parametrize(
    ("reference_id", "given", "expected"),
    [
        pytest.param("1973LIMA02545", "LIMA", "Embassy Lima", id="a document number"),
        pytest.param("10SHANGHAI60", "China Shanghai", "Consulate Shanghai", id="PlusD"),
        pytest.param(
            "09BRUSSELS1", "Belgium Brussels", "Belgium Brussels", id="two have this code"
        ),
        pytest.param("09PORTAMITY12", "Atlantis", "Atlantis", id="an unknown station"),
        pytest.param("P769151-0570", "NATO", "NATO", id="no id"),
    ],
)
def test_the_id_tells_the_origin(reference_id: str, given: str, expected: str) -> None:
    assert origin_of(reference_id, given) == expected


CASES = [
    pytest.param("01 JAN 1994", "1994-01-01", id="capture date"),
    pytest.param("20-Mar-2014 12:00:00 AM", "2014-03-20", id="with a clock"),
    pytest.param("12-APR-1973", "1973-04-12", id="DD-Mon-YYYY"),
    pytest.param("03/04/1975", "1975-04-03", id="day first"),
    pytest.param("04/13/1975", "1975-04-13", id="a thirteenth month can only be a day"),
    pytest.param("2010 February 26, 11:30 (Friday)", "2010-02-26 11:30", id="as PlusD writes it"),
    pytest.param("1975 January 14, 00:00 (Tuesday)", "1975-01-14", id="midnight is no time"),
    pytest.param("1975-04-03", "1975-04-03", id="ISO"),
    pytest.param("1975-04-03T09:30:00Z", "1975-04-03 09:30", id="ISO with a time"),
    pytest.param("1975/04/03", "1975-04-03", id="year first with slashes"),
    pytest.param("31/02/1975", "31/02/1975", id="an impossible day stays as given"),
    pytest.param("12 Smarch  1975", "12 Smarch 1975", id="no month"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("given_", "expected"), CASES)
def test_a_date_is_read_day_first(given_: str, expected: str) -> None:
    assert day_first(given_) == expected


WHOLE_STAMP = "Declassified/Released US Department of State EO Systematic Review"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"MONTAGUE\n{WHOLE_STAMP} 30 JUN 2005\n", "2005-06-30", id="a stamp"),
        pytest.param(f"Ann Example {WHOLE_STAMP} 20 Mar 2014", "2014-03-20", id="after a name"),
        pytest.param(f"{WHOLE_STAMP}", "", id="no day"),
        pytest.param("RELEASED 30 JUN 2005", "", id="no stamp"),
    ],
)
def test_a_stamp_tells_the_day_of_release(text: str, expected: str) -> None:
    assert released_in(text) == expected


@given(st.text(max_size=60))
def test_dates_of_any_text_are_texts(text: str) -> None:
    assert isinstance(day_first(text), str)
    assert isinstance(released_in(WHOLE_STAMP + text), str)
