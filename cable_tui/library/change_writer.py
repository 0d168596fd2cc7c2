"""The writer of changes: into the file, or into memory if that fails.

Changes wait in order if the disk was full or the file could not be written. Each is still one
change when it is written, with its own description and its own undo.
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
    """A reader's change of one mark."""

    was: Mark | None
    """The mark that the reader saw; None if it is new."""
    now: Mark | None
    """The mark with another note or in more lists; None if it was removed."""

    @property
    def mark(self) -> Mark:
        """The mark that was changed."""
        mark = self.was or self.now
        if mark is None:
            raise ValueError("a change is of a mark")
        return mark

    def added(self) -> tuple[str, ...]:
        """Return the lists that the mark went into."""
        lists_before = () if self.was is None else self.was.lists
        return tuple(
            name for name in (self.now.lists if self.now else ()) if name not in lists_before
        )

    def applied_to(self, mark: Mark) -> Mark | None:
        """Return the mark after the change, which may have been changed otherwise meanwhile."""
        if self.now is None:
            return None
        mark = replace(mark, lists=tuple(dict.fromkeys((*mark.lists, *self.added()))))
        if self.was is None or self.was.note == self.now.note:
            return mark
        return replace(mark, note=self.now.note, changed=self.now.changed)


class ChangeGroup(Value):
    """Changes that count as one for the reader."""

    what: str
    changes: tuple[MarkChange, ...]


class Writer:
    """Writes the changes of one file. A `patient` one keeps failed changes in memory."""

    def __init__(self, file: LibraryConnection, *, patient: bool) -> None:
        self._file = file
        self._patient = patient
        self.pending = PendingChanges(file.lock)
        self.reading = file.reading

    def marks(self, connection: sqlite3.Connection) -> list[Mark]:
        """Return all marks; new ones that wait come after those of the file."""
        return self.pending.applied_to(mark_rows.read(connection))

    def marked(self, canonical_id: str) -> list[Mark]:
        """Return the marks of one cable and its paragraphs, the oldest first."""
        canonical = sqlite_file.utf8(canonical_id)
        with self._file.reading() as connection:
            stored_marks = mark_rows.read(connection, "WHERE canonical_id = ?", (canonical,))
            return self.pending.applied_to(stored_marks, canonical)

    def readable(self, mark: Mark) -> list[Mark]:
        """Return the readable marks of its cable.

        The change is kept even if they cannot be read.
        """
        try:
            return self.marked(mark.canonical_id)
        except LibraryError:
            return []

    def do(self, what: str, changes: Sequence[MarkChange]) -> list[Mark | None]:
        """Make changes that count as one; return the marks as they are in the file then.

        If they cannot be written, a patient writer keeps them in memory and raises
        `NotWrittenError`; another one raises the original error.
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
        """Return a mark in its present state; None if the reader has not seen its note."""
        uid, notes = self.pending.uid_of(mark), (sqlite_file.utf8(mark.note), "")
        marks = (mark_here for mark_here in self.marked(mark.canonical_id) if mark_here.uid == uid)
        return next((mark_here for mark_here in marks if mark_here.note in notes), None)

    def take_away(self, marks: Sequence[Mark]) -> list[Mark]:
        """Remove marks and return them; those in memory only, even on a full disk."""
        if not marks:
            return []
        is_single = len(marks) == 1
        what = f"the bookmark of {marks[0].name}" if is_single else f"{len(marks):,} bookmarks"
        what = f"remove {what}"
        removals = tuple(MarkChange(mark, None) for mark in marks)
        if all(mark.id < 0 for mark in marks):
            self.pending.keep(ChangeGroup(what, removals))
            return list(marks)
        return [mark for mark in self.do(what, removals) if mark is not None]

    def _keep(self, error: LibraryError, what: str, changes: Sequence[MarkChange]) -> LibraryError:
        """Keep changes in memory; return the error that says so."""
        settled_changes = map(self._as_stored, changes)
        changes_left = tuple(change for change in settled_changes if change.was != change.now)
        if not changes_left:
            return error
        waiting_words = self.pending.keep(ChangeGroup(what, changes_left))
        reason = str(error).partition(sqlite_file.UNCHANGED)[0]
        return NotWrittenError(f"{reason}. {waiting_words}")

    def _as_stored(self, change: MarkChange) -> MarkChange:
        """Return the mark as it is stored: equal marks are one, and no two have the same `uid`."""
        if change.was is not None or change.now is None:
            return change
        known_marks, new_mark = self.readable(change.now), change.now
        if twin := next((mark for mark in known_marks if same(mark, new_mark)), None):
            return MarkChange(twin, change.applied_to(twin))
        while any(mark.uid == new_mark.uid for mark in known_marks):
            new_mark = replace(new_mark, uid=other_uid(new_mark.uid))
        return MarkChange(None, new_mark)

    def write_pending(self) -> int:
        """Write the changes that wait in memory; return for how many marks.

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
        """Write one change, and before it the changes that wait in memory."""
        with self._file.lock:
            self.write_pending()
            with self._file.writing(what) as connection:
                yield connection


