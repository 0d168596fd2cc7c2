"""The first rows of an archive, which the room shows before it has imported the rest.

A row has the fields of `rows.CableRow` that the list shows; a test compares the two. The module
neither builds, waits nor raises errors: the room reports errors later.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from cable_tui.archive import cache
from cable_tui.archive.cache import FILE_NAME, cache_folder
from cable_tui.archive.records.sortable_times import creation
from cable_tui.program import database
from cable_tui.query.answers import CableRow
from cable_tui.query.flags import BITS

_REDACTED = BITS["has", "redaction"]
_LINES = """
SELECT cable.id, coalesce(reference, canonical), canonical, created, term.text,
    coalesce(subject, ''), post.text, grammar.cable IS NOT NULL, arrived.cable IS NOT NULL,
    EXISTS (SELECT 1 FROM also WHERE also.cable = cable.id), coalesce(flags, 0)
FROM cable
JOIN term ON term.id = classification
JOIN term post ON post.id = origin
LEFT JOIN grammar ON grammar.cable = cable.id
LEFT JOIN arrived ON arrived.cable = cable.id
"""
_NEWEST = f"{_LINES} ORDER BY created DESC, cable.id DESC LIMIT ?"
_THESE = f"{_LINES} WHERE cable.id IN (%s)"
_COUNT = "SELECT value FROM state WHERE key = 'count:cable'"


def first_rows(
    path: Path, cache_root: Path, limit: int, ids: Sequence[int] = ()
) -> tuple[list[CableRow], int]:
    """Return the newest cables, or those with these ids in order, and the number of all cables.

    Return an empty list and 0 if the archive has no cache that can be read now.
    """
    file = cache.readable(cache_folder(path, cache_root)) / FILE_NAME
    for open_mode in ("ro", "ro&immutable=1"):  # as `schema.open_reader`
        try:
            return _read(file, open_mode, limit, ids[:limit])
        except sqlite3.Error:
            continue
    return [], 0


def _read(file: Path, mode: str, limit: int, ids: Sequence[int]) -> tuple[list[CableRow], int]:
    db = database.connect(file, mode)
    try:
        if ids:
            db_rows = db.execute(_THESE % ", ".join("?" * len(ids)), tuple(ids)).fetchall()
        else:
            db_rows = db.execute(_NEWEST, (limit,)).fetchall()
        count_row = db.execute(_COUNT).fetchone()
    finally:
        db.close()
    cable_rows = [
        CableRow(
            id_,
            reference,
            canonical_id,
            creation(time, canonical_id),
            level,
            origin,
            subject,
            (),
            *map(bool, (*known, flags & _REDACTED)),
        )
        for id_, reference, canonical_id, time, level, subject, origin, *known, flags in db_rows
    ]
    if ids:
        row_by_id = {cable_row.id: cable_row for cable_row in cable_rows}
        cable_rows = [row_by_id[id_] for id_ in ids if id_ in row_by_id]
    return cable_rows, int(count_row[0]) if count_row else 0
