"""Estimates of a year from the numbers that are known."""

from __future__ import annotations

import pytest

from cable_tui.archive.source_criticism.estimate import (
    DatedNumbers,
    Known,
    NumberRange,
    highest_credible,
    without_outliers,
    year_total,
)


def test_the_rest_of_the_year_follows_the_rate_until_the_last_number() -> None:
    low, likely, high = year_total(DatedNumbers([500], [0.5]), [])
    assert 500 < low < likely < high
    assert 900 < likely < 1050


def test_a_number_of_the_last_day_leaves_nothing_to_estimate() -> None:
    assert year_total(DatedNumbers([12, 1636], [0.01, 1.0]), []) == NumberRange(1636, 1636, 1636)


def test_the_range_is_wider_the_earlier_the_last_number_is() -> None:
    widths = []
    for share in (0.05, 0.2, 0.5, 0.9):
        low, _, high = year_total(DatedNumbers([round(1000 * share)], [share]), [])
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


def test_a_cited_number_is_the_least_that_was_sent() -> None:
    low, likely, high = year_total(DatedNumbers([500], [0.5]), [Known(1100, 0.97)])
    assert low >= 1100
    assert likely < high < 1500


def test_a_number_cited_early_says_that_more_came_after() -> None:
    line = DatedNumbers([500], [0.5])
    early = year_total(line, [Known(900, 0.75)])
    late = year_total(line, [Known(900, 1.0)])
    assert early.likely > late.likely


def test_numbers_that_are_all_cited_late_bound_the_year_from_above() -> None:
    line = DatedNumbers([100], [0.1])
    alone = year_total(line, [])
    cited = [Known(400 + 50 * step, 0.5 + 0.06 * step) for step in range(9)]
    assert year_total(line, cited).high < alone.high


def test_recent_months_count_as_much_as_the_whole_year() -> None:
    # A post that opened in the summer: 30 numbers in May, 400 in October.
    low, likely, high = year_total(DatedNumbers([30, 400], [0.35, 0.8]), [])
    assert 500 < likely < 620
    assert low < 565 < high


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (0.1, 60, 60),  # the next known number is the limit
        (0.7, 700, 1100),
        (0.5, 500, 506),
    ],
)
def test_a_number_may_be_cited_once_it_was_reached(share: float, low: float, high: float) -> None:
    assert low <= highest_credible(DatedNumbers([50, 60, 500], [0.09, 0.12, 0.5]), share) <= high


@pytest.mark.parametrize(
    ("serials", "count"),
    [
        ([], 0),
        ([7], 1),
        ([7, 7000], 2),  # two numbers say nothing of each other
        ([40, 80, 95], 3),
        ([40, 80, 95, 9500], 3),
        ([40, 80, 95, 9500, 95000], 3),
    ],
)
def test_slips_among_cited_numbers(serials: list[int], count: int) -> None:
    assert without_outliers(serials) == count
