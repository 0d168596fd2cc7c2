"""The values of rows of the library: hits, and counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cable_tui.base.value import Value

if TYPE_CHECKING:
    from cable_tui.query.answers import CableRow


class Hit(Value):
    """A cable of a list."""

    ref: str
    """Its reference ID, as the archive gives it."""
    date: date | None
    """The day on which it was sent; None if nothing valid is known."""
    created: str | None
    """The same as exact as the archive has it: `2009-02-13T14:57Z`."""
    classification: str | None
    origin: str | None
    """The post or office that sent it."""
    subject: str | None
    tags: tuple[str, ...]


KINDS = {
    **dict.fromkeys(("ref", "created", "classification", "origin", "subject"), "text"),
    "date": "date",
    "tags": "texts",
}
"""The columns of hits in a data frame, each with its kind."""


class CountRow(Value):
    """A value and its cables."""

    value: str
    title: str | None
    """The meaning of the value, if the tables have it."""
    count: int
    across: tuple[int, ...]
    """These cables by each of `Counts.columns`."""


def hit_of(row: CableRow) -> Hit:
    """Return a row of the list as a hit."""
    return Hit(
        row.reference_id,
        day_of(row.created),
        row.created or None,
        row.classification or None,
        row.origin or None,
        row.subject or None,
        tuple(row.tags),
    )


def day_of(created: str) -> date | None:
    """Return the day of a time as the archive has it."""
    return date.fromisoformat(created[:10]) if created else None
