from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.notes import notes
from cable_tui.telegram.top import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A lamp. (Note: It is\nold. End note.) It burns.", ("It is old",)),
        ("A lamp (NOTE: old) burns.", ("old",)),
        ("(Note: One. End note.) (Note: Two. End note.)", ("One", "Two")),
        ("NOTE - DO NOT PUBLISH - ASK ADA\n\nS E C R E T", ("NOTE - DO NOT PUBLISH - ASK ADA",)),
        ("Take note: nothing.", ()),
    ],
)  # origin: formats.md 2.6, 8.7
def test_notes_are_found(text: str, expected: tuple[str, ...]) -> None:
    assert notes(read(text)) == expected


@given(st.text(max_size=200))
def test_any_text_has_notes_or_none(text: str) -> None:
    assert all(notes(read("(Note: " + text)))
