"""How many cables a post sent month by month: exactly where numbers are known, else estimated."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right

from cable_tui.archive.source_criticism.estimate import (
    RATE_SPREAD,
    SURE,
    DatedNumbers,
    Known,
    NumberRange,
)
from cable_tui.archive.source_criticism.work_year import WorkYear

_SHORTEST = 1e-6
"""The least share between two numbers."""


class SentByMonth:
    """The numbers of a post over a year: from 0, by the known ones, to the estimated last one."""

    def __init__(self, work: WorkYear, line: DatedNumbers, total: NumberRange) -> None:
        self._work = work
        self._serials = [0, *line.serials, max(total.likely, line.serials[-1])]
        last = min(line.shares[-1], 1.0 - _SHORTEST)
        self._shares = [0.0, *(min(each, last) for each in line.shares), 1.0]
        self._end = total
        self._known = line.serials[-1]

    def month(self, each: Known) -> int:
        """The month of a number that is not here, from 0: not after the share of `each`."""
        at = min(max(bisect_left(self._serials, each.serial), 1), len(self._serials) - 1)
        low, high = self._serials[at - 1], self._serials[at]
        first, last = self._shares[at - 1], self._shares[at]
        part = min((each.serial - low) / max(high - low, 1), 1.0)
        return self._work.month(min(first + (last - first) * part, each.share, 1.0 - _SHORTEST))

    def sent(self, month: int, least: int) -> NumberRange:
        """How many were sent in a month, from 0; at least so many are known.

        The numbers between two known ones were all sent between their days; how many of them fall
        on this side of the end of a month is estimated by the work of the days.
        """
        start, end = self._work.months[month], self._work.months[month + 1]
        first, last = self._gap(start), self._gap(end)
        if first == last:
            parts = [(first, self._part(first, start, end))]
            sure = 0
        else:
            parts = [
                (first, self._part(first, start, self._shares[first + 1])),
                (last, self._part(last, self._shares[last], end)),
            ]
            sure = self._serials[last] - self._serials[first + 1]
        likely, variance, most = float(sure), 0.0, float(sure)
        for gap, part in parts:
            likely += part * self._between(gap)
            variance += self._variance(gap, part)
            most += self._most(gap) if part else 0
        around = SURE * math.sqrt(variance)
        high = max(math.ceil(min(likely + around, most)), least)
        low = max(math.floor(max(likely - around, sure)), least)
        return NumberRange(low, min(max(round(likely), low), high), high)

    def _gap(self, share: float) -> int:
        """The known number, by its place, that a share comes after."""
        return min(max(bisect_right(self._shares, share) - 1, 0), len(self._shares) - 2)

    def _part(self, gap: int, start: float, end: float) -> float:
        """How much of the time between two known numbers lies between two shares."""
        width = self._shares[gap + 1] - self._shares[gap]
        return min(max((end - start) / width, 0.0), 1.0) if width > 0 else 1.0

    def _between(self, gap: int) -> int:
        return self._serials[gap + 1] - self._serials[gap]

    def _most(self, gap: int) -> int:
        is_last = gap == len(self._serials) - 2
        return self._end.high - self._known if is_last else self._between(gap)

    def _variance(self, gap: int, part: float) -> float:
        """Of the numbers in a part of the time between two known ones."""
        between = self._between(gap)
        months = max(12 * (self._shares[gap + 1] - self._shares[gap]), 0.1)
        split = part * (1 - part)
        found = split * (between + between * between * RATE_SPREAD**2 / months)
        if gap == len(self._serials) - 2:
            found += (part * (self._end.high - self._end.low) / (2 * SURE)) ** 2
        return found
