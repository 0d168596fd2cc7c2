"""Texts with the signs of their mark-up, made plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.frus import signs
from cable_tui.formats.frus.signs import CELL, CLOSE, END, FROM, LINE, NAME, OPEN, SOFT


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a\n  b", "a b"),
        (f"a {LINE} b{CELL}c", "a\nb | c"),
        (f"(Sapt{SOFT}){SOFT}and{SOFT}, so{SOFT}{OPEN}2{CLOSE}", "(Sapt) and, so\ufffe2\uffff"),
        (f"(\x01\x04{SOFT}Sapt{SOFT}\x03) wrote", "(\x01\x04Sapt\x03) wrote"),
        (f"“{SOFT}We{SOFT}”", "“We”"),
    ],
)
def test_lines_are_joined_and_marks_set(text: str, plain: str) -> None:
    assert signs.plain(text) == plain


def test_signs_are_shown_or_left_out() -> None:
    marked = f"{FROM}{NAME}Sapt{END} met{OPEN}2{CLOSE} us"
    assert signs.shown(signs.without_sides(marked)) == "Sapt met[2] us"
    assert signs.bare(marked) == "Sapt met us"


@given(st.text(st.sampled_from(f"ab(). ,\n{SOFT}{FROM}{END}{LINE}{CELL}"), max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    assert [sign for sign in signs.plain(text) if sign in "ab(),."] == [
        sign for sign in text if sign in "ab(),."
    ]
