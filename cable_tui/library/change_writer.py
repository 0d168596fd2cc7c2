"""The writer of changes, into the file or, if that fails, into memory.

Changes wait in order if the disk is full or the file cannot be written. When they are written
later, each is still a separate change, with its own description and undo.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, replace
from cable_tui.library import list_rows, mark_rows, sqlite_file
from cable_tui.library.connection import LibraryConnection, NotWrittenError
from cable_tui.library.mark import Mark, other_uid, same, uid
from cable_tui.library.mark_rows import SameNoteError


class MarkChange(Value):
    """A reader's change to one mark."""

    was: Mark | None
    """The mark that the reader saw, or None if the mark is new."""
    now: Mark | None
    """The mark with its changed note or lists, or None if the mark was removed."""

    @property
    def mark(self) -> Mark:
        """The changed mark; if the mark is not new, its state before the change."""
        mark = self.was or self.now
        if mark is None:
            raise ValueError("a change needs a mark")
        return mark

    def added(self) -> tuple[str, ...]:
        """Return the lists to which the change adds the mark."""
        lists_before = () if self.was is None else self.was.lists
        return tuple(
            name for name in (self.now.lists if self.now else ()) if name not in lists_before
        )

    def taken_out(self) -> tuple[str, ...]:
        """Return the lists from which the change removes the mark."""
        if self.was is None or self.now is None:
            return ()
        lists_now = self.now.lists
        return tuple(name for name in self.was.lists if name not in lists_now)

    def applied_to(self, mark: Mark) -> Mark | None:
        """Return a mark with this change applied, even if it was changed elsewhere meanwhile."""
        if self.now is None:
            return None
        lists = dict.fromkeys((*mark.lists, *self.added()))
        taken_out = self.taken_out()
        mark = replace(mark, lists=tuple(name for name in lists if name not in taken_out))
        if self.was is None or self.was.note == self.now.note:
            return mark
        return replace(mark, note=self.now.note, changed=self.now.changed)


class ChangeGroup(Value):
    """Changes that count as one change for the reader."""

    what: str
    changes: tuple[MarkChange, ...]


class Writer:
    """The writer of changes to one file. A `patient` writer keeps failed changes in memory."""

    def __init__(self, file: LibraryConnection, *, patient: bool) -> None:
        self._file = file
        self._patient = patient
        self.pending = PendingChanges(file.lock)
        self.reading = file.reading

    def marks(self, connection: sqlite3.Connection) -> list[Mark]:
        """Return all marks, first those in the file, then new marks that are waiting."""
        return self.pending.applied_to(mark_rows.read(connection))

    def marked(self, canonical_id: str) -> list[Mark]:
        """Return the marks on one cable and its paragraphs, oldest first."""
        utf8_id = sqlite_file.utf8(canonical_id)
        with self._file.reading() as connection:
            stored_marks = mark_rows.read(connection, "WHERE canonical_id = ?", (utf8_id,))
            return self.pending.applied_to(stored_marks, utf8_id)

    def readable(self, mark: Mark) -> list[Mark]:
        """Return the marks on a mark's cable, or no marks if they cannot be read.

        The change is kept even if the marks cannot be read.
        """
        try:
            return self.marked(mark.canonical_id)
        except LibraryError:
            return []

    def do(self, what: str, changes: Sequence[MarkChange]) -> list[Mark | None]:
        """Make changes that count as one, and return the marks as they are in the file afterwards.

        If the changes cannot be written, a patient writer keeps them in memory and raises
        `NotWrittenError`; otherwise the original error is raised.
        """
        with self._file.lock:
            try:
                with self.writing(what) as connection:
                    marks_written = self.pending.write(connection, changes)
            except LibraryError as error:
                if not self._patient:
                    raise
                raise self._keep(error, what, changes) from error
            self.pending.written(changes, marks_written)
            return marks_written

    def current(self, mark: Mark) -> Mark | None:
        """Return a mark's current state, or None if it has a note that the reader has not seen."""
        uid, notes = self.pending.uid_of(mark), (sqlite_file.utf8(mark.note), "")
        marks_of_cable = (
            stored_mark for stored_mark in self.marked(mark.canonical_id) if stored_mark.uid == uid
        )
        return next(
            (stored_mark for stored_mark in marks_of_cable if stored_mark.note in notes), None
        )

    def take_away(self, marks: Sequence[Mark]) -> list[Mark]:
        """Remove and return marks. Marks only in memory are removed even on a full disk."""
        if not marks:
            return []
        is_single = len(marks) == 1
        description = (
            f"the bookmark of {marks[0].name}" if is_single else f"{len(marks):,} bookmarks"
        )
        description = f"remove {description}"
        removals = tuple(MarkChange(mark, None) for mark in marks)
        if all(mark.id < 0 for mark in marks):
            self.pending.keep(ChangeGroup(description, removals))
            return list(marks)
        return [mark for mark in self.do(description, removals) if mark is not None]

    def _keep(self, error: LibraryError, what: str, changes: Sequence[MarkChange]) -> LibraryError:
        """Keep changes in memory, and return the error that reports it."""
        settled_changes = map(self._as_stored, changes)
        changes_left = tuple(change for change in settled_changes if change.was != change.now)
        if not changes_left:
            return error
        waiting_words = self.pending.keep(ChangeGroup(what, changes_left))
        reason = str(error).partition(sqlite_file.UNCHANGED)[0]
        return NotWrittenError(f"{reason}. {waiting_words}")

    def _as_stored(self, change: MarkChange) -> MarkChange:
        """Return the change for the stored mark: equal marks are merged, and `uid`s are unique."""
        if change.was is not None or change.now is None:
            return change
        known_marks, new_mark = self.readable(change.now), change.now
        if equal_mark := next((mark for mark in known_marks if same(mark, new_mark)), None):
            return MarkChange(equal_mark, change.applied_to(equal_mark))
        while any(mark.uid == new_mark.uid for mark in known_marks):
            new_mark = replace(new_mark, uid=other_uid(new_mark.uid))
        return MarkChange(None, new_mark)

    def write_pending(self) -> int:
        """Write the changes that wait in memory, and return the number of their marks.

        Raises `LibraryError`.
        """
        with self._file.lock:
            mark_count = len(self.pending.marks)
            while self.pending.groups:
                change_group, *other_groups = self.pending.groups
                with self._file.writing(change_group.what) as connection:
                    marks_written = self.pending.write(connection, change_group.changes)
                self.pending.written(change_group.changes, marks_written)
                self.pending.groups = tuple(other_groups)
            return mark_count

    @contextmanager
    def writing(self, what: str) -> Iterator[sqlite3.Connection]:
        """Yield the connection for one change, after the changes in memory are written."""
        with self._file.lock:
            self.write_pending()
            with self._file.writing(what) as connection:
                yield connection


