"""Decoders: from packed bytes to plain ones, with one interface for all libraries.

A piece is decoded at a time. It hides the differences of libraries: zlib hands back unused bytes,
the others keep them; only zlib's state can be copied, so that reading may go on from the middle of
a file.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cable_tui.formats.packed import limits

_GZIP_BITS, _RAW_BITS = 31, -15
_LZMA_PROPERTIES = 5
_MOST_BITS = 40


class Damaged(Exception):  # noqa: N818 - what is wrong with the packed bytes
    """Packed bytes that no decoder can read; the text says why."""


class Decoder:
    """The state of unpacking one stream of packed bytes, by an object of a library."""

    held = 0
    """Bytes that were given and not used yet, if the library knows."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    @property
    def eof(self) -> bool:
        """Whether the packed bytes ended."""
        return bool(self._inner.eof)

    @property
    def hungry(self) -> bool:
        """Whether it needs more bytes before it can unpack anything."""
        return bool(self._inner.needs_input)

    def decode(self, data: bytes, most: int) -> bytes:
        """Unpack at most `most` bytes, after adding the packed `data`. Raises `Damaged`."""
        from lzma import LZMAError

        try:
            unpacked_data: bytes = self._inner.decompress(data, most)
        except (LZMAError, OSError, ValueError, EOFError) as error:
            raise Damaged(str(error)) from error
        except MemoryError as error:
            raise Damaged("it needs more memory than it may have") from error
        return unpacked_data

    def unused(self) -> bytes:
        """Return bytes that were given beyond the end."""
        return bytes(self._inner.unused_data)

    def copy(self) -> Decoder | None:
        """Return a copy of the state without `held`; None if it cannot be copied."""
        return None


class Codec(NamedTuple):
    """One method of packing bytes."""

    fresh: Callable[[], Decoder]
    again: bytes = b""
    """The beginning of a further stream of packed bytes, if one may follow."""


class Plain(Decoder):
    """A decoder for bytes that are not packed."""

    eof = False

    def __init__(self) -> None:
        super().__init__(None)
        self._data = b""

    @property
    def hungry(self) -> bool:
        """The same as in `Decoder.hungry`."""
        return not self._data

    @property
    def held(self) -> int:  # type: ignore[override]
        """The same as in `Decoder.held`."""
        return len(self._data)

    def decode(self, data: bytes, most: int) -> bytes:
        """Return the first bytes; the rest is kept for the next call."""
        data = self._data + data
        self._data = data[most:]
        return data[:most]

    def unused(self) -> bytes:
        """Return no bytes: it has no end."""
        return b""

    def copy(self) -> Decoder:
        """Return another one."""
        return Plain()


class Deflate(Decoder):
    """A decoder of zlib: for a gzip, or the raw bytes in a zip."""

    hungry = True

    def __init__(self, inner: Any) -> None:
        super().__init__(inner)
        self._tail = b""

    @property
    def held(self) -> int:  # type: ignore[override]
        """The same as in `Decoder.held`."""
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
    """Return a decoder for a gzip."""
    return Deflate(zlib.decompressobj(_GZIP_BITS))


def deflate() -> Decoder:
    """Return a decoder for deflated bytes without a head, as in a zip."""
    return Deflate(zlib.decompressobj(_RAW_BITS))


def bzip2() -> Decoder:
    """Return a decoder for a bzip2."""
    from bz2 import BZ2Decompressor  # few archives have any

    return Decoder(BZ2Decompressor())


def xz() -> Decoder:
    """Return a decoder for an xz."""
    import lzma  # few archives have any

    return Decoder(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.LARGEST_DICTIONARY))


Filter = dict[str, int]
"""One filter of the library lzma, with its options."""


def lzma1(properties: bytes, before: Sequence[Filter] = ()) -> Decoder:
    """Return a decoder for LZMA without a head: a zip and a 7z have its five properties elsewhere.

    `before` are the filters that its output goes through. Raises `Damaged`.
    """
    import lzma  # few archives have any

    if len(properties) != _LZMA_PROPERTIES or properties[0] >= 9 * 5 * 5:
        raise Damaged("the properties of LZMA are wrong")
    numbers, size = properties[0], int.from_bytes(properties[1:], "little")
    lzma_filter = {
        "id": lzma.FILTER_LZMA1,
        "lc": numbers % 9,
        "lp": numbers // 9 % 5,
        "pb": numbers // 45,
        "dict_size": _dictionary(size),
    }
    return _raw([*before, lzma_filter])


def lzma2(properties: bytes, before: Sequence[Filter] = ()) -> Decoder:
    """Return a decoder for LZMA2 without a head, as in a 7z. Raises `Damaged`."""
    import lzma  # few archives have any

    if len(properties) != 1 or properties[0] > _MOST_BITS:
        raise Damaged("the properties of LZMA2 are wrong")
    bits = properties[0]
    size = _dictionary((2 | bits & 1) << bits // 2 + 11)
    return _raw([*before, {"id": lzma.FILTER_LZMA2, "dict_size": size}])


def _dictionary(size: int) -> int:
    if size > limits.LARGEST_DICTIONARY:
        raise Damaged("it needs more memory than it may have")
    return max(size, 4096)


def _raw(filters: list[Filter]) -> Decoder:
    import lzma

    try:
        return Decoder(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters))
    except (lzma.LZMAError, ValueError) as error:
        raise Damaged(str(error)) from error
