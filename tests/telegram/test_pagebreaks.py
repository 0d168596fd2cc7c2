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
        ("PAGE 02 RUEHFRA0170 S E C R E T", ""),
        ("RABAT 90 RABAT 00000028 001.4 OF 003", "RABAT 90"),
        ("2 OF 3 keepers", None),
        ("PAGE 3 of the paper", None),
        ("", None),
    ],
)  # origin: formats.md 2.3, 8.13
def test_a_page_break_is_told_from_text(line: str, expected: str | None) -> None:
    assert rest(line) == expected


def test_the_blank_lines_around_a_page_break_go_with_it() -> None:
    lines = ["would ", " ", "RABAT 00000027  002 OF 002", "", "", "burn"]

    assert without(lines) == ["would ", None, None, None, None, "burn"]


def test_the_classification_above_an_old_page_break_goes_with_it() -> None:
    lines = ["A LAMP", " CONFIDENTIAL", "PAGE 02 RABAT 00677 01 OF 03 291400Z BURNS"]

    assert without(lines) == ["A LAMP", None, "BURNS"]


@given(st.lists(st.text(max_size=80)))
def test_no_line_is_added(lines: list[str]) -> None:
    assert len(without(lines)) == len(lines)
