"""The library's SQLite file: its tables and log, and how it is opened, checked and written.

The rollback journal and `synchronous=EXTRA` ensure that committed changes are on disk. They also
ensure that the file can be read on a full disk and in a read-only folder, where a WAL cannot be
used.

Schema 1 contained only marks. Schema 2 added lists in the reader's own order, saved searches, read
cables, and a log of all changes to marks, lists and searches. The log's rows are never changed, so
a reader can undo changes, and a damaged file can be recovered from the log. Schema 3 added private
rows, and the tables for sharing. Schema 4 added notes on lists.
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
"""The text between the reason for an error and the outcome of the change."""
_REASONS = {
    sqlite3.SQLITE_FULL: f"the disk is full{UNCHANGED}; free some space and try again",
    sqlite3.SQLITE_READONLY: f"it or its folder is read-only{UNCHANGED}",
    sqlite3.SQLITE_CANTOPEN: f"this user is not allowed to open it{UNCHANGED}",
    sqlite3.SQLITE_BUSY: f"another program is using it{UNCHANGED}; try again",
}
_TEMPORARY = {*_REASONS, sqlite3.SQLITE_IOERR}
APPLICATION_ID = 0x43_42_4C_45
"""The number `CBLE`, which distinguishes this file from other SQLite files."""
VERSION = 4
"""The schema's version, stored as `PRAGMA user_version`."""
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
    "list_note": ("list_id", "note", "changed"),  # what a list means
    "search": ("name", "query", "rank"),  # a saved search
    "private": (
        "kind",  # `list`, `mark`, one that was put into a private list, or as in `OwnNames`
        "name",  # of the list, the uid of the mark, a name that marks are signed with, or, of the
        # kind `record`, as in `RecordChoices`
    ),
}
"""The columns, apart from `id`, of each table whose changes are logged."""
_UNIQUE = {
    "mark": ("uid", "canonical_id, paragraph, note, author"),
    "list": ("name",),
    "entry": ("list_id, mark_id",),
    "list_note": ("list_id",),
    "search": ("name",),
    "private": ("kind, name",),
}
_TYPES = {"list_id": "INTEGER", "mark_id": "INTEGER", "rank": "NUMERIC"}
"""The types of columns that are not text. A rank may be a fraction between two other ranks."""
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
_NOTE_OF_REMOVED_LIST = """
CREATE TRIGGER list_without_note AFTER DELETE ON list
BEGIN DELETE FROM list_note WHERE list_id = old.id; END
"""


