"""What is compared, and what came of it."""

from __future__ import annotations

from cable_tui.telegram.comparison.rows import Comparison
from cable_tui.value import Value


class Version(Value):
    """One of two texts that are compared."""

    reference_id: str
    canonical_id: str
    record: int
    """Its number among the records of its cable, the one that is shown first; from 1."""
    records: int
    """How many there are."""
    path: str
    format: str
    labels: tuple[str, ...] = ()
    """Of its paragraphs."""


class Versions(Value):
    """Two texts, and how they differ."""

    left: Version
    right: Version
    comparison: Comparison

    @property
    def one_cable(self) -> bool:
        """Whether both are records of the same cable."""
        return self.left.canonical_id == self.right.canonical_id
