"""Rows of a file too big to be held: cut where the next one begins, in bounded memory."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 20
_LONGEST_START = 64
"""Bytes that the look of a row's start may take; so many are searched again at a chunk's edge."""


@dataclass(frozen=True, slots=True)
class Row:
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
    """What tells a record of a file from all others of it, but for the same bytes again."""
    return length << 32 | crc


def kept(row: Row, known: Container[int], *, ended: bool = False) -> Kept | None:
    """The record of a row if its `key` is known; `ended`: with the line end that is in it."""
    if row.data is None or not row.opened:
        return None
    data = row.data if ended else row.data.removesuffix(b"\n").removesuffix(b"\r")
    crc = zlib.crc32(data)
    return Kept(row.offset, len(data), crc, row.line) if key(len(data), crc) in known else None


def rows(
    file: BinaryIO, first: re.Pattern[bytes], following: re.Pattern[bytes], longest: int
) -> Iterator[Row]:
    """Cuts a file into rows, from where it stands: at its start, or at the start of a row.

    `first` matches the start of a row, `following` the same with the line end before it. Of a row
    longer than `longest` bytes only the place is told. Places count from where the file stood.
    """
    buffer = file.read(_CHUNK)
    while len(buffer) < _LONGEST_START and (more := file.read(_CHUNK)):
        buffer += more
    offset = len(codecs.BOM_UTF8) if buffer.startswith(codecs.BOM_UTF8) else 0
    buffer = buffer[offset:]
    row = _Open(offset, 1, opened=bool(first.match(buffer)))
    searched = 0
    while buffer:
        begun = 0
        for found in following.finditer(buffer, searched):
            yield row.closed(buffer[begun : found.start() + 1], longest)
            row = row.next(found.start() + 1 - begun)
            begun = found.start() + 1
        chunk = file.read(_CHUNK)
        if not chunk:
            yield row.closed(buffer[begun:], longest)
            return
        rest = buffer[begun:]
        if len(rest) > longest:
            rest = row.drop(rest)
        searched = max(len(rest) - _LONGEST_START, 0)
        buffer = rest + chunk


class _Open:
    """The row that is being read: where it began, and what of it was dropped already."""

    def __init__(self, offset: int, line: int, *, opened: bool) -> None:
        self._offset = offset
        self._line = line
        self._opened = opened
        self._dropped = 0
        self._lines = 0

    def drop(self, data: bytes) -> bytes:
        """Lets go of all bytes of a row that is too long, but the last few."""
        self._dropped += len(data) - _LONGEST_START
        self._lines += data.count(b"\n", 0, len(data) - _LONGEST_START)
        return data[-_LONGEST_START:]

    def closed(self, data: bytes, longest: int) -> Row:
        """The finished row."""
        self._lines += data.count(b"\n")
        whole = not self._dropped and len(data) <= longest
        return Row(self._offset, self._line, data if whole else None, self._opened)

    def next(self, length: int) -> _Open:
        """The row after this one; `length` are the bytes of it that were still at hand."""
        offset = self._offset + self._dropped + length
        return _Open(offset, self._line + self._lines, opened=True)
