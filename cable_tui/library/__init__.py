"""The reader's own bookmarks and notes: one small SQLite file that is never rebuilt.

What `add` has returned is on the disk; two programs at once lose nothing.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from cable_tui.errors import LibraryError
from cable_tui.library import store
from cable_tui.library.marks import Mark, fingerprint, mark_of, user_name
from cable_tui.library.store import check
from cable_tui.settings import private_folder, write_private

__all__ = ["Library", "Mark", "check", "fingerprint", "mark_of"]

_PLACE = "WHERE canonical_id = ? AND paragraph = ?"


class Library:
    """Marks in one file. Safe to use from several threads; every method may raise `LibraryError`.

    The file is made by the first mark. `notice` is a sentence for the reader, or empty: that the
    file is newer than this program and only read, or was damaged and kept aside.
    """

    def __init__(self, path: Path, *, author: str = "") -> None:
        self._path = path
        self._author = author or user_name()
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._seen = 0
        self.notice = ""
        self.writable = True
        self.changed()

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def marks(self) -> list[Mark]:
        """All marks, the oldest first."""
        with self._lock, self._told("read"):
            connection = self._open()
            return [] if connection is None else store.read(connection)

    def marked(self, canonical_id: str) -> list[Mark]:
        """The marks of one cable and its paragraphs, the oldest first."""
        with self._lock, self._told("read"):
            connection = self._open()
            if connection is None:
                return []
            return store.read(connection, "WHERE canonical_id = ?", (store.plain(canonical_id),))

    def add(self, mark: Mark) -> Mark:
        """Store a mark; once this returns it is on the disk.

        The same place with the same note by the same author is one mark: then the stored one is
        returned and nothing changes.
        """
        with self._lock, self._writing() as connection:
            return store.insert(connection, self._signed(mark))

    def remove(self, mark_id: int) -> Mark | None:
        """Take a mark away and return it, so that it can be added again; None if it was gone."""
        with self._lock, self._writing() as connection:
            found = store.read(connection, "WHERE id = ?", (mark_id,))
            connection.execute("DELETE FROM mark WHERE id = ?", (mark_id,))
            return found[0] if found else None

    def toggle(self, mark: Mark) -> list[Mark]:
        """Mark a place that has no mark, or take all marks of that place away.

        Returns the marks that were taken away: none when the place is marked now.
        """
        place = (store.plain(mark.canonical_id), store.plain(mark.paragraph or ""))
        with self._lock, self._writing() as connection:
            found = store.read(connection, _PLACE, place)
            if found:
                connection.execute(f"DELETE FROM mark {_PLACE}", place)  # noqa: S608 - a constant
            else:
                store.insert(connection, self._signed(mark))
            return found

    def changed(self) -> bool:
        """Whether another program has written since this was last asked."""
        with self._lock, self._told("read"):
            connection = self._open()
            if connection is None:
                return False
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            known, self._seen = self._seen, int(version)
            return known != self._seen

    def _signed(self, mark: Mark) -> Mark:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return replace(mark, author=mark.author or self._author, created=mark.created or now)

    def _open(self) -> sqlite3.Connection | None:
        """The connection; None while there is no file."""
        if self._connection is None and self._path.exists():
            before = self._path.stat()
            self._connection = self._sound() or self._renewed(before)
        return self._connection

    def _sound(self) -> sqlite3.Connection | None:
        """A connection to the file as it is, or None where it is damaged."""
        connection = store.connect(self._path)
        sound = False
        try:
            version = store.version(connection, self._path)
            sound = not store.damage(connection)
        except sqlite3.DatabaseError as error:
            if not store.is_damage(error):
                raise
        finally:
            if not sound:
                connection.close()
        if not sound:
            return None
        if version > store.VERSION:
            self.writable = False
            self.notice = (
                f"{self._path} was written by a newer cable-tui (version {version} of the library; "
                f"this one knows {store.VERSION}): bookmarks can be read but not changed"
            )
        return connection

    def _renewed(self, before: os.stat_result) -> sqlite3.Connection:
        """Keep the damaged file aside, and begin a new one with what can still be read of it."""
        saved = store.salvaged(self._path)
        aside = _free_name(self._path)
        # Another program may have found the damage first and put a new file there.
        if os.path.samestat(before, self._path.stat()):
            journal = self._path.with_name(self._path.name + "-journal")
            if journal.exists():
                journal.rename(aside.with_name(aside.name + "-journal"))
            self._path.rename(aside)
            self.notice = (
                f"{self._path} was damaged. It is kept beside it as {aside.name}; "
                f"marks that could still be read: {len(saved)}"
            )
        connection = self._created()
        with store.transaction(connection, self._path):
            for mark in saved:
                store.insert(connection, mark)
        return connection

    def _created(self) -> sqlite3.Connection:
        private_folder(self._path.parent)
        write_private(self._path, "", append=True)
        return store.connect(self._path)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One write: on the disk on leaving, or nothing changed and `LibraryError`."""
        with self._told("written"):
            connection = self._open()
            if not self.writable:
                raise LibraryError(self.notice)
            if connection is None:
                connection = self._connection = self._created()
            with store.transaction(connection, self._path):
                yield connection

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        """Errors of the file as sentences that claim nothing."""
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(
                f"{self._path} could not be {done}: {store.reason(error)}"
            ) from error
        except OSError as error:
            raise LibraryError(
                f"{self._path} could not be {done}: {error.strerror or error}"
            ) from error


def _free_name(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    names = (path.with_name(f"{path.name}.damaged-{stamp}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())
