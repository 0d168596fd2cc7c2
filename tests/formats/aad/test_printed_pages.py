"""Form feeds and page numbers of a text that was taken out of a PDF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.aad.printed_pages import joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A\n\fB\n", "A\n\nB\n", id="form feeds are line ends"),
        pytest.param("A\n 1\n\fB\n 2\n", "A\n\n\nB\n\n", id="numbers at the foot"),
        pytest.param("Page 1 of 2\nA\n\f- 2 -\nB", "\nA\n\n\nB", id="numbers at the head"),
        pytest.param("A\n\f70\nB", "A\n\n70\nB", id="a number that is not the page's"),
        pytest.param("A\n1\nB\n\fC", "A\n1\nB\n\nC", id="a number within a page"),
        pytest.param("A\n1\n", "A\n1\n", id="no pages at all"),
        pytest.param("A\r\n1\r\n\fB", "A\r\n\n\nB", id="Windows line ends"),
    ],
)
def test_pages_are_joined_without_their_numbers(text: str, expected: str) -> None:
    assert joined(text) == expected


@given(st.text(alphabet="A1 \f\nPage-of/", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    assert joined(text).count("A") == text.count("A")
    assert "\f" not in joined(text)
