"""Sets picked out of an order, at once or as far as they are read."""

from array import array
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.ordered_ids import CableOrder, GrowingIds, PickedIds
from cable_tui.session.near_duplicates import index_of

IDS = st.lists(st.integers(1, 700), unique=True, min_size=1)
SIZE = 701


@given(IDS, st.data(), st.booleans(), st.one_of(st.none(), st.integers(0, 9)))
def test_an_order_gives_the_ids_of_a_set_as_it_has_them(
    ids: list[int], data: st.DataObject, backwards: bool, limit: int | None
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(ids)))
    expected = [id_ for id_ in (reversed(ids) if backwards else ids) if id_ in chosen][:limit]
    order = CableOrder(array("I", ids), SIZE)
    found = order.pick(bitset.from_ids(chosen, SIZE), backwards=backwards, limit=limit)
    assert list(found) == expected


IDS_OF_ALL = array("I", [(id_ * 37) % 101 for id_ in range(1, 101)])
CHOSEN = [id_ for id_ in IDS_OF_ALL if id_ % 3]


def _long(*, backwards: bool) -> tuple[PickedIds, list[int]]:
    chosen = bitset.from_ids(CHOSEN, 101)
    picked = CableOrder(IDS_OF_ALL, 101, chunk=7, long=10).pick(chosen, backwards=backwards)
    assert isinstance(picked, PickedIds)
    return picked, CHOSEN[::-1] if backwards else CHOSEN


@pytest.mark.parametrize("backwards", [True, False])
@pytest.mark.parametrize(
    "part",
    [
        slice(0, 5),
        slice(3, 60),
        slice(-4, None),
        slice(None, None, 9),
        slice(60, 3),
        slice(500, 900),
        slice(None, None, -1),
    ],
    ids=str,
)
def test_a_part_of_a_long_list_is_read_alone(part: slice, *, backwards: bool) -> None:
    picked, expected = _long(backwards=backwards)
    assert list(picked[part]) == expected[part]
    assert len(picked) == len(expected)
    assert list(picked) == expected


@pytest.mark.parametrize("backwards", [True, False])
def test_every_place_of_a_long_list_can_be_asked_for(*, backwards: bool) -> None:
    for place in (0, 1, 40, len(CHOSEN) - 1, -1, -30):
        picked, expected = _long(backwards=backwards)
        assert picked[place] == expected[place]
    with pytest.raises(IndexError):
        picked[len(CHOSEN)]


def test_the_place_of_an_id_in_a_long_list_is_found() -> None:
    picked, expected = _long(backwards=True)
    assert index_of(expected[50], picked) == 50
    assert index_of(3, picked) is None


def test_the_top_of_a_long_list_costs_little() -> None:
    picked, _ = _long(backwards=True)
    assert picked[0] == CHOSEN[-1]
    assert picked._read == 7


class Rest:
    """What finds the rest, and says how often it was asked."""

    def __init__(self, *ids: int) -> None:
        self.ids = ids
        self.asked = 0

    def __call__(self) -> Sequence[int]:
        self.asked += 1
        return array("I", self.ids)


def _begun(rest: Rest, count: int = 5) -> GrowingIds:
    return GrowingIds(array("I", [9, 8]), count, rest)


def test_nothing_is_asked_while_the_first_are_read() -> None:
    rest = Rest(7, 6, 5)
    begun = _begun(rest)
    assert (len(begun), begun[0], begun[-4]) == (5, 9, 8)
    assert (list(begun[:2]), list(begun[9:])) == ([9, 8], [])
    assert rest.asked == 0


def test_the_rest_is_asked_for_once() -> None:
    rest = Rest(7, 6, 5)
    begun = _begun(rest)
    assert list(begun) == [9, 8, 7, 6, 5]
    assert list(begun[1:4]) == [8, 7, 6]
    assert list(begun[::-2]) == [5, 7, 9]
    assert list(begun.whole()) == [9, 8, 7, 6, 5]
    assert begun[4] == 5
    assert rest.asked == 1
    with pytest.raises(IndexError):
        begun[5]


@pytest.mark.parametrize(
    ("rest", "ids"), [((7,), [9, 8, 7, 0, 0]), ((7, 6, 5, 4), [9, 8, 7, 6, 5])]
)
def test_an_archive_that_changed_meanwhile_gives_as_many(
    rest: tuple[int, ...], ids: list[int]
) -> None:
    assert list(_begun(Rest(*rest))) == ids


def test_the_rest_is_read_as_far_as_it_is_asked_for() -> None:
    inner = Rest(5, 4, 3, 2, 1)
    outer = GrowingIds(array("I", [9]), 8, lambda: GrowingIds(array("I", [8, 7]), 7, inner, 2), 2)
    assert (outer[2], inner.asked) == (7, 0)
    assert list(outer) == [9, 8, 7, 5, 4, 3, 2, 1]
    assert inner.asked == 1
