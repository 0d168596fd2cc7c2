"""Estimate how many cables a post sent in a year and by month, from the known serial numbers.

The number of a cable is the count of cables that the post had sent by then. Therefore the highest
known number, with its date, is an exact count of what was sent until that day, however the cables
were chosen. Only the rest of the year is estimated, from the rate until then. The German tank
problem ignores dates and assumes that all numbers are equally likely to be in the archive; if a
collection ended in November, the year would end there as well.

The variation of a post's rate from month to month (`RATE_SPREAD`) was measured on published cables.
In 56 pairs of cables of the same post and year, the later number was within the range predicted
from the earlier one 56 times; with 0.3, it was 55 times. A range is meant to contain the true
number in 95 of 100 cases; tests/tools/missing/test_gaps.py compares it with archives of which all
numbers are known.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from cable_tui.base.named_tuple import NamedTuple

RATE_SPREAD = 0.35
"""The standard deviation of the logarithm of a month's rate relative to the year's rate."""
SURE = 1.96
"""The number of standard deviations on each side of a range that contains 95 of 100 values."""
_INCREDIBLE = 3.3
"""The number of standard deviations beyond which a cited number counts as a slip: 1 of 1,000."""
FAR_OFF = 2.33
"""The number of standard deviations beyond which the last number in the archive is doubted: 1 of
100.
"""
_SHORTEST = 0.15
"""The shortest time, in months, for which a rate is informative; shorter times count as this time.
"""
_RECENT = 0.15
"""The minimum share of the year that the last months must cover, together with at least `_ENOUGH`
numbers, to have their own rate.
"""
_ENOUGH = 20
_LATELY = 0.5
"""The share of the year before the last number that counts as the last months."""
_A_DAY = 0.004
_A_FEW = 5.0
"""How many numbers may be assigned on the day of the last number."""
_SLIPS = 12
"""The assumed ratio of wrong citations: one in this many cited numbers."""
_FAR = 0.01
"""A number is an outlier if the probability that it is so far above all others is below this value.
"""
_HEARD = 40
"""The maximum number of citations whose delays are used."""
_TOGETHER = 3
"""The maximum number of independent citations as which a set of citations may count."""
_STEPS = 101
"""The number of points in the distribution of cables sent after the last known number."""


_Three = tuple[float, float, float]


class NumberRange(NamedTuple):
    """An estimated number of cables, with its range."""

    low: int
    likely: int
    high: int


class Known(NamedTuple):
    """A serial number, and the share of the year's work that was done when the number was used."""

    serial: int
    share: float


class DatedNumbers(NamedTuple):
    """The serial numbers of dated cables, in order, and the share of the year at each number."""

    serials: Sequence[int]
    shares: Sequence[float]
    """The share of the year at each number; shares never decrease."""


class Spread(NamedTuple):
    """The number sent in a part of the year: a lognormal distribution, by median and deviation."""

    median: float
    deviation: float

    def at(self, deviations: float) -> float:
        """Return the value that is `deviations` standard deviations above the median."""
        return self.median * math.exp(self.deviation * deviations)


def rest_of_year(line: DatedNumbers, until: float = 1.0) -> Spread:
    """Return the number sent after the last number in `line`, until a share of the year."""
    last_share = max(line.shares[-1], 1e-3)
    share_left = min(until, 1.0) - last_share
    if share_left <= 0.0:
        return Spread(0.0, 0.0)
    rate, disagreement = _rate(line, last_share)
    mean_count = rate * share_left
    month_lengths = 12 * last_share, 12 * share_left
    variance = RATE_SPREAD**2 * sum(
        1 / max(month_count, _SHORTEST) for month_count in month_lengths
    )
    variance += disagreement + 1 / line.serials[-1] + 1 / max(mean_count, 0.1)
    return Spread(mean_count, math.sqrt(math.log1p(variance)))


def _rate(line: DatedNumbers, last_share: float) -> tuple[float, float]:
    """Return the rate in numbers per year, and a variance for how much the last months differ."""
    whole_rate = line.serials[-1] / last_share
    recent_start = bisect_left(line.shares, last_share - _LATELY)
    if recent_start == len(line.shares):
        return whole_rate, 0.0
    recent_share = last_share - line.shares[recent_start]
    recent_count = line.serials[-1] - line.serials[recent_start]
    if line.shares[recent_start] < _RECENT / 2 or recent_share < _RECENT or recent_count < _ENOUGH:
        return whole_rate, 0.0
    recent_rate = recent_count / recent_share
    return math.sqrt(whole_rate * recent_rate), (math.log(recent_rate / whole_rate) / 2) ** 2


