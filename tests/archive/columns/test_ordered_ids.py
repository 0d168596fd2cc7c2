"""Sets picked out of an order, at once or as far as they are read."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.columns import bitset, ordered_ids
from cable_tui.archive.columns.ordered_ids import Order, PickedIds
from cable_tui.session.folding import index_of

IDS = st.lists(st.integers(1, 700), unique=True, min_size=1)
SIZE = 701


@given(IDS, st.data(), st.booleans(), st.one_of(st.none(), st.integers(0, 9)))
def test_an_order_gives_the_ids_of_a_set_as_it_has_them(
    ids: list[int], data: st.DataObject, backwards: bool, limit: int | None
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(ids)))
    expected = [id_ for id_ in (reversed(ids) if backwards else ids) if id_ in chosen][:limit]
    order = Order(array("I", ids), SIZE)
    found = order.pick(bitset.from_ids(chosen, SIZE), backwards=backwards, limit=limit)
    assert list(found) == expected


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordered_ids, "CHUNK", 7)
    monkeypatch.setattr(ordered_ids, "_LONG", 10)


IDS_OF_ALL = array("I", [(id_ * 37) % 101 for id_ in range(1, 101)])
CHOSEN = [id_ for id_ in IDS_OF_ALL if id_ % 3]


def _long(*, backwards: bool) -> tuple[PickedIds, list[int]]:
    chosen = bitset.from_ids(CHOSEN, 101)
    picked = Order(IDS_OF_ALL, 101).pick(chosen, backwards=backwards)
    assert isinstance(picked, PickedIds)
    return picked, CHOSEN[::-1] if backwards else CHOSEN


@pytest.mark.usefixtures("small_steps")
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


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("backwards", [True, False])
def test_every_place_of_a_long_list_can_be_asked_for(*, backwards: bool) -> None:
    for place in (0, 1, 40, len(CHOSEN) - 1, -1, -30):
        picked, expected = _long(backwards=backwards)
        assert picked[place] == expected[place]
    with pytest.raises(IndexError):
        picked[len(CHOSEN)]


@pytest.mark.usefixtures("small_steps")
def test_the_place_of_an_id_in_a_long_list_is_found() -> None:
    picked, expected = _long(backwards=True)
    assert index_of(expected[50], picked) == 50
    assert index_of(3, picked) is None


@pytest.mark.usefixtures("small_steps")
def test_the_top_of_a_long_list_costs_little() -> None:
    picked, _ = _long(backwards=True)
    assert picked[0] == CHOSEN[-1]
    assert picked._read == 7
