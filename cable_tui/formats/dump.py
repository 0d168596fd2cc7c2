"""The whole archive as one file: `cables.csv`, or the same data as a PostgreSQL table dump.

`cables.csv` has eight quoted columns per row, and backslash escapes. A row is recognized by the
start of its line instead of by counting quotes, so that a damaged row never hides the next row, and
at most one row is in memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from cable_tui.base.cable import Problem
from cable_tui.base.named_tuple import NamedTuple
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
    label = "cables.csv (one row per cable)"
    first = pattern(_FIRST)
    following = pattern(rb"\n" + _FIRST)
    undated = pattern(_UNDATED)

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by its first row, or a `.csv` by a later row if the first is damaged."""
        is_named_csv = path.lower().endswith(".csv")
        return bool(self.first.match(head) or (is_named_csv and self.following.search(head)))

    def briefly(self, file: BinaryIO, path: str) -> Iterator[PlainRow | Record | Problem]:
        """Yield items as `records` does, but with a `PlainRow` for each row that allows it."""
        start_position = file.tell()
        if Utf8File(file).codec:
            yield from self.records(file, path)
            return
        file.seek(start_position)
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
        if plain_columns := plainly(data):
            return plain_columns
        row_match = COLUMNS.match(data)
        if row_match and data[row_match.end() : row_match.end() + 1] in {b"", b"\r", b"\n"}:
            return row_match.groups(), row_match.end()
        return _with_stray_quotes(data)

    def plain(self, column: bytes) -> str:
        """Implement `RowFormat.plain`; a backslash before other characters is part of the text."""
        column_text = decode_part(column)
        if "\\" in column_text or (
            '"' in column_text and '""' in column_text
        ):  # one sign is found sooner than two
            return _ESCAPE.sub(lambda match: match[1] or match[2], column_text)
        return column_text

    def created(self, date: str) -> str:
        """Return a date such as `12/28/1966 9:30` as `1966-12-28 09:30`, or only the day.

        Other texts are unchanged.
        """
        date_match = _DATE.fullmatch(date)
        if not date_match:
            return date
        month, day, year, hour, minute = date_match.groups()
        iso_day = f"{year}-{month:0>2}-{day:0>2}"
        return f"{iso_day} {hour:0>2}:{minute}" if hour else iso_day


def plainly(data: bytes) -> tuple[Columns, int] | None:
    """Return the columns of an ordinary row, five times faster than the full pattern.

    Return None if texts contain sequences of quotes or backslashes or the row is incomplete; such
    rows need the full pattern.
    """
    head_match = _SIX_COLUMNS.match(data)
    if head_match is None:
        return None
    header_start = head_match.end()
    middle_quote = closing(data, header_start)
    if middle_quote < 0 or data[middle_quote : middle_quote + 3] != b'","':
        return None
    row_end = closing(data, middle_quote + 3)
    if row_end < 0 or data[row_end + 1 : row_end + 2] not in {b"", b"\r", b"\n"}:
        return None
    return (
        *head_match.groups(),
        data[header_start:middle_quote],
        data[middle_quote + 3 : row_end],
    ), row_end + 1


def _with_stray_quotes(data: bytes) -> tuple[Columns, int]:
    """Return the columns of a row with unescaped quotes in its body. Raises `BrokenRecord`."""
    head_match = _SEVEN_COLUMNS.match(data)
    if not head_match:
        raise BrokenRecord("the row has fewer than eight columns, or a column that never ends")
    row_end = len(data.rstrip())
    body = data[head_match.end() : row_end - 1]
    is_escaped = (len(body) - len(body.rstrip(b"\\"))) % 2  # the quote after it belongs to the text
    if row_end <= head_match.end() or data[row_end - 1 : row_end] != b'"' or is_escaped:
        raise BrokenRecord("the last column never ends")
    if b'","' in body:
        raise BrokenRecord("the row has more than eight columns")
    return (*head_match.groups(), body), row_end


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
"""A quote that does not follow a backslash, or follows two backslashes."""
_BACKSLASH = ord("\\")


