"""Whether serial numbers run with the dates: one series, one that starts again, or one of several.

A number is given when a cable is sent. A few cables that are out of line have a wrong date or a
wrong name; if there are many, missing numbers cannot be estimated.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

OUT_OF_ORDER = 10.0
"""A number may wait this many days before its cable is sent."""
_WRONG = 0.1
"""The share of wrong dates or names that a series in order may have."""
_TOGETHER = 2.0
"""Numbers of one series of several posts may be out of order by this many days."""
_AROUND = 3
"""Numbers before and after from which their density is estimated."""
COLLISIONS = 7.0
"""Numbers that two posts would have in common if each had its own series; one in a thousand has
none then."""


class Sent(NamedTuple):
    """A cable: its number, and the day of the year on which it was sent."""

    serial: int
    day: float


def in_line(cables: Sequence[Sent], slack: float = OUT_OF_ORDER) -> list[Sent]:
    """Return the longest series of cables whose days run with their numbers.

    `cables` are in order.
    """
    if all(cable_before.day <= cable_after.day for cable_before, cable_after in pairwise(cables)):
        return list(cables)
    chain = _longest(cables)
    days = [cables[place].day for place in chain]
    kept_cables: list[Sent] = []
    for place, cable in enumerate(cables):
        place_after = bisect_right(chain, place)
        day_before = days[place_after - 1] if place_after else float("-inf")
        day_after = days[place_after] if place_after < len(days) else float("inf")
        if day_before - slack <= cable.day <= day_after + slack:
            kept_cables.append(cable)
    return kept_cables


def _longest(cables: Sequence[Sent]) -> list[int]:
    """Return the positions of the longest run of days that do not fall, in n log n."""
    last_days: list[float] = []
    last_places: list[int] = []
    cables_before: list[int] = []
    for place, cable in enumerate(cables):
        index = bisect_right(last_days, cable.day)
        cables_before.append(last_places[index - 1] if index else -1)
        if index == len(last_days):
            last_days.append(cable.day)
            last_places.append(place)
        else:
            last_days[index], last_places[index] = cable.day, place
    chain: list[int] = []
    place = last_places[-1] if last_places else -1
    while place >= 0:
        chain.append(place)
        place = cables_before[place]
    return chain[::-1]


def is_one(cables: Sequence[Sent], kept: Sequence[Sent]) -> bool:
    """Return whether few enough are out of line for the numbers to be one series."""
    return len(cables) - len(kept) <= _WRONG * len(cables)


def starts_again(cables: Sequence[Sent]) -> float | None:
    """Return the day on which numbers start again, if they are two runs; None if they are not.

    Each run is in order, and the second one begins lower.
    """
    by_day = sorted(cables, key=lambda cable: (cable.day, cable.serial))
    highest_serial, largest_falls = 0, (0, 0)
    for place, cable in enumerate(by_day):
        highest_serial = max(highest_serial, cable.serial)
        largest_falls = max(largest_falls, (highest_serial - cable.serial, place))
    _, place = largest_falls
    first_run, second_run = sorted(by_day[:place]), sorted(by_day[place:])
    if not first_run or not second_run or second_run[0].serial >= first_run[-1].serial:
        return None
    both_runs = (first_run, second_run)
    cables_out_of_line = sum(len(run) - len(in_line(run)) for run in both_runs)
    return by_day[place].day if cables_out_of_line <= _WRONG * len(cables) else None


def seems_to_start_again(cables: Sequence[Sent], kept: Sequence[Sent]) -> bool:
    """Return whether the few cables out of line look like a second run, not like wrong dates.

    They are then in order and all of the cables after some day.
    """
    if not 1 < len(cables) - len(kept) < len(kept):
        return False
    day = starts_again(cables)
    line = set(kept)
    return day is not None and all((cable.day >= day) == (cable not in line) for cable in cables)


def share_numbers(ours: Sequence[Sent], theirs: Sequence[Sent], *, one_post: bool) -> bool:
    """Return whether two posts give their numbers from one series; both are in order of number.

    They have no number in common, though two series would have several, and their days run with the
    numbers of both together. Of one post under two names (`one_post`) the order is enough.
    """
    if not {cable.serial for cable in ours}.isdisjoint(cable.serial for cable in theirs):
        return False
    if not one_post and expected_collisions(ours, theirs) < COLLISIONS:
        return False
    all_cables = sorted((*ours, *theirs))
    kept_cables = in_line(all_cables, OUT_OF_ORDER if one_post else _TOGETHER)
    return is_one(all_cables, kept_cables)


def expected_collisions(ours: Sequence[Sent], theirs: Sequence[Sent]) -> float:
    """Estimate how many serials are common by chance, from the density around each of ours."""
    serials = [cable.serial for cable in theirs]
    expected_count = 0.0
    for cable in ours:
        index = bisect_left(serials, cable.serial)
        first_index, last_index = index - _AROUND, index + _AROUND
        if first_index >= 0 and last_index < len(serials):
            expected_count += (last_index - first_index) / (
                serials[last_index] - serials[first_index]
            )
    return expected_count
