"""Bookmarks that still wait when the room closes: written, or put into a file elsewhere."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cable_tui.errors import LibraryError, UsageError
from cable_tui.exports.files import write_whole
from cable_tui.library import Library, jsonfile


def part(library: Library) -> str:
    """Try once more to write what waits; what the reader must know of it, or empty."""
    with suppress(LibraryError):
        library.write_pending()
        return ""
    count = len(library.pending)
    what = "1 bookmark" if count == 1 else f"{count:,} bookmarks"
    text = jsonfile.dumps(library.unwritten())
    for folder in _folders(library):
        file = folder / time.strftime("cable-tui-bookmarks-%Y%m%d-%H%M%S.json")
        with suppress(UsageError):
            write_whole(file, [text])
            return (
                f"{what} could not be written to {library.path}. `cable-tui marks import {file}` "
                "takes what was kept of it in, once there is room"
            )
    return f"{what} could not be written to {library.path} or anywhere else"


def _folders(library: Library) -> Iterator[Path]:
    """Where there may be room: another disk, or a folder that is not read-only."""
    yield library.path.parent
    with suppress(RuntimeError):  # somebody without a home
        yield Path.home()
    yield Path(tempfile.gettempdir())
