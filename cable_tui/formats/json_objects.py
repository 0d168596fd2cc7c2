"""JSON objects cut out of a file: one object, a list of them, or one a line; in bounded memory.

Nothing is parsed here. A damaged object does not hide those after it: a text does not go on after
its line, and a line that opens as the object's own line did opens the next one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from cable_tui.formats.rows import Row
from cable_tui.pattern import pattern

_CHUNK = 1 << 20
_KEPT = 64
_INDENT = pattern(rb"(?:^|\n)([ \t]{0,40})$")
_OPENING = pattern(rb"\n[ \t]{0,40}[\[,]?[ \t]{0,8}\{")
_STRING = rb'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+\\?+(["\n]|\Z)'
_BETWEEN = b"[], \t\r\n"


class _End(NamedTuple):
    """Where the scan of an object ended."""

    at: int
    whole: bool
    """It ends here; otherwise it is damaged here."""


def objects(file: BinaryIO, longest: int) -> Iterator[Row]:
    """The objects of a file, opened at its start; of one longer than `longest` only the place.

    What is no object, or a damaged one, is a row too: it has `opened` or its bytes are no JSON.
    """
    source = _Source(file)
    while source.find():
        if source.skipped.strip(_BETWEEN):
            yield Row(source.offset, source.line, source.skipped, opened=False)
        indent = _INDENT.search(source.skipped[-_KEPT:])
        source.drop(source.start)
        end = _end(source, longest, _tokens(indent[1] if indent else None))
        data = source.data[: end.at] if end.at <= longest else None
        yield Row(source.offset, source.line, data, opened=True)
        if end.whole:
            source.drop(end.at)
            continue
        source.resume(max(end.at - 1, 0))
    if source.data.strip(_BETWEEN):
        yield Row(source.offset, source.line, source.data[:longest], opened=False)


class _Source:
    """The part of a file that is being looked at, and where it stands."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.data = file.read(_CHUNK)
        self.offset = 0
        self.line = 1
        self.start = 0
        if self.data.startswith(codecs.BOM_UTF8):
            self.drop(len(codecs.BOM_UTF8))

    @property
    def skipped(self) -> bytes:
        """What stands before the object that was found."""
        return self.data[: self.start]

    def find(self) -> bool:
        """Whether one more object opens; `start` says where."""
        while b"{" not in self.data:
            if self.data.strip(_BETWEEN):
                self.drop(max(len(self.data) - _CHUNK, 0))
            else:
                self.drop(len(self.data))
            if not self.more(_CHUNK):
                return False
        self.start = self.data.index(b"{")
        return True

    def more(self, length: int) -> bool:
        """Whether there was more to read."""
        chunk = self._file.read(length)
        self.data += chunk
        return bool(chunk)

    def resume(self, at: int) -> None:
        """Drop everything before the next object that opens a line."""
        while not (following := _OPENING.search(self.data, at)):
            self.drop(max(len(self.data) - _KEPT, at))
            at = 0
            if not self.more(_CHUNK):
                self.drop(len(self.data))
                return
        self.drop(following.end() - 1)

    def drop(self, length: int) -> None:
        """Drop the first bytes."""
        self.line += self.data.count(b"\n", 0, length)
        self.offset += length
        self.data = self.data[length:]


def _end(source: _Source, longest: int, token: re.Pattern[bytes]) -> _End:
    """The end of the object that the source's data opens with; reads what it needs.

    Each round scans twice as much, so that all rounds together are linear.
    """
    while True:
        end = _scan(source.data, token)
        if end is not None:
            return end
        if len(source.data) > longest or not source.more(max(len(source.data), _CHUNK)):
            return _End(len(source.data), whole=False)


@lru_cache(maxsize=64)
def _tokens(indent: bytes | None) -> re.Pattern[bytes]:
    """Texts, brackets, and a line that opens the next object behind the blanks of this one."""
    opening = b"" if indent is None else rb"|\n" + re.escape(indent) + rb"(?=\{)"
    return pattern(_STRING + opening + rb"|[{}]", re.DOTALL)


def _scan(data: bytes, token: re.Pattern[bytes]) -> _End | None:
    """The end, or None where it lies beyond the data."""
    depth = 0
    for found in token.finditer(data):
        sign = found.group()
        if sign == b"{":
            depth += 1
        elif sign == b"}":
            depth -= 1
            if not depth:
                return _End(found.end(), whole=True)
        elif sign.startswith(b"\n") or found[1] == b"\n":
            return _End(found.end(), whole=False)
        elif found[1] != b'"':
            return None
    return None
