"""The text of a file read in bounded memory: as UTF-8, through a moving window.

Pages, documents and rows are cut in UTF-8, where their delimiters are single bytes. Locations refer
to the user's own file, which may be in UTF-16.
"""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from cable_tui.base.cable import Problem
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats.encodings import utf16_codec

_CHUNK = 1 << 18
"""The number of UTF-16 bytes to decode at a time."""
_KEPT = "surrogatepass"
_SAMPLE = 4096


class _Part(NamedTuple):
    """A decoded part of the file."""

    start: int
    """The offset in UTF-8."""
    raw: int
    """The offset in the file."""
    data: bytes
    """The part as UTF-8."""


class Readable(Protocol):
    """A stream that is read from start to end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; fewer are returned only at the end."""


class Utf8File:
    """A file read from start to end, as UTF-8 if it is in UTF-16, and otherwise unchanged."""

    def __init__(self, file: BinaryIO, codec: str | None = None) -> None:
        """Open a file with a UTF-16 `codec`, or with an empty one.

        None detects the codec from the file.
        """
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
            decoded_text = self._decoder.decode(byte_chunk, final=self._ended)
            utf8_data = decoded_text.encode("utf-8", _KEPT)
            if utf8_data:
                self._parts.append(_Part(self._made, self._raw, utf8_data))
            self._made += len(utf8_data)
            self._raw += len(decoded_text.encode(self.codec, _KEPT))
            self._rest += utf8_data
        split_offset = len(self._rest) if size < 0 else size
        utf8_data, self._rest = self._rest[:split_offset], self._rest[split_offset:]
        return utf8_data

    def own_bytes(self, start: int, end: int | None) -> bytes:
        """Return the file's own bytes between two offsets, or up to its end."""
        position = self.file.tell()
        self.file.seek(start)
        own_data = self.file.read(-1 if end is None else end - start)
        self.file.seek(position)
        return own_data

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield problems with the file as a whole, after it was read to its end."""
        if self._odd:
            reason = "a byte of the UTF-16 text is missing or extra: the rest cannot be read"
            yield Problem(path, 0, reason)

    def original(self, offset: int) -> int:
        """Return the file offset for a UTF-8 offset; later calls must not use smaller offsets."""
        if not self.codec:
            return offset
        while len(self._parts) > 1 and self._parts[1].start <= offset:
            self._parts.popleft()
        if not self._parts:
            return self._raw
        current_part = self._parts[0]
        # Of a character that the offset is inside of, nothing counts.
        text_before, _ = codecs.utf_8_decode(
            current_part.data[: max(offset - current_part.start, 0)], _KEPT, False
        )
        return current_part.raw + len(text_before.encode(self.codec, _KEPT))


def as_utf8(data: bytes, codec: str) -> bytes:
    """Return bytes from a file with this codec as UTF-8."""
    return data.decode(codec, "replace").encode("utf-8", _KEPT) if codec else data


def encoded(data: bytes, codec: str) -> bytes:
    """Return UTF-8 bytes in the codec of a file."""
    return data.decode("utf-8", _KEPT).encode(codec, _KEPT) if codec else data


# A part of a file in memory, which moves on


class FileWindow:
    """A moving window over a file, which drops bytes already taken except for the last few."""

    grows = 1 << 20
    """The number of bytes by which the window grows."""
    kept = 64
    """The number of bytes kept before the position."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.data = file.read(self.grows)
        self.ended = False
        """Whether the file has been read to its end."""
        self.base = 0
        """The file offset at which `data` begins."""
        self.at = 0
        """The current position, which is the end of the bytes taken."""
        self.line = 1
        """The number of the line at `at`."""
        if self.data.startswith(codecs.BOM_UTF8):
            self.take(len(codecs.BOM_UTF8))

    @property
    def end(self) -> int:
        """The file offset at which `data` ends."""
        return self.base + len(self.data)

    def bytes(self, start: int, end: int) -> bytes:
        """Return the bytes between two offsets, as far as they are in memory."""
        return self.data[max(start - self.base, 0) : max(end - self.base, 0)]

    def take(self, end: int) -> None:
        """Move the position to an offset that is in memory."""
        self.line += self.line_ends(self.at - self.base, end - self.base)
        self.at = end

    def line_ends(self, start: int, end: int) -> int:
        """Return the number of line breaks in a part of the data."""
        return self.data.count(b"\n", start, end)

    def more(self) -> bool:
        """Read more, in proportion to the current record, so that the total time stays linear.

        Returns whether anything was read.
        """
        chunk = self._file.read(max(self.end - self.at, self.grows))
        self.ended = not chunk
        dropped_count = max(self.at - self.kept - self.base, 0)
        self.data = self.data[dropped_count:] + chunk
        self.base += dropped_count
        return bool(chunk)
