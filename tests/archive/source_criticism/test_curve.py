"""What was sent month by month."""

from __future__ import annotations

import pytest

from cable_tui.archive.source_criticism.curve import SentByMonth
from cable_tui.archive.source_criticism.estimate import DatedNumbers, Known, NumberRange
from cable_tui.archive.source_criticism.work_year import work_year

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