def highest_credible(line: DatedNumbers, share: float) -> float:
    """Return the highest plausible number at a share of the year; a higher number is a slip."""
    index_after = bisect_right(line.shares, share + _A_DAY)
    if index_after < len(line.shares):
        return line.serials[index_after]
    return line.serials[-1] + max(rest_of_year(line, share).at(_INCREDIBLE), _A_FEW)


def without_outliers(serials: Sequence[int]) -> int:
    """Return how many of the serials, in order, are plausible; a slip may have an extra digit.

    The highest number of all possible citations is not far above the second highest.
    """
    plausible_count = len(serials)
    while (
        plausible_count > 2
        and (serials[plausible_count - 2] / serials[plausible_count - 1]) ** (plausible_count - 1)
        < _FAR
    ):
        plausible_count -= 1
    return plausible_count


def year_total(line: DatedNumbers, cited: Sequence[Known]) -> NumberRange:
    """Return an estimate of how many cables were sent in the year.

    `line` is not empty. `cited` are numbers that were in use by a share of the year at the latest,
    without the implausible ones.
    """
    last_serial = line.serials[-1]
    spread_of_rest = rest_of_year(line)
    later_numbers = [cited_number for cited_number in cited if cited_number.serial > last_serial]
    least_total = max((cited_number.serial for cited_number in later_numbers), default=last_serial)
    if later_numbers and spread_of_rest.median:
        rest_range = _with_cited(Known(last_serial, line.shares[-1]), spread_of_rest, later_numbers)
    else:
        rest_range = (spread_of_rest.at(-SURE), spread_of_rest.median, spread_of_rest.at(SURE))
    low_rest, likely_rest, high_rest = rest_range
    return NumberRange(
        max(last_serial + math.floor(low_rest), least_total),
        max(last_serial + round(likely_rest), least_total),
        max(last_serial + math.ceil(high_rest), least_total),
    )


