"""The SQLite file of the library: its tables, how it is opened, checked and written, its log.

A rollback journal and `synchronous=EXTRA` mean: committed changes are on the disk, and the file can
be read on a full disk and in a read-only folder, where a WAL cannot.

Schema 1 had the marks alone. Schema 2 has lists in the reader's own order, saved searches, what was
read, and every change of marks, lists and searches as rows that are only ever added: what a reader
undoes, and what can be read back. Schema 3 has what is private, and what is shared with others.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.library.mark import Mark, uid

_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
UNCHANGED = ". Nothing was changed"
"""The text between a reason and the fate of the change."""
_REASONS = {
    sqlite3.SQLITE_FULL: f"the disk is full{UNCHANGED}; make room and try again",
    sqlite3.SQLITE_READONLY: f"it or its folder is read-only{UNCHANGED}",
    sqlite3.SQLITE_CANTOPEN: f"this user may not open it{UNCHANGED}",
    sqlite3.SQLITE_BUSY: f"another program is using it{UNCHANGED}; try again",
}
_TEMPORARY = {*_REASONS, sqlite3.SQLITE_IOERR}
APPLICATION_ID = 0x43_42_4C_45
"""The number `CBLE`, which distinguishes this file from other SQLite files."""
VERSION = 3
"""The schema's version, `PRAGMA user_version`."""
SCHEMA_1 = "reference_id, canonical_id, paragraph, fingerprint, note, author, created, id"
"""The columns of a mark in schema 1."""
COLUMNS = {
    "mark": (
        "uid",  # the same mark in every library
        "reference_id",  # as the archive gives it
        "canonical_id",  # what marks are found by
        "paragraph",  # label; '' is the whole cable
        "fingerprint",  # of the paragraph's text; '' where it was not at hand
        "note",
        "author",
        "created",  # ISO 8601, UTC
        "changed",  # the same, of the note
    ),
    "list": ("name", "rank"),
    "entry": ("list_id", "mark_id", "rank"),  # a mark in a list
    "search": ("name", "query", "rank"),  # a saved search
    "private": (
        "kind",  # `list`, `mark`, one that was put into a private list, or as in `OwnNames`
        "name",  # of the list, the uid of the mark, a name that marks are signed with, or, of the
        # kind `record`, as in `RecordChoices`
    ),
}
"""The columns, apart from `id`, of every table whose changes are logged."""
_UNIQUE = {
    "mark": ("uid", "canonical_id, paragraph, note, author"),
    "list": ("name",),
    "entry": ("list_id, mark_id",),
    "search": ("name",),
    "private": ("kind, name",),
}
_TYPES = {"list_id": "INTEGER", "mark_id": "INTEGER", "rank": "NUMERIC"}
"""The types of columns that are not text. A rank may lie between two others."""
_PLAIN = """
CREATE TABLE change (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,  -- ISO 8601, UTC
  author TEXT NOT NULL,
  what   TEXT NOT NULL,  -- in words
  undoes INTEGER         -- the change that this one takes back
);
CREATE TABLE event (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  change_id INTEGER NOT NULL,
  subject   TEXT NOT NULL,     -- table
  row_id    INTEGER NOT NULL,
  before    TEXT,              -- the row as JSON, NULL where it was added
  after     TEXT               -- the same, NULL where it was taken away
);
CREATE TABLE seen (
  canonical_id TEXT PRIMARY KEY,  -- a cable that was read
  at           TEXT NOT NULL      -- ISO 8601, UTC
) WITHOUT ROWID
"""
_SHARING = """
CREATE TABLE sharing (
  name  TEXT PRIMARY KEY,  -- `library`, who this is to others, `home`, where its file is, `clock`,
                           -- the latest known, `looked`, the last row of `event` that was looked
  value NOT NULL           -- at for others, and `too_long`, whether a note may be
) WITHOUT ROWID;
CREATE TABLE own_event (   -- what this library has told others, and tells a target that lost it
  library TEXT NOT NULL,
  counter INTEGER NOT NULL,
  event   TEXT NOT NULL,   -- `sharing.events.dumps`
  PRIMARY KEY (library, counter)
);
CREATE TABLE taken (       -- how far the events of each library are known, its own too
  library TEXT PRIMARY KEY,
  counter INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE standing (    -- events that no other one replaces
  library TEXT NOT NULL,
  counter INTEGER NOT NULL,
  clock   INTEGER NOT NULL,
  subject TEXT NOT NULL,
  name    TEXT NOT NULL,   -- of the list or the search
  member  TEXT NOT NULL,   -- the uid of the mark
  place   TEXT,            -- `place_of` the mark
  value   TEXT NOT NULL,   -- JSON
  row_id  INTEGER,         -- the row that has it here
  PRIMARY KEY (library, counter)
);
CREATE INDEX standing_name ON standing (name, subject);
CREATE INDEX standing_member ON standing (member, subject);
CREATE INDEX standing_place ON standing (place);
CREATE INDEX standing_row ON standing (row_id, subject);
CREATE TABLE replaced (    -- events that are replaced before they came
  library TEXT NOT NULL,
  counter INTEGER NOT NULL,
  PRIMARY KEY (library, counter)
) WITHOUT ROWID;
CREATE INDEX entry_mark ON entry (mark_id);
CREATE TRIGGER entry_private AFTER INSERT ON entry
WHEN EXISTS (
  SELECT 1 FROM list JOIN private ON private.kind = 'list' AND private.name = list.name
  WHERE list.id = new.list_id
) BEGIN
  INSERT INTO private (kind, name)
  SELECT 'mark', uid FROM mark WHERE id = new.mark_id
  AND NOT EXISTS (SELECT 1 FROM private WHERE kind = 'mark' AND name = mark.uid)|
END
"""


