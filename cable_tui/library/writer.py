"""The writer of changes: into the file, or into memory where that cannot be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cable_tui.errors import LibraryError
from cable_tui.library import mark_rows, sqlite_file
from cable_tui.library.connection import LibraryConnection, NotWrittenError
from cable_tui.library.marks import Mark, other_uid, same
from cable_tui.library.pending import Change, Group, PendingChanges
from cable_tui.value import replace


class Writer:
    """Writes the changes of one file. A `patient` one keeps in memory what could not be written."""

    def __init__(self, file: LibraryConnection, *, patient: bool) -> None:
        self._file = file
        self._patient = patient
        self.pending = PendingChanges(file.lock)
        self.reading = file.reading

    def marks(self, connection: sqlite3.Connection) -> list[Mark]:
        """All marks, the new ones that wait behind those of the file."""
        return self.pending.applied_to(mark_rows.read(connection))

    def marked(self, canonical_id: str) -> list[Mark]:
        """The marks of one cable and its paragraphs, the oldest first."""
        wanted = sqlite_file.utf8(canonical_id)
        with self._file.reading() as connection:
            stored = mark_rows.read(connection, "WHERE canonical_id = ?", (wanted,))
            return self.pending.applied_to(stored, wanted)

    def readable(self, mark: Mark) -> list[Mark]:
        """What can be read of the marks of its cable: it is kept whether or not they can."""
        try:
            return self.marked(mark.canonical_id)
        except LibraryError:
            return []

    def do(self, what: str, changes: Sequence[Change]) -> list[Mark | None]:
        """Changes that are one to the reader; the marks as they are in the file then.

        A patient writer keeps them in memory where they cannot be written, and raises
        `NotWrittenError`; another one raises whatever there was.
        """
        with self._file.lock:
            try:
                with self.writing(what) as connection:
                    marks = self.pending.write(connection, changes)
            except LibraryError as error:
                if not self._patient:
                    raise
                raise self._keep(error, what, changes) from error
            self.pending.written(changes, marks)
            return marks

    def current(self, mark: Mark) -> Mark | None:
        """A mark as it is by now; None where it has a note that the reader has not seen."""
        uid, notes = self.pending.uid_of(mark), (sqlite_file.utf8(mark.note), "")
        here = (each for each in self.marked(mark.canonical_id) if each.uid == uid)
        return next((each for each in here if each.note in notes), None)

    def take_away(self, marks: Sequence[Mark]) -> list[Mark]:
        """Remove marks and return them; those that are in memory alone, also on a full disk."""
        if not marks:
            return []
        what = (
            f"the bookmark of {marks[0].name}" if len(marks) == 1 else f"{len(marks):,} bookmarks"
        )
        what = f"take away {what}"
        changes = tuple(Change(mark, None) for mark in marks)
        if all(mark.id < 0 for mark in marks):
            self.pending.keep(Group(what, changes))
            return list(marks)
        return [mark for mark in self.do(what, changes) if mark is not None]

    def _keep(self, error: LibraryError, what: str, changes: Sequence[Change]) -> LibraryError:
        """Keep changes in memory; the error that says so."""
        settled = map(self._as_stored, changes)
        kept = tuple(change for change in settled if change.was != change.now)
        if not kept:
            return error
        waits = self.pending.keep(Group(what, kept))
        why = str(error).partition(sqlite_file.UNCHANGED)[0]
        return NotWrittenError(f"{why}. {waits}")

    def _as_stored(self, change: Change) -> Change:
        """What becomes of it in the file: the same mark twice is one, and no two have one `uid`."""
        if change.was is not None or change.now is None:
            return change
        known, new = self.readable(change.now), change.now
        if twin := next((mark for mark in known if same(mark, new)), None):
            return Change(twin, change.applied_to(twin))
        while any(mark.uid == new.uid for mark in known):
            new = replace(new, uid=other_uid(new.uid))
        return Change(None, new)

    def write_pending(self) -> int:
        """Write what waits in memory; for how many marks. Raises `LibraryError`."""
        with self._file.lock:
            count = len(self.pending.marks)
            while self.pending.groups:
                group, *rest = self.pending.groups
                with self._file.writing(group.what) as connection:
                    marks = self.pending.write(connection, group.changes)
                self.pending.written(group.changes, marks)
                self.pending.groups = tuple(rest)
            return count

    @contextmanager
    def writing(self, what: str) -> Iterator[sqlite3.Connection]:
        """One change, and before it what waits in memory."""
        with self._file.lock:
            self.write_pending()
            with self._file.writing(what) as connection:
                yield connection
