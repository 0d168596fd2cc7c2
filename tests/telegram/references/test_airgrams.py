"""Airgrams are found with the posts that sent them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.references.airgrams import airgrams


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A-62", ["A-62"]),
        ("STATE A-0226 OF DEC 4", ["STATE A-0226"]),
        ("LA PAZ A-29 AND RABAT A-30", ["LA PAZ A-29", "RABAT A-30"]),
        ("STATE CA-1234", ["STATE CA-1234"]),
        ("AIRGRAM A-12", ["AIRGRAM A-12"]),
        ("STATE A4683", ["STATE A4683"]),
        ("A4683", []),
        ("THE A-TEAM", []),
        ("IAEA-12", []),
        ("F/A-18", []),
        ("A-12-B", []),
        ("STATE 226", []),
    ],
)
def test_an_airgram_is_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in airgrams(text, frozenset())] == found


@given(st.text(alphabet="A-1 STATELPZ", max_size=60))
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    spans = airgrams(text, frozenset())
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
