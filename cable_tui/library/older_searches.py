"""Saved searches of older programs get the `or` that they meant: see `query.parser.from_older`.

Every reading does that, so that a file which cannot be written, or an older program beside this
one, changes no answer. Writing it is one change of the log. Who undoes it wants the old words:
if the log knows of that, the search stays as it is.
"""

from __future__ import annotations

import sqlite3

from cable_tui.library.sqlite_file import user_version
from cable_tui.query.parser import from_older

WHAT = "write or into saved searches"
_SEARCHES = "SELECT id, name, query FROM search ORDER BY rank, name"
_WAS_UNDONE = """
SELECT 1 FROM event JOIN change ON change.id = change_id
WHERE what = ? AND change.id IN (SELECT undoes FROM change) AND subject = 'search' AND row_id = ?
AND CASE WHEN json_valid(before) THEN json_extract(before, '$.query') = ? END
"""


def meant(connection: sqlite3.Connection, key: int, query: str) -> str:
    """The query of a row as this program reads it."""
    now = from_older(query)
    if now == query or connection.execute(_WAS_UNDONE, (WHAT, key, query)).fetchone():
        return query
    return now


def searches(connection: sqlite3.Connection) -> dict[str, str]:
    """The queries of the saved searches by their names, in the reader's order."""
    if user_version(connection) < 2:
        return {}
    rows = connection.execute(_SEARCHES).fetchall()
    return {str(name): meant(connection, key, str(query)) for key, name, query in rows}


def older(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """The searches that are to be written: id, name, and the query that was meant."""
    if user_version(connection) < 2:
        return []
    return [
        (key, str(name), now)
        for key, name, query in connection.execute(_SEARCHES).fetchall()
        if (now := meant(connection, key, str(query))) != query
    ]


def rewrite(connection: sqlite3.Connection) -> list[str]:
    """Write them, inside of the caller's change; their names."""
    found = older(connection)
    connection.executemany(
        "UPDATE search SET query = ? WHERE id = ?", ((now, key) for key, _, now in found)
    )
    return [name for _, name, _ in found]
