"""The values in rows of the library: hits and counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cable_tui.base.value import Value

if TYPE_CHECKING:
    from cable_tui.query.answers import CableRow


class Hit(Value):
    """A cable in a list."""

    ref: str
    """The cable's reference ID, as the archive spells it."""
    date: date | None
    """The day on which the cable was sent; None if no valid date is known."""
    created: str | None
    """When the cable was sent, as precisely as in the archive: `2009-02-13T14:57Z`."""
    classification: str | None
    origin: str | None
    """The post or office that sent the cable."""
    subject: str | None
    tags: tuple[str, ...]


KINDS = {
    **dict.fromkeys(("ref", "created", "classification", "origin", "subject"), "text"),
    "date": "date",
    "tags": "texts",
}
"""The columns of hits in a data frame, each with its type."""


class CountRow(Value):
    """A value and the number of cables that have it."""

    value: str
    title: str | None
    """The meaning of the value, if the tables include it."""
    count: int
    across: tuple[int, ...]
    """The number of these cables for each of `Counts.columns`."""


def hit_of(row: CableRow) -> Hit:
    """Return a row of a list of cables as a hit."""
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
    """Return the day of a time in the archive's format, or None for an empty string."""
    return date.fromisoformat(created[:10]) if created else None
