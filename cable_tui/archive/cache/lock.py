"""The lock for one indexer at a time, on a file: the system releases it when its holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cable_tui.errors import CacheError
from cable_tui.operating_system import files, locks
from cable_tui.settings import private_folder

FILE_NAME = "index.lock"
HELD = "another process is indexing into this cache"
"""A part of the error's text: who finds it there can wait for the other process."""


class Held:
    """The lock while this process has it."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self._folder = folder
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let others have it: closing the file does."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def remove_cache(self) -> None:
        """Remove the folder with all that is in it, the lock too. Raises `OSError`.

        Where no file can be removed that is open, the lock goes last.
        """
        if not files.can_remove_open():
            for each in self._folder.iterdir():
                if each.name == FILE_NAME:
                    continue
                (files.remove_tree if each.is_dir() else files.remove)(each)
            self.release()
        files.remove_tree(self._folder)


@contextmanager
def building(folder: Path) -> Iterator[Held]:
    """Hold the right to build the cache in `folder`.

    Raises `CacheError` at once where another process holds it, the folder cannot be written, or its
    disk has no locks.
    """
    file = folder / FILE_NAME
    try:
        private_folder(folder)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CacheError(f"{folder}: the cache cannot be written: {error.strerror}") from error
    held = Held(folder, descriptor)
    try:
        try:
            locks.take(descriptor)
        except locks.LockHeldError as error:
            raise CacheError(f"{folder}: {HELD}; what it has done so far can be read") from error
        except OSError as error:
            raise CacheError(
                f"{folder}: this disk has no locks ({error.strerror}): choose another folder with "
                "--cache"
            ) from error
        yield held
    finally:
        held.release()
