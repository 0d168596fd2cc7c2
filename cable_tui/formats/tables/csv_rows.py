"""Rows of a CSV file in any dialect, cut one by one: quotes, line ends inside of texts, damage.

A row that is damaged does not hide those after it. Where its columns do not come out, the start of
the next row is looked for: a line whose column of ids holds one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.file_text import WINDOW, FileWindow, Readable
from cable_tui.formats.tables.plan import TableRow
from cable_tui.pattern import Pattern, pattern

MOST_COLUMNS = 400
_LONGEST_START = 8192
"""Bytes that the look of a row's start may take; so many are searched again at a chunk's edge."""
_FAR = 20
"""Columns before the id, beyond which the start of a row is not looked for."""
ID = rb"#?(?:19|20)?[0-9]{2}[ _-]?[A-Za-z][A-Za-z.'_ -]{1,40}[0-9]{1,7}(?:_[A-Za-z])?"
_LINE_END = pattern(rb"\r\n|\n|\r")


class Dialect(NamedTuple):
    """How the rows of a file are written."""

    delimiter: str
    escaped: bool = False
    r"""Whether a quote inside of a text is `\"` rather than `""`."""
    carriage: bool = False
    """Whether a lone carriage return ends a row: there is no other line end in the file."""


class Columns(NamedTuple):
    """The columns of a row."""

    values: tuple[bytes, ...]
    end: int
    """Behind the last one ..."""
    following: int
    """... and behind the row's line end."""


class MoreWanted(Exception):  # noqa: N818 - no error
    """A row may go on behind what was read of the file."""


@lru_cache(maxsize=64)
def _field(dialect: Dialect) -> Pattern[bytes]:
    sign = re.escape(dialect.delimiter.encode())
    ends = rb"\r\n|\n|\r" if dialect.carriage else rb"\r?\n"
    bare = rb'[^"' + sign + rb"\r\n][^" + sign + rb"\r\n]*+"
    if not dialect.carriage:
        bare = rb'(?:[^"' + sign + rb"\r\n]|\r(?!\n))(?:[^" + sign + rb"\r\n]|\r(?!\n))*+"
    inner = rb'(?:[^"\\]++|""|\\.)*+' if dialect.escaped else rb'(?:[^"]++|"")*+'
    return pattern(
        rb'(?: {0,8}"(?P<quoted>'
        + inner
        + rb')"[ ]{0,8}|(?P<bare>'
        + bare
        + rb")?)(?:(?P<next>"
        + sign
        + rb")|(?P<end>"
        + ends
        + rb"|\r?\Z))",
        re.DOTALL,
    )


@lru_cache(maxsize=64)
def _closed(dialect: Dialect) -> Pattern[bytes]:
    inner = rb'(?:[^"\\]++|""|\\.)*+' if dialect.escaped else rb'(?:[^"]++|"")*+'
    return pattern(rb' {0,8}"' + inner + rb'"(?=.)', re.DOTALL)


@lru_cache(maxsize=64)
def row_start(dialect: Dialect, before: int) -> Pattern[bytes]:
    """A line end, and what stands behind it where a row begins."""
    sign = re.escape(dialect.delimiter.encode())
    if before > _FAR:
        return _LINE_END
    column = rb'(?:"[^"\r\n]{0,300}"|[^"' + sign + rb"\r\n]{0,300})" + sign
    return pattern(
        rb"(?:\r\n|\n|\r)(?="
        + column * before
        + rb' ?"?'
        + ID
        + rb'"? ?(?:'
        + sign
        + rb"|[\r\n]|\Z))"
    )


def columns_of(data: bytes, at: int, dialect: Dialect, *, whole: bool = True) -> Columns:
    """The columns of the row that begins at `at`.

    `whole`: nothing follows the data. Raises `BrokenRecord`.
    """
    field = _field(dialect)
    values: list[bytes] = []
    while len(values) < MOST_COLUMNS:
        found = field.match(data, at)
        if found is None:
            if not whole and _closed(dialect).match(data, at) is None:
                raise MoreWanted
            ended = _closed(dialect).match(data, at)
            lost = "goes on behind its quote: one is lost, or not doubled"
            raise BrokenRecord(f"column {len(values) + 1} {lost if ended else 'has no end'}")
        if not whole and found.end() == len(data):
            raise MoreWanted
        values.append(_value(found, dialect))
        if found["next"] is None:
            return Columns(tuple(values), found.start("end"), found.end())
        at = found.end()
    raise BrokenRecord(f"the row has more than {MOST_COLUMNS} columns")


def _value(found: re.Match[bytes], dialect: Dialect) -> bytes:
    quoted = found["quoted"]
    return found["bare"] or b"" if quoted is None else _plain(quoted, dialect)


