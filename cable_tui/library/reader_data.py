"""What the library brings to a query: bookmarks, notes, lists, and the cables that were read."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from cable_tui.library import list_rows
from cable_tui.library.connection import now
from cable_tui.library.lists_and_searches import Reading, Writing
from cable_tui.library.marks import Mark
from cable_tui.library.sqlite_file import plain, stamp
from cable_tui.query.reader_data import ReaderData


def reader_data(
    connection: sqlite3.Connection | None, marks: Sequence[Mark], version: int
) -> ReaderData:
    """All of it as sets of canonical ids; `marks` are all there are, also those that wait."""
    listed: defaultdict[str, set[str]] = defaultdict(set)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        for name in mark.lists:
            listed[name].add(mark.canonical_id)
        if mark.note:
            notes[mark.canonical_id].append(mark.note)
    names = [] if connection is None else list_rows.names(connection)
    return ReaderData(
        bookmarked=frozenset(mark.canonical_id for mark in marks),
        noted=frozenset(notes),
        read=_seen(connection),
        lists={name: frozenset(listed[name]) for name in dict.fromkeys((*names, *listed))},
        notes={cable: "\n".join(texts) for cable, texts in notes.items()},
        saved={} if connection is None else list_rows.searches(connection),
        version=version,
    )


def _seen(connection: sqlite3.Connection | None) -> frozenset[str]:
    if connection is None or stamp(connection) < 2:
        return frozenset()
    return frozenset(str(each) for (each,) in connection.execute("SELECT canonical_id FROM seen"))


class ReadCables:
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
