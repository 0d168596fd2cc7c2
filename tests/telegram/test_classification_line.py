from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read as read_top
from cable_tui.telegram.classification_line import class_line, own_numbers, read


@pytest.mark.parametrize(
    ("line", "sections", "station", "serial"),
    [
        ("UNCLAS SECTION 01 OF 08 CASABLANCA 000027 ", 8, "CASABLANCA", 27),
        ("C O N F I D E N T I A L SECTION 01 OF 03 LA PAZ 000417", 3, "LA PAZ", 417),
        ("S e c r e t state 004134", None, "STATE", 4134),
        ("SS E C R E T SECTION 01 OF 02 RABAT 001699", 2, "RABAT", 1699),
        ("E C R E T RABAT 000473", None, "RABAT", 473),
        ("O N F I D E N T I A L RABAT 000473", None, "RABAT", 473),
        ("CO N F I D E N T I A L SECTION 01 OF 06 RABAT 001501", 6, "RABAT", 1501),
        ("UUNCLAS RABAT 000002", None, "RABAT", 2),
        ("UNCLAS E F T O SECTION 01 OF 02 RABAT 000012", 2, "RABAT", 12),
        ("UNCLASSIFIED BUENOS AIRES 2481", None, "BUENOS AIRES", 2481),
        ("WASHDC PRIORITY\tS E C R E T SECTION 01 OF 02 BERN 000881 \\", 2, "BERN", 881),
        ("CONFIDENTIAL", None, None, None),
        # Issue 13, section 6: newspaper pastes.
        (
            "Cable dated:2005-08-17T21:24:00]S E C R E T SECTION 01 OF 02 LA PAZ 003571SIPDISEB",
            2,
            "LA PAZ",
            3571,
        ),
        (
            "Cable dated:2008-06-03T15:39:00C O N F I D E N T I A L RABAT 000868SIPDIS",
            None,
            "RABAT",
            868,
        ),
    ],
)
def test_damaged_lines_are_read(
    line: str, sections: int | None, station: str | None, serial: int | None
) -> None:
    found = read(line)

    assert found is not None
    assert found[1:] == (sections, station, serial)


def test_a_line_behind_a_date_line_and_a_pasted_row_is_found() -> None:
    body = "Friday, 18 December 2009, 11:04\nCONFIDENTIAL\nS E C R E T RABAT 000012\nTAGS PREL"
    found = class_line(read_top(body))

    assert found is not None
    assert found.serial == 12


@given(st.text(max_size=200))
def test_any_line_is_one_or_none(text: str) -> None:
    found = read(text)

    assert found is None or 0 <= found.span[0] <= found.span[1] <= len(text)


HEAD = "C O N F I D E N T I A L SECTION 01 OF 02 QUAYHAVEN 000310\n\nSUBJECT: LAMPS\n"


@pytest.mark.parametrize(
    ("head", "text", "numbers"),
    [
        (HEAD, "1. (C) The ferry was late.", {310}),
        ("SUBJECT: LAMPS\n", "The ferry\n\nQUAYHAVEN 00000310  002 OF 003 \n\n\nwas late.", {310}),
        # a page line in the midst of its paragraph, and that of a section
        ("", "was late QUAYHAVEN 00000311 002.2 OF 003 again", {311}),
        (HEAD, "The ferry\n\nLAMPAR 00000042  002 OF 003 \n\nwas late.", {310, 42}),
        ("SUBJECT: LAMPS\n", "As QUAYHAVEN 310 says, 20 of 300 lamps are brass.", set()),
        # what a text says of another one below its head is not its own number
        ("", "1. (C) It read:\nUNCLAS LAMPAR 000042", set()),
    ],
)
def test_they_are_those_of_its_head_and_its_page_lines(
    head: str, text: str, numbers: set[int]
) -> None:
    assert own_numbers(head + text, len(head)) == numbers
