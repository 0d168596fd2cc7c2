"""How many of how many, with the range that holds the true share in 95 of 100 cases."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_Z = 1.96


class Share(NamedTuple):
    """A part of a number, and the number."""

    part: int
    whole: int

    def __str__(self) -> str:
        """The share with its 95 % range (Wilson)."""
        if not self.whole:
            return "0 of 0"
        share, n = self.part / self.whole, self.whole
        middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        half = _Z * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n)) / (1 + _Z * _Z / n)
        return f"{self.part:,} of {n:,}: {share:.3f} ({middle - half:.3f} to {middle + half:.3f})"
