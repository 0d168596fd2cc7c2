"""Dates as tables write them: ISO, American, German, with names of months, as a number of seconds.

Which of two numbers is the day is decided once for a file, by its unambiguous values.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.telegram import times
from cable_tui.telegram.ids import full_year

Order = Literal["month first", "day first"]

_CLOCK = (
    r"(?:[,T]?\s{0,3}(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})"
    r"(?:[.,][0-9]{1,9})?)?)?\s{0,2}(?P<half>[AP]\.?M\b\.?)?\s{0,2}"
    r"(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
)
_MONTH = r"(?P<month>[A-ZÄ]{3})[A-Z]{0,7}\.?"
_ISO = pattern(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}}){_CLOCK}")
_NUMBERS = pattern(
    rf"(?P<one>[0-9]{{1,2}})(?P<sign>[/.-])(?P<two>[0-9]{{1,2}})(?P=sign)"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9]){_CLOCK}"
)
_COMPACT = r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])"
_WEEKDAY = r"(?:[A-Z]{2,9}\.?,? )?"
_OTHERS = tuple(
    pattern(f"{shape}{_CLOCK}(?![0-9])")
    for shape in (
        r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})[/.](?P<day>[0-9]{1,2})",
        rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})\.?[ -]{{1,2}}{_MONTH}[ ,-]{{1,3}}(?P<year>[0-9]{{4}})",
        rf"(?P<year>[0-9]{{4}}) {_MONTH} (?P<day>[0-9]{{1,2}})",
        rf"{_WEEKDAY}{_MONTH} (?P<day>[0-9]{{1,2}}),? (?P<year>[0-9]{{4}})",
        rf"{_COMPACT}(?![0-9])",
        rf"{_COMPACT}T?(?P<hours>[0-2][0-9])(?P<minutes>[0-5][0-9])(?:[0-5][0-9])?(?![0-9])",
    )
)
_RUBY = pattern(
    rf"[A-Z]{{3}} {_MONTH} (?P<day>[0-9]{{1,2}}) (?P<hour>[0-9]{{2}}):(?P<minute>[0-9]{{2}}):"
    r"(?P<second>[0-9]{2}) (?:[A-Z]{1,5} ?|[+-][0-9]{4} )?(?P<year>[0-9]{4})"
)
_SECONDS = pattern(r"-?[0-9]{8,13}(?:\.0{1,6})?")
_OFFSET = pattern(r"([+-])([0-9]{2}):?([0-9]{2})?")
_FOREIGN = {"MAI": "MAY", "OKT": "OCT", "DEZ": "DEC", "MÄR": "MAR", "MRZ": "MAR"}
_EARLIEST = datetime(1860, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_LONGEST = 60
_SINCE = datetime(1970, 1, 1, tzinfo=UTC)


class Days(NamedTuple):
    """The order of day and month in a file's dates, and how sure it is."""

    order: Order
    doubt: str = ""
    """Such as `3/4/2009`: a value with two readings, if no other one decides."""


def order_of(values: Iterable[str]) -> Days:
    """Find the order of a column's dates by values in which only one number can be the day."""
    first_numbers = second_numbers = 0
    doubt = sign = ""
    for value in values:
        match = _NUMBERS.match(value.strip().upper()[:_LONGEST])
        if not match:
            continue
        first_number, second_number = int(match["one"]), int(match["two"])
        sign = sign or match["sign"]
        if first_number > 12 >= second_number:
            first_numbers += 1
        elif second_number > 12 >= first_number:
            second_numbers += 1
        elif first_number != second_number:
            doubt = doubt or value.strip()
    if first_numbers or second_numbers:
        return Days("day first" if first_numbers > second_numbers else "month first")
    # The dump and Americans write 12/28/1966; with points or dashes the day is the first.
    return Days("month first" if sign in {"", "/"} else "day first", "" if sign == "." else doubt)


def parsed(text: str, order: Order) -> str:
    """Return `2009-02-13 14:57`, or the day alone; other texts are unchanged.

    Midnight to the second is what programs write if they know the day alone, and PlusD writes it
    to the minute. Times with a zone become Zulu.
    """
    day_text = " ".join(text.split())
    if len(day_text) > _LONGEST:
        return day_text
    upper_words = day_text.upper()
    if day_match := _ISO.match(upper_words):
        return _moment(day_match.groupdict()) or day_text
    if day_match := _NUMBERS.match(upper_words):
        return _moment(_ordered(day_match.groupdict(), order)) or day_text
    for shape in (*_OTHERS, _RUBY):
        if day_match := shape.match(upper_words):
            return _moment(day_match.groupdict()) or day_text
    if _SECONDS.fullmatch(upper_words):
        return _since_1970(float(upper_words)) or day_text
    date_time_group = times.group(day_text)
    return date_time_group.iso().replace("T", " ") if date_time_group else day_text


def _ordered(parts: dict[str, str | None], order: Order) -> dict[str, str | None]:
    first_number, second_number = parts["one"] or "", parts["two"] or ""
    day_number, month = (
        (first_number, second_number)
        if order == "day first" or parts["sign"] == "."
        else (second_number, first_number)
    )
    if int(month) > 12 >= int(day_number):  # this one can only be in the other order
        day_number, month = month, day_number
    year = str(full_year(int(parts["year"] or 0)))
    return {**parts, "day": day_number, "month": month, "year": year}


def _moment(parts: dict[str, str | None]) -> str:
    month_name = parts["month"] or ""
    if not month_name.isdecimal():
        month_name = str(times.MONTHS.get(_FOREIGN.get(month_name, month_name), 0))
    hour, minute = parts.get("hour") or parts.get("hours"), parts.get("minute")
    minute = minute or parts.get("minutes")
    try:
        day = datetime(int(parts["year"] or 0), int(month_name), int(parts["day"] or 0), tzinfo=UTC)
        if hour is None or minute is None:
            return f"{day:%Y-%m-%d}"
        half_of_day = parts.get("half")
        hours = (
            int(hour) if half_of_day is None else int(hour) % 12 + 12 * half_of_day.startswith("P")
        )
        moment = day.replace(hour=hours, minute=int(minute))
    except ValueError:
        return ""
    to_the_second = parts.get("second") == "00" or not (parts["month"] or "").isdecimal()
    if moment == day and to_the_second:
        return f"{day:%Y-%m-%d}"
    return _zulu(moment, parts.get("zone") or "")


def _zulu(moment: datetime, zone: str) -> str:
    offset = _OFFSET.fullmatch(zone)
    if offset:
        shift = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        try:
            moment = moment - shift if offset[1] == "+" else moment + shift
        except OverflowError:
            return ""
    return f"{moment:%Y-%m-%d %H:%M}"


def _since_1970(number: float) -> str:
    """Return the time of a number of seconds; of milliseconds if seconds give an impossible day."""
    for seconds in (number, number / 1000):
        try:
            moment = _SINCE + timedelta(seconds=seconds)
        except OverflowError:
            continue
        if _EARLIEST <= moment < _LATEST:
            return f"{moment:%Y-%m-%d}" if seconds % 86400 == 0 else f"{moment:%Y-%m-%d %H:%M}"
    return ""
