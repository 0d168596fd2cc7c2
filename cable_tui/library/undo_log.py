"""The log of changes: each is stored as its rows before and after, and undone from them."""

from __future__ import annotations

import json
import sqlite3

from cable_tui.errors import LibraryError
from cable_tui.library.schema import COLUMNS, json_row


class UndoRefusedError(LibraryError):
    """What a change made is not as it made it any more, and stays."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} is not undone: {why}")


def begin(
    connection: sqlite3.Connection, what: str, author: str, at: str, undoes: int | None = None
) -> int:
    """A new change, to which all that follows in this transaction belongs."""
    added = connection.execute(
        "INSERT INTO change (at, author, what, undoes) VALUES (?, ?, ?, ?)",
        (at, author, what, undoes),
    )
    return int(added.lastrowid or 0)


def end(connection: sqlite3.Connection, change: int) -> bool:
    """Whether the change changed anything; one that did not is no change."""
    known = connection.execute("SELECT 1 FROM event WHERE change_id = ? LIMIT 1", (change,))
    if known.fetchone():
        return True
    connection.execute("DELETE FROM change WHERE id = ?", (change,))
    return False


def last(connection: sqlite3.Connection, author: str) -> int | None:
    """The last change of an author that was not taken back, and takes none back itself."""
    found = connection.execute(
        "SELECT max(id) FROM change WHERE author = ? AND undoes IS NULL"
        " AND id NOT IN (SELECT undoes FROM change WHERE undoes IS NOT NULL)"
        " AND id IN (SELECT change_id FROM event)",
        (author,),
    ).fetchone()
    return None if found is None or found[0] is None else int(found[0])


def undo(connection: sqlite3.Connection, change: int) -> str:
    """Put every row of a change back as it was before it, the last one first; what it was.

    Raises `UndoRefusedError` where a row is no longer what the change made of it.
    """
    found = connection.execute("SELECT what FROM change WHERE id = ?", (change,)).fetchone()
    what = str(found[0]) if found else ""
    events = connection.execute(
        "SELECT subject, row_id, before, after FROM event WHERE change_id = ? ORDER BY id DESC",
        (change,),
    ).fetchall()
    for table, row, before, after in events:
        if _now(connection, table, row) != after:
            raise UndoRefusedError(what, "another window or reader has changed it since")
        if not _put(connection, table, row, before):
            raise UndoRefusedError(what, "the same is there again")
    return what


def _now(connection: sqlite3.Connection, table: str, row: int) -> str | None:
    expression = json_row(table, table)
    found = connection.execute(
        f"SELECT {expression} FROM {table} WHERE id = ?",  # noqa: S608 - names of the schema
        (row,),
    ).fetchone()
    return None if found is None else str(found[0])


def _put(connection: sqlite3.Connection, table: str, row: int, before: str | None) -> bool:
    """Whether there is room for the row as it was."""
    if before is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))  # noqa: S608 - the schema's
        return True
    values = json.loads(before)
    names = COLUMNS[table]
    # No REPLACE: it would delete a row in the way, and the log would not have it.
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}, id) "  # noqa: S608 - names of the schema
        f"VALUES ({', '.join('?' * len(names))}, ?) "
        f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{each} = excluded.{each}' for each in names)}"
    )
    try:
        connection.execute(statement, (*(values[name] for name in names), row))
    except sqlite3.IntegrityError:
        return False
    return True
