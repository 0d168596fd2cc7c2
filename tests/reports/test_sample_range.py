"""The range of a share, against published figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.reports.sample_range import share_range


@pytest.mark.parametrize(
    ("number", "size", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_ranges_that_newcombe_prints(number: int, size: int, low: float, high: float) -> None:
    assert share_range(number, size) == pytest.approx((low, high), abs=0.00006)


@given(st.integers(1, 10_000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
def test_a_range_has_the_share_in_it(number_and_size: tuple[int, int]) -> None:
    number, size = number_and_size
    low, high = share_range(number, size)
    assert 0 <= low <= number / size <= high <= 1
