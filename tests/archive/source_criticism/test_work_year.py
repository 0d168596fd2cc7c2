"""The shares of a year's work."""

from __future__ import annotations

import pytest

from cable_tui.archive.source_criticism.work_year import work_year


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
