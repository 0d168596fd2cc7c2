"""The writing of cables: each record is stored under its cable, and the richest is displayed.

Everything here happens inside the transaction that the catalogue has opened.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from cable_tui.archive.build.scan_files import Reread
from cable_tui.archive.build.write_grammar import LOCATION, PassProgress, insert_statement
from cable_tui.archive.catalogue import facet_columns
from cable_tui.archive.catalogue.additions import note_run
from cable_tui.archive.records import sortable_times
from cable_tui.archive.records.catalogue_rows import FactsRow, GrammarRow
from cable_tui.archive.records.compared_records import ComparedRecords
from cable_tui.archive.records.further import MORE
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats import Kept, key
from cable_tui.query import Filed, values_of

# ruff: noqa: S608 - names of columns are our own constants

_COLUMNS = (
    "id, canonical, reference, created, created_from, released, origin, classification, "
    f"{LOCATION}, richness"
)
_ALSO = f"INSERT OR REPLACE INTO also ({LOCATION}, richness, cable) VALUES (?, ?, ?, ?, ?, ?, ?)"


Key = TypeVar("Key", int, str)
Arrivals = Literal["none", "more", "first"]
"""The effect of added cables on `is:new`. `none`: no effect, while the archive is first read;
`more`: they are added to the earlier new cables; `first`: they replace them, once per run.
"""


@dataclass(slots=True)
class Changes:
    """The changes that one run makes to the archive's cables."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class StoredRecord(NamedTuple):
    """A known cable and the record from which it is read."""

    cable: int
    file: int
    offset: int
    length: int
    crc: int
    line: int
    richness: int

    @property
    def also_row(self) -> tuple[int, ...]:
        """The record as a row of `also`."""
        return (*self[1:], self.cable)


@dataclass(slots=True)
class _Batch:
    """The changes made by a batch of records, written in one transaction."""

    known: dict[str, StoredRecord]
    """The stored records by canonical id."""
    cables: dict[int, tuple[object, ...]] = field(default_factory=dict)
    also: list[tuple[int, ...]] = field(default_factory=list)
    cleared: list[int] = field(default_factory=list)
    """The cables for which all passes must be repeated because another record is displayed."""
    grammar: dict[int, GrammarRow] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)


