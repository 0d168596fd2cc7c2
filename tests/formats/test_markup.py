"""Entities that are complete, and only those."""

import pytest

from cable_tui.formats.markup import entities


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&amp;&#8217;&#x41;", "&’A"),
        ("&pounding &micro-", "&pounding &micro-"),
        ("&nothing;", "&nothing;"),
        ("&#9999999;", "\ufffd"),
    ],
)
def test_a_name_without_its_semicolon_is_text(markup: str, text: str) -> None:
    assert entities(markup) == text
