"""The library's SQLite file: how it is opened, checked and written.

A rollback journal and `synchronous=EXTRA` mean: what is committed is on the disk,
and the file can be read on a full disk and in a read-only folder, where a WAL cannot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cable_tui.errors import LibraryError
from cable_tui.library import schema

_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
UNCHANGED = ". Nothing was changed"
"""Where a reason ends, and what became of the change begins."""
_REASONS = {
    sqlite3.SQLITE_FULL: f"the disk is full{UNCHANGED}; make room and try again",
    sqlite3.SQLITE_READONLY: f"it or its folder is read-only{UNCHANGED}",
    sqlite3.SQLITE_CANTOPEN: f"this user may not open it{UNCHANGED}",
    sqlite3.SQLITE_BUSY: f"another program is using it{UNCHANGED}; try again",
}
_TEMPORARY = {*_REASONS, sqlite3.SQLITE_IOERR}


def version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version, 0 for an empty file. Raises `LibraryError` for another's file."""
    # In this order: another program may be making the tables, and signs them in the same write.
    (filled,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != schema.APPLICATION_ID and (owner or filled):
        raise LibraryError(
            f"{path} is no library of cable-tui; it was left as it is. Move it away for a new one"
        )
    return user_version(connection)


def user_version(connection: sqlite3.Connection) -> int:
    """The number of the schema that the file says it has."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def damage(connection: sqlite3.Connection) -> str:
    """The first finding of SQLite's own check; empty if the file is sound."""
    (finding,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if finding == "ok" else str(finding)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One write, on the disk when this is left; nothing of it where anything raises.

    An empty file gets its schema, and an old one the schema of today, in the same write.
    """
    connection.execute("PRAGMA synchronous = EXTRA")
    # On macOS what was synced may be in the disk's own memory only; elsewhere this does nothing.
    connection.execute("PRAGMA fullfsync = ON")
    # IMMEDIATE: a transaction that begins as a reader cannot become a writer while another writes.
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = version(connection, path)
        if found == 0:
            schema.create(connection)
        elif found < schema.VERSION:
            schema.migrate(connection, found)
        yield
        connection.execute("COMMIT")
    finally:
        # A full disk has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def utf8(text: str) -> str:
    """The text as SQLite can store it: half a surrogate pair has no UTF-8.

    Such halves come from bytes of a command line that cannot be decoded.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is no sound database."""
    return _code(error) in _CORRUPT


def reason(error: sqlite3.Error | OSError) -> str:
    """Why the file could not be used, in words; SQLite's errors say that nothing was changed."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _REASONS.get(_code(error), f"{error}{UNCHANGED}")


def is_temporary(error: sqlite3.Error | OSError) -> bool:
    """Whether the same may work later: the disk is full or read-only, or somebody else writes."""
    return isinstance(error, OSError) or _code(error) in _TEMPORARY


def _code(error: sqlite3.Error) -> int:
    # Extended result codes keep the primary one in their low byte.
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
