"""The folder of an archive's cache: where it is, who may read and write it, and its lock.

Without write permission, a cache is read in the newest copy that its owner published;
`build.publish` makes the copies. The lock, on a file, is for one indexer at a time: the system
releases it when its holder dies. Imports are few, since the room needs this module before its first
paint.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.base.digests import sha256
from cable_tui.base.errors import CacheError, UsageError
from cable_tui.operating_system import files
from cable_tui.program.settings import private_folder

if TYPE_CHECKING:  # the rest of the settings is not needed here
    from cable_tui.program.settings import Paths

VERSION = 7
"""The version of the catalogue's schema."""
FILE_NAME = f"catalogue-{VERSION}.sqlite"


def cache_folder(path: Path, cache_root: Path) -> Path:
    """Return the folder of an archive's cache: one for each real path, however it is spelled."""
    return cache_root / sha256(os.fsencode(files.true_path(path))).hexdigest()[:16]


def refuse_inside(path: Path, paths: Paths) -> None:
    """Raise `UsageError` if the reader has named a folder for caches inside the archive.

    An archive is only read. The platform's default folder may be inside one, if the archive is a
    whole home folder.
    """
    if not paths.names_cache:
        return
    root, cache_path = _true(path), _true(paths.cache)
    if root in (cache_path, *cache_path.parents):
        raise UsageError(
            f"--cache {paths.cache}: this is inside the archive {path}, which must not be "
            "changed: name a folder outside "
            "it"
        )


def indexed_around(folder: Path, cache_root: Path) -> Path | None:
    """Return the archive with a cache that is this folder or contains it, or None."""
    path = _true(folder)
    for parent in (path, *path.parents):
        if os.access(cache_folder(parent, cache_root) / FILE_NAME, os.F_OK):
            return parent
    return None


def refuse_output(output: Path, path: Path) -> None:
    """Raise `UsageError` if a file or folder to write is inside the archive, or is the archive."""
    root, output_path = _true(path), _true(output)
    if root in (output_path, *output_path.parents):
        place = "is the archive" if root == output_path else f"is inside the archive {path}"
        raise UsageError(f"{output} {place}, which must not be changed; choose another place")


def _true(path: Path) -> Path:
    return files.true_path(path.expanduser())


# Who reads and writes it

COPIES = "shared"
"""The folder in an archive's cache with a folder for each copy, named by its generation."""


def is_own(folder: Path) -> bool:
    """Return whether a cache can be written to or created; if not, it belongs to another user."""
    while not os.access(folder, os.F_OK) and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def readable(folder: Path) -> Path:
    """Return the folder from which a cache is read: the cache, or its newest published copy."""
    return folder if is_own(folder) else (newest(folder) or folder)


def newest(folder: Path) -> Path | None:
    """Return the newest published copy that this version of the program can read, or None."""
    for generation in reversed(generations(folder / COPIES)):
        copy_folder = folder / COPIES / str(generation)
        if os.access(copy_folder / FILE_NAME, os.R_OK):
            return copy_folder
    return None


def generations(copies: Path) -> list[int]:
    """Return the names of the copies in a folder, oldest first."""
    try:
        return sorted(int(name) for name in os.listdir(copies) if name.isdecimal())  # noqa: PTH208
    except OSError:
        return []


# Its lock

LOCK_NAME = "index.lock"
HELD = "another process is indexing into this cache"
"""A part of the error's text by which a caller recognizes that waiting may help."""


class HeldLock:
    """The lock while this process holds it."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self._folder = folder
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Release the lock by closing its file."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def remove_cache(self) -> None:
        """Remove the folder with everything in it, including the lock. Raises `OSError`.

        If open files cannot be removed, the lock is removed last.
        """
        if not files.can_remove_open():
            for entry in self._folder.iterdir():
                if entry.name == LOCK_NAME:
                    continue
                (files.remove_tree if entry.is_dir() else files.remove)(entry)
            self.release()
        files.remove_tree(self._folder)


@contextmanager
def building(folder: Path) -> Iterator[HeldLock]:
    """Hold the right to build the cache in `folder`.

    Raises `CacheError` at once if another process holds it, the folder cannot be written, or its
    disk does not support locks.
    """
    file = folder / LOCK_NAME
    try:
        private_folder(folder)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CacheError(f"{folder}: the cache cannot be written: {error.strerror}") from error
    held_lock = HeldLock(folder, descriptor)
    try:
        try:
            files.take_lock(descriptor)
        except files.LockHeldError as error:
            raise CacheError(f"{folder}: {HELD}; the part indexed so far can be read") from error
        except OSError as error:
            raise CacheError(
                f"{folder}: this disk does not support file locks ({error.strerror}): choose "
                "another folder with "
                "--cache"
            ) from error
        yield held_lock
    finally:
        held_lock.release()
