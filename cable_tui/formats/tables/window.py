"""The part of a file that is being looked at, in bounded memory; positions count in the file."""

from __future__ import annotations

import codecs
from typing import BinaryIO

CHUNK = 1 << 20


class Window:
    """Reads a file from its start on and forgets what was taken, but for some bytes before it."""

    kept = 64
    """Bytes before the position that are not forgotten."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.data = file.read(CHUNK)
        self.base = 0
        """Where the data begin."""
        self.at = 0
        """What was taken ends here ..."""
        self.line = 1
        """... in this line."""
        if self.data.startswith(codecs.BOM_UTF8):
            self.take(len(codecs.BOM_UTF8))

    @property
    def end(self) -> int:
        """Where the data end that were read."""
        return self.base + len(self.data)

    def bytes(self, start: int, end: int) -> bytes:
        """The bytes between two positions, as far as they are in sight."""
        return self.data[max(start - self.base, 0) : max(end - self.base, 0)]

    def take(self, end: int) -> None:
        """Go on at a position that was read."""
        self.line += self.data.count(b"\n", self.at - self.base, end - self.base)
        self.at = end

    def more(self) -> bool:
        """Read on; whether there was more."""
        chunk = self._file.read(CHUNK)
        if self.at > self.base + self.kept:
            self.data = self.data[self.at - self.kept - self.base :]
            self.base = self.at - self.kept
        self.data += chunk
        return bool(chunk)