class PendingChanges:
    """Groups of waiting changes, in order. Threads may share one instance.

    A mark is identified by its `uid`. The file may assign another `uid` when the mark is written;
    `uid_of` accepts both.
    """

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self.groups: tuple[ChangeGroup, ...] = ()
        self._last = 0
        self._written: dict[str, str] = {}

    @property
    def _changes(self) -> list[MarkChange]:
        return [change for change_group in self.groups for change in change_group.changes]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks with waiting changes: their new state, or the old state before a removal."""
        new_uids = {self.uid_of(change.mark) for change in self._changes if change.was is None}
        mark_by_uid = {self.uid_of(change.mark): change.mark for change in self._changes}
        stored_by_uid = {
            mark_uid: replace(mark, uid=mark_uid)
            for mark_uid, mark in mark_by_uid.items()
            if mark_uid not in new_uids
        }
        marks_now = {mark.uid: mark for mark in self.applied_to(stored_by_uid.values())}
        return tuple((stored_by_uid | marks_now).values())

    def applied_to(self, stored: Iterable[Mark], cable: str | None = None) -> list[Mark]:
        """Return marks with the waiting changes applied, for one cable or for all."""
        mark_by_uid = {mark.uid: mark for mark in stored}
        for pending_change in self._changes:
            if cable not in (None, pending_change.mark.canonical_id):
                continue
            mark_uid = self.uid_of(pending_change.mark)
            new_mark = pending_change.now if _is_made(pending_change) else None
            mark_after = (
                pending_change.applied_to(mark_by_uid[mark_uid])
                if mark_uid in mark_by_uid
                else new_mark
            )
            if mark_after is None:
                mark_by_uid.pop(mark_uid, None)
            else:
                mark_by_uid[mark_uid] = replace(mark_after, uid=mark_uid)
        return list(mark_by_uid.values())

    def list_entries(self) -> list[tuple[str, str]]:
        """Return the waiting list entries in order, as pairs of `uid` and list name."""
        list_mark_pairs: dict[tuple[str, str], None] = {}
        for pending_change in self._changes:
            uid = self.uid_of(pending_change.mark)
            if pending_change.now is None:
                list_mark_pairs = {pair: None for pair in list_mark_pairs if pair[0] != uid}
            for name in pending_change.taken_out():
                list_mark_pairs.pop((uid, name), None)
            list_mark_pairs |= {(uid, name): None for name in pending_change.added()}
        return list(list_mark_pairs)

    def keep(self, group: ChangeGroup) -> str:
        """Keep failed changes in memory, and return a sentence for the reader."""
        with self._lock:
            self.groups += (replace(group, changes=tuple(map(self._numbered, group.changes))),)
            waiting_count = len(self.marks)
        if waiting_count == 1:
            return "1 bookmark is only in memory until it can be written; export it to be safe"
        return (
            f"{waiting_count} bookmarks are only in memory until they can be written; "
            "export them to be safe"
        )

    def _numbered(self, change: MarkChange) -> MarkChange:
        """Return the change with a unique negative number for a new mark."""
        if change.now is None or change.now.id:
            return change
        self._last -= 1
        return replace(change, now=replace(change.now, id=self._last))

    def undo(self) -> str:
        """Undo the last waiting group.

        Return its description, or an empty string if none is waiting.
        """
        with self._lock:
            if not self.groups:
                return ""
            *groups_before, undone_group = self.groups
            self.groups = tuple(groups_before)
            return undone_group.what

    def uid_of(self, mark: Mark) -> str:
        """Return the current `uid` of a mark."""
        with self._lock:
            return self._written.get(mark.uid, mark.uid)

    def written(self, changes: Sequence[MarkChange], marks: Sequence[Mark | None]) -> None:
        """Record the `uid`s that the file assigned to new marks in these committed changes."""
        with self._lock:
            new_uid_by_old = {
                change.mark.uid: mark.uid
                for change, mark in zip(changes, marks, strict=True)
                if mark is not None and change.mark.id < 0
            }
            uids_before = {
                old_uid: new_uid_by_old.get(new_uid, new_uid)
                for old_uid, new_uid in self._written.items()
            }
            self._written = uids_before | new_uid_by_old

    def write(
        self, connection: sqlite3.Connection, changes: Iterable[MarkChange]
    ) -> list[Mark | None]:
        """Write changes inside the caller's transaction, and return the marks as in the file."""
        return [self._write(connection, change) for change in changes]

    def _write(self, connection: sqlite3.Connection, change: MarkChange) -> Mark | None:
        mark_before, mark_now = change.was, change.now
        stored_mark = mark_rows.find(connection, self.uid_of(change.mark))
        if mark_now is None:
            return _remove(connection, stored_mark, change.mark)
        if mark_before is None:
            return mark_rows.insert(connection, mark_now)
        if stored_mark is None:
            # A note on a mark that was removed meanwhile is not lost with it.
            return mark_rows.insert(connection, mark_now) if _is_made(change) else None
        if mark_now.note != mark_before.note:
            stored_mark = _note(connection, stored_mark, mark_before, mark_now)
        for name in change.added():
            list_rows.put(connection, [stored_mark.id], name)
        for name in change.taken_out():
            list_rows.take(connection, stored_mark.id, name)
        return stored_mark