class PlainRow(NamedTuple):
    """All facts in a row; missing facts are empty."""

    offset: int
    length: int
    crc: int
    line: int
    """The line number, as in `Record`."""
    reference_id: str
    """The reference ID; only letters and digits."""
    day: str
    """The valid day of creation, such as `2009-02-13`."""
    clock: str
    """The time of creation, such as `14:57`, excluding times whose minutes the site misprinted."""
    classification: str
    origin: str
    extent: ContentSize


def plain_rows(cutter: RowCutter) -> Iterator[PlainRow]:
    """Yield rows up to the next row that is not plain, or is incomplete in the buffer."""
    buffer = cutter.data
    data_view = memoryview(buffer)
    row_start = cutter.at - cutter.base
    row_head = _HEAD.match(buffer, row_start)
    while row_head:
        text_start = row_head.end()
        middle_quote = closing(buffer, text_start)
        if middle_quote < 0 or buffer[middle_quote : middle_quote + 3] != b'","':
            return
        row_end = closing(buffer, middle_quote + 3) + 1
        next_start = row_end + 2 if buffer[row_end : row_end + 1] == b"\r" else row_end + 1
        next_head = _HEAD.match(buffer, next_start)
        if not (row_end and next_head and buffer[next_start - 1 : next_start] == b"\n"):
            return
        day_column, clock_column, reference_id, origin, classification = row_head.groups()
        iso_day, clock_time = _day(day_column), _clock(clock_column)
        if not (iso_day and clock_time) or next_start - row_start > cutter.longest:
            return
        yield PlainRow(
            cutter.at,
            row_end - row_start,
            zlib.crc32(data_view[row_start:row_end]),
            cutter.line,
            reference_id.decode(),
            iso_day,
            clock_time,
            _value(classification),
            _value(origin),
            content_size(buffer[text_start:middle_quote], buffer[middle_quote + 3 : row_end - 1]),
        )
        cutter.take(cutter.base + next_start)
        row_start, row_head = next_start, next_head


def closing(data: bytes, start: int) -> int:
    """Return the offset of the quote that closes a text, or -1 if finding it needs a full parse."""
    quote_offset = data.find(b'"', start)
    if quote_offset <= start or data[quote_offset - 1] != _BACKSLASH:
        return quote_offset
    closing_match = _CLOSING.search(data, quote_offset)
    if closing_match is None or data[closing_match.start() - 1] == _BACKSLASH:
        return -1
    return closing_match.start()


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
    """Return the value of a column that has only a few hundred different values in an archive."""
    return clean_line(decode_part(column)).strip()


FORMAT = Dump()


# The dump as PostgreSQL writes a table out (`COPY ... TO`): columns between tabs. Line breaks in
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
        """Recognize a file by its first row, unless texts are quoted as in tab-separated CSV."""
        return bool(self.first.match(head)) and not _QUOTED.match(head)

    def split(self, data: bytes) -> tuple[Columns, int]:
        """Implement `RowFormat.split`."""
        row_match = _COPY_COLUMNS.match(data)
        if not row_match:
            raise BrokenRecord("the row has fewer than eight columns")
        if data[row_match.end() : row_match.end() + 1] == b"\t":
            raise BrokenRecord("the row has more than eight columns")
        if data[row_match.end() : row_match.end() + 1] == b"\\":
            raise BrokenRecord("the last column never ends")
        return row_match.groups(), row_match.end()

    def plain(self, column: bytes) -> str:
        """Implement `RowFormat.plain`."""
        column_text = decode_part(column)
        if "\\" not in column_text:
            return column_text
        return _COPY_ESCAPE.sub(lambda match: _COPY_CONTROLS.get(match[1], match[1]), column_text)

    def created(self, date: str) -> str:
        """Return the time without its seconds."""
        return date[:_TO_THE_MINUTE]


COPY = CopyText()
