"""Sets of cables as bits."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.columns import bitset

IDS = st.sets(st.integers(0, 299))


@given(IDS)
def test_ids_come_back_out_of_a_set(ids: set[int]) -> None:
    mask = bitset.IdSet(bitset.from_ids(ids, 300), 300).mask
    assert {id_ for id_, there in enumerate(mask) if there} == ids
    assert list(bitset.ids_of(bitset.from_ids(ids, 300), 300)) == sorted(ids)


@given(IDS, IDS)
def test_both_forms_of_a_posting_count_the_same(chosen: set[int], of: set[int]) -> None:
    within = bitset.IdSet(bitset.from_ids(chosen, 300), 300)
    assert within.count(array("I", of)) == len(chosen & of)
    assert within.count(bitset.from_ids(of, 300)) == len(chosen & of)


@given(IDS, IDS)
def test_postings_of_both_forms_are_united(few: set[int], many: set[int]) -> None:
    union = bitset.union([array("I", few), bitset.from_ids(many, 300)], 300)
    assert union == bitset.from_ids(few | many, 300)


@given(IDS, IDS, st.integers(1, 1 << 30), st.integers(1, 1 << 30))
def test_a_cable_has_the_numbers_of_its_postings(
    few: set[int], many: set[int], number: int, other: int
) -> None:
    postings: list[tuple[int, bitset.Posting]] = [
        (number, array("I", few)),
        (other, bitset.from_ids(many, 300)),
    ]
    expected = [number * (id_ in few) | other * (id_ in many) for id_ in range(300)]
    assert list(bitset.numbers_of(postings, 300)) == expected


@given(st.sets(st.integers(0, 99_999), max_size=40))
def test_few_ids_among_many_come_back_out_of_a_set(ids: set[int]) -> None:
    assert list(bitset.ids_of(bitset.from_ids(ids, 100_000), 100_000)) == sorted(ids)


@pytest.mark.parametrize(("ids", "kind"), [(1, array), (2, int)])
def test_what_few_share_is_kept_as_ids(ids: int, kind: type) -> None:
    assert isinstance(bitset.posting(array("I", range(ids)), 300), kind)


def test_an_empty_archive_has_empty_sets() -> None:
    assert bitset.from_ids([], 0) == 0
    assert bitset.IdSet(0, 0).mask == b""
    assert not bitset.ids_of(0, 0)
    assert bitset.union([], 0) == 0