def _remove(
    connection: sqlite3.Connection, stored_mark: Mark | None, mark_before: Mark
) -> Mark | None:
    """Remove and return a mark, unless it has a note that the reader has not seen."""
    if stored_mark is None or stored_mark.note not in (mark_before.note, ""):
        return None
    mark_rows.delete(connection, stored_mark.id)
    return stored_mark


def _note(
    connection: sqlite3.Connection, stored_mark: Mark, mark_before: Mark, mark_now: Mark
) -> Mark:
    """Return the mark with the reader's note.

    If another window has changed the note meanwhile, a second mark with the reader's note is added.
    """
    if stored_mark.note in (mark_before.note, mark_now.note, ""):
        with suppress(SameNoteError):  # the note is kept on this place already
            return (
                mark_rows.edit(connection, stored_mark.id, mark_now.note, mark_now.changed)
                or stored_mark
            )
        return stored_mark
    if not mark_now.note:
        return stored_mark
    second_mark = replace(mark_now, lists=(), created=mark_now.changed, uid="")
    return mark_rows.insert(connection, replace(second_mark, uid=uid(second_mark)))


def _is_made(change: MarkChange) -> bool:
    """Return whether the change creates a mark if none is stored."""
    mark_now = change.now
    return mark_now is not None and (change.was is None or bool(mark_now.note or change.added()))
