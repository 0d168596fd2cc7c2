"""Texts are measured, cut and wrapped in cells of the terminal."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from cable_tui import text
from cable_tui.text import clean_line, width
from cable_tui.text.layout import crop_start, keyword_column, keyword_line

SHOWN = st.text(st.sampled_from("ab  -漢é’\u0301")) | st.text().map(text.clean_line)


@pytest.mark.parametrize(
    ("line", "cells"), [("", 0), ("abc", 3), ("漢字", 4), ("e\u0301", 1), ("a\tb", 3), ("“é”", 3)]
)
def test_width_counts_cells(line: str, cells: int) -> None:
    assert text.width(line) == cells


@given(SHOWN)
def test_width_is_what_rich_paints(line: str) -> None:
    assert text.width(line) == cell_len(line)


@pytest.mark.parametrize(
    ("line", "cells", "cropped"),
    [
        ("subject", 7, "subject"),
        ("subject", 6, "subje…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 6, "漢字…"),
        ("漢字漢字", 5, "漢字…"),
        ("subject", 1, "…"),
        ("subject", 0, ""),
        ("", 0, ""),
    ],
)
def test_a_text_is_cut_with_an_ellipsis(line: str, cells: int, cropped: str) -> None:
    assert text.crop(line, cells) == cropped


@given(SHOWN, st.integers(0, 12))
def test_a_cut_text_fits(line: str, cells: int) -> None:
    assert text.width(text.crop(line, cells)) <= cells


@pytest.mark.parametrize(
    ("line", "cells", "painted"),
    [
        pytest.param("", 10, [""], id="an empty line"),
        pytest.param("one two", 10, ["one two"], id="fits"),
        pytest.param("hello world and more", 10, ["hello", "world and", "more"], id="at blanks"),
        pytest.param("hello worlds", 5, ["hello", "world", "s"], id="a blank just at the edge"),
        pytest.param("abcdefghijkl", 5, ["abcde", "fghij", "kl"], id="no blank"),
        pytest.param("ends in blanks   ", 14, ["ends in blanks"], id="trailing blanks"),
        pytest.param("a    bcdefgh", 8, ["a", "bcdefgh"], id="several blanks"),
        pytest.param("   indented", 6, ["   ind", "ented"], id="an indent is no break"),
        pytest.param("漢字テスト", 5, ["漢字", "テス", "ト"], id="wide glyphs"),
        pytest.param("漢字", 1, ["漢", "字"], id="a glyph wider than the line"),
        pytest.param("any", 0, ["any"], id="no room at all"),
    ],
)
def test_a_line_is_wrapped(line: str, cells: int, painted: list[str]) -> None:
    assert [line[start:end] for start, end in text.wrap(line, cells)] == painted


@given(SHOWN, st.integers(2, 12))
def test_nothing_but_blanks_is_lost_by_wrapping(line: str, cells: int) -> None:
    spans = text.wrap(line, cells)
    assert all(text.width(line[start:end]) <= cells for start, end in spans)
    edges = [0, *(edge for span in spans for edge in span), len(line)]
    assert edges == sorted(edges)
    between = [line[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert "".join(between).strip(" ") == ""


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
