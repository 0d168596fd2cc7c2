"""Files that are read again: what is known of their records, and how far a first reading came.

A dump that changed is read once; of a row that is known to its last byte only the place may be
new. A first reading that was cut off goes on at the last row that was committed, as long as size
and time of the file are what they were.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cable_tui import formats
from cable_tui.archive.catalogue import schema

_SCAN = "scan:"
"""State of a first reading, by the number of its file: size, time, offset and line."""
_KNOWN = (
    "SELECT length, crc, id, richness FROM cable WHERE file = ? "
    "UNION ALL SELECT length, crc, cable, richness FROM also WHERE file = ?"
)


class KnownRecord(NamedTuple):
    """A record that was read before."""

    cable: int
    richness: int


@dataclass(slots=True)
class Reread:
    """What is known of a file that is read again."""

    known: dict[int, KnownRecord] = field(default_factory=dict)
    """By `formats.key`; empty where every record has to be read anew."""
    found: set[int] = field(default_factory=set)
    """The cables that were found in it so far."""

    @property
    def keys(self) -> bytes:
        """The keys of `known`, for the worker that reads the file."""
        return array("Q", self.known).tobytes()


def keys_of(packed: bytes) -> frozenset[int]:
    """What `Reread.keys` packed."""
    keys = array("Q")
    keys.frombytes(packed)
    return frozenset(keys)


def begin(db: sqlite3.Connection, file: int, *, fresh: bool) -> Reread:
    """A file that begins to be read again; where all is read `fresh`, nothing counts as known."""
    (kind,) = db.execute("SELECT kind FROM file WHERE id = ?", (file,)).fetchone()
    if fresh or kind not in formats.ROW_READERS:
        return Reread()
    rows = db.execute(_KNOWN, (file, file))
    return Reread({formats.key(length, crc): KnownRecord(*rest) for length, crc, *rest in rows})


class Scan(NamedTuple):
    """How far a first reading came: the last row that was committed."""

    size: int
    mtime_ns: int
    offset: int
    line: int


def scans(db: sqlite3.Connection) -> dict[int, Scan]:
    """First readings that were cut off, by file."""
    rows = db.execute("SELECT key, value FROM state WHERE key GLOB ?", (f"{_SCAN}*",))
    return {int(key[len(_SCAN) :]): Scan(*map(int, value.split())) for key, value in rows}


def save_scan(db: sqlite3.Connection, file: int, scan: Scan) -> None:
    """Note how far a first reading came, inside the transaction that takes its rows."""
    schema.set_state(db, f"{_SCAN}{file}", " ".join(map(str, scan)))


def drop_scans(db: sqlite3.Connection, files: Sequence[int]) -> None:
    """Forget how far first readings came, inside an open transaction."""
    db.executemany("DELETE FROM state WHERE key = ?", [(f"{_SCAN}{file}",) for file in files])