class CableWriter:
    """Stores records under their cables, for one run of the indexer."""

    def __init__(self, progress: PassProgress) -> None:
        self._db: sqlite3.Connection = progress.db
        self._progress = progress
        self.changes = Changes()
        self.rereads: dict[int, Reread] = {}
        """The files that are being reread, keyed by their numbers."""
        self.fresh = False
        """Whether all facts are reread, even those of unchanged records."""
        self.arrivals: Arrivals = "none"
        self._add = insert_statement("cable", _COLUMNS, "facts")
        self._insert = insert_statement("cable", _COLUMNS, "facts", replacing=True)
        self._new = True
        """Whether the next cables are probably unknown."""
        self._next = self._last_id() + 1
        self._first_new = self._next
        self._has_noted = False
        """Whether the time at which this run began to add cables has been recorded."""

    def _last_id(self) -> int:
        sequence_row = self._db.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'cable'"
        ).fetchone()
        return int(sequence_row[0]) if sequence_row else 0

    def take(self, pairs: list[tuple[int, FactsRow]]) -> None:
        """Store records, each with the number of its file."""
        self._next = self._last_id() + 1  # ids of a transaction that was rolled back are free
        if not self._take_new(pairs):
            self._take_any(pairs)

    def _take_new(self, pairs: list[tuple[int, FactsRow]]) -> bool:
        """Store records if all their cables are new, as in a first reading; else return False."""
        if (
            self.rereads
            or not self._new
            or len({facts_row.canonical for _, facts_row in pairs}) < len(pairs)
        ):
            return False
        cable_rows = [
            self.row(id_, file, facts_row)
            for id_, (file, facts_row) in enumerate(pairs, self._next)
        ]
        if not self._added(cable_rows):
            self._new = False
            return False
        new_ids = range(self._next, self._next + len(cable_rows))
        self._progress.counts["cable"] += len(cable_rows)
        self.changes.added += len(cable_rows)
        grammar_pairs = zip(new_ids, (facts_row.grammar for _, facts_row in pairs), strict=True)
        self._progress.put_grammar(
            [(id_, facts_row) for id_, facts_row in grammar_pairs if facts_row]
        )
        self._arrive(new_ids)
        return True

    def _added(self, rows: list[tuple[object, ...]]) -> bool:
        """Add rows to the table of cables; if one of them exists, add none and return False."""
        self._db.execute("SAVEPOINT added")
        try:
            self._db.executemany(self._add, rows)
        except sqlite3.IntegrityError:
            self._db.execute("ROLLBACK TO added")
            return False
        finally:
            self._db.execute("RELEASE added")
        return True

    def _take_any(self, pairs: list[tuple[int, FactsRow]]) -> None:
        batch = _Batch(self._stored("canonical", [facts_row.canonical for _, facts_row in pairs]))
        for file, file_row in pairs:
            stored_record = batch.known.get(file_row.canonical)
            if stored_record is None:
                self._store(batch, self._next, file, file_row)
                batch.added.append(self._next)
                self._next += 1
                self._progress.counts["cable"] += 1
                self.changes.added += 1
            elif not self._found_again(batch, stored_record, file, file_row):
                self._add_record(batch, stored_record, file, file_row)
        self._write(batch)
        self._new = len(batch.added) == len(pairs)

    def keep(self, file: int, kept: Sequence[Kept]) -> list[Kept]:
        """Record known records at their current locations; return those whose cable is gone.

        A record that did not move needs only one lookup.
        """
        reread_file = self.rereads[file]
        known_by_record = {
            record: reread_file.known[key(record.length, record.crc)] for record in kept
        }
        file_of_cable = self._stored(
            "id", [kept_record.cable for kept_record in known_by_record.values()]
        )
        moved_records, also_rows, lost_cables = [], [], []
        for record, (cable, richness) in known_by_record.items():
            stored_record = file_of_cable.get(cable)
            if stored_record is None:
                lost_cables.append(record)
            elif (stored_record.file, stored_record.length, stored_record.crc) == (
                file,
                record.length,
                record.crc,
            ) and (self._unseen(file, cable)):
                reread_file.found.add(cable)
                if (stored_record.offset, stored_record.line) != (record.offset, record.line):
                    moved_records.append((record.offset, record.line, cable))
            else:
                also_rows.append((file, *record, richness, cable))
        self._db.executemany("UPDATE cable SET offset = ?, line = ? WHERE id = ?", moved_records)
        self.put_also(also_rows)
        return lost_cables

    def _stored(self, column: str, values: list[Key]) -> dict[Key, StoredRecord]:
        """Return the known cables by a column, for the given values."""
        stored_rows = self._db.execute(
            f"SELECT {column}, id, {LOCATION}, richness FROM cable "
            f"WHERE {column} IN (SELECT value FROM json_each(?))",
            (json.dumps(values),),
        )
        return {value: StoredRecord(*record) for value, *record in stored_rows}

    def _store(self, batch: _Batch, cable: int, file: int, row: FactsRow) -> None:
        """From now on, read the cable from this record."""
        batch.cables[cable] = self.row(cable, file, row)
        location = (file, row.offset, row.length, row.crc, row.line, row.richness)
        batch.known[row.canonical] = StoredRecord(cable, *location)
        self._seen(file, cable)
        if row.grammar:
            batch.grammar[cable] = row.grammar
        else:
            batch.grammar.pop(cable, None)

    def _seen(self, file: int, cable: int) -> None:
        if file in self.rereads:
            self.rereads[file].found.add(cable)

    def _unseen(self, file: int, cable: int) -> bool:
        """Return whether a file is being reread and the cable has not been found in it so far."""
        return file in self.rereads and cable not in self.rereads[file].found

    def _found_again(self, batch: _Batch, stored: StoredRecord, file: int, row: FactsRow) -> bool:
        """Return whether this is the record from which its cable was read before."""
        cable, stored_file, offset, _, crc, *_ = stored
        is_unseen = self._unseen(file, cable)
        if stored_file == file and offset == row.offset and crc == row.crc and not is_unseen:
            return True  # a worker sent it before it died, or the file was put off
        if stored_file != file or not is_unseen:
            return False
        if crc == row.crc and not self.fresh:
            self._seen(file, cable)
            self._db.execute(
                "UPDATE cable SET offset = ?, length = ?, line = ? WHERE id = ?",
                (row.offset, row.length, row.line, cable),
            )
            batch.known[row.canonical] = stored._replace(
                offset=row.offset, length=row.length, line=row.line
            )
            return True
        grammar = row.grammar if crc != row.crc else None
        self._store(batch, cable, file, row._replace(grammar=grammar))
        if crc != row.crc:
            batch.cleared.append(cable)
            self.changes.changed += 1
        return True

    def _add_record(self, batch: _Batch, stored: StoredRecord, file: int, row: FactsRow) -> None:
        """Add a further record of a cable.

        The richest record is displayed, or the first of equally rich ones.
        """
        cable = stored.cable
        if row.richness <= stored.richness:
            location = (file, row.offset, row.length, row.crc, row.line, row.richness)
            batch.also.append((*location, cable))
            return
        if not self._unseen(stored.file, cable):
            batch.also.append(stored.also_row)
        # otherwise its file is being read again, which shows whether the record is still there
        self._store(batch, cable, file, row)
        batch.cleared.append(cable)
        self.changes.changed += cable < self._first_new

    def _write(self, batch: _Batch) -> None:
        self._db.executemany(self._insert, batch.cables.values())
        self.put_also(batch.also)
        if batch.cleared:
            self._progress.forget(batch.cleared)
        self._progress.put_grammar(list(batch.grammar.items()))
        self._arrive(batch.added)

    def _arrive(self, added: Sequence[int]) -> None:
        """Store the added cables for `is:new`."""
        if not added or self.arrivals == "none":
            return
        if self.arrivals == "first":
            self._db.execute("DELETE FROM arrived")
            self.arrivals = "more"
        if not self._has_noted:
            note_run(self._db, min(added), time.time())
            self._has_noted = True
        self._db.executemany("INSERT OR IGNORE INTO arrived VALUES (?)", [(id_,) for id_ in added])

    def move(self, cable: int, file: int, row: FactsRow) -> None:
        """Read a cable from another record; all passes must repeat it."""
        self._db.execute(self._insert, self.row(cable, file, row))
        self._progress.forget([cable])
        self.changes.changed += cable < self._first_new

    def take_compared(self, compared: Sequence[ComparedRecords]) -> None:
        """Display the best record of each cable, and store how the others differ."""
        for compared_records in compared:
            cable, facts_row = compared_records.cable, compared_records.row
            best_record, *other_records = compared_records.judged
            if facts_row is not None:
                shown_row = self.also_row(cable)
                record_location = (best_record.record.file, best_record.record.offset)
                self._db.execute("DELETE FROM also WHERE file = ? AND offset = ?", record_location)
                self.move(cable, best_record.record.file, facts_row)
                self.put_also([shown_row])
            elif any(other_record.differs & MORE for other_record in other_records):
                self._progress.forget_texts([cable])
            self._db.execute(
                "UPDATE cable SET richness = coalesce(?, richness) WHERE id = ?",
                (best_record.richness, cable),
            )
            self._db.executemany(
                "UPDATE also SET richness = coalesce(?, richness), differs = ? "
                "WHERE file = ? AND offset = ?",
                [
                    (
                        other_record.richness,
                        other_record.differs,
                        other_record.record.file,
                        other_record.record.offset,
                    )
                    for other_record in other_records
                ],
            )

    def also_row(self, cable: int) -> tuple[int, ...]:
        """Return the record from which a cable is read, as a row of `also`."""
        stored_row: tuple[int, ...] = self._db.execute(
            f"SELECT {LOCATION}, richness, id FROM cable WHERE id = ?", (cable,)
        ).fetchone()
        return stored_row

    def drop_also(self, file: int) -> None:
        """Forget the further records in a file; texts searched together with them are reread."""
        cables_with_also = f"SELECT DISTINCT cable FROM also WHERE file = ? AND differs & {MORE}"
        self._progress.forget_texts([id_ for (id_,) in self._db.execute(cables_with_also, (file,))])
        self._db.execute("DELETE FROM also WHERE file = ?", (file,))

    def put_also(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Store further records of cables."""
        self._db.executemany(_ALSO, rows)

    def row(self, id_: int, file: int, row: FactsRow) -> tuple[object, ...]:
        """Return a row for the table of cables."""
        terms: facet_columns.Terms = self._progress.terms
        filed_facts = Filed(
            row.origin,
            row.classification,
            sortable_times.day_of(row.created),
            sortable_times.day_of(row.released),
            row.articles,
            row.canonical,
        )
        return (
            id_,
            row.canonical,
            row.reference if row.reference != row.canonical else None,
            row.created,
            row.created_from,
            row.released,
            terms.id("fact:origin", row.origin),
            terms.id("fact:classification", row.classification),
            file,
            row.offset,
            row.length,
            row.crc,
            row.line,
            row.richness,
            *terms.row("facts", values_of("facts", filed_facts)),
        )
