"""Sets of rows as bits."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive import bits

ROWS = st.sets(st.integers(0, 299))


@given(ROWS)
def test_rows_come_back_out_of_a_set(rows: set[int]) -> None:
    mask = bits.Selection(bits.from_rows(rows, 300), 300).mask
    assert {row for row, there in enumerate(mask) if there} == rows


@given(ROWS, ROWS)
def test_both_forms_of_a_posting_count_the_same(chosen: set[int], of: set[int]) -> None:
    within = bits.Selection(bits.from_rows(chosen, 300), 300)
    assert within.count(array("I", of)) == len(chosen & of)
    assert within.count(bits.from_rows(of, 300)) == len(chosen & of)


@given(ROWS, ROWS)
def test_postings_of_both_forms_are_united(few: set[int], many: set[int]) -> None:
    union = bits.united([array("I", few), bits.from_rows(many, 300)], 300)
    assert union == bits.from_rows(few | many, 300)


@pytest.mark.parametrize(("rows", "kind"), [(1, array), (2, int)])
def test_what_few_share_is_kept_as_rows(rows: int, kind: type) -> None:
    assert isinstance(bits.posting(array("I", range(rows)), 300), kind)


def test_an_empty_archive_has_empty_sets() -> None:
    assert bits.from_rows([], 0) == 0
    assert bits.Selection(0, 0).mask == b""
    assert bits.united([], 0) == 0
