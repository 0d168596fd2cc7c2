"""The watch of the library file: changes by other windows, and bookmarks still to be written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event

from cable_tui.errors import LibraryError
from cable_tui.library import Library
from cable_tui.session.features.bookmarks import read_notebook
from cable_tui.session.values import Action
from cable_tui.text.numbers import counted

LOOK_EVERY = 1.0
"""Seconds between two checks."""
RETRY_EVERY = 5
"""Checks between two tries to write pending bookmarks."""


class LibraryWatch:
    """Checks the library file from time to time, in a thread of its own."""

    def __init__(self, library: Library, post: Callable[[Action], object]) -> None:
        self._library = library
        self._post = post
        self._stopped = Event()
        self._checks = 0

    def run(self) -> None:
        """Check until stopped; first import what an earlier session could not write."""
        self._import_unwritten()
        self._say(self._rewritten())
        while not self._stopped.wait(LOOK_EVERY):
            self.check()

    def _import_unwritten(self) -> None:
        # In the thread: the first list on the screen does not wait for it.
        from cable_tui.background.unsaved_bookmarks import import_unwritten

        self._say(import_unwritten(self._library))

    def _rewritten(self) -> str:
        """Give the searches of older programs the `or` that they meant; a sentence, or empty."""
        try:
            names = self._library.searches.rewrite_older()
        except LibraryError:  # they are read as they were meant all the same
            return ""
        return _or_written(names)

    def _say(self, sentence: str) -> None:
        with suppress(LibraryError):
            if sentence and not self._stopped.is_set():
                self._post(read_notebook(self._library, sentence))

    def stop(self) -> None:
        """Post nothing more."""
        self._stopped.set()

    def check(self) -> None:
        """Check once. Errors are shown when the reader changes something, not every second."""
        self._checks += 1
        try:
            written = 0
            if self._library.pending and self._checks % RETRY_EVERY == 0:
                written = self._library.write_pending()
            if not self._library.changed() and not written:
                return
            said = filter(None, (_written(written), self._rewritten()))
            news = read_notebook(self._library, " · ".join(said))
        except LibraryError:
            return
        if not self._stopped.is_set():
            self._post(news)


def _or_written(names: Sequence[str]) -> str:
    """What is said of searches that got an `or`; empty for none."""
    if not names:
        return ""
    what = counted(len(names), "saved search", "saved searches")
    got = "says" if len(names) == 1 else "say"
    return f"{what} now {got} the or that was meant: {', '.join(names)} · u undoes"


def _written(count: int) -> str:
    if not count:
        return ""
    return f"{count} bookmark{'s' if count > 1 else ''} that waited: written to the disk now"