def version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema's version, or 0 for an empty file.

    Raises `LibraryError` if another program made the file.
    """
    # In this order: another program may be making the tables, and signs them in the same write.
    (table_count,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (stored_id,) = connection.execute("PRAGMA application_id").fetchone()
    if stored_id != APPLICATION_ID and (stored_id or table_count):
        raise LibraryError(
            f"{path} is not a library of cable-tui; it was left unchanged. Move it elsewhere to "
            "start a new "
            "library"
        )
    return user_version(connection)


def user_version(connection: sqlite3.Connection) -> int:
    """Return the schema version stored in the file."""
    (version_number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version_number)


def damage(connection: sqlite3.Connection) -> str:
    """Return the first error found by SQLite's own check, or an empty string if there is none."""
    (check_result,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if check_result == "ok" else str(check_result)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run a block as one write, saved to disk at the end. If the block raises, nothing changes.

    In the same write, an empty file gets its schema, and an old file is updated to the current
    schema.
    """
    connection.execute("PRAGMA synchronous = EXTRA")
    # On macOS what was synced may be in the disk's own memory only; elsewhere this does nothing.
    connection.execute("PRAGMA fullfsync = ON")
    # IMMEDIATE: a transaction that begins as a reader cannot become a writer while another writes.
    connection.execute("BEGIN IMMEDIATE")
    try:
        file_version = version(connection, path)
        if file_version == 0:
            create(connection)
        elif file_version < VERSION:
            migrate(connection, file_version)
        yield
        connection.execute("COMMIT")
    finally:
        # A full disk has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def utf8(text: str) -> str:
    """Return the text as SQLite can store it, because half a surrogate pair is not valid UTF-8.

    Such halves come from bytes on a command line that cannot be decoded.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether SQLite reports that the file is not a sound database."""
    return _code(error) in _CORRUPT


def reason(error: sqlite3.Error | OSError) -> str:
    """Return the reason why the file could not be used.

    For SQLite's errors, the text adds that nothing was changed.
    """
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return _REASONS.get(_code(error), f"{error}{UNCHANGED}")


def is_temporary(error: sqlite3.Error | OSError) -> bool:
    """Return whether the same operation may succeed later.

    This is so if the disk is full or read-only, or another program is writing.
    """
    return isinstance(error, OSError) or _code(error) in _TEMPORARY


def _code(error: sqlite3.Error) -> int:
    # Extended result codes keep the primary one in their low byte.
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def create(connection: sqlite3.Connection) -> None:
    """Create the current tables in an empty file, inside the caller's transaction."""
    tables = [statement for table in COLUMNS for statement in (_table(table), *_triggers(table))]
    for statement in (*_PLAIN.split(";"), *tables, *_sharing(), _NOTE_OF_REMOVED_LIST):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _sharing() -> list[str]:
    """Return the statements for the sharing tables. `|` is the semicolon inside a trigger."""
    return [statement.replace("|", ";") for statement in _SHARING.split(";")]


def migrate(connection: sqlite3.Connection, old_version: int) -> None:
    """Update an older schema, inside the caller's transaction."""
    if old_version > 1:
        private_rows = (_table("private"), *_triggers("private"), *_sharing())
        list_notes = (_table("list_note"), *_triggers("list_note"), _NOTE_OF_REMOVED_LIST)
        for statement in (*(private_rows if old_version == 2 else ()), *list_notes):
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
    """Add a row with these column values, and return its id."""
    statement = (
        f"INSERT INTO {table} ({', '.join(values)}) "  # noqa: S608 - names of the schema
        f"VALUES ({', '.join('?' * len(values))})"
    )
    return int(connection.execute(statement, tuple(values.values())).lastrowid or 0)


def json_row(table: str, row: str) -> str:
    """Return the SQL expression for a row as JSON; `row` is `new`, `old` or a table's name."""
    column_pairs = ", ".join(f"'{name}', {row}.{name}" for name in COLUMNS[table])
    return f"json_object({column_pairs})"


def _table(table: str) -> str:
    columns = [f"{name} {_TYPES.get(name, 'TEXT')} NOT NULL" for name in COLUMNS[table]]
    unique_columns = [f"UNIQUE ({column_names})" for column_names in _UNIQUE[table]]
    # AUTOINCREMENT: the id of a row that was removed stays free for its return.
    column_words = ", ".join(["id INTEGER PRIMARY KEY AUTOINCREMENT", *columns, *unique_columns])
    return f"CREATE TABLE {table} ({column_words})"


def _triggers(table: str) -> list[str]:
    """Return the triggers that log every change to a row, so that no code can bypass the log."""
    new_row, old_row = json_row(table, "new"), json_row(table, "old")
    action_rows = (
        ("INSERT", "new.id", "NULL", new_row),
        ("UPDATE", "new.id", old_row, new_row),
        ("DELETE", "old.id", old_row, "NULL"),
    )
    return [
        f"CREATE TRIGGER {table}_{sql_action.lower()} AFTER {sql_action} ON {table} BEGIN "  # noqa: S608 - constants
        "INSERT INTO event (change_id, subject, row_id, before, after) "
        f"VALUES ((SELECT max(id) FROM change), '{table}', {row_id_sql}, {before_sql}, "
        f"{after_sql}); END"
        for sql_action, row_id_sql, before_sql, after_sql in action_rows
    ]


class UndoRefusedError(LibraryError):
    """An undo was refused because the row has changed since."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} is not undone: {why}")


def begin_change(
    connection: sqlite3.Connection, what: str, author: str, time: str, undoes: int | None = None
) -> int:
    """Begin a change, which includes everything in this transaction, and return its id."""
    change_values = {"at": time, "author": author, "what": what, "undoes": undoes}
    return add_row(connection, "change", change_values)


def end_change(connection: sqlite3.Connection, change: int) -> bool:
    """Close a change, or remove it if nothing changed; return whether anything did."""
    events_of_change = connection.execute(
        "SELECT 1 FROM event WHERE change_id = ? LIMIT 1", (change,)
    )
    if events_of_change.fetchone():
        return True
    connection.execute("DELETE FROM change WHERE id = ?", (change,))
    return False


def last_change(connection: sqlite3.Connection, author: str) -> int | None:
    """Return the author's last change that was not undone and is not itself an undo, or None."""
    (last_change,) = connection.execute(
        "SELECT max(id) FROM change WHERE author = ? AND undoes IS NULL"
        " AND id NOT IN (SELECT undoes FROM change WHERE undoes IS NOT NULL)"
        " AND id IN (SELECT change_id FROM event)",
        (author,),
    ).fetchone()
    return None if last_change is None else int(last_change)


def undo_change(connection: sqlite3.Connection, change: int) -> str:
    """Restore all rows of a change, in reverse order, and return its description.

    Raises `UndoRefusedError` if a row has changed since.
    """
    change_row = connection.execute("SELECT what FROM change WHERE id = ?", (change,)).fetchone()
    what_was_changed = str(change_row[0]) if change_row else ""
    events = connection.execute(
        "SELECT subject, row_id, before, after FROM event WHERE change_id = ? ORDER BY id DESC",
        (change,),
    ).fetchall()
    for table_name, row_id, row_before, row_after in events:
        if _now(connection, table_name, row_id) != row_after:
            raise UndoRefusedError(
                what_was_changed, "another window or reader has changed it in the meantime"
            )
        if not _put(connection, table_name, row_id, row_before):
            raise UndoRefusedError(what_was_changed, "an identical one is already there")
    return what_was_changed


def _now(connection: sqlite3.Connection, table: str, row_id: int) -> str | None:
    row_sql = json_row(table, table)
    json_row_found = connection.execute(
        f"SELECT {row_sql} FROM {table} WHERE id = ?",  # noqa: S608 - names of the schema
        (row_id,),
    ).fetchone()
    return None if json_row_found is None else str(json_row_found[0])


def _put(connection: sqlite3.Connection, table: str, row_id: int, json_before: str | None) -> bool:
    """Restore a row; return False if another row prevents it."""
    if json_before is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 - the schema's
        return True
    column_values = json.loads(json_before)
    column_names = COLUMNS[table]
    updates = ", ".join(f"{name} = excluded.{name}" for name in column_names)
    # No REPLACE: it would delete a row in the way, and the log would not have it.
    statement = (
        f"INSERT INTO {table} ({', '.join(column_names)}, id) "  # noqa: S608 - names of the schema
        f"VALUES ({', '.join('?' * len(column_names))}, ?) "
        f"ON CONFLICT (id) DO UPDATE SET {updates}"
    )
    try:
        connection.execute(
            statement, (*(column_values[column_name] for column_name in column_names), row_id)
        )
    except sqlite3.IntegrityError:
        return False
    return True
