"""The text of a file in bounded memory: as UTF-8, in a window.

Pages, documents and rows are cut in UTF-8, because their signs are single bytes there; their
locations are those in the user's own file, which may be in UTF-16.
"""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Protocol

from cable_tui.base.cable import Problem
from cable_tui.formats.encodings import utf16_codec

_CHUNK = 1 << 18
"""Bytes of UTF-16 that are decoded at a time."""
_KEPT = "surrogatepass"
_SAMPLE = 4096


class _Part(NamedTuple):
    """Some text of the file."""

    start: int
    """Offset in UTF-8."""
    raw: int
    """Offset in the file."""
    data: bytes
    """The file's bytes in UTF-8."""


class Readable(Protocol):
    """A stream that is read from start to end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; fewer only at the end."""


class Utf8File:
    """A file, from its start to its end, as UTF-8 if it is in UTF-16, and as it is otherwise."""

    def __init__(self, file: BinaryIO, codec: str | None = None) -> None:
        """Take a `codec` of UTF-16, or empty; None means the one that the first bytes show."""
        file.seek(0)
        first_bytes = file.read(_SAMPLE)
        has_mark = first_bytes.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        self.file = file
        self.codec = utf16_codec(first_bytes) if codec is None else codec
        self._decoder = codecs.getincrementaldecoder(self.codec or "utf-8")("replace")
        self._parts: deque[_Part] = deque()
        self._made = 0
        self._rest = b""
        self._ended = False
        self._odd = 0
        self._raw = file.seek(2 if self.codec and has_mark else 0)

    def read(self, size: int = -1, /) -> bytes:
        """Implement `Readable.read`."""
        if not self.codec:
            return self.file.read(size)
        while not self._ended and (size < 0 or len(self._rest) < size):
            byte_chunk = self.file.read(_CHUNK)
            self._ended = not byte_chunk
            self._odd ^= len(byte_chunk) % 2
            text = self._decoder.decode(byte_chunk, final=self._ended)
            data = text.encode("utf-8", _KEPT)
            if data:
                self._parts.append(_Part(self._made, self._raw, data))
            self._made += len(data)
            self._raw += len(text.encode(self.codec, _KEPT))
            self._rest += data
        part_end = len(self._rest) if size < 0 else size
        data, self._rest = self._rest[:part_end], self._rest[part_end:]
        return data

    def own_bytes(self, start: int, end: int | None) -> bytes:
        """Return the file's own bytes between two offsets in it, or to its end."""
        position = self.file.tell()
        self.file.seek(start)
        own_data = self.file.read(-1 if end is None else end - start)
        self.file.seek(position)
        return own_data

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield faults of the file as a whole, once it was read to its end."""
        if self._odd:
            reason = "a byte of the text in UTF-16 is lost or added: the rest cannot be read"
            yield Problem(path, 0, reason)

    def original(self, offset: int) -> int:
        """Return the offset in the file; later calls must not ask for smaller ones."""
        if not self.codec:
            return offset
        while len(self._parts) > 1 and self._parts[1].start <= offset:
            self._parts.popleft()
        if not self._parts:
            return self._raw
        part = self._parts[0]
        # Of a character that the offset is inside of, nothing counts.
        text_before, _ = codecs.utf_8_decode(part.data[: max(offset - part.start, 0)], _KEPT, False)
        return part.raw + len(text_before.encode(self.codec, _KEPT))


def as_utf8(data: bytes, codec: str) -> bytes:
    """Return bytes of a file with this codec, as UTF-8."""
    return data.decode(codec, "replace").encode("utf-8", _KEPT) if codec else data


def encoded(data: bytes, codec: str) -> bytes:
    """Return UTF-8 as bytes of a file with this codec."""
    return data.decode("utf-8", _KEPT).encode(codec, _KEPT) if codec else data


# A part of a file in memory, which moves on


class FileWindow:
    """Reads a file from its start and forgets what was taken, except some bytes before it."""

    grows = 1 << 20
    """Bytes by which the window grows."""
    kept = 64
    """Bytes before the position that are kept."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.data = file.read(self.grows)
        self.ended = False
        """Whether the file has been read to its end."""
        self.base = 0
        """The offset at which the data begin."""
        self.at = 0
        """The end of what was taken."""
        self.line = 1
        """Line that has the position `at`."""
        if self.data.startswith(codecs.BOM_UTF8):
            self.take(len(codecs.BOM_UTF8))

    @property
    def end(self) -> int:
        """The end of the data that were read."""
        return self.base + len(self.data)

    def bytes(self, start: int, end: int) -> bytes:
        """Return the bytes between two offsets, as far as they are in memory."""
        return self.data[max(start - self.base, 0) : max(end - self.base, 0)]

    def take(self, end: int) -> None:
        """Continue at an offset that was read."""
        self.line += self.line_ends(self.at - self.base, end - self.base)
        self.at = end

    def line_ends(self, start: int, end: int) -> int:
        """Return how many lines end in a part of the data."""
        return self.data.count(b"\n", start, end)

    def more(self) -> bool:
        """Read on, as much again as a long record has: all readings together are linear."""
        chunk = self._file.read(max(self.end - self.at, self.grows))
        self.ended = not chunk
        bytes_forgotten = max(self.at - self.kept - self.base, 0)
        self.data = self.data[bytes_forgotten:] + chunk
        self.base += bytes_forgotten
        return bool(chunk)
