"""Rows of a file too big to be held: cut where the next one begins, in bounded memory."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Container, Iterator
from typing import BinaryIO, NamedTuple

from cable_tui.pattern import Pattern

_CHUNK = 1 << 19
_LONGEST_START = 64
"""Bytes that the look of a row's start may take; so many are searched again at a chunk's edge."""


class Row(NamedTuple):
    """The bytes from the start of one row to the start of the next."""

    offset: int
    line: int
    """From 1."""
    data: bytes | None
    """With its line end; None where the row is longer than was allowed."""
    opened: bool
    """It begins as a row does; False only for what stands before the first one."""


class Kept(NamedTuple):
    """A record that is known to its last byte: only its place may be another one."""

    offset: int
    length: int
    crc: int
    line: int
    """From 1."""


def key(length: int, crc: int) -> int:
    """A number that two records of a file share only if their bytes are the same."""
    return length << 32 | crc


def known_record(row: Row, known: Container[int], *, ended: bool = False) -> Kept | None:
    """The record of a row if its `key` is known; `ended`: with the line end that is in it."""
    if row.data is None or not row.opened:
        return None
    data = row.data if ended else row.data.removesuffix(b"\n").removesuffix(b"\r")
    crc = zlib.crc32(data)
    return Kept(row.offset, len(data), crc, row.line) if key(len(data), crc) in known else None


class Cutter:
    """Cuts a file into rows, from where it stands: at its start, or at the start of a row.

    `first` matches the start of a row, `following` the same with the line end before it. Of a row
    longer than `longest` bytes only the place is given. Places count from where the file stood.
    """

    def __init__(
        self, file: BinaryIO, first: Pattern[bytes], following: Pattern[bytes], longest: int
    ) -> None:
        self._file = file
        self._following = following
        self.longest = longest
        buffer = file.read(_CHUNK)
        while len(buffer) < _LONGEST_START and (more := file.read(_CHUNK)):
            buffer += more
        self.buffer = buffer
        """What was read of the file and not dropped."""
        self.at = len(codecs.BOM_UTF8) if buffer.startswith(codecs.BOM_UTF8) else 0
        """Where in `buffer` the next row begins ..."""
        self.offset = self.at
        """... and where in the file ..."""
        self.line = 1
        """... and in which line."""
        self._opened = bool(first.match(buffer, self.at))

    def take(self, end: int, lines: int) -> None:
        """Go on behind a row that somebody else has found to end at `end`, in so many lines."""
        self.offset += end - self.at
        self.at = end
        self.line += lines

    def row(self) -> Row | None:
        """The next row, cut where the one behind it begins; None at the end of the file."""
        searched = self.at
        dropped = lines = 0  # what was dropped of the row because it is too long
        while (found := self._following.search(self.buffer, searched)) is None:
            chunk = self._file.read(_CHUNK)
            rest = self.buffer[self.at :]
            if not chunk:
                return self._cut(len(self.buffer), dropped, lines) if rest else None
            if len(rest) > self.longest:
                cut = len(rest) - _LONGEST_START
                dropped += cut
                lines += rest.count(b"\n", 0, cut)
                rest = rest[cut:]
            searched = max(len(rest) - _LONGEST_START, 0)
            self.buffer, self.at = rest + chunk, 0
        return self._cut(found.start() + 1, dropped, lines)

    def _cut(self, end: int, dropped: int, lines: int) -> Row:
        data = self.buffer[self.at : end]
        whole = not dropped and len(data) <= self.longest
        row = Row(self.offset, self.line, data if whole else None, self._opened)
        self.offset += dropped
        self.take(end, lines + data.count(b"\n"))
        self._opened = True
        return row


def rows(
    file: BinaryIO, first: Pattern[bytes], following: Pattern[bytes], longest: int
) -> Iterator[Row]:
    """The rows of a file as a `Cutter` cuts them."""
    cutter = Cutter(file, first, following, longest)
    while (row := cutter.row()) is not None:
        yield row
