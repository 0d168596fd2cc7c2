"""Marks that wait in memory to be written: the disk was full, or the folder read-only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from cable_tui.library.marks import Mark


class Waiting:
    """They have numbers below zero until they have one of the file. Safe for threads.

    No such number is given twice: who still has one means the mark that it was given to.
    """

    def __init__(self, lock: threading.RLock) -> None:
        self.marks: tuple[Mark, ...] = ()
        self._lock = lock
        self._last = 0
        self._written: dict[int, int] = {}

    def keep(self, mark: Mark) -> str:
        """Keep a mark in memory; the sentence that says so."""
        with self._lock:
            if all(mark.uid != each.uid for each in self.marks):
                self._last -= 1
                self.marks += (replace(mark, id=self._last),)
            count = len(self.marks)
        waits = "1 bookmark waits" if count == 1 else f"{count} bookmarks wait"
        return f"{waits} in memory until it can be written; export them to be safe"

    def written(self, numbers: Sequence[int]) -> None:
        """All that waited is in the file now, under these numbers."""
        with self._lock:
            self._written.update(zip((mark.id for mark in self.marks), numbers, strict=True))
            self.marks = ()

    def number(self, mark_id: int) -> int:
        """The number that a mark has by now: that of the file, where it was written meanwhile."""
        with self._lock:
            return self._written.get(mark_id, mark_id)

    def drop(self, gone: Callable[[Mark], bool]) -> Mark | None:
        """The first of those that no longer wait."""
        with self._lock:
            found = [mark for mark in self.marks if gone(mark)]
            self.marks = tuple(mark for mark in self.marks if not gone(mark))
            return found[0] if found else None

    def edit(self, mark_id: int, edit: Callable[[Mark], Mark]) -> Mark | None:
        """A mark that waits, otherwise; None where it waits no more."""
        with self._lock:
            found = next((mark for mark in self.marks if mark.id == mark_id), None)
            if found is None:
                return None
            edited = edit(found)
            self.marks = tuple(edited if each is found else each for each in self.marks)
            return edited
