from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.officers import split_name


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Political Minister Counselor Ada Pelham", "Ada Pelham", "Political Minister Counselor"),
        ("Ada B. Pelham, Assistant Secretary", "Ada B. Pelham", "Assistant Secretary"),
        ("CDA, A.I. ADA PELHAM", "ADA PELHAM", "CDA, A.I."),
        ("Acting ISN A/S Ada H. Van Pelham", "Ada H. Van Pelham", "Acting ISN A/S"),
        ("USEU EconMinCouns Ada Pelham", "Ada Pelham", "USEU EconMinCouns"),
        ("EUR/FO ? ADA PELHAM", "ADA PELHAM", "EUR/FO"),
        ("Ambassador Ada Pelham, Jr.", "Ada Pelham, Jr.", "Ambassador"),
        ("DCM Pete O'Pelham", "Pete O'Pelham", "DCM"),
        ("Ambassador to Chad Ada Pelham", "Ada Pelham", "Ambassador to Chad"),
        ("U/S Ada Pelham (G)", "Ada Pelham", "U/S"),
        ("Charge, Embassy Rabat", None, "Charge, Embassy Rabat"),
        ("", None, None),
    ],
)  # origin: the layouts of formats.md 2.4, names invented
def test_names_and_titles_are_told_apart(text: str, name: str | None, title: str | None) -> None:
    assert split_name(text) == (name, title)


@given(st.text(max_size=200))
def test_any_text_has_a_name_or_none(text: str) -> None:
    name, title = split_name(text)

    assert name != ""
    assert title != ""
