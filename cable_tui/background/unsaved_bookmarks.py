"""Bookmarks not yet written at the end of the program: they go into a file elsewhere.

The next start imports that file, or `cable-tui marks import` does.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from cable_tui.errors import LibraryError, UsageError
from cable_tui.exports.files import write_whole
from cable_tui.library import Bundle, Library, bundles
from cable_tui.operating_system import files
from cable_tui.text.numbers import counted

PREFIX = "cable-tui-bookmarks-"
"""Prefix of the names of such files; the library, day, time and process follow."""
TAKEN = ".taken"
"""Added to the name of a file that was imported."""


def save_unwritten(library: Library, *, elsewhere: bool = True) -> str:
    """Try once more to write pending bookmarks; a sentence if that failed, or empty.

    Without `elsewhere` no other file is written: those of a private session go with it.
    """
    with suppress(LibraryError):
        library.write_pending()
        return ""
    what = counted(len(library.pending), "bookmark")
    text = bundles.dumps(library.unwritten())
    name = time.strftime(f"{_prefix(library.path)}%Y%m%d-%H%M%S-{os.getpid()}.json")
    for folder in _folders(library.path) if elsewhere else ():
        with suppress(UsageError):
            write_whole(folder / name, [text])
            return (
                f"{what} could not be written to {library.path}. What was kept is in "
                f"{folder / name}: the next start takes it in, or `cable-tui marks import` does"
            )
    where = " or anywhere else" if elsewhere else ""
    return f"{what} could not be written to {library.path}{where}"


def import_unwritten(library: Library) -> str:
    """Import what earlier sessions could not write; a sentence on it, or empty."""
    taken = 0
    for file in _files(library.path):
        # If the disk is still full, or the file is not ours, it stays where it is.
        with suppress(LibraryError, OSError):
            bundle = bundles.loads(bundles.read(file), str(file))
            merged = library.import_bundle(bundle)
            files.replace(file, file.with_name(file.name + TAKEN))
            taken += merged.added + merged.updated
    return (
        f"{counted(taken, 'bookmark')} of an earlier room, not written then: written now"
        if taken
        else ""
    )


def forget_unwritten(library: Library, in_archive: Callable[[str], bool], *, marks: bool) -> None:
    """Remove the marks of an archive from such files: from those taken in, and with `marks` all.

    Raises `LibraryError` where one cannot be read or written.
    """
    for file in files_beside(library.path):
        if not marks and not file.name.endswith(TAKEN):
            continue  # they are taken in, and stay, as all marks
        try:
            bundle = bundles.loads(bundles.read(file), str(file))
            kept = tuple(mark for mark in bundle.marks if not in_archive(mark.canonical_id))
            if len(kept) == len(bundle.marks):
                continue
            uids = {mark.uid for mark in kept}
            lists = {
                name: [uid for uid in held if uid in uids]
                for name, held in bundle.lists.items()
                if uids.intersection(held)
            }
            if kept:
                write_whole(file, [bundles.dumps(Bundle(kept, lists, bundle.searches))])
            else:
                files.remove(file)
        except (OSError, UsageError) as error:
            raise LibraryError(f"{file}: bookmarks in it could not be removed: {error}") from error


def files_beside(path: Path) -> list[Path]:
    """All such files of the library at `path`, those too that were taken in."""
    return [*_files(path), *_files(path, TAKEN)]


def _files(path: Path, ending: str = "") -> Iterator[Path]:
    """This user's files only: anybody may write to the folder of temporary files."""
    for folder in dict.fromkeys(_folders(path)):
        for file in sorted(folder.glob(f"{_prefix(path)}*.json{ending}")):
            with suppress(OSError):
                found = file.lstat()
                if stat.S_ISREG(found.st_mode) and files.is_mine(found):
                    yield file


def _prefix(path: Path) -> str:
    """The prefix for this library alone: a user may have several."""
    name = os.fsencode(path.absolute())
    return f"{PREFIX}{hashlib.blake2b(name, digest_size=4).hexdigest()}-"


def _folders(path: Path) -> Iterator[Path]:
    """Folders to try: another disk may have space, or be writable."""
    yield path.parent
    with suppress(RuntimeError):  # a user without a home
        yield Path.home()
    with suppress(OSError):  # no folder for temporary files
        yield Path(tempfile.gettempdir())
