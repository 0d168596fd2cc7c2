"""Sets of cables as the bits of one large integer: a bit a row of the columns.

And, or, not and counting take microseconds at 251,287 rows. What few cables share is kept as an
array of rows instead.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

Posting: TypeAlias = "int | array[int]"
"""The rows that share a value: bits, or the rows themselves where they are few."""

_ONE_IN = 256
"""A value that more than one cable in so many has is kept as bits."""
_ONES = bytes(int(byte == ord("1")) for byte in range(256))


def from_rows(rows: Iterable[int], size: int) -> int:
    """The set of these rows of `size`."""
    if not size:
        return 0
    digits = bytearray(b"0" * size)
    for row in rows:
        digits[row] = 49
    digits.reverse()
    return int(digits, 2)


def posting(rows: array[int], size: int) -> Posting:
    """Rows in the form that their number calls for."""
    return from_rows(rows, size) if len(rows) * _ONE_IN > size else rows


def united(postings: Iterable[Posting], size: int) -> int:
    """The set of all rows of some postings."""
    bits = 0
    few: list[array[int]] = []
    for each in postings:
        if isinstance(each, int):
            bits |= each
        else:
            few.append(each)
    return bits | from_rows((row for rows in few for row in rows), size) if few else bits


class Selection:
    """A set of rows that values are counted in."""

    def __init__(self, bits: int, size: int) -> None:
        self.bits = bits
        self.size = size

    @cached_property
    def mask(self) -> bytes:
        """One byte a row: 1 where it is in the set."""
        if not self.size:
            return b""
        return f"{self.bits:0{self.size}b}".encode()[::-1].translate(_ONES)

    def count(self, of: Posting) -> int:
        """How many rows of a posting are in the set."""
        if isinstance(of, int):
            return (self.bits & of).bit_count()
        return sum(map(self.mask.__getitem__, of))
