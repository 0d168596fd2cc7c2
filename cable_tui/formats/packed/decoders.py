"""Decompressors for all supported methods, with one interface for all libraries.

They decode piece by piece and hide the differences between libraries: zlib returns unused bytes
while the others keep them, and only zlib's state can be copied, which allows reading to resume in
the middle of a file.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats.packed import limits

_GZIP_BITS, _RAW_BITS = 31, -15
_LZMA_PROPERTIES = 5
_MOST_BITS = 40


class Damaged(Exception):  # noqa: N818 - what is wrong with the packed bytes
    """Raised if compressed bytes cannot be decoded; the text gives the reason."""


class Decoder:
    """The state of decompressing one stream with an object of a library."""

    held = 0
    """The number of bytes that were passed in but not used yet, if the library reports it."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    @property
    def eof(self) -> bool:
        """Whether the compressed stream has ended."""
        return bool(self._inner.eof)

    @property
    def hungry(self) -> bool:
        """Whether more bytes are needed before any output can be produced."""
        return bool(self._inner.needs_input)

    def decode(self, data: bytes, most: int) -> bytes:
        """Add compressed `data` and return at most `most` decompressed bytes. Raises `Damaged`."""
        from lzma import LZMAError

        try:
            unpacked_data: bytes = self._inner.decompress(data, most)
        except (LZMAError, OSError, ValueError, EOFError) as error:
            raise Damaged(str(error)) from error
        except MemoryError as error:
            raise Damaged("it needs more memory than allowed") from error
        return unpacked_data

    def unused(self) -> bytes:
        """Return bytes that were passed in beyond the end of the stream."""
        return bytes(self._inner.unused_data)

    def copy(self) -> Decoder | None:
        """Return a copy of the state without `held`, or None if it cannot be copied."""
        return None


class Codec(NamedTuple):
    """One compression method."""

    fresh: Callable[[], Decoder]
    again: bytes = b""
    """The first bytes of a further compressed stream, if another stream may follow."""


class Plain(Decoder):
    """A decoder for bytes that are not compressed."""

    eof = False

    def __init__(self) -> None:
        super().__init__(None)
        self._data = b""

    @property
    def hungry(self) -> bool:
        """Whether more bytes are needed, as in `Decoder.hungry`."""
        return not self._data

    @property
    def held(self) -> int:  # type: ignore[override]
        """The number of unused bytes, as in `Decoder.held`."""
        return len(self._data)

    def decode(self, data: bytes, most: int) -> bytes:
        """Return the first bytes; the rest is kept for the next call."""
        all_bytes = self._data + data
        self._data = all_bytes[most:]
        return all_bytes[:most]

    def unused(self) -> bytes:
        """Return no bytes, because plain bytes have no end mark."""
        return b""

    def copy(self) -> Decoder:
        """Return a new decoder."""
        return Plain()


class Deflate(Decoder):
    """A zlib decoder, for gzip or for the raw bytes in a zip."""

    hungry = True

    def __init__(self, inner: Any) -> None:
        super().__init__(inner)
        self._tail = b""

    @property
    def held(self) -> int:  # type: ignore[override]
        """The number of unused bytes, as in `Decoder.held`."""
        return len(self._tail)

    def decode(self, data: bytes, most: int) -> bytes:
        """Implement `Decoder.decode`."""
        try:
            unpacked_data: bytes = self._inner.decompress(self._tail + data, most)
        except zlib.error as error:
            raise Damaged(str(error)) from error
        self._tail = self._inner.unconsumed_tail
        # Output may still be inside of zlib when its input is used up.
        self.hungry = not self._tail and len(unpacked_data) < most
        return unpacked_data

    def copy(self) -> Decoder:
        """Implement `Decoder.copy`."""
        return Deflate(self._inner.copy())


def gzip() -> Decoder:
    """Return a decoder for gzip."""
    return Deflate(zlib.decompressobj(_GZIP_BITS))


def deflate() -> Decoder:
    """Return a decoder for raw deflate without a header, as in a zip."""
    return Deflate(zlib.decompressobj(_RAW_BITS))


def bzip2() -> Decoder:
    """Return a decoder for bzip2."""
    from bz2 import BZ2Decompressor  # few archives have any

    return Decoder(BZ2Decompressor())


def xz() -> Decoder:
    """Return a decoder for xz."""
    import lzma  # few archives have any

    return Decoder(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.LARGEST_DICTIONARY))


Filter = dict[str, int]
"""One filter of the library lzma, with its options."""


def lzma1(properties: bytes, before: Sequence[Filter] = ()) -> Decoder:
    """Return a decoder for LZMA without a header, whose five properties are stored elsewhere.

    This is for zip and 7z. `before` contains the filters through which its output passes. Raises
    `Damaged`.
    """
    import lzma  # few archives have any

    if len(properties) != _LZMA_PROPERTIES or properties[0] >= 9 * 5 * 5:
        raise Damaged("the LZMA properties are invalid")
    packed_numbers, dictionary_size = properties[0], int.from_bytes(properties[1:], "little")
    lzma_filter = {
        "id": lzma.FILTER_LZMA1,
        "lc": packed_numbers % 9,
        "lp": packed_numbers // 9 % 5,
        "pb": packed_numbers // 45,
        "dict_size": _dictionary(dictionary_size),
    }
    return _raw([*before, lzma_filter])


def lzma2(properties: bytes, before: Sequence[Filter] = ()) -> Decoder:
    """Return a decoder for LZMA2 without a header, as in a 7z. Raises `Damaged`."""
    import lzma  # few archives have any

    if len(properties) != 1 or properties[0] > _MOST_BITS:
        raise Damaged("the LZMA2 properties are invalid")
    size_bits = properties[0]
    dictionary_size = _dictionary((2 | size_bits & 1) << size_bits // 2 + 11)
    return _raw([*before, {"id": lzma.FILTER_LZMA2, "dict_size": dictionary_size}])


def _dictionary(size: int) -> int:
    if size > limits.LARGEST_DICTIONARY:
        raise Damaged("it needs more memory than allowed")
    return max(size, 4096)


def _raw(filters: list[Filter]) -> Decoder:
    import lzma

    try:
        return Decoder(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters))
    except (lzma.LZMAError, ValueError) as error:
        raise Damaged(str(error)) from error
