from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.portion_marking import split


@pytest.mark.parametrize(
    ("text", "marking", "rest"),
    [
        ("(C) A lamp", "C", "A lamp"),
        ("(S//NF) A lamp", "S//NF", "A lamp"),
        ("(C/REL NATO) A lamp", "C/REL NATO", "A lamp"),
        ("(Secret/Rel Armenia) A", "Secret/Rel Armenia", "A"),
        ("(C - ENTIRE TEXT). A", "C - ENTIRE TEXT", ". A"),
        ("C) A lamp", "C", "A lamp"),
        ("(SBU)A", "SBU", "A"),
        ("(c-ne9-01257) A", None, "(c-ne9-01257) A"),
        ("(Comment) A", None, "(Comment) A"),
        ("", None, ""),
    ],
)
def test_a_marking_is_split_off(text: str, marking: str | None, rest: str) -> None:
    found, end = split(text)

    assert (found, text[end:]) == (marking, rest)


@given(st.text(max_size=100))
def test_the_rest_lies_in_the_text(text: str) -> None:
    assert 0 <= split(text)[1] <= len(text)
