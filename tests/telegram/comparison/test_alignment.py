"""Equal stretches of two rows of words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.comparison.alignment import Stretch, stretches

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=80)


@given(WORDS, WORDS)
def test_stretches_are_equal_and_in_order(left: list[str], right: list[str]) -> None:
    *found, end = stretches(left, right)
    assert end == Stretch(len(left), len(right), 0)
    for start, to, size in found:
        assert left[start : start + size] == right[to : to + size]
    for one, other in pairwise(found):
        assert one.left + one.size <= other.left
        assert one.right + one.size <= other.right


@given(WORDS)
def test_a_row_is_wholly_equal_to_itself(row: list[str]) -> None:
    assert sum(each.size for each in stretches(row, row)) == len(row)


def numbered(name: str, count: int) -> list[str]:
    return [f"{name}{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        pytest.param(numbered("a", 9000), numbered("a", 9000)[3000:], 6000, id="a-third-cut"),
        pytest.param(
            numbered("a", 5000) + numbered("b", 4000),
            numbered("b", 4000) + numbered("a", 5000),
            5000,
            id="halves-swapped",
        ),
        pytest.param(["x", "y"] * 3000, ["x", "y"] * 2500, 5000, id="no-word-is-unique"),
        pytest.param(numbered("a", 50), numbered("b", 50), 0, id="nothing-in-common"),
        pytest.param(
            ["the", "of", *numbered("a", 20)],
            [*numbered("b", 20), "the", "of"],
            0,
            id="chance-words-of-long-texts",
        ),
        pytest.param(["a", "the", "b"], ["c", "the", "d"], 1, id="short-texts-keep-theirs"),
        pytest.param(["X", *numbered("a", 20)], [*numbered("b", 20), "X"], 1, id="the-word-always"),
    ],
)
def test_the_longest_common_rows_are_found(left: list[str], right: list[str], equal: int) -> None:
    assert sum(each.size for each in stretches(left, right, "X")) == equal
