"""Random access to the bytes of a compressed file, in bounded memory.

To read at an offset, decompression resumes from the last position before it whose state is known:

- gzip and deflate: a state of about 40 kB is kept every 8 MiB of decompressed data for the lifetime
  of the process. The first access to the end of a dump of 1.6 GB decompresses it once, which takes
  some seconds; any later access takes less than a tenth of a second.
- bzip2, xz and 7z: the state cannot be copied. The last position is kept when a file is closed, and
  so is the beginning of each stream. Reading forward is fast, but reading backward by more than
  1 MiB starts again: see `Unpacked.in_order`.

A file in a zip or 7z has a CRC in the directory, which is checked once all bytes have been read, in
any order. `read_to_end` reads the remaining bytes.
"""

from __future__ import annotations

import io
import os
from functools import lru_cache
from itertools import count
from threading import Lock
from typing import BinaryIO
from zlib import crc32

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats.packed import limits
from cable_tui.formats.packed.decoders import Codec, Damaged, Decoder
from cable_tui.operating_system import files

ALTERED = "the compressed file is damaged: its checksum does not match"
PIECE = 1 << 18
"""The number of bytes read and decompressed at a time."""
_RECENT = 4
"""The number of most recent pieces to keep; going back within these costs nothing."""
_STATES = 256
"""The number of states of a file after which the distance between them doubles."""
_FILES = 4
"""The maximum number of files whose states are stored."""
_UNNAMED = count()
Key = tuple[int, ...]


class _Point(NamedTuple):
    """A position in a file at which reading can begin."""

    position: int
    """The number of decompressed bytes before the position."""
    raw: int
    """The offset in the compressed file from which decompression continues."""
    decoder: Decoder | None
    """The decoder at this position, or None for a new one."""


class _Live(NamedTuple):
    """A decoder at some position in a file, with the last bytes that it returned."""

    end: int
    """The number of decompressed bytes before the next byte."""
    raw: int
    decoder: Decoder
    recent: list[bytearray]

    @property
    def first(self) -> int:
        """The first position that can be read without decompressing."""
        return self.end - sum(map(len, self.recent))


class _Trace:
    """What this process knows about one compressed file."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.points: list[_Point] = []
        self.parked: _Live | None = None


class _Raw(io.RawIOBase):
    """A file inside another file, readable from any position."""

    _size: int | None
    """The size in bytes, or None if unknown."""
    _position = 0
    damage = ""
    """The damage found so far, or an empty string."""
    is_altered = False
    """Whether bytes are known to differ from the original ones."""
    _crc: int | None = None
    """The CRC that the bytes should have, or None if unknown."""
    _crc_so_far = _summed = 0
    """The CRC of the first bytes, and the number of these bytes."""

    def _sum(self, start: int, data: bytes) -> None:
        """Add bytes at an offset to the CRC, and check it at the end of the file."""
        if self._crc is None or not start <= self._summed < start + len(data):
            return
        self._crc_so_far = crc32(data[self._summed - start :], self._crc_so_far)
        self._summed = start + len(data)
        if self._summed == self._size and self._crc_so_far != self._crc:
            self.damage, self.is_altered = ALTERED, True

    def read_to_end(self) -> None:
        """Read everything that has not been read yet, so that the CRC is checked."""
        if self._crc is None:
            return
        position = self.tell()
        self.seek(self._summed)
        while self.read(PIECE):
            pass
        self.seek(position)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True; the module's docstring describes the cost for a compressed file."""
        return True

    def tell(self) -> int:
        """Return the current position in bytes."""
        return self._position

    def _wanted_at(self, offset: int, whence: int) -> int:
        """Return the requested position.

        It may be relative to the end only if the size is known.
        """
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence == io.SEEK_END:
            if self._size is None:
                raise io.UnsupportedOperation("the end of this file is unknown")
            offset += self._size
        return max(offset, 0)


