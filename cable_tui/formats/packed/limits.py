"""Limits for compressed files and archives; anything beyond them is refused as hostile."""

from __future__ import annotations

LARGEST = 2 << 30
"""The maximum decompressed size of one file, in bytes."""
LARGEST_ARCHIVE = 16 << 30
"""The maximum decompressed size of an archive, in bytes."""
MOST_MEMBERS = 300_000
"""The maximum number of files in one archive, enough for all 251,287 cables and the pages that list
them.
"""
LARGEST_DICTIONARY = 256 << 20
"""The maximum memory of an LZMA decoder, in bytes; `xz -9` needs 65 MiB."""
_RATIO = 200
"""The maximum ratio of a file's decompressed size to its compressed size."""
_RATIO_FROM = 1 << 20
"""The decompressed size, in bytes, below which the ratio is not checked."""
TOO_MUCH = f"unpacks to more than {_RATIO} times its size"


def unpacks_to_too_much(size: int, packed: int) -> bool:
    """Return whether a file's decompressed size is so much larger that it must be hostile."""
    return size > max(_RATIO_FROM, packed * _RATIO)
