"""How many cables a post sent in a year and by month, estimated from the known serial numbers.

The number of a cable is how many the post had sent by then. So the highest number that is known,
with its date, says exactly what was sent until that day, however the cables were chosen; only the
rest of the year is estimated, from the rate until then. The German tank problem, which knows no
dates, would suppose that any number is as likely to be here as any other: a collection that ends in
November would make the year end there too.

How much the rate of a post changes from month to month (`RATE_SPREAD`) was measured on published
cables: of 56 pairs of cables, each of one post and year, the later number lay 56 times where the
earlier one says; with 0.3 it was 55 times. A range is made to hold the number in 95 of 100 cases;
tests/tools/missing/test_gaps.py compares it with archives whose whole truth is known.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

RATE_SPREAD = 0.35
"""The standard deviation of the logarithm of a month's rate relative to the year's."""
SURE = 1.96
"""Standard deviations of a range that contains 95 of 100 values."""
_INCREDIBLE = 3.3
"""Standard deviations beyond which a cited number is taken as a slip: 1 of 1,000."""
FAR_OFF = 2.33
"""Standard deviations beyond which the last number of a cable here is doubted: 1 of 100."""
_SHORTEST = 0.15
"""Months: a shorter time counts as this one, as it tells no more of a rate."""
_RECENT = 0.15
"""From this share of the year and this many numbers on the last months have their own rate."""
_ENOUGH = 20
_LATELY = 0.5
"""The share of the year before the last number that counts as the last months."""
_A_DAY = 0.004
_A_FEW = 5.0
"""Numbers that may be given on the day of the last one."""
_SLIPS = 12
"""One in this many cited numbers may be wrong."""
_FAR = 0.01
"""A number this improbably far above all others is an outlier."""
_HEARD = 40
"""The most citations whose delays are used."""
_TOGETHER = 3
"""Any number of citations counts at most like this many independent ones."""
_STEPS = 101
"""Points of the distribution of what was sent after the last known number."""


_Three = tuple[float, float, float]


class NumberRange(NamedTuple):
    """An estimated number of cables, with its range."""

    low: int
    likely: int
    high: int


class Known(NamedTuple):
    """A serial number and the share of the year's work that was done when it was used."""

    serial: int
    share: float


class DatedNumbers(NamedTuple):
    """The numbers of cables with dates, in order, and the shares of the year at which they were."""

    serials: Sequence[int]
    shares: Sequence[float]
    """The share of the year at each number; none is lower than the one before."""


class Spread(NamedTuple):
    """The number sent in a part of the year: lognormal, by its median and standard deviation."""

    median: float
    deviation: float

    def at(self, deviations: float) -> float:
        """Return the value that is `deviations` standard deviations above the median."""
        return self.median * math.exp(self.deviation * deviations)


def rest_of_year(line: DatedNumbers, until: float = 1.0) -> Spread:
    """Return the number sent after the last number of a line, until a share of the year."""
    last_share = max(line.shares[-1], 1e-3)
    rest_of_share = min(until, 1.0) - last_share
    if rest_of_share <= 0.0:
        return Spread(0.0, 0.0)
    rate, disagreement = _rate(line, last_share)
    mean_number = rate * rest_of_share
    months_of_shares = 12 * last_share, 12 * rest_of_share
    variance = RATE_SPREAD**2 * sum(1 / max(length, _SHORTEST) for length in months_of_shares)
    variance += disagreement + 1 / line.serials[-1] + 1 / max(mean_number, 0.1)
    return Spread(mean_number, math.sqrt(math.log1p(variance)))


def _rate(line: DatedNumbers, share: float) -> tuple[float, float]:
    """Return numbers a year, and the difference of the last months from those before."""
    whole_rate = line.serials[-1] / share
    recent_start = bisect_left(line.shares, share - _LATELY)
    if recent_start == len(line.shares):
        return whole_rate, 0.0
    share_passed = share - line.shares[recent_start]
    numbers = line.serials[-1] - line.serials[recent_start]
    if line.shares[recent_start] < _RECENT / 2 or share_passed < _RECENT or numbers < _ENOUGH:
        return whole_rate, 0.0
    lately = numbers / share_passed
    return math.sqrt(whole_rate * lately), (math.log(lately / whole_rate) / 2) ** 2