class PendingChanges:
    """Groups of waiting changes, in order. Safe for threads.

    A mark is known by its `uid`. The file may give it another one when it is written; `uid_of`
    knows it by both.
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
        """Every mark with waiting changes, in its new state, or its old one before a removal."""
        new_uids = {self.uid_of(change.mark) for change in self._changes if change.was is None}
        mark_by_uid = {self.uid_of(change.mark): change.mark for change in self._changes}
        stored_by_uid = {
            key: replace(mark, uid=key) for key, mark in mark_by_uid.items() if key not in new_uids
        }
        marks_now = {mark.uid: mark for mark in self.applied_to(stored_by_uid.values())}
        return tuple((stored_by_uid | marks_now).values())

    def applied_to(self, stored: Iterable[Mark], cable: str | None = None) -> list[Mark]:
        """Return marks, all or those of one cable, with the waiting changes applied."""
        marks = {mark.uid: mark for mark in stored}
        for pending_change in self._changes:
            if cable not in (None, pending_change.mark.canonical_id):
                continue
            key = self.uid_of(pending_change.mark)
            new_mark = pending_change.now if _is_made(pending_change) else None
            mark_after = pending_change.applied_to(marks[key]) if key in marks else new_mark
            if mark_after is None:
                marks.pop(key, None)
            else:
                marks[key] = replace(mark_after, uid=key)
        return list(marks.values())

    def list_entries(self) -> list[tuple[str, str]]:
        """Return waiting entries of lists, in order: pairs of `uid` and list name."""
        list_mark_pairs: dict[tuple[str, str], None] = {}
        for pending_change in self._changes:
            uid = self.uid_of(pending_change.mark)
            if pending_change.now is None:
                list_mark_pairs = {pair: None for pair in list_mark_pairs if pair[0] != uid}
            list_mark_pairs |= {(uid, name): None for name in pending_change.added()}
        return list(list_mark_pairs)

    def keep(self, group: ChangeGroup) -> str:
        """Keep failed changes in memory; return the sentence for the reader."""
        with self._lock:
            self.groups += (replace(group, changes=tuple(map(self._numbered, group.changes))),)
            count = len(self.marks)
        if count == 1:
            return "1 bookmark waits in memory until it can be written; export it to be safe"
        return f"{count} bookmarks wait in memory until they can be written; export them to be safe"

    def _numbered(self, change: MarkChange) -> MarkChange:
        """Return new marks with unique numbers below zero."""
        if change.now is None or change.now.id:
            return change
        self._last -= 1
        return replace(change, now=replace(change.now, id=self._last))

    def undo(self) -> str:
        """Undo the last group; return its description, or empty if none waits."""
        with self._lock:
            if not self.groups:
                return ""
            *groups_before, last_group = self.groups
            self.groups = tuple(groups_before)
            return last_group.what

    def uid_of(self, mark: Mark) -> str:
        """Return the present `uid` of a mark."""
        with self._lock:
            return self._written.get(mark.uid, mark.uid)

    def written(self, changes: Sequence[MarkChange], marks: Sequence[Mark | None]) -> None:
        """Note the `uid`s that the file gave to new marks, once these changes are committed."""
        with self._lock:
            uids = {
                change.mark.uid: mark.uid
                for change, mark in zip(changes, marks, strict=True)
                if mark is not None and change.mark.id < 0
            }
            uids_before = {
                old_uid: uids.get(new_uid, new_uid) for old_uid, new_uid in self._written.items()
            }
            self._written = uids_before | uids

    def write(
        self, connection: sqlite3.Connection, changes: Iterable[MarkChange]
    ) -> list[Mark | None]:
        """Write changes, inside of the caller's transaction; return the marks as in the file."""
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
        return stored_mark


def _remove(connection: sqlite3.Connection, stored: Mark | None, was: Mark) -> Mark | None:
    """Remove a mark, unless it has a note that the reader has not seen."""
    if stored is None or stored.note not in (was.note, ""):
        return None
    mark_rows.delete(connection, stored.id)
    return stored


def _note(connection: sqlite3.Connection, stored: Mark, was: Mark, now: Mark) -> Mark:
    """Return the mark with the reader's note.

    It is a second one if another window has noted it meanwhile.
    """
    if stored.note in (was.note, now.note, ""):
        with suppress(SameNoteError):  # the note is kept on this place already
            return mark_rows.edit(connection, stored.id, now.note, now.changed) or stored
        return stored
    if not now.note:
        return stored
    note_beside = replace(now, lists=(), created=now.changed, uid="")
    return mark_rows.insert(connection, replace(note_beside, uid=uid(note_beside)))


def _is_made(change: MarkChange) -> bool:
    """Return whether it makes a new mark."""
    mark_now = change.now
    return mark_now is not None and (change.was is None or bool(mark_now.note or change.added()))
