"""The reader's data other than marks: read cables, chosen records, and own names.

Choices and names are rows of the table `private`, which never leaves the library. Changes to them
can be undone.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from cable_tui.base.value import Value
from cable_tui.library import list_rows
from cable_tui.library.change_writer import Writer
from cable_tui.library.connection import now
from cable_tui.library.mark import Mark
from cable_tui.library.sqlite_file import user_version, utf8
from cable_tui.query.reader_terms import ReaderData

MINE, OTHERS = "own name", "other name"
"""The kinds of names in the table `private`."""
_ANSWERS = "SELECT name, kind FROM private WHERE kind IN (?, ?)"
_MARKS = "SELECT author, count(*) FROM mark GROUP BY author ORDER BY author"
# A mark that was imported, rescued or taken from others was not necessarily made here by whoever
# has signed it: who changes the library and who signs may have one name by chance.
_MADE_HERE = """
SELECT mark.author, count(DISTINCT mark.id) FROM event
JOIN change ON change.id = change_id
JOIN mark ON mark.id = row_id AND mark.author = change.author
WHERE subject = 'mark' AND before IS NULL AND what NOT IN ('import', 'rescue', 'share')
GROUP BY mark.author
"""
RECORD = "record"
"""The kind of choices in the table `private`. The row's name is the canonical ID, a space, and the
CRC in hex.
"""
_CHOSEN = "SELECT name FROM private WHERE kind = ?"
_FORGET = "DELETE FROM private WHERE kind = ? AND substr(name, 1, ?) = ?"


def reader_data(connection: sqlite3.Connection, marks: Sequence[Mark], version: int) -> ReaderData:
    """Return the data as sets of canonical IDs. `marks` are all marks, including waiting ones."""
    ids_by_list: defaultdict[str, set[str]] = defaultdict(set)
    notes_by_cable: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        for name in mark.lists:
            ids_by_list[name].add(mark.canonical_id)
        if mark.note:
            notes_by_cable[mark.canonical_id].append(mark.note)
    list_names = list_rows.names(connection)
    return ReaderData(
        bookmarked=frozenset(mark.canonical_id for mark in marks),
        noted=frozenset(notes_by_cable),
        read=frozenset(_read(connection)),
        lists={
            name: frozenset(ids_by_list[name])
            for name in dict.fromkeys((*list_names, *ids_by_list))
        },
        notes={cable: "\n".join(note_texts) for cable, note_texts in notes_by_cable.items()},
        saved=list_rows.searches(connection),
        records=choices(connection),
        version=version,
    )


class ReadCables:
    """The read cables, by canonical ID. Every method may raise `LibraryError`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def ids(self) -> frozenset[str]:
        """Return the IDs of all read cables."""
        with self._writer.reading() as connection:
            return frozenset(_read(connection))

    def recent(self, limit: int) -> tuple[str, ...]:
        """Return the IDs of the cables read last, newest first."""
        with self._writer.reading() as connection:
            return _read(connection, "ORDER BY at DESC, canonical_id LIMIT ?", limit)

    def add(self, canonical_ids: Iterable[str]) -> None:
        """Mark cables as read at the current time."""
        time = now()
        with self._writer.writing("read") as connection:
            connection.executemany(
                "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
                ((utf8(cable), time) for cable in canonical_ids),
            )

    def remove(self, canonical_ids: Iterable[str]) -> None:
        """Mark cables as unread."""
        with self._writer.writing("not read") as connection:
            connection.executemany(
                "DELETE FROM seen WHERE canonical_id = ?",
                ((utf8(cable),) for cable in canonical_ids),
            )


def _read(connection: sqlite3.Connection, statement_end: str = "", *values: int) -> tuple[str, ...]:
    """Return the IDs of read cables; `statement_end` is the constant end of the statement."""
    if user_version(connection) < 2:
        return ()
    id_rows = connection.execute(f"SELECT canonical_id FROM seen {statement_end}", values)  # noqa: S608
    return tuple(str(cable) for (cable,) in id_rows)


class RecordChoices:
    """The records that the reader chose for cables. Every method may raise `LibraryError`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def choose(self, reference_id: str, canonical_id: str, crc: int | None) -> None:
        """Choose the record to read for a cable from now on; None restores the richest record."""
        row_name_start = f"{utf8(canonical_id)} "
        with self._writer.writing(f"choose a version of {reference_id}") as connection:
            connection.execute(_FORGET, (RECORD, len(row_name_start), row_name_start))
            if crc is not None:
                connection.execute(
                    "INSERT INTO private (kind, name) VALUES (?, ?)",
                    (RECORD, f"{row_name_start}{crc:08x}"),
                )


def choices(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the CRC of the chosen record, by canonical ID."""
    if user_version(connection) < 3:
        return {}
    crc_by_cable: dict[str, int] = {}
    for (name,) in connection.execute(_CHOSEN, (RECORD,)):
        canonical_id, _, crc_hex = str(name).rpartition(" ")
        try:
            crc_by_cable[canonical_id] = int(crc_hex, 16)
        except ValueError:  # of another program
            continue
    return crc_by_cable


class Name(Value):
    """A name that signs marks of the library."""

    name: str
    marks: int
    made_here: int
    """The number of marks that the log shows were made in this library under the name."""
    is_mine: bool | None
    """Whether the reader answered that the name is theirs, or None if not asked yet."""

    @property
    def from_elsewhere(self) -> int:
        """The number of marks that may be by another person with the same name."""
        return self.marks - self.made_here


class OwnNames:
    """The reader's answers about names in one library. Every method may raise `LibraryError`."""

    def __init__(self, writer: Writer, author: str) -> None:
        self._writer = writer
        self._author = author

    def all(self) -> frozenset[str]:
        """Return all names of the reader. The empty name represents unsigned marks."""
        own_names = (name for name, is_mine in self._answers().items() if is_mine)
        return frozenset(("", self._author, *own_names))

    def others(self) -> list[Name]:
        """Return all names except the current one, most marks first."""
        own_answers = self._answers()
        with self._writer.reading() as connection:
            if user_version(connection) < 3:
                return []
            marks_here = dict(connection.execute(_MADE_HERE).fetchall())
            names = [
                Name(name, mark_count, marks_here.get(name, 0), own_answers.get(name))
                for name, mark_count in connection.execute(_MARKS).fetchall()
                if name not in ("", self._author)
            ]
        return sorted(names, key=lambda name: -name.marks)

    def to_ask(self) -> Name | None:
        """Return a name that is probably an earlier name of the reader, or None.

        Marks were made here under that name, and the reader has not been asked about it.
        """
        return next(
            (name for name in self.others() if name.made_here and name.is_mine is None), None
        )

    def answer(self, name: str, *, mine: bool) -> None:
        """Store whether a name belongs to the reader."""
        name, row_kind = utf8(name), MINE if mine else OTHERS
        description = f"{name} is {'' if mine else 'not '}one of your names"
        with self._writer.writing(description) as connection:
            connection.execute(
                "DELETE FROM private WHERE name = ? AND kind IN (?, ?) AND kind <> ?",
                (name, MINE, OTHERS, row_kind),
            )
            connection.execute(
                "INSERT INTO private (kind, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (row_kind, name),
            )

    def _answers(self) -> dict[str, bool]:
        with self._writer.reading() as connection:
            if user_version(connection) < 3:
                return {}
            answer_rows = connection.execute(_ANSWERS, (MINE, OTHERS)).fetchall()
        return {name: row_kind == MINE for name, row_kind in answer_rows}
