"""Sets of cables as the bits of one large integer: the bit of a cable is its id.

And, or, not and counting take microseconds for 251,287 cables. A value with few cables has an array
of ids instead. Ids are never reused, so removed cables leave bits that are never set; each costs an
eighth of a byte.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from functools import cached_property
from itertools import compress
from re import Match
from typing import TypeAlias

from cable_tui.base.pattern import pattern

Posting: TypeAlias = "int | array[int]"
"""The cables that share a value: bits, or their ids if they are few."""

_ONE_IN = 256
"""A set is stored as bits if it contains more than one in this many cables. Counting common bits is
as slow as looking up one cable in a thousand; keeping more sets as bits would take more memory.
"""
_SPARSE = 8
"""The divisor of the number of cables that gives the maximum size of a set whose ids are found one
by one.
"""
_ONES = bytes(int(byte == ord("1")) for byte in range(256))
_ONE = pattern("1")
_WIDTH = 4
"""The number of bytes of an id or a number in an array."""


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
    return array("I", map(Match.start, _ONE.finditer(f"{bits:b}"[::-1])))


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


def numbers_of(numbered: Iterable[tuple[int, Posting]], size: int) -> array[int]:
    """Return, by id, the number of the posting that contains a cable, or 0.

    The numbers of several postings are combined with a bitwise or. The postings of each bit are
    first united, because this takes a fraction of the time of going through their cables.
    """
    bits_of_bit: dict[int, int] = {}
    few: list[tuple[int, array[int]]] = []
    for number, posting in numbered:
        if not isinstance(posting, int):
            few.append((number, posting))
            continue
        for bit in range(number.bit_length()):
            if number >> bit & 1:
                bits_of_bit[bit] = bits_of_bit.get(bit, 0) | posting
    numbers_as_bytes = bytearray(_WIDTH * size)
    for byte_index in range(_WIDTH):
        byte_of_each = 0
        for bit in range(8):
            if bits := bits_of_bit.get(8 * byte_index + bit):
                byte_of_each |= int.from_bytes(IdSet(bits, size).mask, "little") << bit
        if byte_of_each:
            numbers_as_bytes[byte_index::_WIDTH] = byte_of_each.to_bytes(size, "little")
    numbers = array("I")
    numbers.frombytes(numbers_as_bytes)
    if sys.byteorder == "big":
        numbers.byteswap()
    for number, ids in few:
        for id_ in ids:
            numbers[id_] |= number
    return numbers


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
