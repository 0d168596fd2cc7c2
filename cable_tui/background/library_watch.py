"""The watch of the library file: changes by other windows, and bookmarks still to be written.

Changes that could not be written at the end of the program go into a file elsewhere. The next start
imports that file, or `cable-tui bookmarks import` does.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from cable_tui.base.errors import LibraryError, UsageError
from cable_tui.session.features.bookmarks import read_notebook
from cable_tui.session.values import Action
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.library import Library

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
        """Check until stopped; first import the unwritten changes of an earlier session."""
        self._say(import_unwritten(self._library))
        self._say(self._rewritten())
        while not self._stopped.wait(LOOK_EVERY):
            self.check()

    def _rewritten(self) -> str:
        """Give searches of older programs the `or` that they meant; return a message, or empty."""
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
        """Stop posting."""
        self._stopped.set()

    def check(self) -> None:
        """Check once. Errors are shown when the reader changes something, not every second."""
        self._checks += 1
        try:
            bookmarks_written = 0
            if self._library.pending and self._checks % RETRY_EVERY == 0:
                bookmarks_written = self._library.write_pending()
            if not self._library.changed() and not bookmarks_written:
                return
            sentences = filter(None, (_written(bookmarks_written), self._rewritten()))
            news = read_notebook(self._library, " · ".join(sentences))
        except LibraryError:
            return
        if not self._stopped.is_set():
            self._post(news)


def _or_written(names: Sequence[str]) -> str:
    """Return the message on searches that got an `or`; empty for none."""
    if not names:
        return ""
    counted_searches = counted(len(names), "saved search", "saved searches")
    say_or_says = "says" if len(names) == 1 else "say"
    return (
        f"{counted_searches} now {say_or_says} the or that was meant: {', '.join(names)} · u undoes"
    )


def _written(count: int) -> str:
    return f"{counted(count, 'bookmark')} that had waited: now on the disk" if count else ""


PREFIX = "cable-tui-bookmarks-"
"""The beginning of the names of such files; the library, day, time and process follow."""
TAKEN = ".taken"
"""Added to the name of a file that was imported."""


def save_unwritten(library: Library, *, elsewhere: bool = True) -> str:
    """Try once more to write pending bookmarks; return a sentence if that failed, else empty.

    Without `elsewhere` no other file is written: those of a private session go with it.
    """
    from cable_tui.exports.written_file import write_whole
    from cable_tui.library import bundles

    with suppress(LibraryError):
        library.write_pending()
        return ""
    unsaved = counted(len(library.pending), "bookmark")
    text = bundles.dumps(library.unwritten())
    name = time.strftime(f"{_prefix(library.path)}%Y%m%d-%H%M%S-{os.getpid()}.json")
    for folder in _folders(library.path) if elsewhere else ():
        with suppress(UsageError):
            write_whole(folder / name, [text])
            return (
                f"{unsaved} could not be written to {library.path}. The unwritten changes are in "
                f"{folder / name}. The next start imports them, or run `cable-tui bookmarks import`"
            )
    or_elsewhere = " or anywhere else" if elsewhere else ""
    return f"{unsaved} could not be written to {library.path}{or_elsewhere}"


def import_unwritten(library: Library) -> str:
    """Import what earlier sessions could not write; return a sentence on it, or empty."""
    from cable_tui.library import bundles
    from cable_tui.operating_system import files

    taken = 0
    for file in _files(library.path):
        # If the disk is still full, or the file is not ours, it stays where it is.
        with suppress(LibraryError, OSError):
            bundle = bundles.loads(bundles.read(file), str(file))
            merged_bundle = library.import_bundle(bundle)
            files.replace(file, file.with_name(file.name + TAKEN))
            taken += merged_bundle.added + merged_bundle.updated
    return f"{counted(taken, 'bookmark')} of an earlier room, now on the disk" if taken else ""


def forget_unwritten(library: Library, in_archive: Callable[[str], bool], *, marks: bool) -> None:
    """Remove the marks of an archive from such files: from those taken in, and with `marks` all.

    Raises `LibraryError` if one cannot be read or written.
    """
    from cable_tui.exports.written_file import write_whole
    from cable_tui.library import Bundle, bundles
    from cable_tui.operating_system import files

    for file in files_beside(library.path):
        if not marks and not file.name.endswith(TAKEN):
            continue  # they are taken in, and stay, as all marks
        try:
            bundle = bundles.loads(bundles.read(file), str(file))
            marks_left = tuple(mark for mark in bundle.marks if not in_archive(mark.canonical_id))
            if len(marks_left) == len(bundle.marks):
                continue
            uids = {mark.uid for mark in marks_left}
            lists = {
                name: [uid for uid in list_uids if uid in uids]
                for name, list_uids in bundle.lists.items()
                if uids.intersection(list_uids)
            }
            if marks_left:
                write_whole(file, [bundles.dumps(Bundle(marks_left, lists, bundle.searches))])
            else:
                files.remove(file)
        except (OSError, UsageError) as error:
            raise LibraryError(f"{file}: bookmarks in it could not be removed: {error}") from error


def files_beside(path: Path) -> list[Path]:
    """Return all such files of the library at `path`, including those that were imported."""
    return [*_files(path), *_files(path, TAKEN)]


def _files(path: Path, ending: str = "") -> Iterator[Path]:
    """Yield the user's own files: anybody may write to the folder of temporary files."""
    from cable_tui.operating_system import files

    for folder in dict.fromkeys(_folders(path)):
        for file in sorted(folder.glob(f"{_prefix(path)}*.json{ending}")):
            with suppress(OSError):
                file_status = file.lstat()
                if stat.S_ISREG(file_status.st_mode) and files.is_mine(file_status):
                    yield file


def _prefix(path: Path) -> str:
    """Return the prefix for this library alone: a user may have several."""
    name = os.fsencode(path.absolute())
    return f"{PREFIX}{hashlib.blake2b(name, digest_size=4).hexdigest()}-"


def _folders(path: Path) -> Iterator[Path]:
    """Yield folders to try: another disk may have space, or be writable."""
    yield path.parent
    with suppress(RuntimeError):  # a user without a home
        yield Path.home()
    with suppress(OSError):  # no folder for temporary files
        yield Path(tempfile.gettempdir())
