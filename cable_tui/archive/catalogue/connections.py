"""The cache of one archive for its readers: its folder, and connections to its catalogue."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cable_tui.archive import cache
from cable_tui.archive.cache import FILE_NAME
from cable_tui.archive.catalogue import schema


class Cache:
    """A cache that an indexer may be writing to. Safe for threads."""

    def __init__(self, folder: Path) -> None:
        self._home = folder
        self._idle: list[sqlite3.Connection] = []
        self._inode = 0
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """The folder to read from; of another user's cache it changes with each new copy."""
        return cache.readable(self._home)

    @property
    def name(self) -> str:
        """Of the cache's folder: the same for the same archive, wherever its cache is."""
        return self._home.name

    @property
    def readonly(self) -> bool:
        """Whether the cache is another user's, or on a disk that cannot be written to."""
        return not cache.is_own(self._home)

    def close(self) -> None:
        """Close all connections; the next question opens new ones."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for short reading: fetch all, and leave. Raises `CacheError`."""
        inode = self._current_inode()
        with self._lock:
            if inode != self._inode:  # an indexer has replaced a bad catalogue
                while self._idle:
                    self._idle.pop().close()
                self._inode = inode
            db = self._idle.pop() if self._idle else None
        if db is None:
            db = schema.open_reader(self.folder)
        try:
            yield db
        except sqlite3.Error as error:
            db.close()
            raise schema.failure(self.folder, error) from error
        except BaseException:
            db.close()
            raise
        with self._lock:
            self._idle.append(db)

    def _current_inode(self) -> int:
        try:
            return (self.folder / FILE_NAME).stat().st_ino
        except OSError:
            return 0

    def generation(self) -> int:
        """Number of the last batch that changed an answer."""
        with self.reading() as db:
            return schema.generation(db)
