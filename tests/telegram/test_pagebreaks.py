from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.pagebreaks import (
    furniture,
    is_end,
    rest,
)
from cable_tui.telegram.reading import Reading
from tests.cases import case


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
        # as the National Archives print them, 1973-79
        ("PAGE 02  RABAT 00080  051326Z", ""),
        ("PAGE 01        RABAT 01684  01 OF 05  261850Z   POSS DUPE", ""),
        ("PAGE 02        STATE  062940", ""),
        ("PAGE 04        STATE  286983 TOSEC 110023", ""),
        ("PAGE 03        RABAT 10472  03 OF 04  081", ""),
        ("PAGE 02", ""),
        ("RABAT 06523 020510Z", ""),
        ("RABAT 01684 01 OF 05 261850Z POSS DUPE", ""),
        # of 2000-2003, run together
        ("PREL QO SECRET PAGE 02 QUAYHA 01059 01 OF 02 082030Z MARR", "PREL QO MARR"),
        ("PREL QO SECRET PAGE 02        QUAYHA 01059 MARR", "PREL QO MARR"),
        ("PAGE 02 QUAYHA 01059 SUBJECT: A MAP", "SUBJECT: A MAP"),
        ("SECRET PAGE 02 LIMA 01059 01 OF 02 082030Z", ""),
        ("SECRET//NOFORN PAGE 02 LIMA 01059 MARR", "MARR"),
        ("PREL QO PAGE 02 LIMA 01059 01 OF 02 MARR", "PREL QO MARR"),
        ("PREL QO SECRET LA PAZ 01059 01 OF 02 082030Z MARR", "PREL QO MARR"),
        ("PREL QO LIMA 01059 01 OF 02 MARR", "PREL QO MARR"),
        ("the keepers NEW DELHI 00000027  002 OF 008", "the keepers"),
        ("QUAYHA ISLE 00000027  002 OF 008", ""),
        ("CABLE 12345 OF 02 MAY", None),
        ("PAGE 12 OF THE REPORT 2007", None),
        ("THE LAMP OF RABAT 12345 WAS LIT", None),
        ("RABAT 12345", None),
        ("2 OF 3 keepers", None),
        ("PAGE 3 of the paper", None),
        ("", None),
    ],
)
def test_a_page_break_is_told_from_text(line: str, expected: str | None) -> None:
    assert rest(line) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("PREL PTER LIMA 00000027  002 OF 003 PE", "PREL PTER PE"),
        ("LIMA 00000027  002 OF 003", ""),
        ("PREL PTER", None),
    ],
)
def test_before_the_page_break_of_a_part_of_a_line_is_text(part: str, expected: str | None) -> None:
    assert rest(part, partly=True) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        case(
            "the blank lines around a page break",
            ["would ", " ", "RABAT 00000027  002 OF 002", "", "", "burn"],
            ["would ", None, None, None, None, "burn"],
        ),
        case(
            "the classification above an old one",
            ["A LAMP", " CONFIDENTIAL", "PAGE 02 RABAT 00677 01 OF 03 291400Z BURNS"],
            ["A LAMP", None, "BURNS"],
        ),
        case("alone", ["met by", "", "SIPDIS", "the keeper"], ["met by", None, None, "the keeper"]),
        case("with text", ["met by", "SIPDIS the keeper"], ["met by", "the keeper"]),
        case(
            "between paragraphs",
            ["They met.", "", "SIPDIS", "", "2. (C) Two."],
            ["They met.", "", None, "", "2. (C) Two."],
        ),
        case("spoken of", ["without the", "SIPDIS caption"], ["without the", "SIPDIS caption"]),
        case("within a line", ["a SIPDIS cable"], ["a SIPDIS cable"]),
    ],
)
def test_page_breaks_and_captions_are_taken_out_with_what_belongs_to_them(
    lines: list[str], expected: list[str | None]
) -> None:
    assert Reading("\n".join(lines)).kept_lines() == expected


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

    assert [line for line in Reading("\n".join(lines)).kept_lines() if line] == [
        "the lamp would",
        "burn until spring.",
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        case("both classifications, blank lines between",
             "WOULD|SECRET|||SECRET||PAGE 02  RABAT 00080  051326Z||BURN", "WOULD|BURN"),
        case("a misspelt one, and a page line in two",
             "WOULD|LIMITED OFFFICIAL USE|PAGE 02||STATE 286983 TOSEC 110023|BURN", "WOULD|BURN"),
        case("half of one", "THE FEE WAS|PAGE 02|70|BURN", "THE FEE WAS|70|BURN"),
        case("behind text", "DI- SECRET|PAGE 02  RABAT 00080  051326Z|VIDED", "DI-|VIDED"),
        case("glued to a divided word", "DI-SECRET|SECRET|PAGE 02  RABAT 00080  051326Z|VIDED",
             "DI-|VIDED"),
        case("a word of the text", "IT IS SECRET|SECRET|PAGE 02  RABAT 00080  051326Z|HE SAID",
             "IT IS SECRET|HE SAID"),
        case("the head of a section",
             ("THE END|SECRET||NNN|SECRET|PAGE 01  RABAT 00080  02 OF 02  051326Z|70|"
              "ACTION AF-08|INFO OCT-01  EUR-12|   /098 W|-----------------  077704|"
              "R 051200Z JAN 74|FM AMEMBASSY RABAT|TO SECSTATE WASHDC 9269||"
              "S E C R E T SECTION 2 OF 2 RABAT 80|EXDIS||AND MORE"), "THE END|AND MORE"),
        case("a section that ends in other signs",
             ("THE END|E E E E E E E E|ADP000|SECRET|PAGE 01  RABAT 00080  02 OF 02  051326Z|"
              "FM AMEMBASSY RABAT|SECRET FINAL SECTION OF 2 RABAT 80/2|AND MORE"),
             "THE END|AND MORE"),
        case("the head of a section without its classification",
             "THE END|PAGE 01|RABAT 00080 02 OF 02 051326Z|ACTION AF-08|AND MORE",
             "THE END|AND MORE"),
        case("columns between its parts", "1|SECRET|2||SECRET|PAGE 02|3||RABAT 00080 051326Z|4",
             "1|2|3|4"),
    ],
)  # fmt: skip
def test_page_lines_of_the_seventies_go_with_all_that_belongs_to_them(text: str, left: str) -> None:
    """Lines are parted by bars here."""
    kept = Reading(text.replace("|", "\n")).kept_lines()
    assert "|".join(line.strip() for line in kept if line and line.strip()) == left


@pytest.mark.parametrize(
    "line",
    [
        "NNN",
        "  NNNN",
        "E E E E E E E E",
        "EEEEEEEE",
        "<< END OF DOCUMENT >>",
        " SECRET ",
        "PAGE 02",
    ],
)
def test_what_ends_a_transmission_is_known(line: str) -> None:
    assert is_end(line)
    assert not is_end(f"THE {line}")


def test_the_lines_of_a_top_that_end_in_page_breaks_are_told() -> None:
    lines = [
        "TAGS: PREL QO  SECRET",
        "PAGE 02 QUAYHA 01059 SUBJECT: A MAP",
        "",
        "SECRET",
        "PAGE 03",
    ]
    assert furniture(lines) == {0: len("TAGS: PREL QO"), 3: 0, 4: 0}
    assert furniture(["SECRET", "A"]) == {}


@given(st.text(max_size=400))
def test_no_line_is_added(text: str) -> None:
    assert len(Reading(text).kept_lines()) == text.count("\n") + 1
