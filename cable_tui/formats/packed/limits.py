"""The limits of packed files: what is larger, or more, is refused as hostile or too large."""

from __future__ import annotations

LARGEST = 2 << 30
"""The most bytes of one file, unpacked."""
LARGEST_ARCHIVE = 16 << 30
"""The most bytes of an archive, unpacked."""
MOST_MEMBERS = 300_000
"""The most files in one archive: all 251,287 cables, with the pages that list them."""
LARGEST_DICTIONARY = 256 << 20
"""The most bytes that a decoder of LZMA may hold; `xz -9` needs 65 MiB."""
_RATIO = 200
"""A file may unpack to this many times its size."""
_RATIO_FROM = 1 << 20
"""Bytes below which the ratio is not checked."""
TOO_MUCH = f"unpacks to more than {_RATIO} times its size"


def unpacks_to_too_much(size: int, packed: int) -> bool:
    """Return whether the unpacked size of a file is so much larger that it must be hostile."""
    return size > max(_RATIO_FROM, packed * _RATIO)
