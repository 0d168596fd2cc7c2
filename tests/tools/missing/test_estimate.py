"""Estimates of a year from the numbers that are known."""

from __future__ import annotations

import pytest

from cable_tui.tools.missing.estimate import (
    DatedNumbers,
    Known,
    NumberRange,
    SentByMonth,
    highest_credible,
    without_outliers,
    work_year,
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


WORK = work_year(2009)


def _line(*known: tuple[int, float]) -> DatedNumbers:
    return DatedNumbers([serial for serial, _ in known], [WORK.at(day) for _, day in known])


def test_a_month_between_known_numbers_is_nearly_exact() -> None:
    # The last of January, the first of February, the last of February, the first of March.
    curve = SentByMonth(
        WORK, _line((80, 30.5), (81, 31.4), (160, 58.5), (161, 59.4)), NumberRange(900, 950, 999)
    )
    low, likely, high = curve.sent(1, 0)
    assert 78 <= low <= likely <= high <= 82
    assert likely in (79, 80, 81)


def test_a_month_without_known_numbers_has_a_range_and_never_less_than_is_known() -> None:
    curve = SentByMonth(WORK, _line((600, 200.0)), NumberRange(900, 1100, 1400))
    low, likely, high = curve.sent(9, 0)
    assert low < likely < high
    assert curve.sent(9, 500).low == 500


def test_the_months_together_are_about_the_year() -> None:
    total = NumberRange(900, 1000, 1100)
    curve = SentByMonth(WORK, _line((100, 40.0), (700, 250.0)), total)
    assert sum(curve.sent(month, 0).likely for month in range(12)) == pytest.approx(1000, abs=8)


@pytest.mark.parametrize(
    ("serial", "share", "month"),
    [
        (50, 1.0, 0),
        (100, 1.0, 1),
        (400, 1.0, 4),
        (400, 0.2, 2),  # cited in March: it was sent by then
        (990, 1.7, 11),
        (5000, 2.0, 11),
    ],
)
def test_a_number_that_is_not_here_has_a_month(serial: int, share: float, month: int) -> None:
    curve = SentByMonth(WORK, _line((100, 40.0), (700, 250.0)), NumberRange(900, 1000, 1100))
    assert curve.month(Known(serial, share)) == month


def test_the_shares_run_from_nothing_to_the_whole_and_never_fall() -> None:
    for year in (2008, 2009):
        work = work_year(year)
        shares = [work.at(day / 2) for day in range(2 * work.days + 1)]
        assert (shares[0], shares[-1]) == (0.0, 1.0)
        assert shares == sorted(shares)


def test_a_weekend_has_little_work() -> None:
    work = work_year(2009)
    # 2 March 2009 was a Monday: the 61st day of the year.
    week = [work.at(60 + day + 1) - work.at(60 + day) for day in range(7)]
    assert min(week[:5]) > 4 * max(week[5:])


@pytest.mark.parametrize(
    ("packed", "day"),
    [
        (2009010112002, 0.5),
        (2009030206002, 60.25),
        (2009030200000, 60.5),  # only the day is known: its middle
        (2009123123592, 364.9993),
        (2010010100302, 365.0),  # clocks differ
        (2008123122002, 0.0),
        (2010011500002, None),
        (2008110100002, None),
        (2009023000000, None),  # no day of the calendar
        (0, None),
    ],
)
def test_days_of_packed_times(packed: int, day: float | None) -> None:
    found = work_year(2009).day(packed)
    assert (found is None) == (day is None)
    assert found is None or found == pytest.approx(day, abs=1e-3)


@pytest.mark.parametrize(
    ("packed", "low", "high"),
    [
        (2008110100002, -1.0, -1.0),
        (0, 1.0, 1.0),
        (2009070112002, 0.45, 0.55),
        (2010020100002, 1.08, 1.09),
        (2012010100002, 3.0, 3.01),
        (2009023000000, 1.0, 1.0),
    ],
)
def test_shares_of_packed_times_reach_beyond_the_year(packed: int, low: float, high: float) -> None:
    assert low <= work_year(2009).share(packed) <= high


def test_months_by_day_and_by_share() -> None:
    work = work_year(2009)
    assert [work.month_of_day(day) for day in (0, 30.9, 31, 58.9, 59, 364.9, 365)] == [
        0, 0, 1, 1, 2, 11, 11,
    ]  # fmt: skip
    assert [work.month(share) for share in (0.0, 0.5, 1.0, 2.0)] == [0, 6, 11, 11]
