"""Which cables were read. No change to undo: a mark of reading is made and taken back freely."""

from __future__ import annotations

from collections.abc import Iterable

from cable_tui.library.file import now
from cable_tui.library.shelves import Reading, Writing
from cable_tui.library.store import plain, stamp


class Seen:
    """Cables that were read, by canonical id. Every method may raise `LibraryError`."""

    def __init__(self, reading: Reading, writing: Writing) -> None:
        self._reading = reading
        self._writing = writing

    def ids(self) -> frozenset[str]:
        """All of them."""
        with self._reading() as connection:
            if connection is None or stamp(connection) < 2:
                return frozenset()
            rows = connection.execute("SELECT canonical_id FROM seen")
            return frozenset(str(each) for (each,) in rows)

    def recent(self, limit: int) -> tuple[str, ...]:
        """Those read last, the newest first."""
        with self._reading() as connection:
            if connection is None or stamp(connection) < 2:
                return ()
            rows = connection.execute(
                "SELECT canonical_id FROM seen ORDER BY at DESC, canonical_id LIMIT ?", (limit,)
            )
            return tuple(str(each) for (each,) in rows)

    def add(self, canonical_ids: Iterable[str]) -> None:
        """These were read, now."""
        at = now()
        with self._writing("read") as connection:
            connection.executemany(
                "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
                ((plain(each), at) for each in canonical_ids),
            )

    def remove(self, canonical_ids: Iterable[str]) -> None:
        """These are new again."""
        with self._writing("not read") as connection:
            connection.executemany(
                "DELETE FROM seen WHERE canonical_id = ?",
                ((plain(each),) for each in canonical_ids),
            )
