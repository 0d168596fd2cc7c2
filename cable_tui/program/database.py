"""SQLite connections, opened in the same way for the library and the cache."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path, PurePath

WAIT = 10.0
"""The number of seconds that a statement waits while another program writes."""


class Connection(sqlite3.Connection):
    """A connection that closes when its last reference is dropped.

    Python 3.13 warns about connections that are dropped without being closed. The library and the
    cache may be dropped at any time, because nothing is pending between their transactions.
    """

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it never opened
            self.close()


def connect(file: Path, mode: str, wait: float = WAIT) -> Connection:
    """Return a connection to an existing file, for use by one thread at a time, in any thread.

    `mode` is SQLite's mode (`rw`, `ro`, `ro&immutable=1`). Only explicit transactions exist. A
    statement waits `wait` seconds for another program. Raises `sqlite3.Error`.
    """
    return _connect(sqlite_address(file.absolute(), mode), wait)


def connect_empty() -> Connection:
    """Return a connection to an empty database in memory, used for reading if there is no file."""
    return _connect("file::memory:", WAIT)


def sqlite_address(file: PurePath, mode: str) -> str:
    """Return an absolute path as a SQLite URI. `mode` is as in `connect`.

    SQLite does not accept `file://server/share`, so the server of a Windows path is part of the
    path.
    """
    from urllib.parse import quote_from_bytes  # most commands open no database

    quoted_path = quote_from_bytes(os.fsencode(file.as_posix()), safe="/:")
    return f"file://{'' if quoted_path.startswith('/') else '/'}{quoted_path}?mode={mode}"


def _connect(address: str, wait: float) -> Connection:
    connection = sqlite3.connect(
        address,
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
        factory=Connection,
    )
    # A flipped bit in the file must not end a query: SQLite itself does not notice it.
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    return connection
