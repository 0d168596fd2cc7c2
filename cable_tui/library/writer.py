"""How changes of marks are written, and what becomes of those that the file does not take."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from cable_tui.errors import LibraryError
from cable_tui.library import rows, store
from cable_tui.library.file import LibraryFile, NotWrittenError
from cable_tui.library.marks import Mark, other_uid, same
from cable_tui.library.rows import SameNoteError
from cable_tui.library.waiting import Change, Waiting

_CABLE = "WHERE canonical_id = ?"


class Writer:
    """Of one file. A `patient` one keeps in memory what could not be written."""

    def __init__(self, file: LibraryFile, *, patient: bool) -> None:
        self._file = file
        self._patient = patient
        self.waiting = Waiting(file.lock)

    def marks(self, connection: sqlite3.Connection | None) -> list[Mark]:
        """All marks, those that wait behind those of the file."""
        stored = [] if connection is None else rows.read(connection)
        return [*self.waiting.over(stored), *self.waiting.new]

    def marked(self, canonical_id: str) -> list[Mark]:
        """As `Library.marked`."""
        wanted = store.plain(canonical_id)
        with self._file.reading() as connection:
            stored = [] if connection is None else rows.read(connection, _CABLE, (wanted,))
            new = [mark for mark in self.waiting.new if mark.canonical_id == wanted]
            return [*self.waiting.over(stored), *new]

    def readable(self, mark: Mark) -> list[Mark]:
        """What can be read of the marks of its cable: it is kept whether or not they can."""
        try:
            return self.marked(mark.canonical_id)
        except LibraryError:
            return []

    def write_pending(self) -> int:
        """As `Library.write_pending`."""
        with self._file.lock:
            waiting, numbers = self.waiting.marks, dict[int, int]()
            if waiting:
                what = waiting[0].name if len(waiting) == 1 else f"{len(waiting):,} that waited"
                with self._file.writing(f"bookmark {what}") as connection:
                    numbers = self.waiting.write(connection)
            self.waiting.written(numbers)
            return len(waiting)

    @contextmanager
    def writing(self, what: str) -> Iterator[sqlite3.Connection]:
        """One change, and what waits in memory before it, as one of its own."""
        with self._file.lock:
            self.write_pending()
            with self._file.writing(what) as connection:
                yield connection

    @contextmanager
    def lasting(self, what: str, changes: Sequence[Change]) -> Iterator[sqlite3.Connection]:
        """One change, which waits in memory where a patient writer cannot write it.

        Raises `NotWrittenError` then; one that is not patient raises whatever there was.
        """
        with self._file.lock:
            try:
                with self.writing(what) as connection:
                    yield connection
            except SameNoteError:
                raise
            except LibraryError as error:
                if not self._patient:
                    raise
                waits = self.waiting.keep(what, map(self._as_stored, changes))
                raise NotWrittenError(f"{error}. {waits}") from error

    def _as_stored(self, change: Change) -> Change:
        """What becomes of it in the file: the same mark twice is one, and no two have one `uid`."""
        if change.was is not None:
            return change
        known, new = self.readable(change.now), change.now
        if twin := next((mark for mark in known if same(mark, new)), None):
            return Change(twin, change.over(twin))
        while any(mark.uid == new.uid for mark in known):
            new = replace(new, uid=other_uid(new.uid))
        return Change(None, new)
