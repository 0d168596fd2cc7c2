"""The place of a cable in a list, whatever holds the list."""

from array import array
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.columns.ordered_ids import GrowingIds
from cable_tui.session.near_duplicates import index_of

IDS = st.one_of(st.integers(0, 3), st.sampled_from([0x01010101, 0x00010001, 0x0100, 2**32 - 1]))


def _as_array(ids: list[int]) -> Sequence[int]:
    return array("I", ids)


@pytest.mark.parametrize("made", [list, tuple, _as_array])
@given(ids=st.lists(IDS), wanted=IDS)
def test_the_first_place_of_an_id_is_found(
    made: Callable[[list[int]], Sequence[int]], ids: list[int], wanted: int
) -> None:
    expected = next((place for place, id_ in enumerate(ids) if id_ == wanted), None)
    assert index_of(wanted, made(ids)) == expected


@pytest.mark.parametrize(
    ("wanted", "index", "read"),
    [
        (70_000, 0, 25_000),
        (50_000, 20_000, 25_000),
        (40_000, 30_000, 70_000),
        (99_999, None, 70_000),
    ],
)
def test_a_long_list_is_read_only_as_far_as_needed(
    wanted: int, index: int | None, read: int
) -> None:
    ids = range(70_000, 0, -1)
    growing = GrowingIds(array("I", ids[:200]), len(ids), lambda: ids[200:], chunk=5_000)
    assert index_of(wanted, growing) == index
    assert read <= len(growing.up_to(0)) < read + 5_000
