import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cable_tui.text import clean_text, width
from cable_tui.text.painted_lines import TextLayout, expanded, hanging_indent

TEXTS = st.text(alphabet=st.sampled_from("ab 一é\u0301\t\n.-[]X"), max_size=300).map(clean_text)
ANY = st.text(max_size=200).map(clean_text)


@given(TEXTS | ANY, st.integers(8, 60))
@example("\t\t", 9)  # the second tab begins on one line and ends on the next
def test_every_character_but_blanks_is_painted_once_and_in_order(text: str, cells: int) -> None:
    painted: list[int] = []
    for line in TextLayout(text, cells).lines:
        painted += range(line.start, line.end)
    assert painted == sorted(set(painted))
    missing = set(range(len(text))) - set(painted)
    assert {text[at] for at in missing} <= {" ", "\n", "\t"}


@given(TEXTS | ANY, st.integers(8, 60))
def test_no_painted_line_is_wider_than_the_pane(text: str, cells: int) -> None:
    for line in TextLayout(text, cells).lines:
        assert line.indent + width(line.shown) <= cells


@given(TEXTS | ANY, st.integers(8, 60))
def test_columns_and_offsets_lead_to_each_other(text: str, cells: int) -> None:
    for line in TextLayout(text, cells).lines:
        for column, sign in enumerate(line.shown):
            offset = line.offset(column)
            assert text[offset] == sign or (text[offset], sign) == ("\t", " ")
            assert line.column(offset) <= column
            assert line.offset(line.column(offset)) == offset


@given(TEXTS, st.integers(8, 60), st.data())
def test_the_line_of_a_character_paints_it(text: str, cells: int, data: st.DataObject) -> None:
    layout = TextLayout(text, cells)
    number = data.draw(st.integers(0, len(layout.lines) - 1))
    line = layout.lines[number]
    for offset in range(line.start, line.end):
        assert layout.line_of(offset) == number


@pytest.mark.parametrize(
    ("text", "cells", "painted"),
    [
        pytest.param("", 10, [""], id="nothing is one empty line"),
        pytest.param("a\n\nb\n", 10, ["a", "", "b", ""], id="empty lines stand"),
        pytest.param("one two three", 8, ["one two", "three"], id="soft at a blank"),
        pytest.param("abcdefghij", 4, ["abcd", "efgh", "ij"], id="hard where there is none"),
        pytest.param("一二三四", 5, ["一二", "三四"], id="wide glyphs are counted"),
        pytest.param("x\ty", 20, ["x       y"], id="a tab reaches the next stop"),
        pytest.param("  1.  SECRET", 30, ["  1.  SECRET"], id="what fits is as in the file"),
    ],
)
def test_lines_are_painted(text: str, cells: int, painted: list[str]) -> None:
    assert [line.shown for line in TextLayout(text, cells).lines] == painted


def test_a_wrapped_line_goes_on_under_its_first_word() -> None:
    first, second = TextLayout("   B. 08ZENDA255 and more", 18).lines
    assert (first.shown, first.indent) == ("   B. 08ZENDA255", 0)
    assert (second.shown, second.indent) == ("and more", 3)
    assert second.start == 17


def test_an_indent_that_leaves_no_room_is_not_kept() -> None:
    assert hanging_indent(" " * 20 + "word word", 24) == 0


def test_tabs_reach_stops_and_keep_their_places() -> None:
    shown, places = expanded("ab\tc")
    assert shown == "ab      c"
    assert places == [0, 1, 2, 2, 2, 2, 2, 2, 3]


def test_a_range_over_a_soft_break_stands_on_two_lines() -> None:
    layout = TextLayout("one two three", 8)
    assert list(layout.lines_of((4, 13))) == [0, 1]
    assert list(layout.lines_of((0, 7))) == [0]


def test_a_paragraph_of_one_long_line_is_laid_out_in_whole() -> None:
    text = " ".join(f"word{n}" for n in range(2500))
    lines = TextLayout(text, 80).lines
    assert " ".join(line.shown for line in lines) == text
