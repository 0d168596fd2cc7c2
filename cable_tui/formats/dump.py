"""The whole archive as one file: `cables.csv`, and the same as PostgreSQL writes a table out.

`cables.csv` has eight quoted columns a row, and backslash escapes.

A row is recognised by the start of its line, not by counting quotes: a damaged row never hides the
next one, and no more than one row is held in memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from cable_tui.base.cable import Problem
from cable_tui.base.pattern import pattern
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, ContentSize, Record, content_size
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.file_text import Utf8File
from cable_tui.formats.row_format import Columns, FileRow, RowCutter, RowFormat
from cable_tui.text import clean_line

_FIRST = rb'"[0-9]{1,9}","[0-9]{1,2}/[0-9]{1,2}/[0-9]{4} '
_UNDATED = rb'"[0-9]{1,9}","[^"\\\r\n]{0,40}","[0-9]{2}[0-9A-Za-z]{1,60}","'
_FIELD = rb'"([^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+)"'
_SIX_COLUMNS = pattern(b",".join([_FIELD] * 6) + b',"', re.DOTALL)
COLUMNS = pattern(b",".join([_FIELD] * 8), re.DOTALL)
_SEVEN_COLUMNS = pattern(b",".join([_FIELD] * 7) + b',"', re.DOTALL)
_ESCAPE = pattern(r"\\([\"'\\]|\r?\n)|\"(\")")
_HEADINGS = pattern(rb'"?[A-Za-z_ ]{1,40}"?(?:,"?[A-Za-z_ ]{1,40}"?){7}\r?\n')
_DATE = pattern(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: ([0-9]{1,2}):([0-9]{2}))?")


class Dump(RowFormat):
    """The dump of all cables, also known as `wikileaks-cables-csv`."""

    name = "dump-csv"
    label = "cables.csv (one row a cable)"
    first = pattern(_FIRST)
    following = pattern(rb"\n" + _FIRST)
    undated = pattern(_UNDATED)

    def matches(self, path: str, head: bytes) -> bool:
        """Recognise it by the first row; a `.csv` also by a later one, if the first is broken."""
        is_named_csv = path.lower().endswith(".csv")
        return bool(self.first.match(head) or (is_named_csv and self.following.search(head)))

    def briefly(self, file: BinaryIO, path: str) -> Iterator[PlainRow | Record | Problem]:
        """Read records as `records` does, with a `PlainRow` for each row that allows it."""
        position = file.tell()
        if Utf8File(file).codec:
            yield from self.records(file, path)
            return
        file.seek(position)
        cutter = RowCutter(file, self.first, self.following, LONGEST_RECORD)
        while True:
            yield from plain_rows(cutter)
            row = cutter.row()
            if row is None:
                return
            yield from self.read(row, path)

    def read(self, row: FileRow, path: str) -> Sequence[Record | Problem]:
        """Implement `RowFormat.read`; headings above the first row are not damage."""
        if row.line == 1 and row.data and not row.opened and _HEADINGS.fullmatch(row.data):
            return ()
        return super().read(row, path)

    def split(self, data: bytes) -> tuple[Columns, int]:
        """Implement `RowFormat.split`."""
        if quick := plainly(data):
            return quick
        match = COLUMNS.match(data)
        if match and data[match.end() : match.end() + 1] in {b"", b"\r", b"\n"}:
            return match.groups(), match.end()
        return _with_stray_quotes(data)

    def plain(self, column: bytes) -> str:
        """Implement `RowFormat.plain`; a backslash before any other character is text."""
        text = decode_part(column)
        if "\\" in text or ('"' in text and '""' in text):  # one sign is found sooner than two
            return _ESCAPE.sub(lambda match: match[1] or match[2], text)
        return text

    def created(self, date: str) -> str:
        """Return `12/28/1966 9:30` as `1966-12-28 09:30`, or the day alone; else unchanged."""
        match = _DATE.fullmatch(date)
        if not match:
            return date
        month, day, year, hour, minute = match.groups()
        known_day = f"{year}-{month:0>2}-{day:0>2}"
        return f"{known_day} {hour:0>2}:{minute}" if hour else known_day


def plainly(data: bytes) -> tuple[Columns, int] | None:
    """Return the columns of an ordinary row, five times faster than by the pattern.

    None if the texts have quotes or backslashes in a row, or the row is not whole: those need the
    pattern.
    """
    match = _SIX_COLUMNS.match(data)
    if match is None:
        return None
    start = match.end()
    middle_quote = closing(data, start)
    if middle_quote < 0 or data[middle_quote : middle_quote + 3] != b'","':
        return None
    end = closing(data, middle_quote + 3)
    if end < 0 or data[end + 1 : end + 2] not in {b"", b"\r", b"\n"}:
        return None
    return (*match.groups(), data[start:middle_quote], data[middle_quote + 3 : end]), end + 1


def _with_stray_quotes(data: bytes) -> tuple[Columns, int]:
    """Return the columns of a row whose body has quotes without a backslash, or its fault."""
    match = _SEVEN_COLUMNS.match(data)
    if not match:
        raise BrokenRecord("the row has fewer than eight columns, or one without an end")
    end = len(data.rstrip())
    body = data[match.end() : end - 1]
    is_escaped = (len(body) - len(body.rstrip(b"\\"))) % 2  # the quote after it belongs to the text
    if end <= match.end() or data[end - 1 : end] != b'"' or is_escaped:
        raise BrokenRecord("the last column has no end")
    if b'","' in body:
        raise BrokenRecord("the row has more than eight columns")
    return (*match.groups(), body), end


# Plain rows: those that say all their facts plainly, read as fast as quotes can be found.
#
# Almost every row is one. Reading one takes a tenth of the time of a `Record` with its `RawCable`,
# because only the ends of the columns are looked for. The others are left to the patterns above.

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
    """Line number as in `Record` and its location."""
    reference_id: str
    """Letters and digits only."""
    day: str
    """The day of creation, a valid one: `2009-02-13`."""
    clock: str
    """The time, `14:57`; its minutes are not those that the site printed wrong."""
    classification: str
    origin: str
    extent: ContentSize


def plain_rows(cutter: RowCutter) -> Iterator[PlainRow]:
    """Yield the rows before the next one that is not plain, or not whole in the buffer."""
    data = cutter.data
    view = memoryview(data)
    begin = cutter.at - cutter.base
    row_head = _HEAD.match(data, begin)
    while row_head:
        text_start = row_head.end()
        middle_quote = closing(data, text_start)
        if middle_quote < 0 or data[middle_quote : middle_quote + 3] != b'","':
            return
        end = closing(data, middle_quote + 3) + 1
        next_row = end + 2 if data[end : end + 1] == b"\r" else end + 1
        next_head = _HEAD.match(data, next_row)
        if not (end and next_head and data[next_row - 1 : next_row] == b"\n"):
            return
        day, clock, reference_id, origin, classification = row_head.groups()
        known_day, known_clock = _day(day), _clock(clock)
        if not (known_day and known_clock) or next_row - begin > cutter.longest:
            return
        yield PlainRow(
            cutter.at,
            end - begin,
            zlib.crc32(view[begin:end]),
            cutter.line,
            reference_id.decode(),
            known_day,
            known_clock,
            _value(classification),
            _value(origin),
            content_size(data[text_start:middle_quote], data[middle_quote + 3 : end - 1]),
        )
        cutter.take(cutter.base + next_row)
        begin, row_head = next_row, next_head


def closing(data: bytes, start: int) -> int:
    """Return the quote that ends a text begun at `start`; -1 if that needs a full parse."""
    quote_at = data.find(b'"', start)
    if quote_at <= start or data[quote_at - 1] != _BACKSLASH:
        return quote_at
    match = _CLOSING.search(data, quote_at)
    if match is None or data[match.start() - 1] == _BACKSLASH:
        return -1
    return match.start()


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
    """Return the value of a column that has only some hundred values in an archive."""
    return clean_line(decode_part(column)).strip()


FORMAT = Dump()


# The dump as PostgreSQL writes a table out (`COPY ... TO`): columns between tabs. Line ends inside
# a text follow a backslash; pages of 2011 hold rows of this kind pasted into bodies.

_COPY_FIRST = rb"[0-9]{1,9}\t[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}[^\t\n]{0,10}\t"
_COPY_FIELD = rb"([^\t\r\n\\]*+(?:\\(?:\r\n|.)[^\t\r\n\\]*+)*+)"
_COPY_COLUMNS = pattern(b"\t".join([_COPY_FIELD] * 8), re.DOTALL)
_COPY_ESCAPE = pattern(r"\\(\r\n|.)", re.DOTALL)
_COPY_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "N": ""}
_QUOTED = pattern(_COPY_FIRST + rb"(?:[^\t\n]{0,400}\t){4,5}\"")
_TO_THE_MINUTE = len("2009-02-03 18:48")


class CopyText(RowFormat):
    """The dump as a table of tab-separated columns."""

    name = "dump-tsv"
    label = "dump with tabs (PostgreSQL COPY)"
    first = pattern(_COPY_FIRST)
    end_of_data = b"\\."
    following = pattern(rb"\n" + _COPY_FIRST)

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise it by the first row: texts have no quotes around them as in CSV with tabs."""
        return bool(self.first.match(head)) and not _QUOTED.match(head)

    def split(self, data: bytes) -> tuple[Columns, int]:
        """Implement `RowFormat.split`."""
        match = _COPY_COLUMNS.match(data)
        if not match:
            raise BrokenRecord("the row has fewer than eight columns")
        if data[match.end() : match.end() + 1] == b"\t":
            raise BrokenRecord("the row has more than eight columns")
        if data[match.end() : match.end() + 1] == b"\\":
            raise BrokenRecord("the last column has no end")
        return match.groups(), match.end()

    def plain(self, column: bytes) -> str:
        """Implement `RowFormat.plain`."""
        text = decode_part(column)
        if "\\" not in text:
            return text
        return _COPY_ESCAPE.sub(lambda match: _COPY_CONTROLS.get(match[1], match[1]), text)

    def created(self, date: str) -> str:
        """Return the time without its seconds."""
        return date[:_TO_THE_MINUTE]


COPY = CopyText()
