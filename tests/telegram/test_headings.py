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
        pytest.param(
            "it burned.\n\n-------\n\nThe Keepers\n\n-------\n\n",
            2,
            "The Keepers",
            id="rules behind blank lines",
        ),
        pytest.param(
            "it burned.\n\n-------\nTHE ISLES\n-------\n\nHarbors\n-------\n\n",
            2,
            "THE ISLES: Harbors",
            id="a chapter and its first heading",
        ),
        pytest.param(
            "it burned.\n\nTHE ISLES\n-------\n\nHarbors\n-------\n",
            2,
            "THE ISLES: Harbors",
            id="two headings above rules",
        ),
        pytest.param("\n--------\n\n", 0, None, id="a rule alone"),
        pytest.param("They left the isle.\n\n--------\n\n", 1, None, id="a rule below a sentence"),
        pytest.param(
            "Lamps    12\nSails     7\n--------\n\nHarbors\n-------\n",
            4,
            "Harbors",
            id="the last rule of a table stays",
        ),
        pytest.param(
            "it burned.\n\nThe Lamp of the Harbor ------------ -\n---\n",
            2,
            "The Lamp of the Harbor",
            id="a rule on its own line and below it",
        ),
        pytest.param(
            "it burned.\nXXXXXXXXXXXX\n-------\n", 1, "XXXXXXXXXXXX", id="a redacted heading"
        ),
        pytest.param("it burned.\n\nThey left.\n", 4, None, id="a sentence"),
        pytest.param("it burned.\n\nEnd Summary\n\n", 5, None, id="an end"),
        pytest.param("\n\n", 3, None, id="nothing"),
    ],
)
def test_the_heading_above_a_paragraph_is_found(text: str, stop: int, heading: str | None) -> None:
    found = lines(text)

    assert heading_above(found, 0, len(found.raw)) == (stop, heading)


@given(st.text(alphabet="Aa.-=* \n", max_size=80))
def test_a_heading_lies_between_the_first_line_and_the_paragraph(text: str) -> None:
    found = lines(text)
    stop, heading = heading_above(found, 0, len(found.raw))

    assert 0 <= stop <= len(found.raw)
    assert heading is None or heading.strip()
