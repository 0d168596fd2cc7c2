"""The connection to the library's file, which opens, checks and rescues it, and serializes writes.

`Library` handles the marks themselves.
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
    """A write that failed but may work later, as with a full disk or a read-only folder."""


class LibraryConnection:
    """A connection to one SQLite file, for any thread. Every method may raise `LibraryError`."""

    def __init__(self, path: Path, author: str, wait: float = database.WAIT) -> None:
        self.path = path
        self.author = sqlite_file.utf8(author)
        self._wait = wait
        self.notice = ""
        """A sentence for the reader about the state of the file, or an empty string."""
        self.rescued = False
        """Whether the file was damaged or lost, and replaced by a new one with the rescued content.
        """
        self.writable = True
        self._connection: sqlite3.Connection | None = None
        self._empty = database.connect_empty()
        self._found: os.stat_result | None = None
        self.lock = threading.RLock()
        """The lock that is held during every use of the connection."""
        self._data_version = 0
        self._own_changes: list[int] = []
        """The ids of the changes made through this connection, for `undo`."""

    def close(self) -> None:
        """Close the file. It is reopened when used again."""
        with self.lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection, or one to an empty database as long as there is no file."""
        with self.lock, self._errors_as_sentences("read"):
            yield self._open() or self._empty

    @contextmanager
    def writing(self, what: str, undoes: int | None = None) -> Iterator[sqlite3.Connection]:
        """Yield the connection for one change, described by `what`.

        When the block ends, the change is on disk. If it cannot be written, nothing has changed,
        and `LibraryError` is raised.
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
                change_id = sqlite_file.begin_change(
                    connection, sqlite_file.utf8(what), self.author, now(), undoes
                )
                yield connection
                has_events = sqlite_file.end_change(connection, change_id)
            if has_events and undoes is None:
                self._own_changes.append(change_id)

    def undo(self) -> str:
        """Undo this window's last change.

        Return its description, or an empty string if there is none.
        """
        with self.lock:
            if not self._own_changes:
                return ""
            last_change = self._own_changes[-1]
            try:
                with self.writing("undo", undoes=last_change) as connection:
                    description = sqlite_file.undo_change(connection, last_change)
            except sqlite_file.UndoRefusedError:
                self._own_changes.pop()  # the next undo goes on to what was before
                raise
            self._own_changes.pop()
            return description

    def undo_last(self) -> str:
        """Undo the author's last change in any window; return its description (may be empty)."""
        with self.lock:
            with self.reading() as connection:
                change_id = (
                    None
                    if connection is self._empty
                    else sqlite_file.last_change(connection, self.author)
                )
            if change_id is None:
                return ""
            with self.writing("undo", undoes=change_id) as connection:
                return sqlite_file.undo_change(connection, change_id)

    def changed(self) -> bool:
        """Return whether another program has written since the last call."""
        with self.reading() as connection:
            if connection is self._empty:
                return False
            (data_version,) = connection.execute("PRAGMA data_version").fetchone()
            known_version, self._data_version = self._data_version, int(data_version)
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
        is_sound = False
        try:
            schema_version = sqlite_file.version(connection, self.path)
            is_sound = not sqlite_file.damage(connection)
        except sqlite3.DatabaseError as error:
            if not sqlite_file.is_damage(error):
                raise
        finally:
            if not is_sound:
                connection.close()
        if not is_sound:
            return None
        if schema_version > sqlite_file.VERSION:
            self.writable = False
            self.notice = (
                f"{self.path} was written by a newer cable-tui (version {schema_version} of the "
                f"library; this one knows {sqlite_file.VERSION}): bookmarks can be read but not "
                "changed"
            )
        return connection

    def _replace_damaged(
        self, before: os.stat_result | None, damage_word: str
    ) -> sqlite3.Connection:
        """Fill a new file from the newest copy and readable rest; set the damaged file aside."""
        # Under another name until it is whole: on a full disk the file stays as it was found.
        new_file = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        try:
            change_id, rescue_words = self._fill_from_remains(new_file)
            # Another program may have found the damage first and put a new file there.
            if _same_file(before, self._on_disk()):
                file_aside = recovery.put_in_place(new_file, self.path)
                self._own_changes = [change_id] if change_id else []
                self.rescued = True
                kept_words = f" It is kept next to it as {file_aside.name}." if file_aside else ""
                self.notice = f"{self.path} was {damage_word}.{kept_words} {rescue_words}"
        finally:
            files.remove(new_file)
        self._found = self.path.stat()
        return database.connect(self.path, "rw", self._wait)

    def _fill_from_remains(self, new_file: Path) -> tuple[int, str]:
        """Fill a new file with the rescued content; return the change, or 0, and a description."""
        write_private(new_file, "")
        salvaged_bundle = recovery.salvage(self.path)
        copy_day, copied_bundle = recovery.newest_copy(self.path)
        with (
            closing(database.connect(new_file, "rw", self._wait)) as connection,
            sqlite_file.transaction(connection, new_file),
        ):
            change_id = sqlite_file.begin_change(connection, "rescue", self.author, now())
            description = recovery.refill(connection, copy_day, copied_bundle, salvaged_bundle)
            has_events = sqlite_file.end_change(connection, change_id)
        return change_id if has_events else 0, description

    def _create(self) -> sqlite3.Connection:
        private_folder(self.path.parent)
        write_private(self.path, "", append=True)
        self._found = self.path.stat()
        return database.connect(self.path, "rw", self._wait)

    def _keep_copy(self, connection: sqlite3.Connection) -> None:
        """Make today's backup. If that fails, a migration stops, but a bookmark is still stored."""
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
    def _errors_as_sentences(self, action: str) -> Iterator[None]:
        """Raise file errors as `LibraryError`s whose text says what could not be done."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            is_temporary = action == "written" and sqlite_file.is_temporary(error)
            error_type = NotWrittenError if is_temporary else LibraryError
            raise error_type(
                f"{self.path} could not be {action}: {sqlite_file.reason(error)}"
            ) from error


def _same_file(before: os.stat_result | None, now: os.stat_result | None) -> bool:
    if before is None or now is None:
        return before is now
    return files.identity(before) == files.identity(now)


def now() -> str:
    """Return the current time in the format that marks use."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