def highest_credible(line: DatedNumbers, share: float) -> float:
    """Return the highest plausible number at a share of the year; a higher one is a slip."""
    index_after = bisect_right(line.shares, share + _A_DAY)
    if index_after < len(line.shares):
        return line.serials[index_after]
    return line.serials[-1] + max(rest_of_year(line, share).at(_INCREDIBLE), _A_FEW)


def without_outliers(serials: Sequence[int]) -> int:
    """Return how many of some numbers, in order, are plausible: a slip may have a digit too many.

    The highest of all numbers that anybody may have cited is not far above the second one.
    """
    count = len(serials)
    while count > 2 and (serials[count - 2] / serials[count - 1]) ** (count - 1) < _FAR:
        count -= 1
    return count


def year_total(line: DatedNumbers, cited: Sequence[Known]) -> NumberRange:
    """Return how many cables there were in the year.

    `line` is not empty; `cited` are numbers that were in use by a share of the year at the latest;
    implausible ones were removed.
    """
    last_serial = line.serials[-1]
    spread_of_rest = rest_of_year(line)
    later_numbers = [cited_number for cited_number in cited if cited_number.serial > last_serial]
    least_total = max((cited_number.serial for cited_number in later_numbers), default=last_serial)
    if later_numbers and spread_of_rest.median:
        after_last = _with_cited(Known(last_serial, line.shares[-1]), spread_of_rest, later_numbers)
    else:
        after_last = (spread_of_rest.at(-SURE), spread_of_rest.median, spread_of_rest.at(SURE))
    low_rest, likely_rest, high_rest = after_last
    return NumberRange(
        max(last_serial + math.floor(low_rest), least_total),
        max(last_serial + round(likely_rest), least_total),
        max(last_serial + math.ceil(high_rest), least_total),
    )


