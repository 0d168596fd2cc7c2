from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.headings import Lines, heading_above


def lines(text: str) -> Lines:
    raw = text.split("\n")
    return Lines(raw, list(raw), [0] * len(raw))


@pytest.mark.parametrize(
    ("text", "stop", "heading"),
    [
        pytest.param("it burned.\n\nThe Keepers\n\n", 2, "The Keepers", id="alone"),
        pytest.param("it burned.\n\nThe Keepers\n-------\n", 2, "The Keepers", id="above a rule"),
        pytest.param(
            "it burned.\n\n-------\nThe Keepers\n-------\n", 2, "The Keepers", id="between rules"
        ),
        pytest.param(
            "it burned.\n\nTHE KEEPERS\nOF THE LAMP\n------\n",
            2,
            "THE KEEPERS OF THE LAMP",
            id="two lines",
        ),
        pytest.param("it burned.\n\nThey left.\n", 4, None, id="a sentence"),
        pytest.param("it burned.\n\nEnd Summary\n\n", 5, None, id="an end"),
        pytest.param("\n\n", 3, None, id="nothing"),
    ],
)  # origin: formats.md 2.6
def test_the_heading_above_a_paragraph_is_found(text: str, stop: int, heading: str | None) -> None:
    found = lines(text)

    assert heading_above(found, 0, len(found.raw)) == (stop, heading)


@given(st.text(alphabet="Aa.-=* \n", max_size=80))
def test_a_heading_lies_between_the_first_line_and_the_paragraph(text: str) -> None:
    found = lines(text)
    stop, heading = heading_above(found, 0, len(found.raw))

    assert 0 <= stop <= len(found.raw)
    assert heading is None or heading.strip()
