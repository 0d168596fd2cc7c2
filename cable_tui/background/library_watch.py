"""The watch of the library file: changes made by other windows, and unsaved bookmarks.

Changes that could not be saved when the program ended are stored in a file in another folder. The
next start imports this file; `cable-tui bookmarks import` can import it too.
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
"""Seconds between checks."""
RETRY_EVERY = 5
"""The number of checks between attempts to write pending bookmarks."""


class LibraryWatch:
    """A regular check of the library file, in its own thread."""

    def __init__(self, library: Library, post: Callable[[Action], object]) -> None:
        self._library = library
        self._post = post
        self._stopped = Event()
        self._checks = 0

    def run(self) -> None:
        """Check until stopped, after importing the unwritten changes of earlier sessions."""
        self._say(import_unwritten(self._library))
        self._say(self._rewritten())
        while not self._stopped.wait(LOOK_EVERY):
            self.check()

    def _rewritten(self) -> str:
        """Add the intended `or` to searches saved by older versions.

        Returns a message about them, or an empty string if there were none.
        """
        try:
            search_names = self._library.searches.rewrite_older()
        except LibraryError:  # they are read as they were meant all the same
            return ""
        return _or_written(search_names)

    def _say(self, sentence: str) -> None:
        with suppress(LibraryError):
            if sentence and not self._stopped.is_set():
                self._post(read_notebook(self._library, sentence))

    def stop(self) -> None:
        """Stop posting."""
        self._stopped.set()

    def check(self) -> None:
        """Check once. Errors are not shown now, but when the reader next makes a change."""
        self._checks += 1
        try:
            bookmarks_written = 0
            if self._library.pending and self._checks % RETRY_EVERY == 0:
                bookmarks_written = self._library.write_pending()
            if not self._library.changed() and not bookmarks_written:
                return
            messages = filter(None, (_written(bookmarks_written), self._rewritten()))
            library_news = read_notebook(self._library, " · ".join(messages))
        except LibraryError:
            return
        if not self._stopped.is_set():
            self._post(library_news)


def _or_written(names: Sequence[str]) -> str:
    """Return the message about searches to which an `or` was added.

    Returns an empty string if there are none.
    """
    if not names:
        return ""
    counted_searches = counted(len(names), "saved search", "saved searches")
    verb = "says" if len(names) == 1 else "say"
    return f"{counted_searches} now {verb} the implied `or`: {', '.join(names)} · u to undo"


def _written(count: int) -> str:
    return f"{counted(count, 'waiting bookmark')} now saved" if count else ""


PREFIX = "cable-tui-bookmarks-"
"""The beginning of these files' names, followed by the library, day, time and process."""
TAKEN = ".taken"
"""The suffix added to the name of an imported file."""


def save_unwritten(library: Library, *, elsewhere: bool = True) -> str:
    """Try once more to write pending bookmarks.

    Returns a message if that failed, otherwise an empty string. Without `elsewhere`, no other file
    is written, because files of a private session are deleted with it.
    """
    from cable_tui.exports.written_file import write_whole
    from cable_tui.library import bundles

    with suppress(LibraryError):
        library.write_pending()
        return ""
    unsaved = counted(len(library.pending), "bookmark")
    bundle_text = bundles.dumps(library.unwritten())
    name = time.strftime(f"{_prefix(library.path)}%Y%m%d-%H%M%S-{os.getpid()}.json")
    for folder in _folders(library.path) if elsewhere else ():
        with suppress(UsageError):
            write_whole(folder / name, [bundle_text])
            return (
                f"{unsaved} could not be written to {library.path}. The unsaved changes are in "
                f"{folder / name}. The next start imports them, or run `cable-tui bookmarks import`"
            )
    or_elsewhere = " or anywhere else" if elsewhere else ""
    return f"{unsaved} could not be written to {library.path}{or_elsewhere}"


def import_unwritten(library: Library) -> str:
    """Import the unwritten changes of earlier sessions.

    Returns a message about them, or an empty string if there were none.
    """
    from cable_tui.library import bundles
    from cable_tui.operating_system import files

    imported_count = 0
    for unwritten_file in _files(library.path):
        # If the disk is still full, or the file is not ours, it stays where it is.
        with suppress(LibraryError, OSError):
            bundle = bundles.loads(bundles.read(unwritten_file), str(unwritten_file))
            merged_bundle = library.import_bundle(bundle)
            files.replace(unwritten_file, unwritten_file.with_name(unwritten_file.name + TAKEN))
            imported_count += merged_bundle.added + merged_bundle.updated
    return (
        f"{counted(imported_count, 'bookmark')} from an earlier session, now saved"
        if imported_count
        else ""
    )


def forget_unwritten(library: Library, in_archive: Callable[[str], bool], *, marks: bool) -> None:
    """Remove an archive's bookmarks from imported files, and with `marks` from all such files.

    Raises `LibraryError` if a file cannot be read or written.
    """
    from cable_tui.exports.written_file import write_whole
    from cable_tui.library import Bundle, bundles
    from cable_tui.operating_system import files

    for unwritten_file in files_beside(library.path):
        if not marks and not unwritten_file.name.endswith(TAKEN):
            continue  # they are taken in, and stay, as all marks
        try:
            bundle = bundles.loads(bundles.read(unwritten_file), str(unwritten_file))
            kept_marks = tuple(mark for mark in bundle.marks if not in_archive(mark.canonical_id))
            if len(kept_marks) == len(bundle.marks):
                continue
            kept_uids = {mark.uid for mark in kept_marks}
            kept_lists = {
                list_name: [uid for uid in list_uids if uid in kept_uids]
                for list_name, list_uids in bundle.lists.items()
                if kept_uids.intersection(list_uids)
            }
            if kept_marks:
                write_whole(
                    unwritten_file, [bundles.dumps(Bundle(kept_marks, kept_lists, bundle.searches))]
                )
            else:
                files.remove(unwritten_file)
        except (OSError, UsageError) as error:
            raise LibraryError(
                f"{unwritten_file}: its bookmarks could not be removed: {error}"
            ) from error


def files_beside(path: Path) -> list[Path]:
    """Return all files of unwritten changes for the library at `path`, including imported ones."""
    return [*_files(path), *_files(path, TAKEN)]


def _files(path: Path, ending: str = "") -> Iterator[Path]:
    """Yield only files that belong to the user, because the temporary folder is open to all."""
    from cable_tui.operating_system import files

    for folder in dict.fromkeys(_folders(path)):
        for own_file in sorted(folder.glob(f"{_prefix(path)}*.json{ending}")):
            with suppress(OSError):
                file_status = own_file.lstat()
                if stat.S_ISREG(file_status.st_mode) and files.is_mine(file_status):
                    yield own_file


def _prefix(path: Path) -> str:
    """Return the file name prefix for this library, because a user may have several."""
    library_path = os.fsencode(path.absolute())
    return f"{PREFIX}{hashlib.blake2b(library_path, digest_size=4).hexdigest()}-"


def _folders(path: Path) -> Iterator[Path]:
    """Yield the folders to try, because another disk may have space or be writable."""
    yield path.parent
    with suppress(RuntimeError):  # a user without a home
        yield Path.home()
    with suppress(OSError):  # no folder for temporary files
        yield Path(tempfile.gettempdir())
