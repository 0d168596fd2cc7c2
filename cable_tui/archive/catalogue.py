"""The writing side of the catalogue: files and the cables in them, in whole batches.

Every public method that writes is one transaction.
"""

# ruff: noqa: S608 - names of columns are our own constants
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cable_tui.archive import filing, store, times
from cable_tui.archive.marks import PLACE, Marks, insertion
from cable_tui.archive.reading import (
    FactsRow,
    FileBatch,
    FileTask,
    GrammarRow,
    RecordTask,
    facts_row,
    read_record,
)
from cable_tui.archive.walk import Found
from cable_tui.errors import ArchiveError
from cable_tui.query import Filed

_COLUMNS = (
    "id",
    "canonical",
    "reference",
    "created",
    "created_from",
    "released",
    "origin",
    "classification",
    *PLACE.split(", "),
)


@dataclass(slots=True)
class Changes:
    """What one run has done to the archive's cables."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class _Holder(NamedTuple):
    """A known cable and the record that it stands in."""

    cable: int
    file: int
    offset: int
    crc: int


class Catalogue:
    """One builder's hold on the catalogue; the lock of `archive.lock` is held meanwhile."""

    def __init__(self, db: sqlite3.Connection, root: Path) -> None:
        self.db = db
        self.root = root
        self.terms = filing.Terms(db)
        self.changes = Changes()
        self.marks = Marks(db, self.terms)
        self._again: dict[int, set[int]] = {}
        """Files that are read anew, with the cables that were found in them again."""
        self._fresh = False
        """All facts are read anew, though the records are the same."""
        self._insert = insertion("cable", _COLUMNS, "facts")

    # Files

    def files(self) -> dict[bytes, tuple[int, int, int]]:
        """Every known path with its id, size and time."""
        rows = self.db.execute("SELECT path, id, size, mtime_ns FROM file")
        return {path: (id_, size, mtime) for path, id_, size, mtime in rows}

    def begin(self) -> None:
        """A walk begins; until `finish` the catalogue may not know all files."""
        self._fresh = store.get_state(self.db, "refresh") == "1"
        with store.transaction(self.db):
            store.set_state(self.db, "walked", 0)

    def finish(self) -> None:
        """The walk has come to its end and everything it found was read."""
        self._fresh = False
        with store.transaction(self.db):
            store.set_state(self.db, "walked", 1)
            store.set_state(self.db, "refresh", 0)
            self.marks.close()

    def expect(
        self, found: Sequence[Found], known: Mapping[bytes, tuple[int, int, int]]
    ) -> list[FileTask]:
        """Note files before they are read: new ones, and those that are read again."""
        tasks = []
        with store.transaction(self.db):
            for file in found:
                if file.path in known:
                    id_ = known[file.path][0]
                    self._expect_again(id_, file)
                else:
                    id_ = self._new_file(file)
                if file.unreadable:
                    self._note_unreadable(id_, file)
                else:
                    tasks.append(FileTask(id_, file.path, file.size, file.mtime_ns))
        return tasks

    def _new_file(self, file: Found) -> int:
        added = self.db.execute(
            "INSERT INTO file (path, size, mtime_ns, kind, state) VALUES (?, ?, -1, '', 'format')",
            (file.path, file.size),
        )
        return int(added.lastrowid or 0)

    def _note_unreadable(self, id_: int, folder: Found) -> None:
        self.db.execute(
            "UPDATE file SET mtime_ns = ?, kind = 'folder', state = 'unreadable' WHERE id = ?",
            (folder.mtime_ns, id_),
        )
        reason = f"cannot be read: {folder.unreadable}"
        self.db.execute("INSERT INTO problem VALUES (?, 0, ?, NULL)", (id_, reason))

    def _expect_again(self, id_: int, file: Found) -> None:
        self.db.execute("UPDATE file SET size = ?, mtime_ns = -1 WHERE id = ?", (file.size, id_))
        self.db.execute("DELETE FROM also WHERE file = ?", (id_,))
        self.db.execute("DELETE FROM problem WHERE file = ? AND cable IS NULL", (id_,))
        self._again[id_] = set()

    def forget_files(self, ids: Iterable[int]) -> None:
        """Drop files that are gone; their cables go too, or to another record of theirs."""
        with store.transaction(self.db):
            for id_ in ids:
                self.db.execute("DELETE FROM also WHERE file = ?", (id_,))
                self._release(self._cables_of(id_))
                self.db.execute("DELETE FROM problem WHERE file = ?", (id_,))
                self.db.execute("DELETE FROM file WHERE id = ?", (id_,))
            self.marks.close()

    def _cables_of(self, file: int) -> list[int]:
        return [id_ for (id_,) in self.db.execute("SELECT id FROM cable WHERE file = ?", (file,))]

    # Facts

    def take_facts(self, batches: Sequence[FileBatch], tasks: dict[int, FileTask]) -> None:
        """Write what was read of some files, and finish those that were read to their ends."""
        with store.transaction(self.db):
            pairs = [(batch.file, row) for batch in batches for row in batch.rows]
            self._take_rows(pairs)
            self.db.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, NULL)",
                [(batch.file, line, why) for batch in batches for line, why in batch.problems],
            )
            for batch in batches:
                if batch.done:
                    self._finish(batch, tasks[batch.file])
            self.marks.close()

    def _take_rows(self, pairs: list[tuple[int, FactsRow]]) -> None:
        known = self._known([row.canonical for _, row in pairs])
        next_id = self._last_id() + 1
        new: list[tuple[object, ...]] = []
        also: list[tuple[object, ...]] = []
        grammar: list[tuple[int, GrammarRow]] = []
        for file, row in pairs:
            if (holder := known.get(row.canonical)) is None:
                new.append(self._row(next_id, file, row))
                known[row.canonical] = _Holder(next_id, file, row.offset, row.crc)
                self._seen(file, next_id)
                if row.grammar:
                    grammar.append((next_id, row.grammar))
                next_id += 1
            elif not self._read_again(file, row, holder, grammar):
                also.append((file, row.offset, row.length, row.crc, row.line, holder.cable))
        self.db.executemany(self._insert, new)
        self.db.executemany("INSERT OR REPLACE INTO also VALUES (?, ?, ?, ?, ?, ?)", also)
        self.marks.counts["cable"] += len(new)
        self.changes.added += len(new)
        self.marks.put_grammar(grammar)

    def _known(self, canonicals: list[str]) -> dict[str, _Holder]:
        rows = self.db.execute(
            "SELECT canonical, id, file, offset, crc FROM cable "
            "WHERE canonical IN (SELECT value FROM json_each(?))",
            (json.dumps(canonicals),),
        )
        return {canonical: _Holder(*place) for canonical, *place in rows}

    def _last_id(self) -> int:
        row = self.db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'cable'").fetchone()
        return int(row[0]) if row else 0

    def _seen(self, file: int, cable: int) -> None:
        if file in self._again:
            self._again[file].add(cable)

    def _read_again(
        self,
        file: int,
        row: FactsRow,
        holder: _Holder,
        grammar: list[tuple[int, GrammarRow]],
    ) -> bool:
        """Whether the record is the one that a known cable stands in, found again."""
        cable, home, offset, crc = holder
        if home == file and offset == row.offset and crc == row.crc and file not in self._again:
            return True  # a worker that died has sent it already
        if home != file or cable in self._again.get(file, (cable,)):
            return False
        self._seen(file, cable)
        if crc == row.crc and not self._fresh:
            self.db.execute(
                "UPDATE cable SET offset = ?, length = ?, line = ? WHERE id = ?",
                (row.offset, row.length, row.line, cable),
            )
            return True
        self.db.execute(self._insert, self._row(cable, file, row))
        if crc != row.crc:
            self.marks.clear([cable])
            self.changes.changed += 1
            if row.grammar:
                grammar.append((cable, row.grammar))
        return True

    def _row(self, id_: int, file: int, row: FactsRow) -> tuple[object, ...]:
        filed = Filed(row.origin, row.classification, row.created, row.released, row.articles, ())
        return (
            id_,
            row.canonical,
            row.reference if row.reference != row.canonical else None,
            times.packed(row.created),
            row.created_from,
            times.packed(row.released),
            self.terms.id("fact:origin", row.origin),
            self.terms.id("fact:classification", row.classification),
            file,
            row.offset,
            row.length,
            row.crc,
            row.line,
            *self.terms.row("facts", filed),
        )

    def _finish(self, batch: FileBatch, task: FileTask) -> None:
        # What could not be read, or was written to meanwhile, is tried again by the next run.
        final = batch.stable and batch.state != "unreadable"
        self.db.execute(
            "UPDATE file SET mtime_ns = ?, size = ?, kind = ?, state = ? WHERE id = ?",
            (
                task.mtime_ns if final else -1,
                task.size,
                batch.kind,
                batch.state,
                batch.file,
            ),
        )
        if batch.file in self._again:
            found = self._again.pop(batch.file)
            self._release([id_ for id_ in self._cables_of(batch.file) if id_ not in found])

    # Cables that lost their record

    def _release(self, cables: list[int]) -> None:
        """Cables whose record is gone: each passes to another record of it, or is removed."""
        lost = [cable for cable in cables if not self._inherited(cable)]
        self.marks.clear(lost)
        self.db.executemany("DELETE FROM cable WHERE id = ?", _each(lost))
        self.db.executemany("INSERT OR IGNORE INTO gone VALUES (?)", _each(lost))
        self.marks.counts["cable"] -= len(lost)
        self.changes.removed += len(lost)

    def _inherited(self, cable: int) -> bool:
        for task in self.marks.records(
            f"SELECT cable, {PLACE} FROM also WHERE cable = ?", (cable,)
        ):
            if self._passed_to(cable, task):
                self.db.execute(
                    "DELETE FROM also WHERE file = ? AND offset = ?", (task.file, task.offset)
                )
                return True
        return False

    def _passed_to(self, cable: int, task: RecordTask) -> bool:
        (crc,) = self.db.execute("SELECT crc FROM cable WHERE id = ?", (cable,)).fetchone()
        if crc == task.crc:  # the same record in another place: a file that was moved
            self.db.execute(
                f"UPDATE cable SET ({PLACE}) = (?, ?, ?, ?, ?) WHERE id = ?",
                (task.file, task.offset, task.length, task.crc, task.line, cable),
            )
            return True
        try:
            raw = read_record(self.root, task)
        except ArchiveError:
            return False
        row = facts_row(raw, (task.offset, task.length, task.crc, task.line))
        self.db.execute(self._insert, self._row(cable, task.file, row))
        self.marks.clear([cable])
        self.changes.changed += 1
        return True


def _each(numbers: list[int]) -> list[tuple[int]]:
    return [(number,) for number in numbers]
