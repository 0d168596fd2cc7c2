"""`Library`: the reader's marks, lists and saved searches, and every change of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, replace
from cable_tui.library import bundles, erase_archive, list_rows, mark_rows, reader_data, sqlite_file
from cable_tui.library.bundles import Bundle, Imported
from cable_tui.library.change_writer import ChangeGroup, MarkChange, Writer
from cable_tui.library.connection import LibraryConnection, now
from cable_tui.library.erase_archive import Forgotten, InArchive
from cable_tui.library.lists_and_searches import Lists, Searches
from cable_tui.library.mark import Mark, own_of, same, user_name
from cable_tui.library.mark_rows import SameNoteError
from cable_tui.library.reader_data import OwnNames, ReadCables, RecordChoices
from cable_tui.program import database
from cable_tui.query.reader_terms import ReaderData, word_name_sources

SHORT = 0.5
"""Seconds for which a patient library waits while another program writes.

Its marks can stay in memory, but the reader must not wait."""


class Noted(Value):
    """A mark with its note."""

    mark: Mark
    both: bool
    """Whether a note of another window is kept next to it."""


class Library:
    """Marks in one file. Safe to use from several threads; every method may raise `LibraryError`.

    The file is made by the first mark. If marks, notes or additions to lists could not be written,
    a `patient` library keeps them in memory: it raises `NotWrittenError`, has them in `pending`,
    finds them with all others, and writes them before the next change that works.
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
        """What writes the rows, for a tool that has tables of its own."""
        return self._writer

    @property
    def is_shared(self) -> bool:
        """Whether it was ever exchanged with other libraries."""
        with self._file.reading() as connection:
            if sqlite_file.user_version(connection) < 3:
                return False
            return connection.execute("SELECT 1 FROM taken LIMIT 1").fetchone() is not None

    @property
    def notice(self) -> str:
        """A sentence for the reader on the state of the file, or empty."""
        return self._file.notice

    @property
    def rescued(self) -> bool:
        """Whether this was rescued from a damaged file."""
        return self._file.rescued

    @property
    def pending(self) -> tuple[Mark, ...]:
        """Marks that wait in memory, or whose note or list does."""
        return self._pending.marks

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        self._file.close()

    def changed(self) -> bool:
        """Return whether another program has written since the last call."""
        return self._file.changed()

    def marks(self) -> list[Mark]:
        """Return all marks, the oldest first."""
        with self._file.reading() as connection:
            return self._writer.marks(connection)

    def marked(self, canonical_id: str) -> list[Mark]:
        """Return the marks of one cable and its paragraphs, the oldest first."""
        return self._writer.marked(canonical_id)

    def reader_data(self) -> ReaderData:
        """Return the reader's data for queries, from marks and files of tools, as they are now."""
        name_sources = word_name_sources()
        with self._file.reading() as connection:
            states = [source.state(self.path) for source in name_sources.values()]
            library_state = _state(connection, self._pending.groups), states
            if self._cached[0] != library_state:
                data_of_reader = reader_data.reader_data(
                    connection, self._writer.marks(connection), self._cached[1].version + 1
                )
                of_tools = {name: source.names(self.path) for name, source in name_sources.items()}
                data_of_reader = replace(data_of_reader, of_tools=of_tools)
                self._cached = library_state, data_of_reader
            return self._cached[1]

    def add(self, mark: Mark) -> Mark:
        """Store a mark, in its lists; once this returns it is on the disk.

        An equal mark (location, note, author) is not stored twice: then the stored one is returned.
        """
        return self.add_all([mark])[0]

    def add_all(self, marks: Sequence[Mark]) -> list[Mark]:
        """Store several marks as one change, each as in `add`."""
        signed_marks = list(map(self._signed, marks))
        what = signed_marks[0].name if len(signed_marks) == 1 else f"{len(signed_marks):,} cables"
        written_marks = self._writer.do(
            f"bookmark {what}", [MarkChange(None, mark) for mark in signed_marks]
        )
        return [mark for mark in written_marks if mark is not None]

    def note(self, mark: Mark, note: str) -> Noted:
        """Give a mark another note; one that is new, or was removed since, is stored with it.

        Where another window has given it another note since it was read, both notes stay, on two
        marks. Raises `SameNoteError` if this location has the note already.
        """
        new = self._signed(replace(mark, note=note, changed=now()))
        other_marks = (
            mark_there for mark_there in self._writer.readable(new) if mark_there.uid != new.uid
        )
        if any(same(mark_there, new) for mark_there in other_marks):
            raise SameNoteError
        mark_before = replace(mark, id=new.id, uid=new.uid) if mark.uid else None
        (stored_mark,) = self._writer.do(f"note to {mark.name}", [MarkChange(mark_before, new)])
        stored_mark = stored_mark or new
        return Noted(
            stored_mark,
            both=mark_before is not None and stored_mark.uid != self._pending.uid_of(mark_before),
        )

    def put(self, marks: Sequence[Mark], name: str) -> None:
        """Put marks, new ones too, at the end of a list, which is made if it is new.

        All of it is one change, in the order given.
        """
        name = list_rows.required_name(name)
        mark_changes = []
        for mark in marks:
            signed_mark = self._signed(mark)
            lists = tuple(dict.fromkeys((*signed_mark.lists, name)))
            mark_changes.append(
                MarkChange(signed_mark if mark.uid else None, replace(signed_mark, lists=lists))
            )
        self._writer.do(f"put into {name}", mark_changes)

    def remove(self, mark: Mark) -> Mark | None:
        """Remove a mark and return it, so that it can be added again.

        None if it was gone, or has another note than the one that the reader saw; then it stays.
        """
        removed_marks = self.remove_all([mark])
        return removed_marks[0] if removed_marks else None

    def remove_all(self, marks: Sequence[Mark]) -> list[Mark]:
        """Remove several marks as one change, each as in `remove`; return the removed ones."""
        with self._file.lock:
            current_marks = map(self._writer.current, marks)
            return self._writer.take_away([mark for mark in current_marks if mark is not None])

    def toggle(self, mark: Mark) -> list[Mark]:
        """Mark a place that has no mark of the reader's own, or remove those that are bare.

        Marks with a note or in a list stay, and those of others. Returns the marks that were
        removed: none when the place is marked now.
        """
        place = sqlite_file.utf8(mark.paragraph or "")
        with self._file.lock:
            own_marks = own_of(self.marked(mark.canonical_id), place, self.names.all())
            if not own_marks:
                self.add(mark)
            return self._writer.take_away([own_mark for own_mark in own_marks if own_mark.is_bare])

    def undo(self) -> str:
        """Undo the last change that was made through this library; what it was, in words.

        Empty if there is nothing to undo. Raises `LibraryError` if another window has changed the
        same since.
        """
        with self._file.lock:
            return self._pending.undo() or self._file.undo()

    def undo_last(self) -> str:
        """Undo the reader's last change, in whatever window; otherwise like `undo`."""
        return self._file.undo_last()

    def bundle(self, only_list: str | None = None) -> Bundle:
        """Return everything, or one list with its marks; changes that wait in memory are in it."""
        with self._file.lock:
            only_list = None if only_list is None else list_rows.stored_name(only_list)
            names = [name for name in self.lists.sizes() if only_list in (None, name)]
            members = self.lists.marks_of(names)
            marks = self.marks() if only_list is None else [*chain(*members.values())]
            uids = {name: [mark.uid for mark in list_marks] for name, list_marks in members.items()}
            exported_rows = {("list", name) for name in names} | {
                ("mark", mark.uid) for mark in marks
            }
            return Bundle(
                tuple(marks),
                uids,
                self.searches.queries() if only_list is None else {},
                private=tuple(row for row in self.lists.private_rows() if row in exported_rows),
            )

    def is_own(self, mark: Mark) -> bool:
        """Return whether the reader made it, under this name or an earlier one."""
        return mark.author in self.names.all()

    def unwritten(self) -> Bundle:
        """Return changes that are in memory only, to be merged later."""
        with self._file.lock:
            uids_by_list: dict[str, list[str]] = {}
            for uid, name in self._pending.list_entries():
                uids_by_list.setdefault(name, []).append(uid)
            return Bundle(self._pending.marks, uids_by_list)

    def import_bundle(self, bundle: Bundle) -> Imported:
        """Merge the content of another library; a second import changes nothing."""
        with self._writer.writing("import") as connection:
            return bundles.merge(connection, bundle)

    def forget(self, in_archive: InArchive, *, marks: bool = False) -> Forgotten:
        """Remove for good what was read of an archive, and the log of its marks; its marks too.

        Nothing of it can be undone, and the dated copies lose it too. `in_archive` says of a
        canonical id whether it is of the archive.
        """
        with self._file.lock:
            with self._writer.writing("forget") as connection:
                marks_that_stay = None if marks else erase_archive.standing(connection)
                erased = erase_archive.strip(connection, in_archive, marks_that_stay)
            with self._file.reading() as connection:
                connection.execute("VACUUM")
            copies, files_left = erase_archive.forget_copies(
                self.path, in_archive, marks_that_stay, self.author, now()
            )
            return replace(erased, copies=copies, left=files_left)

    def write_pending(self) -> int:
        """Write the changes that wait in memory; return for how many marks.

        Raises `LibraryError`.
        """
        return self._writer.write_pending()

    def _signed(self, mark: Mark) -> Mark:
        """Return the mark with all stored values, and with the reader's present name."""
        return mark_rows.signed(replace(mark, uid=self._pending.uid_of(mark)), self.author, now())


def _state(connection: sqlite3.Connection, waiting: Sequence[ChangeGroup]) -> object:
    """Return a number that changes with every change, of this window or another."""
    (changes_of_others,) = connection.execute("PRAGMA data_version").fetchone()
    return id(connection), changes_of_others, connection.total_changes, waiting
