"""The cache of a private session: an existing cache is read, or else a temporary one is used.

The module imports almost nothing, since the room needs it before its first paint.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive import cache
from cable_tui.archive.cache import cache_folder

if TYPE_CHECKING:
    from cable_tui.program.settings import Paths


def caches_of(path: Path, paths: Paths) -> Path:
    """Return the folder of caches that contains, or will contain, the archive's cache."""
    kept_folder = paths.kept_cache
    if kept_folder is not None and is_kept(path, paths):
        return kept_folder
    return paths.cache


def is_kept(path: Path, paths: Paths) -> bool:
    """Return whether a private session reads an existing cache, which it does not write.

    An incomplete cache is not read, because a private session may not complete it.
    """
    if paths.kept_cache is None:
        return False
    from contextlib import closing  # only in a private session
    from sqlite3 import Error

    from cable_tui.archive.catalogue import catalogue_file, passes
    from cable_tui.archive.catalogue.passes import PASSES
    from cable_tui.base.errors import CacheError

    folder = cache.readable(cache_folder(path.expanduser(), paths.kept_cache))
    try:
        with closing(catalogue_file.open_reader(folder)) as db:
            return passes.is_whole(db, PASSES)
    except (CacheError, Error, OSError, RuntimeError):
        return False
