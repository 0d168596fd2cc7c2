"""Marks that wait in memory to be written: the disk was full, or the folder read-only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from cable_tui.library.marks import Mark


class Waiting:
    """They have numbers below zero until they have one of the file. Safe for threads."""

    def __init__(self, lock: threading.RLock) -> None:
        self.marks: tuple[Mark, ...] = ()
        self._lock = lock

    def keep(self, mark: Mark) -> str:
        """Keep a mark in memory; the sentence that says so."""
        with self._lock:
            if all(mark.uid != each.uid for each in self.marks):
                last = min((each.id for each in self.marks), default=0)
                self.marks += (replace(mark, id=last - 1),)
            count = len(self.marks)
        waits = "1 bookmark waits" if count == 1 else f"{count} bookmarks wait"
        return f"{waits} in memory until it can be written; export them to be safe"

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
