"""What sharing keeps of some cables, removed for good; what others have stays with them."""

from __future__ import annotations

import sqlite3


def _of_archive(mark: str, entry: str) -> str:
    cable = f"coalesce({mark}, {entry})"
    return f"CASE WHEN {cable} NOT NULL THEN in_archive({cable}) END"


_STANDING = _of_archive(
    "json_extract(value, '$.canonical_id')", "json_extract(value, '$.mark.canonical_id')"
)
_OWN = _of_archive(
    "json_extract(event, '$.value.canonical_id')",
    "json_extract(event, '$.value.mark.canonical_id')",
)


def forget(connection: sqlite3.Connection, *, marks: bool) -> None:
    """Remove what earlier events say of cables for which SQL's `in_archive` is true.

    With `marks` also what stands of them. Events keep their numbers, and what they replaced: others
    count on that. Inside of the caller's transaction.
    """
    if marks:
        connection.execute(f"DELETE FROM standing WHERE {_STANDING}")  # noqa: S608 - constants
    connection.execute(
        "UPDATE own_event SET event = json_set(event, '$.value', NULL) "  # noqa: S608 - constants
        f"WHERE {_OWN} AND NOT EXISTS (SELECT 1 FROM standing WHERE "
        "standing.library = own_event.library AND standing.counter = own_event.counter)"
    )
