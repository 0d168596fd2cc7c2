"""Texts are measured, cut and wrapped in cells of the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cable_tui import text

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