def version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema's version, 0 for an empty file.

    Raises `LibraryError` for another's file.
    """
    # In this order: another program may be making the tables, and signs them in the same write.
    (table_count,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != APPLICATION_ID and (owner or table_count):
        raise LibraryError(
            f"{path} is not a library of cable-tui; it was left unchanged. Move it away for a "
            "new one"
        )
    return user_version(connection)


def user_version(connection: sqlite3.Connection) -> int:
    """Return the schema number in the file."""
    (version_number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version_number)


def damage(connection: sqlite3.Connection) -> str:
    """Return the first finding of SQLite's own check; empty if the file is sound."""
    (finding,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if finding == "ok" else str(finding)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Yield one write, on the disk when the block ends; nothing is written if anything raises.

    An empty file gets its schema, and an old one the present schema, in the same write.
    """
    connection.execute("PRAGMA synchronous = EXTRA")
    # On macOS what was synced may be in the disk's own memory only; elsewhere this does nothing.
    connection.execute("PRAGMA fullfsync = ON")
    # IMMEDIATE: a transaction that begins as a reader cannot become a writer while another writes.
    connection.execute("BEGIN IMMEDIATE")
    try:
        stored_version = version(connection, path)
        if stored_version == 0:
            create(connection)
        elif stored_version < VERSION:
            migrate(connection, stored_version)
        yield
        connection.execute("COMMIT")
    finally:
        # A full disk has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def utf8(text: str) -> str:
    """Return the text as SQLite can store it: half a surrogate pair is not valid in UTF-8.

    Such halves come from bytes of a command line that cannot be decoded.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether SQLite reports that the file is not a sound database."""
    return _code(error) in _CORRUPT


def reason(error: sqlite3.Error | OSError) -> str:
    """Return why the file could not be used, in words.

    SQLite's errors add that nothing was changed.
    """
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _REASONS.get(_code(error), f"{error}{UNCHANGED}")


def is_temporary(error: sqlite3.Error | OSError) -> bool:
    """Return whether it may work later.

    The disk is full or read-only, or another program is writing.
    """
    return isinstance(error, OSError) or _code(error) in _TEMPORARY


def _code(error: sqlite3.Error) -> int:
    # Extended result codes keep the primary one in their low byte.
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def create(connection: sqlite3.Connection) -> None:
    """Make the present tables in an empty file, inside of the caller's transaction."""
    tables = [statement for table in COLUMNS for statement in (_table(table), *_triggers(table))]
    for statement in (*_PLAIN.split(";"), *tables, *_sharing()):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _sharing() -> list[str]:
    """Return the statements; the semicolon inside of a trigger does not end one."""
    return [statement.replace("|", ";") for statement in _SHARING.split(";")]


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring an older schema up to date, inside of the caller's transaction."""
    if version == 2:
        for statement in (_table("private"), *_triggers("private"), *_sharing()):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        return
    old_rows = connection.execute(f"SELECT {SCHEMA_1} FROM mark ORDER BY id").fetchall()  # noqa: S608
    connection.execute("DROP TABLE mark")
    create(connection)
    connection.execute(
        "INSERT INTO change (at, author, what) "
        "VALUES (strftime('%Y-%m-%dT%H:%M:%SZ'), '', 'taken over from schema 1')"
    )
    for old_row in old_rows:
        connection.execute(
            f"INSERT INTO mark ({SCHEMA_1}, uid, changed) "  # noqa: S608 - constants
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*old_row, uid(Mark(*old_row[:7])), old_row[6]),
        )


