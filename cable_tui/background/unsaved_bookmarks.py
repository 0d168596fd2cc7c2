"""Bookmarks that still wait when the room closes: written, or put into a file elsewhere.

That file is taken in by the next room, or by `cable-tui marks import`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cable_tui.errors import LibraryError, UsageError
from cable_tui.exports.files import write_whole
from cable_tui.library import Library, json_format

PREFIX = "cable-tui-bookmarks-"
"""How the names of such files begin; then which library, the day, the time, the process."""
TAKEN = ".taken"
"""What is added to the name of one that was taken in."""


def save_unwritten(library: Library) -> str:
    """Try once more to write what waits; what the reader must know of it, or empty."""
    with suppress(LibraryError):
        library.write_pending()
        return ""
    what = _counted(len(library.pending))
    text = json_format.dumps(library.unwritten())
    name = time.strftime(f"{_prefix(library)}%Y%m%d-%H%M%S-{os.getpid()}.json")
    for folder in _folders(library):
        with suppress(UsageError):
            write_whole(folder / name, [text])
            return (
                f"{what} could not be written to {library.path}. What was kept is in "
                f"{folder / name}: the next start takes it in, or `cable-tui marks import` does"
            )
    return f"{what} could not be written to {library.path} or anywhere else"


def import_unwritten(library: Library) -> str:
    """Take in what earlier rooms could not write; what that was, in words, or empty."""
    taken = 0
    for file in _files(library):
        # Where there is still no room, or it is no file of ours, it stays where it is.
        with suppress(LibraryError, OSError):
            bundle = json_format.loads(json_format.read(file), str(file))
            merged = library.take_in(bundle)
            file.rename(f"{file}{TAKEN}")
            taken += merged.added + merged.updated
    return f"{_counted(taken)} of an earlier room, not written then: written now" if taken else ""


def _files(library: Library) -> Iterator[Path]:
    """Files of this user alone: anybody may put one where temporary files are."""
    for folder in dict.fromkeys(_folders(library)):
        for file in sorted(folder.glob(f"{_prefix(library)}*.json")):
            with suppress(OSError):
                found = file.lstat()
                if stat.S_ISREG(found.st_mode) and found.st_uid == _user():
                    yield file


def _prefix(library: Library) -> str:
    """What is kept is for this library alone, whichever others a user has."""
    path = os.fsencode(library.path.absolute())
    return f"{PREFIX}{hashlib.blake2b(path, digest_size=4).hexdigest()}-"


def _user() -> int:
    # Windows has no such numbers, and files there belong to number 0.
    return os.getuid() if hasattr(os, "getuid") else 0


def _folders(library: Library) -> Iterator[Path]:
    """Where there may be room: another disk, or a folder that is not read-only."""
    yield library.path.parent
    with suppress(RuntimeError):  # somebody without a home
        yield Path.home()
    with suppress(OSError):  # no place for temporary files
        yield Path(tempfile.gettempdir())


def _counted(count: int) -> str:
    return "1 bookmark" if count == 1 else f"{count:,} bookmarks"
