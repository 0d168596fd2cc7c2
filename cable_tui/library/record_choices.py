"""The records that the reader has chosen to read: of a cable another one than the richest.

A choice is a row of the table `private`, which never leaves the library and whose changes can be
undone. It goes by the CRC of the record: the same record elsewhere is the same choice.
"""

from __future__ import annotations

import sqlite3

from cable_tui.library.sqlite_file import user_version, utf8
from cable_tui.library.writer import Writer

RECORD = "record"
"""The kind in the table `private`; the name is the canonical id, a blank, and the CRC in hex."""
_CHOSEN = "SELECT name FROM private WHERE kind = ?"
_FORGET = "DELETE FROM private WHERE kind = ? AND substr(name, 1, ?) = ?"


def choices(connection: sqlite3.Connection) -> dict[str, int]:
    """The CRC of the chosen record, by canonical id."""
    if user_version(connection) < 3:
        return {}
    found: dict[str, int] = {}
    for (name,) in connection.execute(_CHOSEN, (RECORD,)):
        canonical, _, crc = str(name).rpartition(" ")
        try:
            found[canonical] = int(crc, 16)
        except ValueError:  # of another program
            continue
    return found


class RecordChoices:
    """The reader's choices. Every method may raise `LibraryError`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def choose(self, reference_id: str, canonical_id: str, crc: int | None) -> None:
        """Read this record of a cable from now on; None is the richest again."""
        begun = f"{utf8(canonical_id)} "
        with self._writer.writing(f"choose a record of {reference_id}") as connection:
            connection.execute(_FORGET, (RECORD, len(begun), begun))
            if crc is not None:
                connection.execute(
                    "INSERT INTO private (kind, name) VALUES (?, ?)", (RECORD, f"{begun}{crc:08x}")
                )
