"""The lock for one indexer at a time, on a file: the system releases it when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cable_tui.errors import CacheError
from cable_tui.settings import private_folder

FILE_NAME = "index.lock"
HELD = "another process is indexing into this cache"
"""A part of the error's text: who finds it there can wait for the other process."""

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Hold the right to build the cache in `folder`.

    Raises `CacheError` at once where another process holds it or the folder cannot be written.
    """
    file = folder / FILE_NAME
    try:
        private_folder(folder)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CacheError(f"{folder}: the cache cannot be written: {error.strerror}") from error
    try:
        try:
            _take(descriptor)
        except OSError as error:
            raise CacheError(f"{folder}: {HELD}; what it has done so far can be read") from error
        yield
    finally:
        # Closing releases the lock.
        os.close(descriptor)