def _with_cited(last_known: Known, rest_spread: Spread, later_numbers: Sequence[Known]) -> _Three:
    """Return the number sent after the last dated number if higher numbers were cited."""
    least_total = max(cited_number.serial for cited_number in later_numbers)
    citation_parts = [
        (cited_number, _part(last_known, cited_number.share)) for cited_number in later_numbers
    ]
    # The one that asks most: the others add little. Among many may be a slip.
    by_demand = sorted(
        citation_parts, key=lambda pair: (last_known.serial - pair[0].serial) / pair[1]
    )
    most_demanding, part_of_rest = by_demand[len(by_demand) // _SLIPS]
    sampled_shares = citation_parts[:: len(citation_parts) // _HEARD + 1]
    weighted_counts: list[tuple[float, float]] = []
    for step in range(_STEPS):
        deviation = -4 + 8 * step / (_STEPS - 1)
        sent_count = rest_spread.at(deviation)
        if sent_count + 0.5 < least_total - last_known.serial:
            continue
        weight = math.exp(-deviation * deviation / 2)
        weight *= _reached(
            sent_count,
            part_of_rest,
            most_demanding.serial - last_known.serial,
            1 - last_known.share,
        )
        weight *= _delays(
            last_known, sent_count, [cited_number for cited_number, _ in sampled_shares]
        )
        weighted_counts.append((sent_count, weight))
    whole_weight = sum(weight for _, weight in weighted_counts)
    if not whole_weight > 0.0:
        likely_rest_count = max(
            least_total - last_known.serial,
            (most_demanding.serial - last_known.serial) / part_of_rest,
        )
        weighted_counts, whole_weight = (
            [(likely_rest_count, 1.0), (likely_rest_count * 1.2, 1.0)],
            2.0,
        )
    least_after_last = float(least_total - last_known.serial)
    low_rest, likely_rest, high_rest = (
        _quantile(weighted_counts, least_after_last, whole_weight * quantile)
        for quantile in (0.025, 0.5, 0.975)
    )
    return low_rest, likely_rest, high_rest


def _part(last_known: Known, share: float) -> float:
    """Return the share of the work after the last known number that is done by a given share."""
    rest_of_year = max(1 - last_known.share, 1e-6)
    return min(max((share - last_known.share) / rest_of_year, 1e-3), 1.0)


def _reached(sent_count: float, part_of_rest: float, target_count: int, share_left: float) -> float:
    """Return the probability that `target_count` cables were sent in a part of the year's rest."""
    mean_count = sent_count * part_of_rest
    month_count = max(12 * share_left * part_of_rest, _SHORTEST)
    variance = (
        mean_count * (1 - part_of_rest)
        + mean_count * mean_count * RATE_SPREAD**2 * (1 - part_of_rest) / month_count
    )
    deviation = math.sqrt(variance + 0.25)
    return 0.5 * math.erfc((target_count - 0.5 - mean_count) / deviation / math.sqrt(2))


def _delays(last_known: Known, sent_count: float, cited_numbers: Sequence[Known]) -> float:
    """Return how well the dates of citations fit if `sent_count` cables were sent.

    Most cables are cited soon, but the usual delay in this archive is unknown, so each mean delay
    is taken as equally likely. If too many cables were sent, all delays would be long.
    """
    share_left = 1 - last_known.share
    delays = (
        cited_number.share
        - last_known.share
        - share_left * (cited_number.serial - last_known.serial) / sent_count
        for cited_number in cited_numbers
    )
    mean_delay = sum(max(delay, _A_DAY) for delay in delays) / len(cited_numbers)
    return mean_delay ** -min(len(cited_numbers), _TOGETHER)


def _quantile(
    weighted_counts: Sequence[tuple[float, float]], base_number: float, target_weight: float
) -> float:
    """Return the number that is not exceeded with a given cumulative weight.

    `base_number` is the smallest possible number.
    """
    weight_passed = 0.0
    for sent_count, weight in weighted_counts:
        if weight and weight_passed + weight >= target_weight:
            return (
                base_number + (sent_count - base_number) * (target_weight - weight_passed) / weight
            )
        weight_passed, base_number = weight_passed + weight, sent_count
    return weighted_counts[-1][0]


# By month

_LEAST_SHARE = 1e-6
"""The minimum share of the year between two numbers."""


class SentByMonth:
    """The numbers of a post over a year: from 0, through known ones, to the estimated last one."""

    def __init__(self, work: WorkYear, line: DatedNumbers, total: NumberRange) -> None:
        self._work = work
        self._serials = [0, *line.serials, max(total.likely, line.serials[-1])]
        last_share = min(line.shares[-1], 1.0 - _LEAST_SHARE)
        self._shares = [0.0, *(min(known_share, last_share) for known_share in line.shares), 1.0]
        self._end = total
        self._known = line.serials[-1]

    def month(self, number: Known) -> int:
        """Return the month of a missing number, from 0, no later than the number's share."""
        index_after = min(max(bisect_left(self._serials, number.serial), 1), len(self._serials) - 1)
        serial_before, serial_after = self._serials[index_after - 1], self._serials[index_after]
        first_share, last_share = self._shares[index_after - 1], self._shares[index_after]
        part_of_gap = min(
            (number.serial - serial_before) / max(serial_after - serial_before, 1), 1.0
        )
        return self._work.month(
            min(
                first_share + (last_share - first_share) * part_of_gap,
                number.share,
                1.0 - _LEAST_SHARE,
            )
        )

    def sent(self, month: int, least: int) -> NumberRange:
        """Return an estimate of the number sent in a month, from 0; `least` are known.

        The numbers between two known numbers were all sent between the dates of these two. The
        share of these numbers before the end of a month is estimated from the work of each day.
        """
        month_start, month_end = self._work.months[month], self._work.months[month + 1]
        first_gap, last_gap = self._gap(month_start), self._gap(month_end)
        if first_gap == last_gap:
            parts_of_gaps = [(first_gap, self._part(first_gap, month_start, month_end))]
            sure_count = 0
        else:
            parts_of_gaps = [
                (first_gap, self._part(first_gap, month_start, self._shares[first_gap + 1])),
                (last_gap, self._part(last_gap, self._shares[last_gap], month_end)),
            ]
            sure_count = self._serials[last_gap] - self._serials[first_gap + 1]
        likely_count, variance, highest_possible = float(sure_count), 0.0, float(sure_count)
        for gap, part_of_gap in parts_of_gaps:
            likely_count += part_of_gap * self._between(gap)
            variance += self._variance(gap, part_of_gap)
            highest_possible += self._most(gap) if part_of_gap else 0
        margin = SURE * math.sqrt(variance)
        high_count = max(math.ceil(min(likely_count + margin, highest_possible)), least)
        low_count = max(math.floor(max(likely_count - margin, sure_count)), least)
        return NumberRange(
            low_count, min(max(round(likely_count), low_count), high_count), high_count
        )

    def _gap(self, share: float) -> int:
        """Return the index of the last known number before a share of the year."""
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

    def _variance(self, gap: int, part_of_gap: float) -> float:
        """Return the variance of the number sent in a part of the time between known numbers."""
        count_between = self._between(gap)
        months_between = max(12 * (self._shares[gap + 1] - self._shares[gap]), 0.1)
        split_variance = part_of_gap * (1 - part_of_gap)
        variance = split_variance * (
            count_between + count_between * count_between * RATE_SPREAD**2 / months_between
        )
        if gap == len(self._serials) - 2:
            variance += (part_of_gap * (self._end.high - self._end.low) / (2 * SURE)) ** 2
        return variance


# The work of a year, day by day

_WEEKEND = 0.15
"""The work on a Saturday or Sunday, in working days; some posts work on one of these days."""
_HOLIDAYS = 0.5
"""The share of the usual work that is done from 24 December to 1 January."""
_PER_DAY = 10**5
"""The divisor that turns a time as an integer (`records.times`) into its day."""
SLACK = 3
"""The number of days by which a cable may be outside its year, because clocks differ and numbers
wait.
"""


class WorkYear:
    """The work of one year as shares, from 0 at the beginning of the year to 1 at its end."""

    def __init__(self, year: int) -> None:
        self.year = year
        first_day = date(year, 1, 1).toordinal()
        self.days = date(year + 1, 1, 1).toordinal() - first_day
        """The number of days in the year."""
        days_with_slack = [
            date.fromordinal(first_day + day_offset)
            for day_offset in range(-SLACK, self.days + SLACK)
        ]
        self._places = {
            day.year * 10**4 + day.month * 100 + day.day: day_index
            for day_index, day in enumerate(days_with_slack, -SLACK)
        }
        """The days of the year by their numbers YYYYMMDD; 0 is the first day of the year."""
        work_done = [0.0]
        for day in days_with_slack[SLACK:-SLACK]:
            work_done.append(work_done[-1] + _work(day))
        self._done = [work_by_day / work_done[-1] for work_by_day in work_done]
        month_starts = [date(year, month, 1).toordinal() - first_day for month in range(1, 13)]
        self.months: tuple[float, ...] = tuple(
            self._done[start] for start in (*month_starts, self.days)
        )
        """The share of work done by the beginning of each month, followed by 1."""
        self._month_ends = month_starts[1:]

    def day(self, packed: int) -> float | None:
        """Return the days since the year began, or None if the time is not in this year.

        A time that is a few days outside the year counts as the nearest end of the year.
        """
        day_number, clock_digits = divmod(packed, _PER_DAY)
        day_index = self._places.get(day_number)
        if day_index is None:
            return None
        if not 0 <= day_index < self.days:
            return 0.0 if day_index < 0 else float(self.days)
        return day_index + _parts()[clock_digits]

    def share(self, packed: int) -> float:
        """Return the share of the year's work that is done by a time.

        The share is -1 for a time well before the year, 1 or more after it, and 1 if no time is
        given.
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
        """Return the share of the year's work that is done after `day` days."""
        whole_days = int(day)
        if whole_days >= self.days:
            return 1.0
        work_before = self._done[whole_days]
        return work_before + (self._done[whole_days + 1] - work_before) * (day - whole_days)

    def month_of_day(self, day: float) -> int:
        """Return the month, from 0 to 11, of a day of the year."""
        return bisect_right(self._month_ends, day)

    def month(self, share: float) -> int:
        """Return the month, from 0 to 11, in which a share of the year's work is reached."""
        return min(max(bisect_right(self.months, share) - 1, 0), 11)


@cache
def _parts() -> list[float]:
    """Return the fraction of a day for each possible hour, minute and precision of a time."""
    day_fractions: list[float] = []
    for clock_digits in range(_PER_DAY):
        hour, minute = clock_digits // 1000, clock_digits // 10 % 100
        day_fractions.append(
            0.5 if clock_digits % 10 == 0 else min((hour * 60 + minute) / 1440, 1.0)
        )
    return day_fractions


def _work(day: date) -> float:
    usual_work = _WEEKEND if day.weekday() >= 5 else 1.0
    is_holiday = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
    return usual_work * _HOLIDAYS if is_holiday else usual_work


@lru_cache(maxsize=128)
def work_year(year: int) -> WorkYear:
    """Return the work of one year; recent years are cached."""
    return WorkYear(year)