def _with_cited(last: Known, rest: Spread, later: Sequence[Known]) -> _Three:
    """Return the number sent after the last dated number, if higher ones were cited."""
    least_total = max(cited_number.serial for cited_number in later)
    shares = [(cited_number, _part(last, cited_number.share)) for cited_number in later]
    # The one that asks most: the others add little. Among many may be a slip.
    by_demand = sorted(shares, key=lambda pair: (last.serial - pair[0].serial) / pair[1])
    most_demanding, part = by_demand[len(by_demand) // _SLIPS]
    sampled_shares = shares[:: len(shares) // _HEARD + 1]
    weights: list[tuple[float, float]] = []
    for step in range(_STEPS):
        deviations = -4 + 8 * step / (_STEPS - 1)
        count = rest.at(deviations)
        if count + 0.5 < least_total - last.serial:
            continue
        weight = math.exp(-deviations * deviations / 2)
        weight *= _reached(count, part, most_demanding.serial - last.serial, 1 - last.share)
        weight *= _delays(last, count, [cited_number for cited_number, _ in sampled_shares])
        weights.append((count, weight))
    whole_weight = sum(weight for _, weight in weights)
    if not whole_weight > 0.0:
        top_number = max(least_total - last.serial, (most_demanding.serial - last.serial) / part)
        weights, whole_weight = [(top_number, 1.0), (top_number * 1.2, 1.0)], 2.0
    least_after_last = float(least_total - last.serial)
    low_rest, likely_rest, high_rest = (
        _quantile(weights, least_after_last, whole_weight * share) for share in (0.025, 0.5, 0.975)
    )
    return low_rest, likely_rest, high_rest


def _part(last: Known, share: float) -> float:
    """Return the share of the work after the last known number that is done at a time."""
    rest_of_year = max(1 - last.share, 1e-6)
    return min(max((share - last.share) / rest_of_year, 1e-3), 1.0)


def _reached(sent: float, part: float, wanted: int, rest: float) -> float:
    """Return the probability that `wanted` were sent in a part of the rest of the year."""
    mean_number = sent * part
    months = max(12 * rest * part, _SHORTEST)
    variance = (
        mean_number * (1 - part) + mean_number * mean_number * RATE_SPREAD**2 * (1 - part) / months
    )
    deviation = math.sqrt(variance + 0.25)
    return 0.5 * math.erfc((wanted - 0.5 - mean_number) / deviation / math.sqrt(2))


def _delays(last: Known, sent: float, cited: Sequence[Known]) -> float:
    """Return how well the days of citations fit if `sent` were sent.

    Cables are mostly cited soon, but nobody knows how soon in this archive: each mean delay is
    taken as equally likely. If too many were sent, all delays would be long.
    """
    rest_of_year = 1 - last.share
    delays = (
        cited_number.share - last.share - rest_of_year * (cited_number.serial - last.serial) / sent
        for cited_number in cited
    )
    mean_delay = sum(max(delay, _A_DAY) for delay in delays) / len(cited)
    return mean_delay ** -min(len(cited), _TOGETHER)


def _quantile(weights: Sequence[tuple[float, float]], base: float, wanted: float) -> float:
    """Return the value that is not exceeded with a given weight.

    `base` is the least possible one.
    """
    weight_passed = 0.0
    for number_sent, weight in weights:
        if weight and weight_passed + weight >= wanted:
            return base + (number_sent - base) * (wanted - weight_passed) / weight
        weight_passed, base = weight_passed + weight, number_sent
    return weights[-1][0]


# By month

_LEAST_SHARE = 1e-6
"""The least share between two numbers."""


class SentByMonth:
    """The numbers of a post over a year: from 0, by the known ones, to the estimated last one."""

    def __init__(self, work: WorkYear, line: DatedNumbers, total: NumberRange) -> None:
        self._work = work
        self._serials = [0, *line.serials, max(total.likely, line.serials[-1])]
        last_share = min(line.shares[-1], 1.0 - _LEAST_SHARE)
        self._shares = [0.0, *(min(known_share, last_share) for known_share in line.shares), 1.0]
        self._end = total
        self._known = line.serials[-1]

    def month(self, number: Known) -> int:
        """Return the month of a missing number, from 0: not after the share of `number`."""
        index = min(max(bisect_left(self._serials, number.serial), 1), len(self._serials) - 1)
        serial_before, serial_after = self._serials[index - 1], self._serials[index]
        first_share, last_share = self._shares[index - 1], self._shares[index]
        part = min((number.serial - serial_before) / max(serial_after - serial_before, 1), 1.0)
        return self._work.month(
            min(first_share + (last_share - first_share) * part, number.share, 1.0 - _LEAST_SHARE)
        )

    def sent(self, month: int, least: int) -> NumberRange:
        """Return how many were sent in a month, from 0; `least` of them are known.

        The numbers between two known ones were all sent between their days; how many of them fall
        on this side of the end of a month is estimated by the work of the days.
        """
        month_start, month_end = self._work.months[month], self._work.months[month + 1]
        first_gap, last_gap = self._gap(month_start), self._gap(month_end)
        if first_gap == last_gap:
            parts_of_gaps = [(first_gap, self._part(first_gap, month_start, month_end))]
            sure_number = 0
        else:
            parts_of_gaps = [
                (first_gap, self._part(first_gap, month_start, self._shares[first_gap + 1])),
                (last_gap, self._part(last_gap, self._shares[last_gap], month_end)),
            ]
            sure_number = self._serials[last_gap] - self._serials[first_gap + 1]
        likely_number, variance, most_possible = float(sure_number), 0.0, float(sure_number)
        for gap, part in parts_of_gaps:
            likely_number += part * self._between(gap)
            variance += self._variance(gap, part)
            most_possible += self._most(gap) if part else 0
        margin = SURE * math.sqrt(variance)
        high_number = max(math.ceil(min(likely_number + margin, most_possible)), least)
        low_number = max(math.floor(max(likely_number - margin, sure_number)), least)
        return NumberRange(
            low_number, min(max(round(likely_number), low_number), high_number), high_number
        )

    def _gap(self, share: float) -> int:
        """Return the index of the known number that a share of the year comes after."""
        return min(max(bisect_right(self._shares, share) - 1, 0), len(self._shares) - 2)

    def _part(self, gap: int, start: float, end: float) -> float:
        """Return the share of the time between two known numbers that lies between two dates."""
        gap_width = self._shares[gap + 1] - self._shares[gap]
        return min(max((end - start) / gap_width, 0.0), 1.0) if gap_width > 0 else 1.0

    def _between(self, gap: int) -> int:
        return self._serials[gap + 1] - self._serials[gap]

    def _most(self, gap: int) -> int:
        is_last = gap == len(self._serials) - 2
        return self._end.high - self._known if is_last else self._between(gap)

    def _variance(self, gap: int, part: float) -> float:
        """Return the variance of the number sent in a part of the time between two known ones."""
        numbers_between = self._between(gap)
        months_between = max(12 * (self._shares[gap + 1] - self._shares[gap]), 0.1)
        split = part * (1 - part)
        variance = split * (
            numbers_between + numbers_between * numbers_between * RATE_SPREAD**2 / months_between
        )
        if gap == len(self._serials) - 2:
            variance += (part * (self._end.high - self._end.low) / (2 * SURE)) ** 2
        return variance


# The work of a year, day by day

_WEEKEND = 0.15
"""The work on a Saturday or Sunday, in working days: some posts work on one of them."""
_HOLIDAYS = 0.5
"""The share of the usual work that is done from 24 December to 1 January."""
_PER_DAY = 10**5
"""A packed time (`records.times`) divided by this is its day."""
SLACK = 3
"""Days by which a cable may be outside of its year: clocks differ, numbers wait."""


class WorkYear:
    """One year: shares of its work, from 0 at its beginning to 1 at its end."""

    def __init__(self, year: int) -> None:
        self.year = year
        first_day = date(year, 1, 1).toordinal()
        self.days = date(year + 1, 1, 1).toordinal() - first_day
        """The number of days of the year."""
        all_days = [
            date.fromordinal(first_day + offset) for offset in range(-SLACK, self.days + SLACK)
        ]
        self._places = {
            day.year * 10**4 + day.month * 100 + day.day: number
            for number, day in enumerate(all_days, -SLACK)
        }
        """Days by their numbers YYYYMMDD, 0 for the first of the year."""
        work_done = [0.0]
        for day in all_days[SLACK:-SLACK]:
            work_done.append(work_done[-1] + _work(day))
        self._done = [work / work_done[-1] for work in work_done]
        starts = [date(year, month, 1).toordinal() - first_day for month in range(1, 13)]
        self.months: tuple[float, ...] = tuple(self._done[start] for start in (*starts, self.days))
        """Shares at the beginning of each month, and 1."""
        self._month_ends = starts[1:]

    def day(self, packed: int) -> float | None:
        """Return days since the year began, or None without a time or for another year.

        A time some days outside counts as the nearest end.
        """
        day_number, clock = divmod(packed, _PER_DAY)
        place_of_day = self._places.get(day_number)
        if place_of_day is None:
            return None
        if not 0 <= place_of_day < self.days:
            return 0.0 if place_of_day < 0 else float(self.days)
        return place_of_day + _parts()[clock]

    def share(self, packed: int) -> float:
        """Return the share that is done at a time.

        It is -1 clearly before the year, at least 1 after it, and 1 without a time.
        """
        day = self.day(packed)
        if day is not None:
            return self.at(day)
        day_number = packed // _PER_DAY
        year, date = divmod(day_number, 10**4)
        if not packed or year == self.year:  # no day of the calendar
            return 1.0
        if year < self.year:
            return -1.0
        return 1.0 + (year - self.year - 1) + (date // 100 - 1) / 12 + date % 100 / 365

    def at(self, day: float) -> float:
        """Return the share that is done after `day` days."""
        whole_days = int(day)
        if whole_days >= self.days:
            return 1.0
        work_before = self._done[whole_days]
        return work_before + (self._done[whole_days + 1] - work_before) * (day - whole_days)

    def month_of_day(self, day: float) -> int:
        """Return the month, from 0 to 11, of a day."""
        return bisect_right(self._month_ends, day)

    def month(self, share: float) -> int:
        """Return the month, from 0 to 11, in which a share is reached."""
        return min(max(bisect_right(self.months, share) - 1, 0), 11)


@cache
def _parts() -> list[float]:
    """Return the part of a day by the hour, the minute and the precision of a packed time."""
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
    """Return the shares of one year."""
    return WorkYear(year)
