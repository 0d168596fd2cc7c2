"""Decide whether serial numbers rise with the dates: in one, a restarted or a shared series.

A cable gets its number when it is sent. A few cables that are out of line have a wrong date or a
wrong ID; if many are out of line, missing numbers cannot be estimated.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from cable_tui.base.named_tuple import NamedTuple

OUT_OF_ORDER = 10.0
"""The maximum number of days between the assignment of a number and the sending of its cable."""
_WRONG = 0.1
"""The maximum share of cables with wrong dates or IDs in a series that counts as in order."""
_TOGETHER = 2.0
"""The number of days by which the numbers in a series shared by several posts may be out of order.
"""
_AROUND = 3
"""How many numbers before and after a number are used to estimate the density around it."""
COLLISIONS = 7.0
"""The number of serials that two posts would be expected to have in common if each had its own
series. With that many expected, only one pair of posts in a thousand has no common serial.
"""


class Sent(NamedTuple):
    """A cable's serial number, and the day of the year on which it was sent."""

    serial: int
    day: float


def in_line(cables: Sequence[Sent], slack: float = OUT_OF_ORDER) -> list[Sent]:
    """Return the longest series of cables whose dates rise with their numbers.

    `cables` are in order of number. A day may be out of order by up to `slack` days.
    """
    if all(cable_before.day <= cable_after.day for cable_before, cable_after in pairwise(cables)):
        return list(cables)
    kept_positions = _longest(cables)
    kept_days = [cables[position].day for position in kept_positions]
    kept_cables: list[Sent] = []
    for position, cable in enumerate(cables):
        next_index = bisect_right(kept_positions, position)
        day_before = kept_days[next_index - 1] if next_index else float("-inf")
        day_after = kept_days[next_index] if next_index < len(kept_days) else float("inf")
        if day_before - slack <= cable.day <= day_after + slack:
            kept_cables.append(cable)
    return kept_cables


def _longest(cables: Sequence[Sent]) -> list[int]:
    """Return the positions of the longest run of days that never decrease, in O(n log n) time."""
    last_days: list[float] = []
    last_positions: list[int] = []
    previous_positions: list[int] = []
    for position, cable in enumerate(cables):
        run_length = bisect_right(last_days, cable.day)
        previous_positions.append(last_positions[run_length - 1] if run_length else -1)
        if run_length == len(last_days):
            last_days.append(cable.day)
            last_positions.append(position)
        else:
            last_days[run_length], last_positions[run_length] = cable.day, position
    longest_run: list[int] = []
    position = last_positions[-1] if last_positions else -1
    while position >= 0:
        longest_run.append(position)
        position = previous_positions[position]
    return longest_run[::-1]


def is_one(cables: Sequence[Sent], kept: Sequence[Sent]) -> bool:
    """Return whether few enough cables are out of line for the numbers to be one series."""
    return len(cables) - len(kept) <= _WRONG * len(cables)


def starts_again(cables: Sequence[Sent]) -> float | None:
    """Return the day on which the numbers start again, or None if they are not two runs.

    Each run is in order, and the second run begins with a lower number than the first one ends
    with.
    """
    by_day = sorted(cables, key=lambda cable: (cable.day, cable.serial))
    highest_serial, largest_fall = 0, (0, 0)
    for position, cable in enumerate(by_day):
        highest_serial = max(highest_serial, cable.serial)
        largest_fall = max(largest_fall, (highest_serial - cable.serial, position))
    _, position = largest_fall
    first_run, second_run = sorted(by_day[:position]), sorted(by_day[position:])
    if not first_run or not second_run or second_run[0].serial >= first_run[-1].serial:
        return None
    both_runs = (first_run, second_run)
    cables_out_of_line = sum(len(cable_run) - len(in_line(cable_run)) for cable_run in both_runs)
    return by_day[position].day if cables_out_of_line <= _WRONG * len(cables) else None


def seems_to_start_again(cables: Sequence[Sent], kept: Sequence[Sent]) -> bool:
    """Return whether the few cables out of line look like a second run rather than wrong dates.

    If so, these cables are in order, and they are all the cables after some day.
    """
    if not 1 < len(cables) - len(kept) < len(kept):
        return False
    restart_day = starts_again(cables)
    kept_set = set(kept)
    return restart_day is not None and all(
        (cable.day >= restart_day) == (cable not in kept_set) for cable in cables
    )


def share_numbers(ours: Sequence[Sent], theirs: Sequence[Sent], *, one_post: bool) -> bool:
    """Return whether two posts share a series of numbers.

    Both sequences are in order of number. Posts that share a series have no number in common,
    although two separate series would have several, and their dates rise with the combined numbers.
    For one post under two names (`one_post`), the order is sufficient evidence.
    """
    if not {cable.serial for cable in ours}.isdisjoint(cable.serial for cable in theirs):
        return False
    if not one_post and expected_collisions(ours, theirs) < COLLISIONS:
        return False
    all_cables = sorted((*ours, *theirs))
    kept_cables = in_line(all_cables, OUT_OF_ORDER if one_post else _TOGETHER)
    return is_one(all_cables, kept_cables)


def expected_collisions(ours: Sequence[Sent], theirs: Sequence[Sent]) -> float:
    """Estimate how many serials are equal by chance, based on the density around each of ours."""
    serials = [cable.serial for cable in theirs]
    expected_count = 0.0
    for cable in ours:
        nearest_index = bisect_left(serials, cable.serial)
        first_index, last_index = nearest_index - _AROUND, nearest_index + _AROUND
        if first_index >= 0 and last_index < len(serials):
            expected_count += (last_index - first_index) / (
                serials[last_index] - serials[first_index]
            )
    return expected_count
