"""Dates as written in tables: ISO, American, German, with month names, or as seconds.

Which of two numbers is the day is decided once for the whole file, from its unambiguous dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal

from cable_tui.base.named_tuple import NamedTuple
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
    """The order of day and month in a file's dates, and an ambiguous example."""

    order: Order
    doubt: str = ""
    """A date that can be read in two ways, such as `3/4/2009`, if no other date decides the order.
    """


def order_of(values: Iterable[str]) -> Days:
    """Return the order of a column's dates, from values in which only one number can be the day."""
    days_first = days_second = 0
    ambiguous_date = separator = ""
    for value in values:
        date_match = _NUMBERS.match(value.strip().upper()[:_LONGEST])
        if not date_match:
            continue
        first_number, second_number = int(date_match["one"]), int(date_match["two"])
        separator = separator or date_match["sign"]
        if first_number > 12 >= second_number:
            days_first += 1
        elif second_number > 12 >= first_number:
            days_second += 1
        elif first_number != second_number:
            ambiguous_date = ambiguous_date or value.strip()
    if days_first or days_second:
        return Days("day first" if days_first > days_second else "month first")
    # The dump and Americans write 12/28/1966; with points or dashes the day is the first.
    return Days(
        "month first" if separator in {"", "/"} else "day first",
        "" if separator == "." else ambiguous_date,
    )


def parsed(text: str, order: Order) -> str:
    """Return `2009-02-13 14:57`, or only the day; texts that are not dates are unchanged.

    Midnight to the second is treated as a day without a time, because many programs write days this
    way; PlusD writes them to the minute. Times with a zone are converted to Zulu time (UTC).
    """
    day_text = " ".join(text.split())
    if len(day_text) > _LONGEST:
        return day_text
    upper_text = day_text.upper()
    if day_match := _ISO.match(upper_text):
        return _moment(day_match.groupdict()) or day_text
    if day_match := _NUMBERS.match(upper_text):
        return _moment(_ordered(day_match.groupdict(), order)) or day_text
    for date_pattern in (*_OTHERS, _RUBY):
        if day_match := date_pattern.match(upper_text):
            return _moment(day_match.groupdict()) or day_text
    if _SECONDS.fullmatch(upper_text):
        return _since_1970(float(upper_text)) or day_text
    date_time_group = times.group(day_text)
    return date_time_group.iso().replace("T", " ") if date_time_group else day_text


def _ordered(date_parts: dict[str, str | None], order: Order) -> dict[str, str | None]:
    first_number, second_number = date_parts["one"] or "", date_parts["two"] or ""
    day_number, month_number = (
        (first_number, second_number)
        if order == "day first" or date_parts["sign"] == "."
        else (second_number, first_number)
    )
    if int(month_number) > 12 >= int(day_number):  # this one can only be in the other order
        day_number, month_number = month_number, day_number
    year = str(full_year(int(date_parts["year"] or 0)))
    return {**date_parts, "day": day_number, "month": month_number, "year": year}


def _moment(date_parts: dict[str, str | None]) -> str:
    month_name = date_parts["month"] or ""
    if not month_name.isdecimal():
        month_name = str(times.MONTHS.get(_FOREIGN.get(month_name, month_name), 0))
    hour, minute = date_parts.get("hour") or date_parts.get("hours"), date_parts.get("minute")
    minute = minute or date_parts.get("minutes")
    try:
        day = datetime(
            int(date_parts["year"] or 0), int(month_name), int(date_parts["day"] or 0), tzinfo=UTC
        )
        if hour is None or minute is None:
            return f"{day:%Y-%m-%d}"
        half_of_day = date_parts.get("half")
        hours = (
            int(hour) if half_of_day is None else int(hour) % 12 + 12 * half_of_day.startswith("P")
        )
        moment = day.replace(hour=hours, minute=int(minute))
    except ValueError:
        return ""
    to_the_second = date_parts.get("second") == "00" or not (date_parts["month"] or "").isdecimal()
    if moment == day and to_the_second:
        return f"{day:%Y-%m-%d}"
    return _zulu(moment, date_parts.get("zone") or "")


def _zulu(moment: datetime, zone: str) -> str:
    zone_offset = _OFFSET.fullmatch(zone)
    if zone_offset:
        time_shift = timedelta(hours=int(zone_offset[2]), minutes=int(zone_offset[3] or 0))
        try:
            moment = moment - time_shift if zone_offset[1] == "+" else moment + time_shift
        except OverflowError:
            return ""
    return f"{moment:%Y-%m-%d %H:%M}"


def _since_1970(timestamp: float) -> str:
    """Return the time for a number of seconds since 1970.

    The number is read as milliseconds if seconds would give an impossible date.
    """
    for seconds in (timestamp, timestamp / 1000):
        try:
            moment = _SINCE + timedelta(seconds=seconds)
        except OverflowError:
            continue
        if _EARLIEST <= moment < _LATEST:
            return f"{moment:%Y-%m-%d}" if seconds % 86400 == 0 else f"{moment:%Y-%m-%d %H:%M}"
    return ""
