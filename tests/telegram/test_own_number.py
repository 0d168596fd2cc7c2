"""The numbers that a text says it has."""

from __future__ import annotations

import pytest

from cable_tui.telegram.own_number import own_numbers

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
