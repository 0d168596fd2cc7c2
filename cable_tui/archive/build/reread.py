"""Files that are read again: their known records, and how far an interrupted first reading came.

Of a dump that changed only the new rows are parsed; of a row with the same bytes only the location
may be new. A first reading that was interrupted continues at the last row that was committed, as
long as size and time of the file are the same.
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
    """The known records of a file that is read again."""

    known: dict[int, KnownRecord] = field(default_factory=dict)
    """By `formats.key`; empty where every record has to be read anew."""
    found: set[int] = field(default_factory=set)
    """The cables that were found in it so far."""

    @property
    def keys(self) -> bytes:
        """The keys of `known`, for the worker that reads the file."""
        return array("Q", self.known).tobytes()


def keys_of(packed: bytes) -> frozenset[int]:
    """The keys that `Reread.keys` packed."""
    keys = array("Q")
    keys.frombytes(packed)
    return frozenset(keys)


def begin(db: sqlite3.Connection, file: int, *, fresh: bool) -> Reread:
    """Begin to read a file again; where all is read `fresh`, no record counts as known."""
    (kind,) = db.execute("SELECT kind FROM file WHERE id = ?", (file,)).fetchone()
    if fresh or formats.row_reader(kind) is None:
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
    """Interrupted first readings, by file."""
    rows = db.execute("SELECT key, value FROM state WHERE key GLOB ?", (f"{_SCAN}*",))
    return {int(key[len(_SCAN) :]): Scan(*map(int, value.split())) for key, value in rows}


def save_scan(db: sqlite3.Connection, file: int, scan: Scan) -> None:
    """Store how far a first reading came, inside the transaction that writes its rows."""
    schema.set_state(db, f"{_SCAN}{file}", " ".join(map(str, scan)))


def drop_scans(db: sqlite3.Connection, files: Sequence[int]) -> None:
    """Forget how far first readings came, inside an open transaction."""
    db.executemany("DELETE FROM state WHERE key = ?", [(f"{_SCAN}{file}",) for file in files])
