"""Times of cables: page cells, date-time groups, and the day of the year on the `DE` line.

All times are Zulu. No function raises an error: an impossible date counts as missing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.ids import full_year

MONTHS = {
    name: number
    for number, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)
}
_DATE = pattern(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = pattern(r"[T ]([0-9]{2}):([0-9]{2})")
TIME_GROUP = (
    r"(?P<day>[0-9]{2})(?P<time>[0-9]{4})[ ]?Z[ ]{0,3}"
    r"(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}[ ]{0,3}"
    r"(?P<year>(?:19|20)?[0-9]{2})(?![0-9])"
)
"""A pattern for a date-time group, such as `131457Z FEB 09`; compile it with case ignored."""
_GROUP = pattern(TIME_GROUP, re.IGNORECASE)
_DE = pattern(
    r"(?:^|\n)DE R[A-Z]{2,9} ?#[0-9]{4}(?:/[0-9]{2})? (?P<day>[0-9]{3})(?P<time>[0-9]{4})(?![0-9])"
)
_LOOKED_AT = 8000
"""The number of characters of a header to search for its time."""


class Moment(NamedTuple):
    """A day, with its hour and minute if they are known."""

    day: date
    hour: int | None = None
    minute: int | None = None

    def iso(self) -> str:
        """Return `2009-02-13T14:57`, `2009-02-13T14` or `2009-02-13`."""
        if self.hour is None:
            return self.day.isoformat()
        if self.minute is None:
            return f"{self.day.isoformat()}T{self.hour:02d}"
        return f"{self.day.isoformat()}T{self.hour:02d}:{self.minute:02d}"


def cell(text: str) -> Moment | None:
    """Return the time in a page's cell, with its minutes, or None if it is not a time."""
    date_read = _date(text[:10])
    return Moment(date_read, *_clock(text[10:16])) if date_read else None


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand days
def _date(text: str) -> date | None:
    date_match = _DATE.match(text)
    return _day(*map(int, date_match.groups())) if date_match else None


@lru_cache(maxsize=1 << 11)  # a day has 1,440 minutes
def _clock(text: str) -> tuple[int | None, int | None]:
    """Return the hour and the minute, each None if it is missing or impossible."""
    match = _CLOCK.match(text)
    if match is None or int(match[1]) > 23:
        return None, None
    return int(match[1]), int(match[2]) if int(match[2]) < 60 else None


def is_garbled(moment: Moment) -> bool:
    """Return whether the minutes repeat the hour on a twelve-hour clock."""
    return moment.hour is not None and moment.minute == (moment.hour - 1) % 12 + 1


def group(text: str) -> Moment | None:
    """Return the first valid date-time group in a text, or None."""
    for match in _GROUP.finditer(text, 0, _LOOKED_AT):
        year = full_year(int(match["year"]))
        day_read = _day(year, MONTHS[match["month"].upper()], int(match["day"]))
        if day_read and (moment_sent := _at(day_read, match["time"])):
            return moment_sent
    return None


def julian(text: str, year: int) -> Moment | None:
    """Return the time on a `DE` line, which has the day of the year; `year` has four digits."""
    match = _DE.search(text, 0, _LOOKED_AT)
    if match is None or not 1 <= int(match["day"]) <= 366 or not 1 <= year <= 9998:
        return None
    return _at(date(year, 1, 1) + timedelta(days=int(match["day"]) - 1), match["time"])


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand days
def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, clock: str) -> Moment | None:
    hour, minute = int(clock[:2]), int(clock[2:])
    return Moment(day, hour, minute) if hour < 24 and minute < 60 else None
