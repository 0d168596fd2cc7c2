"""Times as integers that sort: `YYYYMMDDHHMM` and one digit for the precision."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern

if TYPE_CHECKING:
    # The first list on the screen needs times, and no cable.
    from cable_tui.base.cable import CreatedFrom

CREATED_FROM: tuple[CreatedFrom, ...] = ("page", "date-time group", "day only")

YEAR = 10**9
"""The divisor that turns a sortable time into its year."""

_ISO = pattern(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d)(?::(\d\d))?)?", re.ASCII)
_DAYS = 10**5
"""The divisor that turns a sortable time into its day, as in `day_number`."""
_DAY, _HOUR, _MINUTE = range(3)


def packed(iso: str) -> int:
    """Return `2009-02-13T14:57Z` as 2009021314572, or 0 for a text that is not a time."""
    match = _ISO.match(iso) if iso else None
    if match is None:
        return 0
    year, month, day, hour, minute = match.groups()
    precision = _MINUTE if minute else _HOUR if hour else _DAY
    return int(f"{year}{month}{day}{hour or '00'}{minute or '00'}{precision}")


def of_minute(day: str, clock: str) -> int:
    """Return `2009-02-13` and `14:57` as one sortable time."""
    return day_number(day) * _DAYS + _clock(clock)


@lru_cache(maxsize=1 << 11)
def _clock(clock: str) -> int:
    return int(clock[:2] + clock[3:5]) * 10 + _MINUTE


def day_of(packed: int) -> str:
    """Return the ISO day of a sortable time, or an empty string for 0."""
    return day(packed // _DAYS)


def creation(number: int, canonical: str) -> str:
    """Return the time of creation of a cable: in Zulu time, or for FRUS from its dateline."""
    return unpacked(number, "" if canonical.startswith("frus") else "Z")


def unpacked(number: int, zone: str = "") -> str:
    """Return the ISO text of a sortable time; `zone` is appended to it."""
    if number <= 0:
        return ""
    time_digits = f"{number:013}"
    day = f"{time_digits[:4]}-{time_digits[4:6]}-{time_digits[6:8]}"
    precision_digit = int(time_digits[12])
    if precision_digit == _DAY:
        return day
    minute = f":{time_digits[10:12]}" if precision_digit != _HOUR else ""
    return f"{day}T{time_digits[8:10]}{minute}{zone}"


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand days
def day_number(iso: str) -> int:
    """Return an ISO day as the number YYYYMMDD, or 0 for any other text."""
    match = _ISO.match(iso)
    return int("".join(match.group(1, 2, 3))) if match else 0


@lru_cache(maxsize=1 << 14)
def day(number: int) -> str:
    """Return YYYYMMDD as an ISO day, or an empty string for 0."""
    day_digits = f"{number:08}"
    return f"{day_digits[:4]}-{day_digits[4:6]}-{day_digits[6:]}" if number else ""
