"""What a query can ask of the library: bookmarks, notes, lists, and the cables that were read."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from cable_tui.library import list_rows, older_searches
from cable_tui.library.connection import now
from cable_tui.library.marks import Mark
from cable_tui.library.record_choices import choices
from cable_tui.library.sqlite_file import user_version, utf8
from cable_tui.library.writer import Writer
from cable_tui.query.reader_data import ReaderData


def reader_data(connection: sqlite3.Connection, marks: Sequence[Mark], version: int) -> ReaderData:
    """All of it as sets of canonical ids; `marks` are all there are, also those that wait."""
    listed: defaultdict[str, set[str]] = defaultdict(set)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        for name in mark.lists:
            listed[name].add(mark.canonical_id)
        if mark.note:
            notes[mark.canonical_id].append(mark.note)
    names = list_rows.names(connection)
    return ReaderData(
        bookmarked=frozenset(mark.canonical_id for mark in marks),
        noted=frozenset(notes),
        read=frozenset(_read(connection)),
        lists={name: frozenset(listed[name]) for name in dict.fromkeys((*names, *listed))},
        notes={cable: "\n".join(texts) for cable, texts in notes.items()},
        saved=older_searches.searches(connection),
        records=choices(connection),
        version=version,
    )


def _read(connection: sqlite3.Connection, more: str = "", *values: int) -> tuple[str, ...]:
    """Cables that were read; `more` is the constant end of the statement."""
    if user_version(connection) < 2:
        return ()
    rows = connection.execute(f"SELECT canonical_id FROM seen {more}", values)  # noqa: S608
    return tuple(str(each) for (each,) in rows)


class ReadCables:
    """Cables that were read, by canonical id. Every method may raise `LibraryError`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def ids(self) -> frozenset[str]:
        """All of them."""
        with self._writer.reading() as connection:
            return frozenset(_read(connection))

    def recent(self, limit: int) -> tuple[str, ...]:
        """Those read last, the newest first."""
        with self._writer.reading() as connection:
            return _read(connection, "ORDER BY at DESC, canonical_id LIMIT ?", limit)

    def add(self, canonical_ids: Iterable[str]) -> None:
        """Mark these as read, now."""
        at = now()
        with self._writer.writing("read") as connection:
            connection.executemany(
                "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
                ((utf8(each), at) for each in canonical_ids),
            )

    def remove(self, canonical_ids: Iterable[str]) -> None:
        """Mark these as unread."""
        with self._writer.writing("not read") as connection:
            connection.executemany(
                "DELETE FROM seen WHERE canonical_id = ?",
                ((utf8(each),) for each in canonical_ids),
            )
