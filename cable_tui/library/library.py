"""What the program does with marks, lists and saved searches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cable_tui import database
from cable_tui.library import exchange, lists, owned, rows, store
from cable_tui.library.exchange import Bundle, Merged
from cable_tui.library.file import LibraryFile, NotWrittenError, now
from cable_tui.library.marks import Mark, is_own, uid, user_name
from cable_tui.library.seen import Seen
from cable_tui.library.shelves import Lists, Searches
from cable_tui.library.waiting import Waiting
from cable_tui.query.own import Own

SHORT = 0.5
"""Seconds for which a patient library waits while another program writes: its marks can wait in
memory, whoever reads cannot."""
_PLACE = "WHERE canonical_id = ? AND paragraph = ?"


class Library:
    """Marks in one file. Safe to use from several threads; every method may raise `LibraryError`.

    The file is made by the first mark. A `patient` library keeps marks that could not be written
    in memory, where `marks` finds them too, and writes them with the next change that works.
    """

    def __init__(self, path: Path, *, author: str = "", patient: bool = False) -> None:
        wait = SHORT if patient else database.WAIT
        self._file = LibraryFile(path, author or user_name(), wait)
        self._patient = patient
        self._waiting = Waiting(self._file.lock)
        self.lists = Lists(self._file.reading, self._writing)
        self.searches = Searches(self._file.reading, self._writing)
        self.seen = Seen(self._file.reading, self._writing)
        self._own: tuple[object, Own] = None, Own()
        self.changed()

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
        """Marks that wait in memory to be written."""
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
            stored = [] if connection is None else rows.read(connection)
            return [*stored, *self._waiting.marks]

    def marked(self, canonical_id: str) -> list[Mark]:
        """The marks of one cable and its paragraphs, the oldest first."""
        wanted = store.plain(canonical_id)
        with self._file.reading() as connection:
            where = "WHERE canonical_id = ?"
            stored = [] if connection is None else rows.read(connection, where, (wanted,))
            return [*stored, *(mark for mark in self._waiting.marks if mark.canonical_id == wanted)]

    def own(self) -> Own:
        """What the reader's own marks bring to a query; read again when any window changed them."""
        with self._file.reading() as connection:
            state = self._state(connection)
            if self._own[0] != state:
                read = owned.own(connection, self._waiting.marks, self._own[1].version + 1)
                self._own = state, read
            return self._own[1]

    def _state(self, connection: sqlite3.Connection | None) -> object:
        """Changes with every change, of this window or another."""
        if connection is None:
            return self._waiting.marks
        (others,) = connection.execute("PRAGMA data_version").fetchone()
        return id(connection), others, connection.total_changes, self._waiting.marks

    def add(self, mark: Mark) -> Mark:
        """Store a mark, in its lists; once this returns it is on the disk.

        The same place with the same note by the same author is one mark: then the stored one is
        returned. Raises `NotWrittenError` where that may work later; a patient library has the
        mark in `pending` then.
        """
        return self.add_all([mark])[0]

    def add_all(self, marks: Sequence[Mark]) -> list[Mark]:
        """Store several marks as one change, as `add` stores one."""
        signed = [self._signed(mark) for mark in marks]
        what = _named(marks[0]) if len(marks) == 1 else f"{len(marks):,} cables"
        with self._file.lock:
            try:
                with self._writing(f"mark {what}") as connection:
                    return [rows.insert(connection, mark) for mark in signed]
            except NotWrittenError as error:
                if not self._patient:
                    raise
                *_, waits = map(self._waiting.keep, signed)
                raise NotWrittenError(f"{error}. {waits}") from error

    def remove(self, mark_id: int) -> Mark | None:
        """Take a mark away and return it, so that it can be added again; None if it was gone."""
        mark_id = self._waiting.number(mark_id)
        if mark_id < 0:
            return self._waiting.drop(lambda mark: mark.id == mark_id)
        with self._writing("unmark") as connection:
            found = rows.read(connection, "WHERE id = ?", (mark_id,))
            rows.delete(connection, found)
            return found[0] if found else None

    def toggle(self, mark: Mark) -> list[Mark]:
        """Mark a place that has no mark of the reader's own, or take all of those away.

        Marks of others stay. Returns the marks that were taken away: none when the place is marked
        now.
        """
        place = (store.plain(mark.canonical_id), store.plain(mark.paragraph or ""))
        waiting = self._waiting.drop(
            lambda each: (each.canonical_id, each.paragraph or "") == place
        )
        if waiting:
            return [waiting]
        with self._file.reading() as connection:
            known = [] if connection is None else rows.read(connection, _PLACE, place)
        if not any(is_own(mark, self.author) for mark in known):
            self.add(mark)
            return []
        with self._writing(f"unmark {_named(mark)}") as written:
            everything = rows.read(written, _PLACE, place)
            found = [mark for mark in everything if is_own(mark, self.author)]
            rows.delete(written, found)
            return found

    def edit(self, mark_id: int, note: str) -> Mark | None:
        """Give a mark another note and return it; None if the mark was gone.

        One that waits is written with it. Raises `NotWrittenError`; what waits has the note then.
        """
        mark_id = self._waiting.number(mark_id)
        if mark_id < 0:
            said = store.plain(note)
            edited = self._waiting.edit(
                mark_id, lambda mark: replace(mark, note=said, changed=now())
            )
            self.write_pending()
            return edited
        with self._writing("edit a note") as connection:
            return rows.edit(connection, mark_id, note, now())

    def put(self, mark_ids: Sequence[int], new: Sequence[Mark], name: str) -> None:
        """Put marks at the end of a list, which is made if it is new; `new` ones are stored first.

        What waits gets into the list when it is written. Raises `NotWrittenError`.
        """
        name = lists.spelled(name)
        mark_ids = list(map(self._waiting.number, mark_ids))
        for mark_id in mark_ids:
            if mark_id < 0:
                self._waiting.edit(mark_id, lambda mark: _put_into(mark, name))
        if new:
            self.add_all([_put_into(mark, name) for mark in new])
        if stored := [mark_id for mark_id in mark_ids if mark_id > 0]:
            self.lists.put(stored, name)
        self.write_pending()

    def undo(self) -> str:
        """Take back the last change that was made through this library; what it was, in words.

        Empty where there is nothing to take back. Raises `LibraryError` where another window has
        changed the same since.
        """
        return self._file.undo()

    def bundle(self, only: str | None = None) -> Bundle:
        """All of it as one value, what waits in memory too; or one list with its marks."""
        with self._file.reading() as connection:
            stored = Bundle() if connection is None else exchange.bundle(connection, only)
            wanted = None if only is None else lists.spelled(only)
            waiting = [
                mark for mark in self._waiting.marks if wanted is None or wanted in mark.lists
            ]
            return exchange.joined(stored, waiting)

    def take_in(self, given: Bundle) -> Merged:
        """Add what another library gave; the same once more changes nothing."""
        with self._writing("import") as connection:
            return exchange.merge(connection, given)

    def write_pending(self) -> int:
        """Write what waits in memory; how many marks that were. Raises `NotWrittenError`."""
        with self._file.lock:
            count = len(self._waiting.marks)
            if count:
                with self._writing("mark"):
                    pass
            return count

    @contextmanager
    def _writing(self, what: str) -> Iterator[sqlite3.Connection]:
        """One change, and with it what waits in memory."""
        with self._file.lock:
            with self._file.writing(what) as connection:
                numbers = [rows.insert(connection, mark).id for mark in self._waiting.marks]
                yield connection
            self._waiting.written(numbers)

    def _signed(self, mark: Mark) -> Mark:
        """With all that a stored mark has but its number in this library."""
        created = mark.created or now()
        mark = replace(
            mark,
            canonical_id=store.plain(mark.canonical_id),
            paragraph=None if mark.paragraph is None else store.plain(mark.paragraph),
            note=store.plain(mark.note),
            author=store.plain(mark.author) or self.author,
            lists=tuple(map(lists.spelled, mark.lists)),
            created=created,
            changed=mark.changed or created,
        )
        return mark if mark.uid else replace(mark, uid=uid(mark))


def _put_into(mark: Mark, name: str) -> Mark:
    return mark if name in mark.lists else replace(mark, lists=(*mark.lists, name))


def _named(mark: Mark) -> str:
    return f"{mark.reference_id} ¶{mark.paragraph}" if mark.paragraph else mark.reference_id
