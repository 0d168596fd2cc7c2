"""Dates in REF lines are blanked one for one; the year of one behind a serial stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.references.dates import without_dates


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("STATE 5512 OF NOV 19, 1973", "STATE 5512 (73)"),
        ("STATE 5512 OF 11/30/73; X", "STATE 5512 (73)       ; X"),
        ("LA PAZ 58 DATED 28 AUGUST 1979", "LA PAZ 58 (79)"),
        ("LA PAZ 5832 OF NOV. 19", "LA PAZ 5832"),
        ("NOV 19 LA PAZ 5832", "       LA PAZ 5832"),
        ("LETTER OF AUGUST 1974", "LETTER"),
        ("CLOUD/TERN TELCON 28 AUGUST 1979", "CLOUD/TERN TELCON"),
        ("MARSEILLE 12", "MARSEILLE 12"),
        ("MAPUTO 5", "MAPUTO 5"),
        ("73 STATE 12", "73 STATE 12"),
        ("P 161339Z MAR 74", "P 161339Z"),
        ("IIR 6 832 0617 08", "IIR 6 832 0617 08"),
    ],
)
def test_dates_are_blanked(text: str, left: str) -> None:
    assert without_dates(text) == left.ljust(len(text))


@given(st.text(alphabet="OF NOV19/,73 STATE.\n", max_size=80))
def test_every_letter_keeps_its_place(text: str) -> None:
    assert len(without_dates(text)) == len(text)
