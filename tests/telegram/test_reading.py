from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.reading import Reading


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("was late\n\nRABAT 00000310  002 OF 003 \n\n\nagain", "was late again"),
        # within its paragraph, that was set as one line
        ("was late RABAT 00000310 002.2 OF 003 Rain fell.", "was late Rain fell."),
        ("  was late RABAT 00000310 002 OF 003 Rabat fell. ", "was late Rabat fell."),
        ("RABAT 00000310 002 OF 003 Rain fell.", "Rain fell."),
        ("nothing OF it", "nothing OF it"),
        ("It rained.\nAMBER 00000339  002 OF 003\nGull left.\n", "It rained. Gull left."),
        ("Ada AMBER 00000339  002 OF 003 Tern said no.", "Ada Tern said no."),
        ("Comment AMBER 00000339  002 OF 003", "Comment"),
    ],
)
def test_page_breaks_are_blanks_in_a_text_of_the_same_length(text: str, left: str) -> None:
    found = Reading(text).without_breaks
    assert " ".join(found.split()) == left
    assert all(new in {old, " "} for old, new in zip(text, found, strict=True))


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
    assert Reading(text).without_page_lines == left


PIECES = [IN_ROWS, "PAGE 02", "SECRET", "SIPDIS", "old", "KABUL", " ", "  ", "\n"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=12).map("".join))
def test_a_text_with_blanks_differs_from_it_in_blanks_only(text: str) -> None:
    for found in (Reading(text).without_page_lines, Reading(text).without_breaks):
        assert len(found) == len(text)
        assert all(now in (" ", sign) for now, sign in zip(found, text, strict=True))
    assert Reading(text).without_page_lines.count("\n") == text.count("\n")


PAGE_LINE = "AMBER 00000339  002 OF 003"
FULL = "the keepers of the northern pier lit all of their"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("The pier is", "wet.", True),
        ("The pier is wet.", "so is the roof.", False),
        ('He said "no."', "so he left.", False),
        (FULL, "Amber lamps at night.", True),
        (FULL.upper(), "LAMPS AT NIGHT.", True),
        (FULL.upper() + " MANAGE-", "MENT LAMPS.", True),
        ("THE MANAGE-", "MENT OF LAMPS.", True),
        ("The Lamps of the Pier", "The keepers lit them.", False),
        (FULL, "2. (C) The keepers left.", False),
        ("-" * 60, "the keepers left.", False),
    ],
)
@pytest.mark.parametrize("gap", ["{}", "\n{}\n\n", "{}\n{}"])
def test_a_sentence_that_a_page_break_cuts_is_one(
    above: str, below: str, joined: bool, gap: str
) -> None:
    text = f"{above}\n{gap.replace('{}', PAGE_LINE)}\n{below}"
    assert ("\n" not in Reading(text).without_breaks) is joined


def test_many_page_breaks_in_a_row_are_read_once() -> None:
    text = "The pier is\n" + f"{PAGE_LINE}\n\n" * 2000 + "wet."
    assert Reading(text).without_breaks.split() == ["The", "pier", "is", "wet."]
