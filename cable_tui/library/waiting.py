"""What waits in memory to be written: the disk was full, or the file could not be written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from cable_tui.library import lists, rows
from cable_tui.library.marks import Mark
from cable_tui.library.rows import SameNoteError


@dataclass(frozen=True, slots=True)
class Change:
    """What a reader did to one mark: it is new, got another note, or went into more lists."""

    was: Mark | None
    """As the reader saw it; None where it is new."""
    now: Mark

    def added(self) -> tuple[str, ...]:
        """The lists it went into."""
        held = () if self.was is None else self.was.lists
        return tuple(name for name in self.now.lists if name not in held)

    def over(self, mark: Mark) -> Mark:
        """The same done to the mark as it is by now, whatever else was done to it."""
        mark = replace(mark, lists=tuple(dict.fromkeys((*mark.lists, *self.added()))))
        if self.was is None or self.was.note == self.now.note:
            return mark
        return replace(mark, note=self.now.note, changed=self.now.changed)


class Waiting:
    """Changes that wait, in their order. New marks have numbers below zero until they are written.

    No such number is given twice: who still has one means the mark that it was given to. Safe for
    threads.
    """

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._changes: tuple[Change, ...] = ()
        self._before: list[tuple[str, tuple[Change, ...]]] = []
        self._last = 0
        self._written: dict[int, int] = {}

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark for which something waits, as it will be."""
        found: dict[int, Mark] = {}
        for change in self._changes:
            known = found.get(change.now.id)
            found[change.now.id] = change.over(known) if known else change.now
        return tuple(found.values())

    @property
    def new(self) -> list[Mark]:
        """Those that are not in the file."""
        return [mark for mark in self.marks if mark.id < 0]

    def over(self, stored: Iterable[Mark]) -> list[Mark]:
        """Marks of the file with what waits for them."""
        found = {mark.id: mark for mark in stored}
        for change in self._changes:
            if known := found.get(change.now.id):
                found[known.id] = change.over(known)
        return list(found.values())

    def put(self) -> Iterator[tuple[Mark, str]]:
        """What waits to go into lists, in the order in which it was put there: marks, names."""
        marks = {mark.id: mark for mark in self.marks}
        pairs = ((change.now.id, name) for change in self._changes for name in change.added())
        return ((marks[number], name) for number, name in dict.fromkeys(pairs))

    def keep(self, what: str, changes: Iterable[Change]) -> str:
        """Keep in memory what the file did not take; the sentence that says so."""
        with self._lock:
            self._before.append((what, self._changes))
            for change in changes:
                self._changes += (self._numbered(change),)
            count = len(self.marks)
        if count == 1:
            return "1 bookmark waits in memory until it can be written; export it to be safe"
        return f"{count} bookmarks wait in memory until they can be written; export them to be safe"

    def _numbered(self, change: Change) -> Change:
        if change.now.id:
            return change
        self._last -= 1
        return replace(change, now=replace(change.now, id=self._last))

    def drop(self, what: str, numbers: Collection[int]) -> list[Mark]:
        """New marks that are no longer wanted."""
        with self._lock:
            gone = [mark for mark in self.new if mark.id in numbers]
            if gone:
                self._before.append((what, self._changes))
                ids = {mark.id for mark in gone}
                self._changes = tuple(each for each in self._changes if each.now.id not in ids)
            return gone

    def undo(self) -> str:
        """Take back the last change here; what it was, or empty where there is none."""
        with self._lock:
            if not self._before:
                return ""
            what, self._changes = self._before.pop()
            return what

    def number(self, mark_id: int) -> int:
        """The number that a mark has by now: that of the file, where it was written meanwhile."""
        with self._lock:
            return self._written.get(mark_id, mark_id)

    def write(self, connection: sqlite3.Connection) -> dict[int, int]:
        """Write all of it, inside of the caller's transaction; the numbers by those from before."""
        numbers: dict[int, int] = {}
        for change in self._changes:
            key = numbers.get(change.now.id, change.now.id)
            numbers[change.now.id] = _write(connection, change, key)
        return numbers

    def written(self, numbers: dict[int, int]) -> None:
        """The transaction has ended well: nothing waits any more, and nothing here is undone."""
        with self._lock:
            before = {old: numbers.get(new, new) for old, new in self._written.items()}
            self._written = before | numbers
            self._changes = ()
            self._before.clear()


def _write(connection: sqlite3.Connection, change: Change, key: int) -> int:
    was, now = change.was, change.now
    if was is None or not rows.read(connection, "WHERE id = ?", (key,)):
        # Where another window took the mark away, what was written on it is not lost with it.
        return rows.insert(connection, now).id
    if now.note != was.note:
        with suppress(SameNoteError):  # the note is kept on this place already
            rows.edit(connection, key, now.note, now.changed)
    for name in change.added():
        lists.put(connection, [key], name)
    return key
