"""Flags and sizes of all cables in memory."""

import pytest

from cable_tui.archive.measures import Measures

MEASURES = Measures([(1, 0b01, 500, 3), (2, 0b11, 20, 1), (4, 0b00, 500, 0), (9, 0b10, 7000, 12)])


@pytest.mark.parametrize(("bit", "ids"), [(1, {1, 2}), (2, {2, 9}), (4, set())])
def test_the_cables_with_a_flag_are_a_set(bit: int, ids: set[int]) -> None:
    assert MEASURES.flagged(bit, 10) == sum(1 << id_ for id_ in ids)


def test_ids_that_are_newer_than_the_columns_are_left_out() -> None:
    assert MEASURES.flagged(2, 9) == 1 << 2


@pytest.mark.parametrize(
    ("field", "least", "most", "ids"),
    [
        ("len", 0, 1 << 40, [2, 1, 4, 9]),
        ("len", 500, 500, [1, 4]),
        ("len", 21, 499, []),
        ("paras", 1, 3, [2, 1]),
        ("paras", 13, 1 << 40, []),
    ],
)
def test_a_range_of_sizes_is_cut_out(field: str, least: int, most: int, ids: list[int]) -> None:
    assert list(MEASURES.sizes[field].between(least, most)) == ids
