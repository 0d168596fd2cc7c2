"""The `page` of an answer: the number of rows, how to get more of them, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.value import Value

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Fingerprint, OrNull


class PageOfRows(Value):
    """The `page` of an answer with rows: how many rows there are in total, and how to get more."""

    total: Count | None
    """The total number of rows; null if reading ended at --limit before all rows were known."""
    next: OrNull[str]
    """The value for --after that returns the next rows; null if these are the last rows."""
    fingerprint: OrNull[Fingerprint]
    """The number that identifies the archive that gave the answer; null if no archive was used."""
    corrected: tuple[Filled, ...]
    """Sentences about how the query was interpreted and which words were searched for instead of
    others.
    """
    left_out: tuple[Filled, ...]
    """Sentences about rows that may be missing and why, and other notes on the rows."""
