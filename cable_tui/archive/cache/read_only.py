"""Reading a cache without the right to write to it: in the newest copy that its owner published.

`build.publish` makes the copies. This module is imported before the first paint.
"""

from __future__ import annotations

import os
from pathlib import Path

from cable_tui.archive.cache.location import FILE_NAME

FOLDER = "shared"
"""Below the folder of an archive's cache: a folder for each copy, named by its generation."""


def is_own(folder: Path) -> bool:
    """Whether a cache can be written to or created; if not, it is another user's."""
    while not os.access(folder, os.F_OK) and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def readable(folder: Path) -> Path:
    """Where a cache is read: in its folder, or in the newest copy in it for others."""
    return folder if is_own(folder) else (newest(folder) or folder)


def newest(folder: Path) -> Path | None:
    """The newest copy for others that this version of the program can read."""
    for generation in reversed(generations(folder / FOLDER)):
        copy = folder / FOLDER / str(generation)
        if os.access(copy / FILE_NAME, os.R_OK):
            return copy
    return None


def generations(copies: Path) -> list[int]:
    """Names of the copies in a folder, the oldest first."""
    try:
        return sorted(int(name) for name in os.listdir(copies) if name.isdecimal())  # noqa: PTH208
    except OSError:
        return []
