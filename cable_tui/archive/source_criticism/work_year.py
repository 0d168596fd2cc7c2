"""How much of a year's work is done by a day: posts send most cables from Monday to Friday.

Serial numbers run with work, not with days: a weekend, or the week after Christmas, has few.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache, lru_cache

_WEEKEND = 0.15
"""Of a working day, on Saturday and Sunday: some posts work on one of them."""
_HOLIDAYS = 0.5
"""Of the usual work, from 24 December to 1 January."""
_PER_DAY = 10**5
"""A packed time (`records.times`) divided by this is its day."""
SLACK = 3
"""Days before or after a year that a cable of it may be filed: clocks differ, numbers wait."""


class WorkYear:
    """One year: shares of its work, from 0 at its beginning to 1 at its end."""

    def __init__(self, year: int) -> None:
        self.year = year
        first = date(year, 1, 1).toordinal()
        self.days = date(year + 1, 1, 1).toordinal() - first
        """Of the year."""
        every = [date.fromordinal(first + each) for each in range(-SLACK, self.days + SLACK)]
        self._places = {
            each.year * 10**4 + each.month * 100 + each.day: number
            for number, each in enumerate(every, -SLACK)
        }
        """Days by their numbers YYYYMMDD, 0 for the first of the year."""
        done = [0.0]
        for each in every[SLACK:-SLACK]:
            done.append(done[-1] + _work(each))
        self._done = [each / done[-1] for each in done]
        starts = [date(year, month, 1).toordinal() - first for month in range(1, 13)]
        self.months: tuple[float, ...] = tuple(self._done[each] for each in (*starts, self.days))
        """Shares at the beginning of each month, and 1."""
        self._month_ends = starts[1:]

    def day(self, packed: int) -> float | None:
        """Days since the year began, with their parts; None for no time, or one of another year.

        A time some days outside is at the nearest end.
        """
        number, clock = divmod(packed, _PER_DAY)
        place = self._places.get(number)
        if place is None:
            return None
        if not 0 <= place < self.days:
            return 0.0 if place < 0 else float(self.days)
        return place + _parts()[clock]

    def share(self, packed: int) -> float:
        """The share that is done at a time; -1 clearly before the year, and after it 1 and more.

        1 for no time: at some time, all of the year was done.
        """
        day = self.day(packed)
        if day is not None:
            return self.at(day)
        number = packed // _PER_DAY
        year, rest = divmod(number, 10**4)
        if not packed or year == self.year:  # no day of the calendar
            return 1.0
        if year < self.year:
            return -1.0
        return 1.0 + (year - self.year - 1) + (rest // 100 - 1) / 12 + rest % 100 / 365

    def at(self, day: float) -> float:
        """The share that is done after so many days."""
        whole = int(day)
        if whole >= self.days:
            return 1.0
        before = self._done[whole]
        return before + (self._done[whole + 1] - before) * (day - whole)

    def month_of_day(self, day: float) -> int:
        """The month, from 0 to 11, of a day."""
        return bisect_right(self._month_ends, day)

    def month(self, share: float) -> int:
        """The month, from 0 to 11, in which a share is reached."""
        return min(max(bisect_right(self.months, share) - 1, 0), 11)


@cache
def _parts() -> list[float]:
    """The part of a day by the hour, the minute and the precision of a packed time."""
    parts: list[float] = []
    for clock in range(_PER_DAY):
        hour, minute = clock // 1000, clock // 10 % 100
        parts.append(0.5 if clock % 10 == 0 else min((hour * 60 + minute) / 1440, 1.0))
    return parts


def _work(day: date) -> float:
    work = _WEEKEND if day.weekday() >= 5 else 1.0
    holiday = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
    return work * _HOLIDAYS if holiday else work


@lru_cache(maxsize=128)
def work_year(year: int) -> WorkYear:
    """The shares of one year."""
    return WorkYear(year)
