"""The bytes of a packed file at any offset, in bounded memory.

To read at an offset, a file is unpacked from the last place before it whose state is known: at each
8 MiB of its text the state of the inflater is kept, about 40 kB, for as long as the process lives.
The first look at the end of a dump of 1.6 GB so costs its unpacking once, some seconds; every later
look anywhere in it less than a tenth of a second.
"""

from __future__ import annotations

import io
import os
import zlib
from functools import lru_cache
from typing import BinaryIO, NamedTuple, Protocol

LARGEST = 2 << 30
"""Bytes that one file may hold, unpacked."""
RATIO = 200
"""A file may unpack to so many times its size."""
RATIO_FROM = 1 << 20
"""Bytes unpacked, below which no ratio is asked for."""
PIECE = 1 << 18
_STEP = 8 << 20
_FILES = 4
"""Files whose states are kept."""
_GZIP_BITS = 31
_GZIP_MARK = b"\x1f\x8b"


class Inflater(Protocol):
    """What `zlib.decompressobj` gives."""

    @property
    def eof(self) -> bool:
        """Whether the packed data came to their own end."""

    @property
    def unused_data(self) -> bytes:
        """What was given beyond that end."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was given and is not used yet."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most so many bytes."""

    def copy(self) -> Inflater:
        """The same state once more."""


class Plain:
    """Stands for an inflater where nothing was deflated."""

    eof = False
    unused_data = b""

    def __init__(self) -> None:
        self.unconsumed_tail = b""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """The first bytes; the others are kept for the next time."""
        self.unconsumed_tail = data[max_length:]
        return data[:max_length]

    def copy(self) -> Inflater:
        """Another one."""
        return Plain()


class _Point(NamedTuple):
    """The state of an inflater somewhere in a file."""

    position: int
    """Unpacked bytes before it."""
    raw: int
    """Where in the packed file it goes on."""
    inflater: Inflater


class Unpacked(io.RawIOBase):
    """The bytes of a packed file, at any offset, in bounded memory. Ends early where damaged."""

    def __init__(
        self,
        file: BinaryIO,
        inflater: Inflater,
        span: tuple[int, int],
        *,
        size: int | None = None,
        gzip: bool = False,
    ) -> None:
        self.damage = ""
        self._file = file
        self._start, self._end = span
        self._size = size
        self._gzip = gzip
        info = os.fstat(file.fileno())
        self._points = _points(
            (info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, self._start)
        )
        self._points.setdefault(0, _Point(0, self._start, inflater.copy()))
        self._go(self._points[0])

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is, at the price that the module's docstring says."""
        return True

    def close(self) -> None:
        """The packed file is closed too."""
        self._file.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """As every raw file."""
        data = self._next(min(len(buffer), _STEP))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """To an offset from the start or from here; no further than the end."""
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence != io.SEEK_SET:
            raise io.UnsupportedOperation("the end of a packed file is not known")
        points = list(self._points.values())
        passed = (point for point in points if point.position <= max(offset, 0))
        near = max(passed, key=lambda point: point.position)
        if not near.position <= self._position <= offset:
            self._go(near)
        while self._position < offset and self._next(min(offset - self._position, PIECE)):
            pass
        return self._position

    def tell(self) -> int:
        """Unpacked bytes before here."""
        return self._position

    def _go(self, point: _Point) -> None:
        self._position = point.position
        self._raw = point.raw
        self._inflater = point.inflater.copy()
        self._pending = b""
        self._ended = False

    def _next(self, most: int) -> bytes:
        """Some bytes, `most` at most; none at the end."""
        while most and not self._ended:
            self._read_on()
            try:
                data = self._inflater.decompress(self._pending, most)
            except zlib.error as error:
                self._stop(f"the packed file is damaged: {error}")
                break
            self._consumed(got=bool(data))
            if data:
                self._position += len(data)
                self._passed()
                return data
        return b""

    def _read_on(self) -> None:
        if not self._pending:
            self._file.seek(self._raw)
            self._pending = self._file.read(min(PIECE, self._end - self._raw))

    def _consumed(self, *, got: bool) -> None:
        """Keep the packed bytes that the inflater did not want, and see whether it is done."""
        inflater = self._inflater
        left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        starved = not self._pending and not got
        self._raw += len(self._pending) - len(left)
        self._pending = left
        if inflater.eof:
            self._pending = b""
            self._read_on()
            if self._gzip and self._pending.startswith(_GZIP_MARK):
                self._inflater = fresh(_GZIP_BITS)
            else:
                self._ended = True
        elif starved:
            self._stop("the packed file is cut off")

    def _passed(self) -> None:
        """Keep the state at every step, and stop where a limit is reached."""
        if self._position > LARGEST:
            self._stop(f"the packed file holds more than {LARGEST >> 30} GiB")
        elif self._position > max(RATIO_FROM, (self._raw - self._start) * RATIO):
            self._stop(f"the packed file unpacks to more than {RATIO} times its size")
        elif self._size is not None and self._position >= self._size:
            self._ended = True
        step = self._position // _STEP
        if not self._ended and step not in self._points:
            self._points[step] = _Point(self._position, self._raw, self._inflater.copy())

    def _stop(self, damage: str) -> None:
        self.damage = damage
        self._ended = True


@lru_cache(maxsize=_FILES)
def _points(_file: tuple[int, ...]) -> dict[int, _Point]:
    """States of one file, by steps; all that read it in this process add to them."""
    return {}


def fresh(bits: int) -> Inflater:
    """An inflater at its start; `bits` as zlib has them."""
    return zlib.decompressobj(bits)
