"""`cables.csv`, the whole archive as one file: eight quoted columns a row, backslash escapes.

A row is recognised by the start of its line, not by counting quotes: a damaged row never hides the
next one, and no more than one row is held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from cable_tui.cable import Problem
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Record
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.plain_rows import PlainRow, closing, plain_rows
from cable_tui.formats.row_format import Columns, RowFormat
from cable_tui.formats.rows import Cutter, Row
from cable_tui.pattern import pattern

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
        """By the first row; in a file of that name also by a later one, if the first is broken."""
        named = path.lower().endswith(".csv")
        return bool(self.first.match(head) or (named and self.following.search(head)))

    def briefly(self, file: BinaryIO, path: str) -> Iterator[PlainRow | Record | Problem]:
        """As `records`, with a `PlainRow` for each row that allows it."""
        cutter = Cutter(file, self.first, self.following, LONGEST_RECORD)
        while True:
            yield from plain_rows(cutter)
            row = cutter.row()
            if row is None:
                return
            yield from self.read(row, path)

    def read(self, row: Row, path: str) -> Sequence[Record | Problem]:
        """As in `RowFormat`; headings above the first row are no damage."""
        if row.line == 1 and row.data and not row.opened and _HEADINGS.fullmatch(row.data):
            return ()
        return super().read(row, path)

    def split(self, data: bytes) -> tuple[Columns, int]:
        """As in `RowFormat`."""
        if quick := plainly(data):
            return quick
        found = COLUMNS.match(data)
        if found and data[found.end() : found.end() + 1] in {b"", b"\r", b"\n"}:
            return found.groups(), found.end()
        return _with_stray_quotes(data)

    def plain(self, column: bytes) -> str:
        """As in `RowFormat`; a backslash before any other sign is text."""
        text = decode_part(column)
        if "\\" in text or ('"' in text and '""' in text):  # one sign is found sooner than two
            return _ESCAPE.sub(lambda found: found[1] or found[2], text)
        return text

    def created(self, date: str) -> str:
        """`12/28/1966 9:30` as `1966-12-28 09:30`, or the day alone; else as it stands."""
        found = _DATE.fullmatch(date)
        if not found:
            return date
        month, day, year, hour, minute = found.groups()
        known = f"{year}-{month:0>2}-{day:0>2}"
        return f"{known} {hour:0>2}:{minute}" if hour else known


def plainly(data: bytes) -> tuple[Columns, int] | None:
    """The columns of an ordinary row, five times faster than by the pattern.

    None where the two texts hold quotes or backslashes in a row, or the row is not whole: the
    pattern says what they mean.
    """
    found = _SIX_COLUMNS.match(data)
    if found is None:
        return None
    start = found.end()
    middle = closing(data, start)
    if middle < 0 or data[middle : middle + 3] != b'","':
        return None
    end = closing(data, middle + 3)
    if end < 0 or data[end + 1 : end + 2] not in {b"", b"\r", b"\n"}:
        return None
    return (*found.groups(), data[start:middle], data[middle + 3 : end]), end + 1


def _with_stray_quotes(data: bytes) -> tuple[Columns, int]:
    """The columns of a row whose body has quotes without a backslash, or what is wrong with it."""
    found = _SEVEN_COLUMNS.match(data)
    if not found:
        raise BrokenRecord("the row has fewer than eight columns, or one without an end")
    end = len(data.rstrip())
    body = data[found.end() : end - 1]
    if end <= found.end() or data[end - 1 : end] != b'"' or _escaped(body):
        raise BrokenRecord("the last column has no end")
    if b'","' in body:
        raise BrokenRecord("the row has more than eight columns")
    return (*found.groups(), body), end


def _escaped(body: bytes) -> bool:
    """Whether the quote that follows belongs to the text: an odd number of backslashes before."""
    return (len(body) - len(body.rstrip(b"\\"))) % 2 == 1


FORMAT = Dump()