def add_row(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> int:
    """Add a row of these columns; return its id."""
    statement = (
        f"INSERT INTO {table} ({', '.join(values)}) "  # noqa: S608 - names of the schema
        f"VALUES ({', '.join('?' * len(values))})"
    )
    return int(connection.execute(statement, tuple(values.values())).lastrowid or 0)


def json_row(table: str, row: str) -> str:
    """Return the SQL expression of a row, `new` or `old` or a table's name, as JSON."""
    column_pairs = ", ".join(f"'{name}', {row}.{name}" for name in COLUMNS[table])
    return f"json_object({column_pairs})"


def _table(table: str) -> str:
    columns = [f"{name} {_TYPES.get(name, 'TEXT')} NOT NULL" for name in COLUMNS[table]]
    unique_columns = [f"UNIQUE ({names})" for names in _UNIQUE[table]]
    # AUTOINCREMENT: the id of a row that was removed stays free for its return.
    column_words = ", ".join(["id INTEGER PRIMARY KEY AUTOINCREMENT", *columns, *unique_columns])
    return f"CREATE TABLE {table} ({column_words})"


def _triggers(table: str) -> list[str]:
    """Return triggers that log every change of a row, so that no code can forget it."""
    new_row, old_row = json_row(table, "new"), json_row(table, "old")
    kinds = (
        ("INSERT", "new.id", "NULL", new_row),
        ("UPDATE", "new.id", old_row, new_row),
        ("DELETE", "old.id", old_row, "NULL"),
    )
    return [
        f"CREATE TRIGGER {table}_{kind.lower()} AFTER {kind} ON {table} BEGIN "  # noqa: S608 - constants
        f"INSERT INTO event (change_id, subject, row_id, before, after) "
        f"VALUES ((SELECT max(id) FROM change), '{table}', {row}, {row_before}, {row_after}); END"
        for kind, row, row_before, row_after in kinds
    ]


class UndoRefusedError(LibraryError):
    """The row has changed since, so the change is not undone."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} is not undone: {why}")


def begin_change(
    connection: sqlite3.Connection, what: str, author: str, time: str, undoes: int | None = None
) -> int:
    """Begin a change, to which everything in this transaction belongs."""
    values = {"at": time, "author": author, "what": what, "undoes": undoes}
    return add_row(connection, "change", values)


def end_change(connection: sqlite3.Connection, change: int) -> bool:
    """Close a change; remove it if nothing changed. Return whether anything did."""
    events_of_change = connection.execute(
        "SELECT 1 FROM event WHERE change_id = ? LIMIT 1", (change,)
    )
    if events_of_change.fetchone():
        return True
    connection.execute("DELETE FROM change WHERE id = ?", (change,))
    return False


def last_change(connection: sqlite3.Connection, author: str) -> int | None:
    """Return the last change of an author that was not undone, and is not an undo itself."""
    (last_change,) = connection.execute(
        "SELECT max(id) FROM change WHERE author = ? AND undoes IS NULL"
        " AND id NOT IN (SELECT undoes FROM change WHERE undoes IS NOT NULL)"
        " AND id IN (SELECT change_id FROM event)",
        (author,),
    ).fetchone()
    return None if last_change is None else int(last_change)


def undo_change(connection: sqlite3.Connection, change: int) -> str:
    """Restore every row of a change, the last one first; return the description of the change.

    Raises `UndoRefusedError` if a row has changed since.
    """
    row_found = connection.execute("SELECT what FROM change WHERE id = ?", (change,)).fetchone()
    what_was_changed = str(row_found[0]) if row_found else ""
    events = connection.execute(
        "SELECT subject, row_id, before, after FROM event WHERE change_id = ? ORDER BY id DESC",
        (change,),
    ).fetchall()
    for table_name, row, row_before, row_after in events:
        if _now(connection, table_name, row) != row_after:
            raise UndoRefusedError(
                what_was_changed, "another window or reader has changed it since"
            )
        if not _put(connection, table_name, row, row_before):
            raise UndoRefusedError(what_was_changed, "the same is there again")
    return what_was_changed


def _now(connection: sqlite3.Connection, table: str, row: int) -> str | None:
    expression = json_row(table, table)
    row_found = connection.execute(
        f"SELECT {expression} FROM {table} WHERE id = ?",  # noqa: S608 - names of the schema
        (row,),
    ).fetchone()
    return None if row_found is None else str(row_found[0])


def _put(connection: sqlite3.Connection, table: str, row: int, before: str | None) -> bool:
    """Put a row back; return whether there was room for it."""
    if before is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))  # noqa: S608 - the schema's
        return True
    values = json.loads(before)
    names = COLUMNS[table]
    # No REPLACE: it would delete a row in the way, and the log would not have it.
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}, id) "  # noqa: S608 - names of the schema
        f"VALUES ({', '.join('?' * len(names))}, ?) "
        f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}"
    )
    try:
        connection.execute(statement, (*(values[name] for name in names), row))
    except sqlite3.IntegrityError:
        return False
    return True