def _plain(quoted: bytes, dialect: Dialect) -> bytes:
    if dialect.escaped and b"\\" in quoted:
        return _ESCAPE.sub(lambda found: found[1] or found[2], quoted)
    return quoted.replace(b'""', b'"') if b'""' in quoted else quoted


_ESCAPE = pattern(rb"\\([\"'\\]|\r?\n)|\"(\")")


def alone(row: bytes, dialect: Dialect, width: int) -> tuple[bytes, ...]:
    """The columns of a row cut out of its file; none where they do not come out."""
    try:
        found = columns_of(row, 0, dialect)
    except BrokenRecord:
        return _with_stray_quotes(row, dialect, width)
    if found.end == len(row) and _fits(found, width):
        return found.values
    return _with_stray_quotes(row, dialect, width)


def _fits(found: Columns, width: int) -> bool:
    """Whether a row has the columns it should; also an empty line, and empty ones at its end."""
    values = found.values
    if len(values) == width or (len(values) == 1 and not values[0].strip()):
        return True
    return len(values) > width and not any(map(bytes.strip, values[width:]))


def _with_stray_quotes(data: bytes, dialect: Dialect, width: int) -> tuple[bytes, ...]:
    """The columns of a row alone whose last text has quotes that are not doubled; or none."""
    field = _field(dialect)
    values: list[bytes] = []
    at = 0
    while len(values) < width - 1:
        found = field.match(data, at)
        if found is None or found["next"] is None:
            return ()
        values.append(_value(found, dialect))
        at = found.end()
    last = data[at:].strip()
    between = b'"' + dialect.delimiter.encode() + b'"'
    if len(last) < 2 or not (last.startswith(b'"') and last.endswith(b'"')) or between in last:
        return ()
    return (*values, _plain(last[1:-1], dialect))


class CsvCutter(FileWindow):
    """Cuts the rows of a file, from an offset on; holds one row in memory."""

    kept = 0

    def __init__(
        self, file: Readable, dialect: Dialect, width: int, before: int, longest: int
    ) -> None:
        self._dialect = dialect
        self._width = width
        self._start = row_start(dialect, before)
        self._longest = longest
        super().__init__(file)

    def line_ends(self, start: int, end: int) -> int:
        """As in `FileWindow`."""
        return self.data.count(b"\r" if self._dialect.carriage else b"\n", start, end)

    def skip(self, length: int) -> None:
        """Leave out the first bytes: a mark, headings."""
        while self.end < length and self.more():
            pass
        self.take(min(length, self.end))

    def rows(self) -> Iterator[TableRow]:
        """The rows to the end of the file; empty lines are none."""
        while self.at < self.end or self.more():
            found, reason = self._row()
            if found is None or reason:
                yield from self._damaged(reason, found.following if found else 0)
                continue
            if len(found.values) > 1 or found.values[0].strip():
                data = self.data[self.at - self.base : found.end]
                yield TableRow(self.at, self.line, data, columns=found.values)
            self.take(self.base + found.following)

    def _row(self) -> tuple[Columns | None, str]:
        """The row that the data go on with, and what is wrong with it."""
        while True:
            try:
                found = columns_of(self.data, self.at - self.base, self._dialect, whole=self.ended)
            except MoreWanted:
                if self.end - self.at > self._longest:
                    return None, f"a row of more than {self._longest >> 20} MiB, or a lost quote"
                self.more()
            except BrokenRecord as broken:
                return None, str(broken)
            else:
                if _fits(found, self._width):
                    return found, ""
                count = len(found.values)
                reason = f"the row has {count} columns, the headings {self._width}"
                return found, "text outside of any row" if count == 1 else reason

    def _damaged(self, reason: str, limit: int) -> Iterator[TableRow]:
        """A row whose columns do not come out, cut where the next one begins, or at `limit`.

        Cut so, its columns may come out after all.
        """
        end = self._next_start(limit)
        row = self.bytes(self.at, end).rstrip(b"\r\n")
        short = len(row) <= self._longest
        values = alone(row, self._dialect, self._width) if short else ()
        yield TableRow(self.at, self.line, row, "" if values else reason, values)
        self.take(end)

    def _next_start(self, limit: int) -> int:
        """Where the next row begins behind a damaged one; at most `limit`, if there is one."""
        searched = self.at + 1
        while True:
            last = limit or len(self.data)
            found = self._start.search(self.data, searched - self.base, last)
            if found and (limit or self.ended or found.end() < last):
                return self.base + found.end()
            if limit or self.ended or self.end - self.at > self._longest + WINDOW:
                return self.base + last
            searched = max(self.end - _LONGEST_START, self.at + 1)
            self.more()
