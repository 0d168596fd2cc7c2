"""The library's SQLite file: its schema, and the few statements that are run on it.

A rollback journal and `synchronous=EXTRA` (reliability.md 3.3): what is committed is on the disk,
and the file can be read on a full disk and in a read-only folder, where a WAL cannot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cable_tui.errors import LibraryError
from cable_tui.library.marks import Mark

APPLICATION_ID = 0x43_42_4C_45
"""`CBLE`: tells this file from other SQLite files."""
VERSION = 1
"""The schema's version, `PRAGMA user_version`."""
SCHEMA = """
CREATE TABLE mark (
  id           INTEGER PRIMARY KEY,
  reference_id TEXT NOT NULL,  -- as the archive gives it
  canonical_id TEXT NOT NULL,  -- what marks are found by
  paragraph    TEXT NOT NULL,  -- label; '' is the whole cable
  fingerprint  TEXT NOT NULL,  -- of the paragraph's text; '' where it was not at hand
  note         TEXT NOT NULL,
  author       TEXT NOT NULL,
  created      TEXT NOT NULL,  -- ISO 8601, UTC
  UNIQUE (canonical_id, paragraph, note, author)
)
"""
WAIT = 10.0
"""Seconds to wait for another program that writes."""

_COLUMNS = "reference_id, canonical_id, paragraph, fingerprint, note, author, created"
_SELECT = f"SELECT {_COLUMNS}, id FROM mark"  # noqa: S608 - a constant
_INSERT = f"INSERT INTO mark ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"  # noqa: S608 - a constant
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full. Nothing was changed; make room and try again",
    sqlite3.SQLITE_READONLY: "it or its folder is read-only. Nothing was changed",
    sqlite3.SQLITE_CANTOPEN: "this user may not open it. Nothing was changed",
    sqlite3.SQLITE_BUSY: "another program is writing to it. Nothing was changed; try again",
}


def connect(path: Path) -> sqlite3.Connection:
    """A connection to an existing file, for any thread. Raises `sqlite3.Error`."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False
    )
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    return connection


def version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version, 0 for an empty file. Raises `LibraryError` for another's file."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != APPLICATION_ID and (owner or _has_tables(connection)):
        raise LibraryError(f"{path} is no library of cable-tui; it was left as it is")
    return int(number)


def damage(connection: sqlite3.Connection) -> str:
    """The first finding of SQLite's own check; empty if the file is sound."""
    (finding,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if finding == "ok" else str(finding)


def check(path: Path) -> str:
    """What is wrong with a library file, in words; empty if nothing is. Changes nothing."""
    if not path.exists():
        return ""
    try:
        with closing(connect(path)) as connection:
            version(connection, path)
            return damage(connection)
    except sqlite3.Error as error:
        return reason(error)
    except LibraryError as error:
        return str(error)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One write, on the disk when this is left; nothing of it where anything raises.

    An empty file gets its schema in the same write.
    """
    connection.execute("PRAGMA synchronous = EXTRA")
    # IMMEDIATE: a transaction that begins as a reader cannot become a writer while another writes.
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version(connection, path) == 0:
            connection.execute(SCHEMA)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        yield
        connection.execute("COMMIT")
    finally:
        # A full disk has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def read(
    connection: sqlite3.Connection, where: str = "", values: tuple[object, ...] = ()
) -> list[Mark]:
    """The marks that a constant condition selects, the oldest first."""
    if not _has_tables(connection):
        return []
    rows = connection.execute(f"{_SELECT} {where} ORDER BY id", values).fetchall()
    return [_mark(row) for row in rows]


def insert(connection: sqlite3.Connection, mark: Mark) -> Mark:
    """Store a mark unless the same is there; returns the stored one."""
    fields = (
        mark.reference_id,
        mark.canonical_id,
        mark.paragraph or "",
        mark.fingerprint or "",
        mark.note,
        mark.author,
        mark.created,
    )
    values = tuple(map(plain, fields))
    connection.execute(_INSERT, values)
    same = "WHERE canonical_id = ? AND paragraph = ? AND note = ? AND author = ?"
    return read(connection, same, (values[1], values[2], values[4], values[5]))[0]


def salvaged(path: Path) -> list[Mark]:
    """The marks of a damaged file, up to the place where it breaks."""
    found = []
    with closing(connect(path)) as connection:
        try:
            for row in connection.execute(_SELECT):
                found.append(_mark(row))  # noqa: PERF401 - what was read so far is kept
        except sqlite3.DatabaseError:
            return found
    return found


def plain(text: str) -> str:
    """SQLite stores UTF-8: half a surrogate pair, from a shell's undecodable byte, has none."""
    return text.encode("utf-8", "replace").decode("utf-8")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is no sound database."""
    return _code(error) in _CORRUPT


def reason(error: sqlite3.Error) -> str:
    """What SQLite says, in words that tell what became of a change."""
    return _REASONS.get(_code(error), f"{error}. Nothing was changed")


def _code(error: sqlite3.Error) -> int:
    # Extended result codes keep the primary one in their low byte.
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _has_tables(connection: sqlite3.Connection) -> bool:
    (count,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return bool(count)


def _mark(row: tuple[object, ...]) -> Mark:
    given, canonical, paragraph, printed, note, author, created = map(str, row[:7])
    key = row[7]
    return Mark(
        given,
        canonical,
        paragraph or None,
        printed or None,
        note,
        author,
        created,
        key if isinstance(key, int) else 0,
    )