class Unpacked(_Raw):
    """The bytes of a compressed file at any offset, in bounded memory. Ends early if damaged."""

    piece = PIECE
    """The number of bytes read and decompressed at a time."""
    first_piece = 1 << 12
    """The number of bytes first given to a decoder; it is small because a file may be many short
    streams.
    """
    step = 8 << 20
    """The number of bytes between two kept states."""

    def __init__(  # noqa: PLR0913 - options by name
        self,
        file: BinaryIO,
        codec: Codec,
        span: tuple[int, int],
        *,
        size: int | None = None,
        largest: int = limits.LARGEST,
        crc: int | None = None,
    ) -> None:
        """Open the compressed bytes in `span`; `size` and `crc` describe the decompressed data.

        Both are None if unknown.
        """
        self._file = file
        self._crc = crc
        self._fresh = codec.fresh
        self._start, self._end = span
        self._size = size
        self._largest = largest
        self._again = codec.again
        self.key: Key = (*key_of(file), self._start)
        self._trace = _trace(self.key)
        self._ended = size == 0
        self._buffer = b""
        self._buffered_at = 0
        self._feed = self.first_piece
        decoder = codec.fresh()
        self.in_order = decoder.copy() is None
        """Whether reading backward starts again at the beginning."""
        self._live = _Live(0, self._start, decoder, [])
        with self._trace.lock:
            if not self._trace.points:
                self._trace.points.append(_Point(0, self._start, None))

    def close(self) -> None:
        """Keep the position for the next reader, and close the compressed file."""
        if not self.closed and not self.damage and self._live.end:
            with self._trace.lock:
                self._trace.parked = self._live
        self._file.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read bytes into a buffer, as any raw file does."""
        while self._position >= self._live.end:
            if not self._unpack():
                return 0
        piece_start = self._live.end
        for piece in reversed(self._live.recent):
            piece_start -= len(piece)
            if piece_start <= self._position:
                break
        requested_bytes = piece[self._position - piece_start :][: len(buffer)]
        buffer[: len(requested_bytes)] = requested_bytes
        self._position += len(requested_bytes)
        return len(requested_bytes)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset, at most the end.

        It may be relative to the end only if the size is known.
        """
        offset = self._wanted_at(offset, whence)
        if not self._live.first <= offset <= self._live.end:
            self._approach(offset)
        while self._live.end < offset and self._unpack():
            pass
        self._position = min(offset, self._live.end)
        return self._position

    def _approach(self, offset: int) -> None:
        """Continue from the nearest known position before an offset."""
        with self._trace.lock:
            parked_reader, known_points = self._trace.parked, self._trace.points
            nearest_point = max(
                (point for point in known_points if point.position <= offset),
                key=lambda point: point.position,
            )
            current_end = self._live.end if self._live.end <= offset else -1
            if (
                parked_reader
                and parked_reader.first <= offset
                and parked_reader.end > max(nearest_point.position, current_end)
            ):
                self._live, self._trace.parked = parked_reader, None
            elif nearest_point.position <= current_end:
                return
            else:
                decoder = nearest_point.decoder.copy() if nearest_point.decoder else None
                self._live = _Live(
                    nearest_point.position, nearest_point.raw, decoder or self._fresh(), []
                )
        self._feed = self.piece
        self._ended = self._size is not None and self._live.end >= self._size

    def _unpack(self) -> bool:
        """Decompress some more bytes; return False at the end."""
        end, raw_offset, decoder, recent_pieces = self._live
        most_bytes = self.piece - end % self.piece  # pieces begin at multiples of their length
        most_bytes = most_bytes if self._size is None else min(most_bytes, self._size - end)
        while not self._ended:
            packed_data, needs_input = b"", decoder.hungry
            if needs_input and not decoder.eof:
                packed_data = self._packed(raw_offset, self._feed)
                raw_offset += len(packed_data)
                self._feed = min(2 * self._feed, self.piece)
            try:
                unpacked_data = b"" if decoder.eof else decoder.decode(packed_data, most_bytes)
            except Damaged as error:
                # What was unpacked before the error may be wrong already.
                self.is_altered = True
                self._stop(f"the compressed file is damaged: {error}")
                return False
            if unpacked_data:
                self._sum(end, unpacked_data)
                self._live = _Live(
                    end + len(unpacked_data),
                    raw_offset,
                    decoder,
                    _joined(recent_pieces, end, unpacked_data, self.piece),
                )
                self._passed()
                return True
            if decoder.eof:
                decoder, raw_offset = self._next_stream(decoder, raw_offset, end)
            elif needs_input and not packed_data:
                self._stop("the compressed file is cut off")
        self._live = _Live(end, raw_offset, decoder, recent_pieces)
        return False

    def _packed(self, raw: int, most: int) -> bytes:
        """Return compressed bytes at an offset, fewer than `most` only at the end."""
        buffer_offset = raw - self._buffered_at
        if buffer_offset < 0 or buffer_offset + min(most, self._end - raw) > len(self._buffer):
            self._file.seek(raw)
            self._buffer = self._file.read(min(self.piece, max(self._end - raw, 0)))
            self._buffered_at, buffer_offset = raw, 0
        return self._buffer[buffer_offset : buffer_offset + most]

    def _next_stream(self, decoder: Decoder, raw_offset: int, end: int) -> tuple[Decoder, int]:
        """Handle the end of a stream, which another stream or only padding may follow."""
        raw_offset -= len(decoder.unused())
        while (packed_data := self._packed(raw_offset, self.first_piece)) and not (
            data_after_zeros := packed_data.lstrip(b"\0")
        ):
            raw_offset += len(packed_data)
        if packed_data and self._again:
            raw_offset += len(packed_data) - len(data_after_zeros)
            if self._packed(raw_offset, self.first_piece).startswith(self._again):
                self._keep(_Point(end, raw_offset, None))
                self._feed = self.first_piece
                return self._fresh(), raw_offset
            self._stop("bytes after the end of the compressed file were not read")
        self._ended = True
        return decoder, raw_offset

    def _passed(self) -> None:
        """Keep the state after every step, and stop at a limit."""
        end, raw_offset, decoder, _ = self._live
        if end > self._largest:
            self._stop(f"the compressed file contains more than {self._largest >> 30} GiB")
        elif limits.unpacks_to_too_much(end, raw_offset - self._start):
            self._stop(f"the packed file {limits.TOO_MUCH}")
        elif self._size is not None and end >= self._size:
            self._ended = True
        elif end >= self._due() and (decoder := decoder.copy()):  # type: ignore[assignment]
            self._keep(_Point(end, raw_offset - self._live.decoder.held, decoder))

    def _due(self) -> int:
        """Return the position at which the next state should be kept."""
        points = self._trace.points
        return points[-1].position + (self.step << len(points) // _STATES)

    def _keep(self, point: _Point) -> None:
        with self._trace.lock:
            if point.position >= self._due():
                self._trace.points.append(point)

    def _stop(self, damage: str) -> None:
        self.damage = damage
        self._ended = True


def _joined(recent: list[bytearray], end: int, unpacked: bytes, piece: int) -> list[bytearray]:
    """Return the last pieces with newly decompressed bytes appended."""
    if recent and end % piece:
        recent[-1] += unpacked
        return recent
    return [*recent[1 - _RECENT :], bytearray(unpacked)]


class FilePart(_Raw):
    """A part of a file as a separate file."""

    def __init__(
        self, file: BinaryIO, start: int, size: int | None, crc: int | None = None
    ) -> None:
        """Open a part of `file`, up to its end if `size` is None; `crc` is None if unknown."""
        self._file = file
        self._start = start
        self._size = size
        self._crc = crc
        self.key: Key = (*key_of(file), start)

    def close(self) -> None:
        """Close the whole file."""
        self._file.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read bytes into a buffer, as any raw file does."""
        most_bytes = len(buffer)
        if self._size is not None:
            most_bytes = min(most_bytes, max(self._size - self._position, 0))
        self._file.seek(self._start + self._position)
        read_bytes = self._file.read(most_bytes) if most_bytes else b""
        buffer[: len(read_bytes)] = read_bytes
        self._sum(self._position, read_bytes)
        self._position += len(read_bytes)
        return len(read_bytes)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset in the part."""
        self._position = self._wanted_at(offset, whence)
        return self._position


class Held(io.BytesIO):
    """A short file that was decompressed completely, in memory."""

    longest = 16 << 20
    """The maximum size, in bytes, of a file that is decompressed in memory; a longer file is a
    stream.
    """

    def __init__(self, data: bytes, archive: BinaryIO, start: int) -> None:
        """Hold the `data` that was read from the `archive` at `start`."""
        super().__init__(data)
        self.key: Key = (*key_of(archive), start)
        self.in_order = in_order(archive)
        """Whether going back to an earlier file in the archive restarts at its beginning."""

    def again(self) -> Held:
        """Return the same file for another reader, sharing the bytes."""
        return Held(self.getvalue(), self, 0)


def held(data: bytes, archive: BinaryIO, start: int) -> BinaryIO:
    """Return a short file decompressed in memory, and close its source."""
    held_file = Held(data, archive, start)
    archive.close()
    return held_file


def buffered(raw: Unpacked | FilePart) -> BinaryIO:
    """Return a raw file with a buffer, like every other file."""
    return io.BufferedReader(raw, PIECE)


def raw_of(file: BinaryIO) -> object:
    """Return the raw file under a buffered file, or the file itself if it has no buffer."""
    return getattr(file, "raw", file)


def key_of(file: BinaryIO) -> Key:
    """Return a key that differs between files, and after a file has changed."""
    raw = raw_of(file)
    if isinstance(raw, Unpacked | FilePart | Held):
        return raw.key
    try:
        return files.version(os.fstat(file.fileno()))
    except OSError:
        return (next(_UNNAMED),)  # in memory: like no other


def size_of(file: BinaryIO) -> int:
    """Return the size of a file that can seek to its end; this moves to the file's start."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size


def damage(file: BinaryIO) -> str:
    """Return the damage found so far in the compressed file being read; usually empty."""
    raw = raw_of(file)
    return raw.damage or damage(raw._file) if isinstance(raw, Unpacked | FilePart) else ""


def is_altered(file: BinaryIO) -> bool:
    """Return whether bytes of a file, or of a file around it, are known to be altered."""
    raw = raw_of(file)
    return isinstance(raw, Unpacked | FilePart) and (raw.is_altered or is_altered(raw._file))


def read_to_end(file: BinaryIO) -> None:
    """Read the remaining bytes of a compressed file with a CRC, so that it is checked."""
    raw_file = raw_of(file)
    if isinstance(raw_file, Unpacked | FilePart):
        raw_file.read_to_end()


def is_packed(file: BinaryIO) -> bool:
    """Return whether a file is decompressed while it is read."""
    raw = raw_of(file)
    return is_packed(raw._file) if isinstance(raw, FilePart) else isinstance(raw, Unpacked)


def in_order(file: BinaryIO) -> bool:
    """Return whether reading backward in a file is slow."""
    raw_file = raw_of(file)
    if isinstance(raw_file, FilePart):
        return in_order(raw_file._file)
    if isinstance(raw_file, Held):
        return raw_file.in_order
    return isinstance(raw_file, Unpacked) and (raw_file.in_order or in_order(raw_file._file))


@lru_cache(maxsize=_FILES)
def _trace(_file: Key) -> _Trace:
    """Return the trace of one file, shared by all readers in this process."""
    return _Trace()
