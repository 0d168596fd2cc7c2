"""Sets of cables as the bits of one large integer: the bit of a cable is its id.

And, or, not and counting take microseconds for 251,287 cables. A value with few cables has an array
of ids instead. Ids are never reused, so removed cables leave bits that are never set; each costs an
eighth of a byte.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cached_property
from itertools import compress
from typing import TypeAlias

from cable_tui.base.pattern import pattern

Posting: TypeAlias = "int | array[int]"
"""The cables that share a value: bits, or their ids if they are few."""

_ONE_IN = 256
"""A set is stored as bits if it contains more than one in this many cables. Counting common bits is
as slow as looking up one cable in a thousand; keeping more sets as bits would take more memory.
"""
_SPARSE = 64
"""The divisor of the number of cables that gives the maximum size of a set to read byte by byte,
skipping zeros.
"""
_ONES = bytes(int(byte == ord("1")) for byte in range(256))
_OF_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_NOT_ZERO = pattern(rb"[^\0]")


def from_ids(ids: Iterable[int], size: int) -> int:
    """Return the set of these ids, all below `size`."""
    if not size:
        return 0
    binary_digits = bytearray(b"0" * size)
    for set_id in ids:
        binary_digits[set_id] = 49
    binary_digits.reverse()
    return int(binary_digits, 2)


def ids_of(bits: int, size: int) -> array[int]:
    """Return the ids of a set, from the lowest."""
    if bits.bit_count() * _SPARSE > size:
        return array("I", compress(range(size), IdSet(bits, size).mask))
    packed_bits = bits.to_bytes(size // 8 + 1, "little")
    ids = array("I")
    for byte_match in _NOT_ZERO.finditer(packed_bits):
        byte_index = byte_match.start()
        ids.extend([byte_index * 8 + bit for bit in _OF_BYTE[packed_bits[byte_index]]])
    return ids


def posting(ids: array[int], size: int) -> Posting:
    """Return ids as bits or as an array, depending on their number."""
    return from_ids(ids, size) if len(ids) * _ONE_IN > size else ids


def union(postings: Iterable[Posting], size: int) -> int:
    """Return the set of all cables in the postings."""
    set_bits = 0
    id_arrays: list[array[int]] = []
    for posting in postings:
        if isinstance(posting, int):
            set_bits |= posting
        else:
            id_arrays.append(posting)
    return (
        set_bits | from_ids((id_ for ids in id_arrays for id_ in ids), size)
        if id_arrays
        else set_bits
    )


class IdSet:
    """A set of cables in which values are counted."""

    def __init__(self, bits: int, size: int) -> None:
        self.bits = bits
        self.size = size

    @cached_property
    def mask(self) -> bytes:
        """A sequence with one byte for each id: 1 if the id is in the set."""
        if not self.size:
            return b""
        return f"{self.bits:0{self.size}b}".encode()[::-1].translate(_ONES)

    def among(self, of: Posting) -> Iterable[int]:
        """Return the cables of a posting that are in the set."""
        if isinstance(of, int):
            return ids_of(of & self.bits, self.size)
        return (id_ for id_ in of if self.mask[id_])

    def count(self, of: Posting) -> int:
        """Return how many cables of a posting are in the set."""
        if isinstance(of, int):
            return (self.bits & of).bit_count()
        return sum(map(self.mask.__getitem__, of))
