"""Rows of a file too big to be held: cut where the next one begins, in bounded memory."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Container, Iterator
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 20
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
    opened = bool(first.match(buffer))
    line = 1
    dropped = lines = 0  # of the row that is read: what was let go because it is too long
    searched = 0
    while buffer:
        begun = 0
        for found in following.finditer(buffer, searched):
            end = found.start() + 1
            data = buffer[begun:end]
            whole = not dropped and end - begun <= longest
            yield Row(offset, line, data if whole else None, opened)
            offset += dropped + end - begun
            line += lines + data.count(b"\n")
            begun, dropped, lines, opened = end, 0, 0, True
        chunk = file.read(_CHUNK)
        rest = buffer[begun:]
        if not chunk:
            whole = not dropped and len(rest) <= longest
            yield Row(offset, line, rest if whole else None, opened)
            return
        if len(rest) > longest:
            cut = len(rest) - _LONGEST_START
            dropped += cut
            lines += rest.count(b"\n", 0, cut)
            rest = rest[cut:]
        searched = max(len(rest) - _LONGEST_START, 0)
        buffer = rest + chunk
