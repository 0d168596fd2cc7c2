"""What a refused choice says."""

from __future__ import annotations

import pytest

from cable_tui.text.choices import refusal


@pytest.mark.parametrize(
    ("value", "known", "said"),
    [
        ("chicago", ("plain", "note"), "chicago: for Chicago, use note"),
        ("xlsx", ("csv", "html"), "xlsx: for a spreadsheet, use csv"),
        ("Yaer", ("post", "year"), "Yaer: did you mean year?"),
        ("xlsx", ("post", "year"), "xlsx: not one of post, year"),
    ],
)
def test_a_refusal_names_what_was_meant_or_all_there_is(
    value: str, known: tuple[str, ...], said: str
) -> None:
    assert refusal(value, known) == said
