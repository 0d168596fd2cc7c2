"""The tables of the library's file, and how the file of an older program becomes one of today.

Schema 1 had the marks alone. Schema 2 has lists in the reader's own order, saved searches, what was
read, and every change of marks, lists and searches as rows that are only ever added: what a reader
undoes, and what can be read back. Schema 3 has what is private, and what is shared with others.
"""

from __future__ import annotations

import sqlite3

from cable_tui.library.marks import Mark, uid

APPLICATION_ID = 0x43_42_4C_45
"""`CBLE`: tells this file from other SQLite files."""
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
        "kind",  # `list`, `mark`, one that was put into a private list, or as in `own_names`
        "name",  # of the list, the uid of the mark, a name that marks are signed with, or, of the
        # kind `record`, as in `record_choices`
    ),
}
"""The columns beside `id` of every table whose changes are written down."""
_UNIQUE = {
    "mark": ("uid", "canonical_id, paragraph, note, author"),
    "list": ("name",),
    "entry": ("list_id, mark_id",),
    "search": ("name",),
    "private": ("kind, name",),
}
_TYPES = {"list_id": "INTEGER", "mark_id": "INTEGER", "rank": "NUMERIC"}
"""Of columns that are no texts. A rank may lie between two others."""
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
  place   TEXT,            -- `merging.place` of the mark
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


def create(connection: sqlite3.Connection) -> None:
    """The tables of today in an empty file, inside of the caller's transaction."""
    tables = [each for table in COLUMNS for each in (_table(table), *_triggers(table))]
    for statement in (*_PLAIN.split(";"), *tables, *_sharing()):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _sharing() -> list[str]:
    """The statements; the semicolon inside of a trigger does not end one."""
    return [each.replace("|", ";") for each in _SHARING.split(";")]


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """An older schema to that of today, inside of the caller's transaction."""
    if version == 1:
        _migrate_marks(connection)
        return
    for statement in (_table("private"), *_triggers("private"), *_sharing()):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _migrate_marks(connection: sqlite3.Connection) -> None:
    old = connection.execute(f"SELECT {SCHEMA_1} FROM mark ORDER BY id").fetchall()  # noqa: S608
    connection.execute("DROP TABLE mark")
    create(connection)
    connection.execute(
        "INSERT INTO change (at, author, what) "
        "VALUES (strftime('%Y-%m-%dT%H:%M:%SZ'), '', 'taken over from schema 1')"
    )
    for row in old:
        connection.execute(
            f"INSERT INTO mark ({SCHEMA_1}, uid, changed) "  # noqa: S608 - constants
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, uid(Mark(*row[:7])), row[6]),
        )


def json_row(table: str, row: str) -> str:
    """The SQL expression of a row, `new` or `old` or a table's name, as JSON."""
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in COLUMNS[table])
    return f"json_object({pairs})"


def _table(table: str) -> str:
    columns = [f"{name} {_TYPES.get(name, 'TEXT')} NOT NULL" for name in COLUMNS[table]]
    unique = [f"UNIQUE ({names})" for names in _UNIQUE[table]]
    # AUTOINCREMENT: the id of a row that was taken away stays free for its return.
    inside = ", ".join(["id INTEGER PRIMARY KEY AUTOINCREMENT", *columns, *unique])
    return f"CREATE TABLE {table} ({inside})"


def _triggers(table: str) -> list[str]:
    """Whatever changes a row writes it down, so that no change can be forgotten."""
    new, old = json_row(table, "new"), json_row(table, "old")
    kinds = (
        ("INSERT", "new.id", "NULL", new),
        ("UPDATE", "new.id", old, new),
        ("DELETE", "old.id", old, "NULL"),
    )
    return [
        f"CREATE TRIGGER {table}_{kind.lower()} AFTER {kind} ON {table} BEGIN "  # noqa: S608 - constants
        f"INSERT INTO event (change_id, subject, row_id, before, after) "
        f"VALUES ((SELECT max(id) FROM change), '{table}', {row}, {before}, {after}); END"
        for kind, row, before, after in kinds
    ]
