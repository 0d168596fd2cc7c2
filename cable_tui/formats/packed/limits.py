"""Limits for compressed files and archives; anything beyond them is refused as hostile."""

from __future__ import annotations

LARGEST = 2 << 30
"""The most bytes of one decompressed file."""
LARGEST_ARCHIVE = 16 << 30
"""The most bytes of a decompressed archive."""
MOST_MEMBERS = 300_000
"""The most files in one archive: all 251,287 cables, with the pages that list them."""
LARGEST_DICTIONARY = 256 << 20
"""The most memory of an LZMA decoder, in bytes; `xz -9` needs 65 MiB."""
_RATIO = 200
"""The most times its compressed size that a file may decompress to."""
_RATIO_FROM = 1 << 20
"""The decompressed size in bytes below which the ratio is not checked."""
TOO_MUCH = f"unpacks to more than {_RATIO} times its size"


def unpacks_to_too_much(size: int, packed: int) -> bool:
    """Return whether a file's decompressed size is so much larger that it must be hostile."""
    return size > max(_RATIO_FROM, packed * _RATIO)
