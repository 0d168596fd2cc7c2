"""The connection to the library's file: opens, checks and rescues it, and writes one at a time.

Marks are handled in `Library`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.library import recovery, sqlite_file
from cable_tui.operating_system import files
from cable_tui.program import database
from cable_tui.program.settings import private_folder, write_private


class NotWrittenError(LibraryError):
    """The disk is full, the folder read-only, or another program is writing: it may work later."""


class LibraryConnection:
    """One SQLite file, for any thread; every method may raise `LibraryError`."""

    def __init__(self, path: Path, author: str, wait: float = database.WAIT) -> None:
        self.path = path
        self.author = sqlite_file.utf8(author)
        self._wait = wait
        self.notice = ""
        """A sentence for the reader on the state of the file, or empty."""
        self.rescued = False
        """Whether the file was damaged or lost, and a new one has the rescued content."""
        self.writable = True
        self._connection: sqlite3.Connection | None = None
        self._empty = database.connect_empty()
        self._found: os.stat_result | None = None
        self.lock = threading.RLock()
        """Held during every use."""
        self._data_version = 0
        self._own_changes: list[int] = []
        """Ids of the changes made through it, for `undo`."""

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        with self.lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection; while there is no file, one to an empty database."""
        with self.lock, self._errors_as_sentences("read"):
            yield self._open() or self._empty

    @contextmanager
    def writing(self, what: str, undoes: int | None = None) -> Iterator[sqlite3.Connection]:
        """Yield one change, in words.

        It is on the disk on leaving, or nothing has changed and `LibraryError` is raised.
        """
        with self.lock, self._errors_as_sentences("written"):
            connection = self._open()
            if not self.writable:
                raise LibraryError(self.notice)
            if connection is None:
                connection = self._connection = self._create()
            else:
                self._keep_copy(connection)
            with sqlite_file.transaction(connection, self.path):
                change = sqlite_file.begin_change(
                    connection, sqlite_file.utf8(what), self.author, now(), undoes
                )
                yield connection
                counts = sqlite_file.end_change(connection, change)
            if counts and undoes is None:
                self._own_changes.append(change)

    def undo(self) -> str:
        """Undo the last change of this window. Return its words; empty if there was no change."""
        with self.lock:
            if not self._own_changes:
                return ""
            last_change = self._own_changes[-1]
            try:
                with self.writing("undo", undoes=last_change) as connection:
                    what = sqlite_file.undo_change(connection, last_change)
            except sqlite_file.UndoRefusedError:
                self._own_changes.pop()  # the next undo goes on to what was before
                raise
            self._own_changes.pop()
            return what

    def undo_last(self) -> str:
        """Undo the author's last change, of whatever window; return its words, or empty."""
        with self.lock:
            with self.reading() as connection:
                change = (
                    None
                    if connection is self._empty
                    else sqlite_file.last_change(connection, self.author)
                )
            if change is None:
                return ""
            with self.writing("undo", undoes=change) as connection:
                return sqlite_file.undo_change(connection, change)

    def changed(self) -> bool:
        """Return whether another program has written since the last call."""
        with self.reading() as connection:
            if connection is self._empty:
                return False
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            known_version, self._data_version = self._data_version, int(version)
            return known_version != self._data_version

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is not None and not _same_file(self._found, self._on_disk()):
            # Another program has set the file aside and begun a new one.
            self._connection.close()
            self._connection = None
            self._data_version = 0
            # Its changes are not in the new one.
            self._own_changes = []
        if self._connection is None:
            lost_file = recovery.lost(self.path)
            if self.path.exists():
                self._found = status_before = self.path.stat()
                self._connection = None if lost_file else self._open_sound()
                self._connection = self._connection or self._replace_damaged(
                    status_before, lost_file or "damaged"
                )
            elif lost_file:
                self._connection = self._replace_damaged(None, lost_file)
        return self._connection

    def _on_disk(self) -> os.stat_result | None:
        try:
            return self.path.stat()
        except FileNotFoundError:
            return None

    def _open_sound(self) -> sqlite3.Connection | None:
        """Return a connection to the file as it is, or None if it is damaged."""
        connection = database.connect(self.path, "rw", self._wait)
        sound = False
        try:
            version = sqlite_file.version(connection, self.path)
            sound = not sqlite_file.damage(connection)
        except sqlite3.DatabaseError as error:
            if not sqlite_file.is_damage(error):
                raise
        finally:
            if not sound:
                connection.close()
        if not sound:
            return None
        if version > sqlite_file.VERSION:
            self.writable = False
            self.notice = (
                f"{self.path} was written by a newer cable-tui (version {version} of the library; "
                f"this one knows {sqlite_file.VERSION}): bookmarks can be read but not changed"
            )
        return connection

    def _replace_damaged(self, before: os.stat_result | None, how: str) -> sqlite3.Connection:
        """Make a new file from the newest copy and the readable rest; set the damaged one aside.

        It is one change, so that a reader can undo it.
        """
        # Under another name until it is whole: on a full disk the file stays as it was found.
        new_file = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        try:
            change, words = self._fill_from_remains(new_file)
            # Another program may have found the damage first and put a new file there.
            if _same_file(before, self._on_disk()):
                file_aside = recovery.put_in_place(new_file, self.path)
                self._own_changes = [change] if change else []
                self.rescued = True
                kept_words = f" It is kept next to it as {file_aside.name}." if file_aside else ""
                self.notice = f"{self.path} was {how}.{kept_words} {words}"
        finally:
            files.remove(new_file)
        self._found = self.path.stat()
        return database.connect(self.path, "rw", self._wait)

    def _fill_from_remains(self, making: Path) -> tuple[int, str]:
        """Fill a file with what was saved; return the change, 0 if there is none, and its words."""
        write_private(making, "")
        salvage = recovery.salvage(self.path)
        day, copy = recovery.newest_copy(self.path)
        with (
            closing(database.connect(making, "rw", self._wait)) as connection,
            sqlite_file.transaction(connection, making),
        ):
            change = sqlite_file.begin_change(connection, "rescue", self.author, now())
            words = recovery.refill(connection, day, copy, salvage)
            changed = sqlite_file.end_change(connection, change)
        return change if changed else 0, words

    def _create(self) -> sqlite3.Connection:
        private_folder(self.path.parent)
        write_private(self.path, "", append=True)
        self._found = self.path.stat()
        return database.connect(self.path, "rw", self._wait)

    def _keep_copy(self, connection: sqlite3.Connection) -> None:
        """Make the backup of the day. Without it a migration stops; a bookmark is still stored."""
        try:
            recovery.keep_copy(connection, self.path)
        except (sqlite3.Error, OSError) as error:
            if sqlite_file.user_version(connection) < sqlite_file.VERSION:
                raise
            copy_failure = (
                f"today's backup of {self.path} could not be made: {sqlite_file.reason(error)}"
            )
            if copy_failure not in self.notice:
                self.notice = f"{self.notice}. {copy_failure}" if self.notice else copy_failure

    @contextmanager
    def _errors_as_sentences(self, done: str) -> Iterator[None]:
        """Raise errors of the file as `LibraryError`s that say what could not be done."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            is_temporary = done == "written" and sqlite_file.is_temporary(error)
            kind = NotWrittenError if is_temporary else LibraryError
            raise kind(f"{self.path} could not be {done}: {sqlite_file.reason(error)}") from error


def _same_file(before: os.stat_result | None, now: os.stat_result | None) -> bool:
    if before is None or now is None:
        return before is now
    return files.identity(before) == files.identity(now)


def now() -> str:
    """Return the present time, in the form of marks."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
