"""The rows of a dump that say all their facts plainly, read as fast as quotes can be found.

Almost every row is one. Reading one takes a tenth of the time of a `Record` with its `RawCable`,
because only the ends of the columns are looked for. Rows that are not quite plain are left to the
patterns of `dump`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cable_tui.formats.encodings import decode_part
from cable_tui.formats.extent import ContentSize, content_size_of_bytes
from cable_tui.formats.rows import Cutter
from cable_tui.pattern import pattern
from cable_tui.text import clean_line

_HEAD = pattern(
    rb'"[0-9]{1,9}","([0-9]{1,2}/[0-9]{1,2}/[0-9]{4}) ([0-9]{1,2}:[0-9]{2})","([0-9A-Za-z]++)",'
    rb'"([^"\\]*+)","([^"\\]*+)","[^"\\]*+","'
)
"""Six columns without escapes, and the quote that opens the header."""
_CLOSING = pattern(rb'"(?:(?<!\\")|(?<=\\\\"))')
"""A quote without a backslash before it, or with two."""
_BACKSLASH = ord("\\")


class PlainRow(NamedTuple):
    """All facts of a row; a missing one is empty."""

    offset: int
    length: int
    crc: int
    line: int
    """As in `Record` and its place."""
    reference_id: str
    """Letters and digits only."""
    day: str
    """Of the creation, a valid one: `2009-02-13` ..."""
    clock: str
    """... and the minute, `14:57`, that is not one of those that the site printed wrong."""
    classification: str
    origin: str
    extent: ContentSize


def plain_rows(cutter: Cutter) -> Iterator[PlainRow]:
    """The rows before the next one that is not plain, or whose end is not in the buffer."""
    data = cutter.buffer
    view = memoryview(data)
    at = cutter.at
    found = _HEAD.match(data, at)
    while found:
        start = found.end()
        middle = closing(data, start)
        if middle < 0 or data[middle : middle + 3] != b'","':
            return
        end = closing(data, middle + 3) + 1
        following = end + 2 if data[end : end + 1] == b"\r" else end + 1
        behind = _HEAD.match(data, following)
        if not (end and behind and data[following - 1 : following] == b"\n"):
            return
        day, clock, reference_id, origin, classification = found.groups()
        known_day, known_clock = _day(day), _clock(clock)
        if not (known_day and known_clock) or following - at > cutter.longest:
            return
        yield PlainRow(
            cutter.offset,
            end - at,
            zlib.crc32(view[at:end]),
            cutter.line,
            reference_id.decode(),
            known_day,
            known_clock,
            _value(classification),
            _value(origin),
            content_size_of_bytes(data[start:middle], data[middle + 3 : end - 1]),
        )
        cutter.take(following, data.count(b"\n", at, following))
        at, found = following, behind


def closing(data: bytes, start: int) -> int:
    """The quote that ends a text begun at `start`; -1 where that needs a full parse."""
    end = data.find(b'"', start)
    if end <= start or data[end - 1] != _BACKSLASH:
        return end
    found = _CLOSING.search(data, end)
    if found is None or data[found.start() - 1] == _BACKSLASH:
        return -1
    return found.start()


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand days
def _day(column: bytes) -> str:
    month, day, year = map(int, column.split(b"/"))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=1 << 12)  # a day has less than two thousand minutes, and some are misprinted
def _clock(column: bytes) -> str:
    hour, minute = map(int, column.split(b":"))
    if hour > 23 or minute > 59 or minute == (hour - 1) % 12 + 1:
        return ""
    return f"{hour:02}:{minute:02}"


@lru_cache(maxsize=1 << 12)
def _value(column: bytes) -> str:
    """The value of a column of which an archive has a few hundred."""
    return clean_line(decode_part(column)).strip()
