"""The place of a cable in a list, whatever holds the list."""

from array import array
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
