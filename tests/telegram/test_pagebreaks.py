from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.pagebreaks import (
    blank_page_lines,
    blanked,
    furniture,
    is_end,
    rest,
    without,
)


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


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        pytest.param(
            ["WOULD", "SECRET", "", "", "SECRET", "", "PAGE 02  RABAT 00080  051326Z", "", "BURN"],
            ["WOULD", "BURN"],
            id="both classifications, blank lines between",
        ),
        pytest.param(
            ["WOULD", "LIMITED OFFFICIAL USE", "PAGE 02", "", "STATE 286983 TOSEC 110023", "BURN"],
            ["WOULD", "BURN"],
            id="a misspelt one, and a page line in two",
        ),
        pytest.param(
            ["THE FEE WAS", "PAGE 02", "70", "BURN"],
            ["THE FEE WAS", "70", "BURN"],
            id="half of one",
        ),
        pytest.param(
            ["DI- SECRET", "PAGE 02  RABAT 00080  051326Z", "VIDED"],
            ["DI-", "VIDED"],
            id="behind text",
        ),
        pytest.param(
            ["DI-SECRET", "SECRET", "PAGE 02  RABAT 00080  051326Z", "VIDED"],
            ["DI-", "VIDED"],
            id="glued to a divided word",
        ),
        pytest.param(
            ["IT IS SECRET", "SECRET", "PAGE 02  RABAT 00080  051326Z", "HE SAID"],
            ["IT IS SECRET", "HE SAID"],
            id="a word of the text",
        ),
        pytest.param(
            [
                *("THE END", "SECRET", "", "NNN", "SECRET"),
                *("PAGE 01  RABAT 00080  02 OF 02  051326Z", "70", "ACTION AF-08"),
                *("INFO OCT-01  EUR-12", "   /098 W", "-----------------  077704"),
                *("R 051200Z JAN 74", "FM AMEMBASSY RABAT", "TO SECSTATE WASHDC 9269", ""),
                *("S E C R E T SECTION 2 OF 2 RABAT 80", "EXDIS", "", "AND MORE"),
            ],
            ["THE END", "AND MORE"],
            id="the head of a section",
        ),
        pytest.param(
            [
                *("THE END", "E E E E E E E E", "ADP000", "SECRET"),
                *("PAGE 01  RABAT 00080  02 OF 02  051326Z", "FM AMEMBASSY RABAT"),
                *("SECRET FINAL SECTION OF 2 RABAT 80/2", "AND MORE"),
            ],
            ["THE END", "AND MORE"],
            id="a section that ends in other signs",
        ),
        pytest.param(
            ["THE END", "PAGE 01", "RABAT 00080 02 OF 02 051326Z", "ACTION AF-08", "AND MORE"],
            ["THE END", "AND MORE"],
            id="the head of a section without its classification",
        ),
        pytest.param(
            ["1", "SECRET", "2", "", "SECRET", "PAGE 02", "3", "", "RABAT 00080 051326Z", "4"],
            ["1", "2", "3", "4"],
            id="columns between its parts",
        ),
    ],
)
def test_page_lines_of_the_seventies_go_with_all_that_belongs_to_them(
    lines: list[str], left: list[str]
) -> None:
    assert [line.strip() for line in without(lines) if line and line.strip()] == left


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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("was late\n\nRABAT 00000310  002 OF 003 \n\n\nagain", "was late again"),
        # within its paragraph, that was set as one line
        ("was late RABAT 00000310 002.2 OF 003 Rain fell.", "was late Rain fell."),
        ("  was late RABAT 00000310 002 OF 003 Rabat fell. ", "was late Rabat fell."),
        ("RABAT 00000310 002 OF 003 Rain fell.", "Rain fell."),
        ("nothing OF it", "nothing OF it"),
    ],
)
def test_page_breaks_are_blanks_in_a_text_of_the_same_length(text: str, left: str) -> None:
    found = blanked(text)
    assert " ".join(found.split()) == left
    assert all(new in {old, " "} for old, new in zip(text, found, strict=True))


@given(st.text())
def test_nothing_but_blanks_comes_into_a_text(text: str) -> None:
    whole = f"{text} 00000310 002 OF 003 {text}"
    found = blanked(whole)
    assert all(new in {old, " "} for old, new in zip(whole, found, strict=True))


@given(st.lists(st.text(max_size=80)))
def test_no_line_is_added(lines: list[str]) -> None:
    assert len(without(lines)) == len(lines)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("AMBER 00000339  002 OF 003", ""),
        ("The port is closed. AMBER 00000339  002 OF 003", "The port is closed."),
        ("Ada AMBER 00000339  002 OF 003 Tern said no.", "Ada Tern said no."),
        ("Comment AMBER 00000339  002 OF 003", "Comment"),
        ("One OF them said no.", "One OF them said no."),
    ],
)
def test_a_text_with_blanks_for_its_page_breaks_has_all_else_in_its_place(
    line: str, left: str
) -> None:
    text = f"It rained.\n{line}\nGull left.\n"
    found = blanked(text)
    assert len(found) == len(text)
    assert " ".join(found.split("\n")[1].split()) == left
    assert all(sign in (" ", other) for sign, other in zip(found, text, strict=True))


@given(st.text("AB 0123456789OF\n.", max_size=200))
def test_blanks_are_all_that_comes_to_a_text(text: str) -> None:
    found = blanked(text)
    assert [sign for sign in found if sign not in " \n"] == [
        sign for sign, other in zip(text, found, strict=True) if other not in " \n"
    ]


IN_ROWS = "KABUL 00000062  002.4 OF 003"
BLANK = " " * len(IN_ROWS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The pier is wet.", "The pier is wet."),
        (f"old {IN_ROWS} pier", f"old {BLANK} pier"),
        (f"{IN_ROWS} pier", f"{BLANK} pier"),
        (f"old pier {IN_ROWS}", f"old pier {BLANK}"),
        (f"a {IN_ROWS} b {IN_ROWS} c", f"a {BLANK} b {BLANK} c"),
        (f"{IN_ROWS} {IN_ROWS}", f"{BLANK} {BLANK}"),
        (f"to {IN_ROWS} KIEV", f"to {BLANK} KIEV"),
        (
            "a\n SECRET\nPAGE 02 RABAT 00677 02 OF 03 291400Z\nb",
            f"a\n{' ' * 7}\n{' ' * 36}\nb",
        ),
        ("SIPDIS\nSECRET\nPAGE OF HISTORY", "SIPDIS\nSECRET\nPAGE OF HISTORY"),
    ],
)
def test_page_lines_are_blanks_and_all_else_stays_where_it_is(text: str, left: str) -> None:
    assert blank_page_lines(text) == left


@given(
    st.lists(
        st.sampled_from([IN_ROWS, "PAGE 02", "SECRET", "SIPDIS", "old", "KABUL", " ", "  ", "\n"]),
        max_size=12,
    ).map("".join)
)
def test_a_text_with_blanks_differs_from_it_in_blanks_only(text: str) -> None:
    for found in (blank_page_lines(text), blanked(text)):
        assert len(found) == len(text)
        assert all(now in (" ", sign) for now, sign in zip(found, text, strict=True))
        assert found.count("\n") == text.count("\n")
