"""`Library`: the reader's marks, lists and saved searches, and all changes to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, replace
from cable_tui.library import (
    bundles,
    erase_archive,
    list_notes,
    list_rows,
    mark_rows,
    reader_data,
    sqlite_file,
)
from cable_tui.library.bundles import Bundle, Imported
from cable_tui.library.change_writer import ChangeGroup, MarkChange, Writer
from cable_tui.library.connection import LibraryConnection, now
from cable_tui.library.erase_archive import Forgotten, InArchive
from cable_tui.library.list_notes import ListNote
from cable_tui.library.lists_and_searches import Lists, Searches
from cable_tui.library.mark import Mark, own_of, same, user_name
from cable_tui.library.mark_rows import SameNoteError
from cable_tui.library.reader_data import OwnNames, ReadCables, RecordChoices
from cable_tui.program import database
from cable_tui.query.reader_terms import ReaderData, word_name_sources

SHORT = 0.5
"""How many seconds a patient library waits while another program writes. Its marks can stay in
memory, but the reader must not wait.
"""


class Noted(Value):
    """A mark with its new note."""

    mark: Mark
    both: bool
    """Whether a note from another window was kept next to it."""


class Library:
    """The marks in one file. Threads may share it; every method may raise `LibraryError`.

    The first mark creates the file. If marks, notes or additions to lists cannot be written, a
    `patient` library keeps them in memory. It raises `NotWrittenError`, lists the marks in
    `pending`, returns them with all other marks, and writes them before the next successful change.
    """

    def __init__(
        self, path: Path, *, author: str = "", patient: bool = False, wait: float | None = None
    ) -> None:
        if wait is None:
            wait = SHORT if patient else database.WAIT
        self._file = LibraryConnection(path, author or user_name(), wait)
        self.path = path
        self.author = self._file.author
        """The author of the notes."""
        self._writer = Writer(self._file, patient=patient)
        self._pending = self._writer.pending
        self.lists = Lists(self._writer)
        self.searches = Searches(self._writer)
        self.read_cables = ReadCables(self._writer)
        self.records = RecordChoices(self._writer)
        self.names = OwnNames(self._writer, self.author)
        self._cached: tuple[object, ReaderData] = None, ReaderData()
        try:
            self.changed()
        except LibraryError:
            # A patient library raises when something is asked of it.
            if not patient:
                raise

    @property
    def writer(self) -> Writer:
        """The writer for the rows, for tools that have tables of their own."""
        return self._writer

    @property
    def is_shared(self) -> bool:
        """Whether the library was ever exchanged with other libraries."""
        with self._file.reading() as connection:
            if sqlite_file.user_version(connection) < 3:
                return False
            return connection.execute("SELECT 1 FROM taken LIMIT 1").fetchone() is not None

    @property
    def notice(self) -> str:
        """A sentence for the reader about the state of the file, or empty."""
        return self._file.notice

    @property
    def rescued(self) -> bool:
        """Whether the library was rescued from a damaged file."""
        return self._file.rescued

    @property
    def pending(self) -> tuple[Mark, ...]:
        """The marks that wait in memory, or that have a note or list entry waiting there."""
        return self._pending.marks

    def close(self) -> None:
        """Close the file. It is reopened when used again."""
        self._file.close()

    def changed(self) -> bool:
        """Return whether another program has written since the last call."""
        return self._file.changed()

    def marks(self) -> list[Mark]:
        """Return all marks, oldest first."""
        with self._file.reading() as connection:
            return self._writer.marks(connection)

    def marked(self, canonical_id: str) -> list[Mark]:
        """Return the marks on one cable and its paragraphs, oldest first."""
        return self._writer.marked(canonical_id)

    def reader_data(self) -> ReaderData:
        """Return the reader's current data for queries, from marks and from files made by tools."""
        name_sources = word_name_sources()
        with self._file.reading() as connection:
            tool_states = [source.state(self.path) for source in name_sources.values()]
            library_state = _state(connection, self._pending.groups), tool_states
            if self._cached[0] != library_state:
                new_data = reader_data.reader_data(
                    connection, self._writer.marks(connection), self._cached[1].version + 1
                )
                names_by_tool = {
                    name: source.names(self.path) for name, source in name_sources.items()
                }
                new_data = replace(new_data, of_tools=names_by_tool)
                self._cached = library_state, new_data
            return self._cached[1]

    def add(self, mark: Mark) -> Mark:
        """Store a mark and add it to its lists; the mark is on disk when this returns.

        If an equal mark exists (same location, note and author), that mark is returned instead.
        """
        return self.add_all([mark])[0]

    def add_all(self, marks: Sequence[Mark]) -> list[Mark]:
        """Store several marks as one change, each as in `add`."""
        signed_marks = list(map(self._signed, marks))
        subject = (
            signed_marks[0].name if len(signed_marks) == 1 else f"{len(signed_marks):,} cables"
        )
        written_marks = self._writer.do(
            f"bookmark {subject}", [MarkChange(None, mark) for mark in signed_marks]
        )
        return [mark for mark in written_marks if mark is not None]

    def note(self, mark: Mark, note: str) -> Noted:
        """Change a mark's note.

        A new mark, or one that was removed meanwhile, is stored with the note. If another window
        has changed the note since it was read, both notes are kept, on two marks. Raises
        `SameNoteError` if this location already has the note.
        """
        new_mark = self._signed(replace(mark, note=note, changed=now()))
        other_marks = (
            other_mark
            for other_mark in self._writer.readable(new_mark)
            if other_mark.uid != new_mark.uid
        )
        if any(same(other_mark, new_mark) for other_mark in other_marks):
            raise SameNoteError
        mark_before = replace(mark, id=new_mark.id, uid=new_mark.uid) if mark.uid else None
        (stored_mark,) = self._writer.do(
            f"note to {mark.name}", [MarkChange(mark_before, new_mark)]
        )
        stored_mark = stored_mark or new_mark
        return Noted(
            stored_mark,
            both=mark_before is not None and stored_mark.uid != self._pending.uid_of(mark_before),
        )

    def put(self, marks: Sequence[Mark], name: str) -> None:
        """Add marks, even new ones, to the end of a list, which is created if necessary.

        All marks are added in one change, in the given order.
        """
        self.change_lists(marks, (name,), ())

    def change_lists(
        self, marks: Sequence[Mark], put: Sequence[str], taken_out: Sequence[str]
    ) -> None:
        """Add marks to some lists and remove them from others, in one change."""
        put = tuple(map(list_rows.required_name, put))
        mark_changes = []
        for mark in marks:
            signed_mark = self._signed(mark)
            lists = dict.fromkeys((*signed_mark.lists, *put))
            kept_lists = tuple(name for name in lists if name not in taken_out)
            mark_changes.append(
                MarkChange(
                    signed_mark if mark.uid else None, replace(signed_mark, lists=kept_lists)
                )
            )
        description = (
            f"put into {', '.join(put)}" if put else "",
            f"take out of {', '.join(taken_out)}" if taken_out else "",
        )
        self._writer.do(", ".join(filter(None, description)), mark_changes)

    def remove(self, mark: Mark) -> Mark | None:
        """Remove a mark, and return it so that it can be added again.

        Return None if the mark was already gone, or if it is kept because it has a note that the
        reader did not see.
        """
        removed_marks = self.remove_all([mark])
        return removed_marks[0] if removed_marks else None

    def remove_all(self, marks: Sequence[Mark]) -> list[Mark]:
        """Remove several marks as one change, each as in `remove`; return the removed marks."""
        with self._file.lock:
            current_marks = map(self._writer.current, marks)
            return self._writer.take_away([mark for mark in current_marks if mark is not None])

    def toggle(self, mark: Mark) -> list[Mark]:
        """Toggle a location: mark it if it has no own mark, or else remove the reader's bare marks.

        Marks with a note or in a list are not removed, and neither are other people's marks.
        Returns the removed marks, or no marks if the location is now marked.
        """
        label = sqlite_file.utf8(mark.paragraph or "")
        with self._file.lock:
            own_marks = own_of(self.marked(mark.canonical_id), label, self.names.all())
            if not own_marks:
                self.add(mark)
            return self._writer.take_away([own_mark for own_mark in own_marks if own_mark.is_bare])

    def undo(self) -> str:
        """Undo the last change made through this library, and return its description.

        Return an empty string if there is nothing to undo. Raises `LibraryError` if another window
        has changed the same row since.
        """
        with self._file.lock:
            return self._pending.undo() or self._file.undo()

    def undo_last(self) -> str:
        """Undo the reader's last change in any window; otherwise like `undo`."""
        return self._file.undo_last()

    def bundle(self, only_list: str | None = None) -> Bundle:
        """Return everything, or one list with its marks, including changes that wait in memory."""
        with self._file.lock:
            only_list = None if only_list is None else list_rows.stored_name(only_list)
            names = [name for name in self.lists.sizes() if only_list in (None, name)]
            marks_by_list = self.lists.marks_of(names)
            marks = self.marks() if only_list is None else [*chain(*marks_by_list.values())]
            uids_by_list = {
                name: [mark.uid for mark in list_marks]
                for name, list_marks in marks_by_list.items()
            }
            exported_rows = {("list", name) for name in names} | {
                ("mark", mark.uid) for mark in marks
            }
            return Bundle(
                tuple(marks),
                uids_by_list,
                self.searches.queries() if only_list is None else {},
                private=tuple(
                    private_row
                    for private_row in self.lists.private_rows()
                    if private_row in exported_rows
                ),
                list_notes={
                    name: note for name, note in self._list_notes().items() if name in names
                },
            )

    def _list_notes(self) -> dict[str, ListNote]:
        with self._file.reading() as connection:
            return list_notes.read(connection)

    def is_own(self, mark: Mark) -> bool:
        """Return whether the reader made the mark, under the current name or an earlier one."""
        return mark.author in self.names.all()

    def unwritten(self) -> Bundle:
        """Return the changes that are only in memory, to be merged later."""
        with self._file.lock:
            uids_by_list: dict[str, list[str]] = {}
            for uid, name in self._pending.list_entries():
                uids_by_list.setdefault(name, []).append(uid)
            return Bundle(self._pending.marks, uids_by_list)

    def import_bundle(self, bundle: Bundle) -> Imported:
        """Merge the content of another library. A second import changes nothing."""
        with self._writer.writing("import") as connection:
            return bundles.merge(connection, bundle)

    def forget(self, in_archive: InArchive, *, marks: bool = False) -> Forgotten:
        """Permanently remove an archive's read cables and log entries, and its marks if requested.

        This cannot be undone, and the dated copies lose the data as well. `in_archive` returns
        whether a canonical ID belongs to the archive.
        """
        with self._file.lock:
            with self._writer.writing("forget") as connection:
                marks_that_stay = None if marks else erase_archive.standing(connection)
                removed_data = erase_archive.strip(connection, in_archive, marks_that_stay)
            with self._file.reading() as connection:
                connection.execute("VACUUM")
            cleaned_copies, files_left = erase_archive.forget_copies(
                self.path, in_archive, marks_that_stay, self.author, now()
            )
            return replace(removed_data, copies=cleaned_copies, left=files_left)

    def write_pending(self) -> int:
        """Write the changes that wait in memory, and return the number of their marks.

        Raises `LibraryError`.
        """
        return self._writer.write_pending()

    def _signed(self, mark: Mark) -> Mark:
        """Return the mark with all stored values, signed with the reader's current name."""
        return mark_rows.signed(replace(mark, uid=self._pending.uid_of(mark)), self.author, now())


def _state(connection: sqlite3.Connection, waiting: Sequence[ChangeGroup]) -> object:
    """Return a value that differs after every change, in this window or another."""
    (changes_of_others,) = connection.execute("PRAGMA data_version").fetchone()
    return id(connection), changes_of_others, connection.total_changes, waiting
