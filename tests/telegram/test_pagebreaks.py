from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.pagebreaks import rest, without


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CASABLANCA 00000027  002 OF 008 ", ""),
        ("BUENOS AIR 00000027  001.2 OF 003", ""),
        ("Rabat 00000027 002 of 002", ""),
        ("XXXXXXXXXXXX  002 OF 002", ""),
        ("PAGE 02 HARARE 06677 01 OF 03 291400Z THE KEEPERS", "THE KEEPERS"),
        ("PAGE 02 RUEHXYZ0170 S E C R E T", ""),
        ("RABAT 90 RABAT 00000028 001.4 OF 003", "RABAT 90"),
        ("2 OF 3 keepers", None),
        ("PAGE 3 of the paper", None),
        ("", None),
    ],
)
def test_a_page_break_is_told_from_text(line: str, expected: str | None) -> None:
    assert rest(line) == expected


def test_the_blank_lines_around_a_page_break_go_with_it() -> None:
    lines = ["would ", " ", "RABAT 00000027  002 OF 002", "", "", "burn"]

    assert without(lines) == ["would ", None, None, None, None, "burn"]


def test_the_classification_above_an_old_page_break_goes_with_it() -> None:
    lines = ["A LAMP", " CONFIDENTIAL", "PAGE 02 RABAT 00677 01 OF 03 291400Z BURNS"]

    assert without(lines) == ["A LAMP", None, "BURNS"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["met by", "", "SIPDIS", "the keeper"], ["met by", None, None, "the keeper"], id="alone"
        ),
        pytest.param(["met by", "SIPDIS the keeper"], ["met by", "the keeper"], id="with text"),
        pytest.param(
            ["They met.", "", "SIPDIS", "", "2. (C) Two."],
            ["They met.", "", None, "", "2. (C) Two."],
            id="between paragraphs",
        ),
        pytest.param(
            ["without the", "SIPDIS caption"], ["without the", "SIPDIS caption"], id="spoken of"
        ),
        pytest.param(["a SIPDIS cable"], ["a SIPDIS cable"], id="within a line"),
    ],
)
def test_a_caption_that_the_system_set_into_a_text_is_taken_out(
    lines: list[str], expected: list[str | None]
) -> None:
    assert without(lines) == expected


def test_the_head_that_a_section_repeats_goes_with_its_page_line() -> None:
    lines = [
        "the lamp would",
        " CONFIDENTIAL",
        " CONFIDENTIAL PTQ1865",
        "PAGE 01 RABAT 00677 02 OF 03 291400Z ACTION AF-00",
        "INFO LOG-00 AID-00",
        "C O N F I D E N T I A L SECTION 02 OF 03 RABAT 000677",
        "SIPDIS",
        "PARIS FOR PELHAM",
        "E.O. 12958: DECL: 11/29/10 TAGS: PREL MO",
        "PAGE 02 RABAT 00677 02 OF 03 291400Z",
        "burn until spring.",
    ]

    assert [line for line in without(lines) if line] == ["the lamp would", "burn until spring."]


@given(st.lists(st.text(max_size=80)))
def test_no_line_is_added(lines: list[str]) -> None:
    assert len(without(lines)) == len(lines)
