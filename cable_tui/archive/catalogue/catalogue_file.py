"""The catalogue: one SQLite file for a folder of cables, which can always be rebuilt.

It contains facts and locations, no bodies. The schema's version is part of the file's name, so
there are no migrations, and no program opens a catalogue of another version. Readers get
connections from a `Cache`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cable_tui.archive import cache
from cable_tui.archive.cache import FILE_NAME, VERSION
from cable_tui.archive.catalogue import facet_columns
from cable_tui.base.errors import CacheError
from cable_tui.operating_system import files
from cable_tui.program import database
from cable_tui.program.settings import private_folder

APPLICATION_ID = 0x43424C43
"""The number `CBLC`, which identifies the database for us and for `file`."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS file (          -- every regular file below the archive's folder,
                                           -- and every file in an archive there
    id       INTEGER PRIMARY KEY,
    path     BLOB NOT NULL UNIQUE,         -- below the folder, os.fsencode'd; empty: PATH itself
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,             -- -1 until the file was read to its end
    kind     TEXT NOT NULL,                -- Format.name, or Skip.kind
    state    TEXT NOT NULL,                -- format, packed, skipped, silent, unreadable
    start    INTEGER NOT NULL DEFAULT -1,  -- records.packed_files: where it begins in its tar
    in_order INTEGER NOT NULL DEFAULT 0,   -- 1: reading backward in it begins at its start
    records  INTEGER NOT NULL DEFAULT 0    -- that were found in it; of an archive: files left out
);
CREATE TABLE IF NOT EXISTS cable (         -- one row a canonical id: what the container says
    id             INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used twice: see gone
    canonical      TEXT NOT NULL UNIQUE,
    reference      TEXT,                   -- as given, where it is not the canonical one
    created        INTEGER NOT NULL,       -- records.times; 0: not known
    created_from   INTEGER NOT NULL,       -- times.CREATED_FROM
    released       INTEGER NOT NULL,
    origin         INTEGER NOT NULL,       -- term of kind fact:origin
    classification INTEGER NOT NULL,       -- term of kind fact:classification
    file           INTEGER NOT NULL,       -- where its record is
    offset         INTEGER NOT NULL,
    length         INTEGER NOT NULL,
    crc            INTEGER NOT NULL,
    line           INTEGER NOT NULL,
    richness       INTEGER NOT NULL        -- records.best_record of that record
    {facts}                                -- a column for each facet that the facts know
);
CREATE INDEX IF NOT EXISTS cable_created ON cable (created, id);
CREATE INDEX IF NOT EXISTS cable_file ON cable (file);
CREATE TABLE IF NOT EXISTS also (          -- further records of a cable, none of them richer
    file     INTEGER NOT NULL,
    offset   INTEGER NOT NULL,
    length   INTEGER NOT NULL,
    crc      INTEGER NOT NULL,
    line     INTEGER NOT NULL,
    richness INTEGER NOT NULL,
    cable    INTEGER NOT NULL,
    differs  INTEGER,                      -- records.further; NULL: not compared yet
    PRIMARY KEY (file, offset)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS also_cable ON also (cable);
CREATE INDEX IF NOT EXISTS also_new ON also (cable) WHERE differs IS NULL;
CREATE INDEX IF NOT EXISTS also_differs ON also (cable, differs) WHERE differs > 0;
CREATE TABLE IF NOT EXISTS grammar (       -- what the telegram says; a cable without a row: not yet
    cable    INTEGER PRIMARY KEY,
    subject  TEXT NOT NULL,
    marking  TEXT,
    tags     BLOB,                         -- terms of kind fact:tag, in the cable's order
    warnings TEXT,                         -- codes, by blanks
    readings TEXT,                         -- records.catalogue_rows: addressees that no line names
    head_end INTEGER NOT NULL,             -- where SUBJECT, TAGS and REF end in the body
    flags    INTEGER NOT NULL,             -- query.flags
    length   INTEGER NOT NULL,             -- characters of the body
    paragraphs INTEGER NOT NULL            -- its numbered paragraphs
    {grammar}                              -- a column for each facet that the grammar knows
);
CREATE TABLE IF NOT EXISTS reference (     -- who cites whom; the target need not be here
    target TEXT NOT NULL,                  -- canonical
    cable  INTEGER NOT NULL,
    PRIMARY KEY (target, cable)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reference_cable ON reference (cable);
CREATE TABLE IF NOT EXISTS text (          -- which commit of the text index holds a cable
    cable      INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS gone (          -- removed or changed, and the text index may still hold
    cable INTEGER PRIMARY KEY              -- the old text: no word finds it
);
CREATE TABLE IF NOT EXISTS arrived (       -- what the last run that added cables has added
    cable INTEGER PRIMARY KEY              -- to an archive that had been read to its end
);
CREATE TABLE IF NOT EXISTS term (          -- every value of a facet or fact, once
    id   INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                    -- name of the facet, or fact:...
    text TEXT NOT NULL,
    UNIQUE (kind, text)
);
CREATE TABLE IF NOT EXISTS problem (
    file   INTEGER NOT NULL,
    line   INTEGER NOT NULL,
    reason TEXT NOT NULL,
    cable  INTEGER                         -- set where a later pass found it
);
CREATE INDEX IF NOT EXISTS problem_file ON problem (file);
CREATE TABLE IF NOT EXISTS state (         -- stamps of the passes, counts, generation
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""


def schema() -> str:
    """Return the whole schema as SQL; the facets' columns are derived from `query.FACETS`."""
    return _SCHEMA.replace("{facts}", _columns("facts")).replace("{grammar}", _columns("grammar"))


def _columns(stage: facet_columns.Stage) -> str:
    return "".join(f", {column} {sql_type}" for column, sql_type in facet_columns.columns(stage))


def open_writer(folder: Path) -> sqlite3.Connection:
    """Return the catalogue in `folder`; create it if it is missing. Raises `CacheError`.

    Raises `sqlite3.DatabaseError` if the file is damaged.
    """
    catalogue_path = folder / FILE_NAME
    try:
        private_folder(catalogue_path.parent)
        # SQLite gives the -wal and -shm files the mode of the database.
        os.close(os.open(catalogue_path, os.O_RDWR | os.O_CREAT, 0o600))
        db = database.connect(catalogue_path, "rw")
    except (OSError, sqlite3.OperationalError) as error:
        raise CacheError(f"{catalogue_path}: the cache cannot be written: {error}") from error
    try:
        if _pragma(db, "journal_mode") != "wal":
            db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -32768")
        with transaction(db):
            _create(db)
    except sqlite3.Error:
        db.close()
        raise
    return db


_READER_KIB = 256
"""The cache size of a connection in KiB. It is small because several threads have a connection
each, and the system caches the file.
"""


def open_reader(folder: Path) -> sqlite3.Connection:
    """Return the catalogue for reading only, even from a folder that cannot be written to.

    Raises `CacheError`.
    """
    catalogue_path = folder / FILE_NAME
    for open_mode in ("ro", "ro&immutable=1"):
        try:
            return _readable(catalogue_path, open_mode)
        except sqlite3.Error as error:
            open_error = error
    raise CacheError(f"{catalogue_path}: the cache cannot be read: {open_error}") from open_error


def is_begun(folder: Path) -> bool:
    """Return whether the catalogue has a table, or cannot be read.

    An indexer that was killed before it created the first table leaves a file without tables.
    """
    try:
        with closing(database.connect(folder / FILE_NAME, "ro")) as db:
            (has_table,) = db.execute("SELECT EXISTS (SELECT 1 FROM sqlite_schema)").fetchone()
    except sqlite3.Error:
        return True
    return bool(has_table)


def _readable(file: Path, mode: str) -> sqlite3.Connection:
    db = database.connect(file, mode)
    try:
        # Fails if the catalogue lacks a facet of this version.
        for table, stage in facet_columns.TABLES:
            column_names = ", ".join(column_name for column_name, _ in facet_columns.columns(stage))
            db.execute(f"SELECT {column_names or '1'} FROM {table} LIMIT 0")  # noqa: S608 - ours
        db.execute("PRAGMA query_only = ON")
        db.execute(f"PRAGMA cache_size = -{_READER_KIB}")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _pragma(db: sqlite3.Connection, name: str) -> object:
    pragma_row: tuple[object] = db.execute(f"PRAGMA {name}").fetchone()
    return pragma_row[0]


def _create(db: sqlite3.Connection) -> None:
    if _pragma(db, "application_id") == APPLICATION_ID:
        _follow_facets(db)
        return
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")
    for statement in schema().split(";\n"):
        db.execute(statement)
    # A catalogue that is rebuilt never repeats a number of the one before.
    set_state(db, "generation", time.time_ns() // 1_000_000)


def _follow_facets(db: sqlite3.Connection) -> None:
    """Add columns for facets that the catalogue lacks; the new stamp makes the pass fill them."""
    for table, stage in facet_columns.TABLES:
        known_columns = {column_row[1] for column_row in db.execute(f"PRAGMA table_info({table})")}
        for column, sql_type in facet_columns.columns(stage):
            if column not in known_columns:
                db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {sql_type}")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write everything in the block or nothing; the lock is taken before the first write."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # On a full disk SQLite has rolled back already.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def get_state(db: sqlite3.Connection, key: str) -> str:
    """Return a value from the state table, or an empty string if it is missing."""
    state_row = db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return "" if state_row is None else str(state_row[0])


def get_number(db: sqlite3.Connection, key: str) -> int:
    """Return a number from the state table, or 0 if it is missing."""
    state_value = get_state(db, key)
    return int(state_value) if state_value.isascii() and state_value.isdigit() else 0


def set_state(db: sqlite3.Connection, key: str, value: str | int) -> None:
    """Set a value in the state table."""
    db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, str(value)))


def set_switch(db: sqlite3.Connection, key: str, *, on: bool) -> bool:
    """Set or remove a value in the state table; return whether that changed anything."""
    if (get_state(db, key) != "") == on:
        return False
    if on:
        set_state(db, key, 1)
    else:
        db.execute("DELETE FROM state WHERE key = ?", (key,))
    return True


def generation(db: sqlite3.Connection) -> int:
    """Return the number of the last batch that made a change visible to readers."""
    return get_number(db, "generation")


def next_generation(db: sqlite3.Connection) -> int:
    """Return the next generation, inside the transaction that changes something."""
    generation_number = generation(db) + 1
    set_state(db, "generation", generation_number)
    return generation_number


def failure(folder: Path, error: sqlite3.Error) -> CacheError:
    """Return the error for a failing database, with the next step for the user."""
    catalogue_path = folder / FILE_NAME
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
        next_step = (
            "The part indexed so far is kept. Free some disk space, or choose another --cache"
        )
    else:
        next_step = "`cable-tui index --rebuild` rebuilds it"
    return CacheError(f"{catalogue_path}: the cache failed: {error}. {next_step}")


def open_or_renew(folder: Path) -> sqlite3.Connection:
    """Return the catalogue as `open_writer` does, but first set a damaged catalogue aside.

    The caller must hold the lock.
    """
    try:
        return open_writer(folder)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise failure(folder, error) from error
    set_aside(folder)
    try:
        return open_writer(folder)
    except sqlite3.DatabaseError as error:
        raise failure(folder, error) from error


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether a database is damaged, not only busy or out of space."""
    error_code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return error_code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def remove(folder: Path) -> None:
    """Delete the catalogue; readers notice by its inode. Raises `CacheError`."""
    for suffix in ("", "-wal", "-shm"):
        file = folder / f"{FILE_NAME}{suffix}"
        try:
            files.remove(file)
        except OSError as error:
            reason = f"{error.strerror}{files.still_open(error)}"
            raise CacheError(f"{file}: cannot be removed: {reason}") from error


def set_aside(folder: Path) -> None:
    """Rename a damaged catalogue for later inspection; only the most recent one is kept.

    Raises `CacheError`.
    """
    for suffix in ("", "-wal", "-shm"):
        file = folder / f"{FILE_NAME}{suffix}"
        if not file.exists():
            continue
        try:
            files.replace(file, folder / f"{FILE_NAME}.bad{suffix}")
        except OSError as error:
            reason = f"{error.strerror}{files.still_open(error)}"
            raise CacheError(f"{file}: is damaged and cannot be moved aside: {reason}") from error


class Cache:
    """A cache that an indexer may be writing to. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._home = folder
        self._idle: list[sqlite3.Connection] = []
        self._inode = 0
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """The folder to read from; for another user's cache it changes with each new copy."""
        return cache.readable(self._home)

    @property
    def name(self) -> str:
        """The name of the cache's folder, which stays the same if the archive is moved."""
        return self._home.name

    @property
    def readonly(self) -> bool:
        """Whether the cache belongs to another user, or is on a disk that cannot be written to."""
        return not cache.is_own(self._home)

    def close(self) -> None:
        """Close all connections; the next question opens new ones."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection for short reading: fetch all rows, then leave. Raises `CacheError`."""
        inode = self._current_inode()
        with self._lock:
            if inode != self._inode:  # an indexer has replaced a bad catalogue
                while self._idle:
                    self._idle.pop().close()
                self._inode = inode
            db = self._idle.pop() if self._idle else None
        if db is None:
            db = open_reader(self.folder)
        try:
            yield db
        except sqlite3.Error as error:
            db.close()
            raise failure(self.folder, error) from error
        except BaseException:
            db.close()
            raise
        with self._lock:
            self._idle.append(db)

    def _current_inode(self) -> int:
        try:
            return files.identity((self.folder / FILE_NAME).stat())[1]
        except OSError:
            return 0

    def generation(self) -> int:
        """Return the number of the last batch that changed an answer."""
        with self.reading() as db:
            return generation(db)
