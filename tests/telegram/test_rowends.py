from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.rowends import without_row_ends
from tests.telegram.cables import record


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("SUBJECT: A PORT \\\n \\\nREF: X", "SUBJECT: A PORT  \n  \nREF: X"),
        ("a \\ \nb \\", "a   \nb  "),
        ("a\\b\nc", "a\\b\nc"),
        ("a \\", "a \\"),
        ("", ""),
    ],
)  # origin: formats.md 1.3
def test_backslashes_at_line_ends_are_blanked(body: str, read: str) -> None:
    assert without_row_ends(record(body)).body == read


@given(st.text(alphabet="a\\ \n", max_size=60))
def test_offsets_stay_the_same(body: str) -> None:
    assert len(without_row_ends(record(body)).body) == len(body)
