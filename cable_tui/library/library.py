"""What the program does with marks, lists and saved searches."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cable_tui import database
from cable_tui.library import exchange, lists, owned, rows, store
from cable_tui.library.exchange import Bundle, Merged
from cable_tui.library.file import LibraryFile, now
from cable_tui.library.marks import Mark, is_own, same, user_name
from cable_tui.library.rows import SameNoteError
from cable_tui.library.seen import Seen
from cable_tui.library.shelves import Lists, Searches
from cable_tui.library.waiting import Change
from cable_tui.library.writer import Writer
from cable_tui.query.own import Own

SHORT = 0.5
"""Seconds for which a patient library waits while another program writes: its marks can wait in
memory, whoever reads cannot."""
_CABLE = "WHERE canonical_id = ?"
_PLACE = "WHERE canonical_id = ? AND paragraph = ?"


class Library:
    """Marks in one file. Safe to use from several threads; every method may raise `LibraryError`.

    The file is made by the first mark. A `patient` library keeps marks, notes and what goes into
    lists in memory where they could not be written: then it raises `NotWrittenError`, has them in
    `pending`, finds them with all others, and writes them before the next change that works.
    """

    def __init__(self, path: Path, *, author: str = "", patient: bool = False) -> None:
        wait = SHORT if patient else database.WAIT
        self._file = LibraryFile(path, author or user_name(), wait)
        self._writer = Writer(self._file, patient=patient)
        self._waiting = self._writer.waiting
        self.lists = Lists(self._file.reading, self._writer.writing, self._waiting)
        self.searches = Searches(self._file.reading, self._writer.writing)
        self.seen = Seen(self._file.reading, self._writer.writing)
        self._own: tuple[object, Own] = None, Own()
        self.changed()

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def notice(self) -> str:
        """A sentence for the reader, or empty.

        That the file is newer than this program and only read, or was damaged and kept aside.
        """
        return self._file.notice

    @property
    def rescued(self) -> bool:
        """Whether this is what was left of a damaged file; `undo` begins with none."""
        return self._file.rescued

    @property
    def writable(self) -> bool:
        """Whether this program may write the file at all."""
        return self._file.writable

    @property
    def author(self) -> str:
        """Who writes the notes."""
        return self._file.author

    @property
    def pending(self) -> tuple[Mark, ...]:
        """Marks that wait in memory to be written, or have a note or a list that does."""
        return self._waiting.marks

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        self._file.close()

    def changed(self) -> bool:
        """Whether another program has written since this was last asked."""
        return self._file.changed()

    def marks(self) -> list[Mark]:
        """All marks, the oldest first."""
        with self._file.reading() as connection:
            return self._writer.marks(connection)

    def marked(self, canonical_id: str) -> list[Mark]:
        """The marks of one cable and its paragraphs, the oldest first."""
        return self._writer.marked(canonical_id)

    def own(self) -> Own:
        """What the reader's own marks bring to a query; read again when any window changed them."""
        with self._file.reading() as connection:
            state = _state(connection, self._waiting.marks)
            if self._own[0] != state:
                read = owned.own(
                    connection, self._writer.marks(connection), self._own[1].version + 1
                )
                self._own = state, read
            return self._own[1]

    def add(self, mark: Mark) -> Mark:
        """Store a mark, in its lists; once this returns it is on the disk.

        The same place with the same note by the same author is one mark: then the stored one is
        returned.
        """
        return self.add_all([mark])[0]

    def add_all(self, marks: Sequence[Mark]) -> list[Mark]:
        """Store several marks as one change, as `add` stores one."""
        signed = list(map(self._signed, marks))
        what = signed[0].name if len(signed) == 1 else f"{len(signed):,} cables"
        changes = [Change(None, mark) for mark in signed]
        with self._writer.lasting(f"bookmark {what}", changes) as connection:
            return [rows.insert(connection, mark) for mark in signed]

    def note(self, mark: Mark, note: str) -> Mark:
        """Give a mark another note; one that is new, or was taken away since, is stored with it.

        Raises `SameNoteError` where it is on this place already.
        """
        wanted = self._signed(replace(mark, note=note, changed=now()))
        known = self._writer.readable(wanted)
        if any(same(each, wanted) and each.id != wanted.id for each in known):
            raise SameNoteError
        change = _changed(replace(mark, id=wanted.id), wanted)
        with self._writer.lasting(f"note to {mark.name}", [change]) as connection:
            key = self._waiting.number(wanted.id)
            edited = rows.edit(connection, key, wanted.note, wanted.changed) if key else None
            if edited is None and (note or not key):
                return rows.insert(connection, wanted)
            return edited or wanted

    def put(self, marks: Sequence[Mark], name: str) -> None:
        """Put marks, those that are new too, at the end of a list, which is made if it is new.

        All of it is one change, in the order given.
        """
        name = lists.named(name)
        known = list(map(self._signed, marks))
        changes = [_changed(mark, _put_into(mark, name)) for mark in known]
        with self._writer.lasting(f"put into {name}", changes) as connection:
            stored = [
                rows.stored(connection, mark, self._waiting.number(mark.id)) for mark in known
            ]
            lists.put(connection, [mark.id for mark in stored], name)

    def remove(self, mark_id: int) -> Mark | None:
        """Take a mark away and return it, so that it can be added again; None if it was gone."""
        number = self._waiting.number(mark_id)
        gone = self._removed("WHERE id = ?", (number,), lambda mark: mark.id == number)
        return gone[0] if gone else None

    def toggle(self, mark: Mark) -> list[Mark]:
        """Mark a place that has no mark of the reader's own, or take all of those away.

        Marks of others stay. Returns the marks that were taken away: none when the place is marked
        now.
        """
        place = (store.plain(mark.canonical_id), store.plain(mark.paragraph or ""))

        def own(each: Mark) -> bool:
            here = (each.canonical_id, each.paragraph or "") == place
            return here and is_own(each, self.author)

        gone = self._removed(_PLACE, place, own)
        if not gone:
            self.add(mark)
        return gone

    def _removed(
        self, where: str, values: tuple[object, ...], wanted: Callable[[Mark], bool]
    ) -> list[Mark]:
        """Take away the marks of a condition that are wanted; where there is none, do nothing."""
        with self._file.lock:
            with self._file.reading() as connection:
                stored = [] if connection is None else rows.read(connection, where, values)
            stored = list(filter(wanted, stored))
            new = list(filter(wanted, self._waiting.new))
            if not stored and not new:
                return []
            what = f"take away the bookmark of {(stored or new)[0].name}"
            gone = self._waiting.drop(what, {mark.id for mark in new})
            if stored:
                with self._writer.writing(what) as written:
                    stored = list(filter(wanted, rows.read(written, where, values)))
                    rows.delete(written, stored)
            return [*stored, *gone]

    def undo(self) -> str:
        """Take back the last change that was made through this library; what it was, in words.

        Empty where there is nothing to take back. Raises `LibraryError` where another window has
        changed the same since.
        """
        with self._file.lock:
            return self._waiting.undo() or self._file.undo()

    def bundle(self, only: str | None = None) -> Bundle:
        """All of it as one value, what waits in memory too; or one list with its marks."""
        wanted = None if only is None else lists.spelled(only)
        with self._file.reading() as connection:
            stored = Bundle() if connection is None else exchange.bundle(connection, wanted)
            stored = replace(stored, marks=tuple(self._waiting.over(stored.marks)))
            return exchange.joined(stored, self._waiting.new, self._waiting.put(), wanted)

    def unwritten(self) -> Bundle:
        """What waits in memory alone, to be taken in later."""
        with self._file.lock:
            return exchange.joined(Bundle(), self._waiting.marks, self._waiting.put())

    def take_in(self, given: Bundle) -> Merged:
        """Add what another library gave; the same once more changes nothing."""
        with self._writer.writing("import") as connection:
            return exchange.merge(connection, given)

    def write_pending(self) -> int:
        """Write what waits in memory; for how many marks. Raises `LibraryError`."""
        return self._writer.write_pending()

    def _signed(self, mark: Mark) -> Mark:
        """With all that a stored mark has, and the number that it has by now."""
        mark = replace(mark, id=self._waiting.number(mark.id))
        return rows.signed(mark, self.author, now())


def _state(connection: sqlite3.Connection | None, waiting: Sequence[Mark]) -> object:
    """Changes with every change, of this window or another."""
    if connection is None:
        return waiting
    (others,) = connection.execute("PRAGMA data_version").fetchone()
    return id(connection), others, connection.total_changes, waiting


def _changed(was: Mark, now: Mark) -> Change:
    return Change(was if was.id else None, now)


def _put_into(mark: Mark, name: str) -> Mark:
    return mark if name in mark.lists else replace(mark, lists=(*mark.lists, name))
