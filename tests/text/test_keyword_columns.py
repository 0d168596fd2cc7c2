"""A key word in its context: the column of the word is the same in every line."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cable_tui.text import clean_line, width
from cable_tui.text.keyword_columns import crop_start, keyword_column, keyword_line

TEXTS = st.text(alphabet="ab ,.日本語é́́ü🚢ｱا…", max_size=60).map(clean_line)


@pytest.mark.parametrize(
    ("parts", "cells", "expected"),
    [
        (("the ", "lamp", " on"), 20, "     the lamp on    "),
        (("of the old ", "lamp", " on the pier"), 20, "…the old lamp on th…"),
        (("", "lamp", ""), 20, "         lamp       "),
        (("港の", "灯", "は暗い"), 20, "     港の灯は暗い   "),
        (("a ", "lighthousekeeper", " b"), 20, "       a lighthouse…"),
    ],
)
def test_the_word_begins_in_its_column(
    parts: tuple[str, str, str], cells: int, expected: str
) -> None:
    made = keyword_line(*parts, cells)
    assert width(made[0]) == keyword_column(cells)
    assert width("".join(made)) == cells
    assert "".join(made) == expected


@given(TEXTS, TEXTS, TEXTS, st.integers(20, 120))
def test_every_line_is_as_wide_and_has_the_word_in_its_column(
    left: str, word: str, right: str, cells: int
) -> None:
    first, middle, last = keyword_line(left, word, right, cells)
    assert width(first) == keyword_column(cells)
    assert width(first + middle + last) == cells
    assert word.startswith(middle.removesuffix("…")) or middle == word


@given(TEXTS, st.integers(0, 40))
@example("aaaaaa\u0301", 6)  # more characters than cells
@example("\u0301", 0)
def test_the_end_of_a_text_is_kept_and_fits(text: str, cells: int) -> None:
    made = crop_start(text, cells)
    assert width(made) <= cells
    assert text.endswith(made.removeprefix("…"))
    if width(text) <= cells:
        assert made == text
