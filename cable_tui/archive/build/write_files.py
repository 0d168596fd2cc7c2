"""The writing side of the catalogue: files and the cables in them, in whole batches.

Every public method of `Catalogue` that writes is one transaction.

An archive is recognized when it is read like any other file; then the files in it are read
(`Archives`). An unchanged archive is not reopened: its files are in the catalogue.
"""

# ruff: noqa: S608 - names of columns are our own constants
from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from cable_tui import formats
from cable_tui.archive.build.scan_files import (
    LATE,
    PACKED,
    TURNS,
    UNREADABLE,
    FileBatch,
    FileTask,
    Scan,
    begin_reread,
    drop_scans,
    interrupted_scans,
    save_scan,
)
from cable_tui.archive.build.write_cables import CableWriter
from cable_tui.archive.build.write_grammar import LOCATION, PassProgress
from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.archive.catalogue import rows as catalogue_rows
from cable_tui.archive.catalogue.account import LEFT
from cable_tui.archive.catalogue.passes import (
    EVERYTHING,
    TABLES,
    NamedTables,
    named_tables,
    was_walked,
)
from cable_tui.archive.catalogue.rows import DAMAGED, IS_DAMAGED
from cable_tui.archive.records import packed_files
from cable_tui.archive.records.catalogue_rows import FactsRow, facts_row
from cable_tui.archive.records.packed_files import NO_START, Inside
from cable_tui.archive.records.read import RecordTask, read_record
from cable_tui.archive.records.walk import FoundFile, shown_path
from cable_tui.base.errors import ArchiveError
from cable_tui.formats.packed.member import Trouble

Known = Mapping[bytes, tuple[int, int, int]]
"""Every known path, with its id, size and time."""


class Catalogue:
    """The catalogue, written by one run of the indexer, which holds the lock of the cache."""

    def __init__(self, db: sqlite3.Connection, root: Path) -> None:
        self.db = db
        self.root = root
        self.terms = facet_columns.Terms(db)
        self.progress = PassProgress(db, self.terms)
        self.cables = CableWriter(self.progress)
        self.changes = self.cables.changes
        self.archives = Archives(db)
        self._scans: dict[int, Scan] = {}
        """First readings that have begun but not ended, by file."""
        self._everything = False
        self._tables: NamedTables = ()
        self._renamed: set[int] = set()
        """Files that are reread because the reader has named their columns differently."""
        self._left: dict[int, Counter[str]] = {}
        """The number of documents ignored in files being read, by file and type."""
        self._before: dict[int, int] = {}
        """The number of records in files that an earlier run has begun to read."""
        self._begun: set[int] = set()
        """Files that this run has read in part."""
        self.late: list[FileTask] = []
        """Files that are to be read in a later turn."""

    # Files

    def choose_documents(self, *, everything: bool) -> None:
        """Set whether documents that are not cables are kept; a change rereads them."""
        self._everything = everything
        if (catalogue_file.get_state(self.db, EVERYTHING) == "1") != everything:
            with catalogue_file.transaction(self.db):
                self.db.execute("UPDATE file SET mtime_ns = -1 WHERE kind = 'frus'")
                catalogue_file.set_state(self.db, EVERYTHING, int(everything))

    def choose_tables(self, tables: NamedTables) -> None:
        """Set which columns the reader has named; files for which that changed are reread."""
        self._tables = tuple(tables)
        changed_tables = set(self._tables) ^ set(named_tables(self.db))
        if not changed_tables:
            return
        paths = self.db.execute("SELECT id, path FROM file").fetchall()
        self._renamed = {id_ for id_, path in paths if self._named(path, changed_tables)}
        with catalogue_file.transaction(self.db):
            self.db.executemany(
                "UPDATE file SET mtime_ns = -1 WHERE id = ?", [(file,) for file in self._renamed]
            )

    def _named(self, path: bytes, tables: Collection[tuple[str, str]]) -> tuple[str, ...]:
        """Return the columns that were named for a file."""
        if not tables:
            return ()
        shown_name = shown_path(self.root, path)
        file_names = (shown_name, shown_name.rpartition("/")[2])
        return tuple(
            named_columns
            for name_pattern, named_columns in tables
            if any(fnmatchcase(name, name_pattern) for name in file_names)
        )

    def forget_failures(self) -> None:
        """Mark files that could not be read at all, so they are tried again."""
        with catalogue_file.transaction(self.db):
            self.db.execute(
                "UPDATE file SET mtime_ns = -1 WHERE state = ? OR records = 0 "
                "AND EXISTS (SELECT 1 FROM problem WHERE file = file.id)",
                (UNREADABLE,),
            )

    def _chosen(self, batch: FileBatch) -> FileBatch:
        """Return a batch without the ignored documents, which are counted."""
        if self._everything or not any(facts_row.left for facts_row in batch.rows):
            return batch
        reason_counts = self._left.setdefault(batch.file, Counter())
        reason_counts.update(facts_row.left for facts_row in batch.rows if facts_row.left)
        return batch._replace(rows=[facts_row for facts_row in batch.rows if not facts_row.left])

    def files(self) -> dict[bytes, tuple[int, int, int]]:
        """Return every known path with its id, size and time."""
        file_rows = self.db.execute("SELECT path, id, size, mtime_ns FROM file")
        return {path: (id_, size, mtime) for path, id_, size, mtime in file_rows}

    def begin(self) -> None:
        """Start a walk; until `finish`, the catalogue may not know all files."""
        self.cables.fresh = catalogue_file.get_state(self.db, "refresh") == "1"
        self._scans = interrupted_scans(self.db)
        if catalogue_file.get_state(self.db, "settled") == "1":
            self.cables.arrivals = "first" if was_walked(self.db) else "more"
        with catalogue_file.transaction(self.db):
            catalogue_file.set_state(self.db, "walked", 0)

    def finish(self, seen: int) -> None:
        """Finish a walk whose files have all been read; `seen` is the number of files."""
        self.cables.fresh = False
        with catalogue_file.transaction(self.db):
            catalogue_file.set_state(self.db, "seen", seen)
            catalogue_file.set_state(self.db, "walked", 1)
            catalogue_file.set_state(self.db, "settled", 1)
            catalogue_file.set_state(self.db, "refresh", 0)
            catalogue_file.set_state(self.db, TABLES, json.dumps(self._tables))

    def expect(self, files: Sequence[FoundFile], known: Known) -> list[FileTask]:
        """Record files before they are read: new files, and files that are reread."""
        with catalogue_file.transaction(self.db):
            return self._expected(files, known)

    def _expected(self, files: Sequence[FoundFile], known: Known) -> list[FileTask]:
        tasks = []
        for file in files:
            if file.path in known:
                task = self._expect_again(known[file.path][0], file)
            else:
                archive_offset = file.start if isinstance(file, Inside) else NO_START
                inserted_row = self.db.execute(
                    "INSERT INTO file (path, size, mtime_ns, kind, state, start) "
                    "VALUES (?, ?, -1, '', 'format', ?)",
                    (file.path, file.size, archive_offset),
                )
                task = FileTask(inserted_row.lastrowid or 0, file.path, file.size, file.mtime_ns)
            task = task._replace(tables=self._named(file.path, self._tables))
            if file.unreadable:
                self.db.execute(
                    "UPDATE file SET mtime_ns = ?, kind = 'folder', state = ? WHERE id = ?",
                    (file.mtime_ns, UNREADABLE, task.file),
                )
                reason = f"cannot be read: {file.unreadable}"
                self.db.execute("INSERT INTO problem VALUES (?, 0, ?, NULL)", (task.file, reason))
            elif isinstance(file, Inside):
                never_opened_kind = packed_files.never_opened(file.path)
                tasks.append(
                    task._replace(
                        start=file.start, depth=file.depth, never_opened=never_opened_kind
                    )
                )
            else:
                tasks.append(task._replace(never_opened=file.never_opened))
        return tasks

    def look_into(
        self,
        archive: FileTask,
        files: Sequence[Inside],
        troubles: list[Trouble],
        known: Known,
    ) -> list[FileTask]:
        """Record all files in an archive at once, so the next run does not miss some."""
        changed_files = [
            file
            for file in files
            if known.get(file.path, (0, -1, -1))[1:] != (file.size, file.mtime_ns)
        ]
        with catalogue_file.transaction(self.db):
            self.archives.settle(archive, troubles)
            return self._expected(changed_files, known)

    def refuse(self, archive: FileTask, reason: str) -> None:
        """Record that an archive cannot be read."""
        with catalogue_file.transaction(self.db):
            self.archives.refuse(archive, reason)

    def _expect_again(self, id_: int, file: FoundFile) -> FileTask:
        task = FileTask(id_, file.path, file.size, file.mtime_ns)
        scan_state = self._scans.get(id_)
        is_fresh = self.cables.fresh or id_ in self._renamed
        if scan_state and scan_state[:2] == (file.size, file.mtime_ns) and not is_fresh:
            # Its last row is read once more: nothing after it was looked at.
            self.db.execute(
                "DELETE FROM problem WHERE file = ? AND line >= ? AND cable IS NULL",
                (id_, scan_state.line),
            )
            self._before[id_] = self._records_before(id_, scan_state)
            return task._replace(offset=scan_state.offset, line=scan_state.line)
        self.cables.rereads[id_] = reread = begin_reread(self.db, id_, fresh=is_fresh)
        archive_offset = file.start if isinstance(file, Inside) else NO_START
        self.db.execute(
            "UPDATE file SET size = ?, mtime_ns = -1, start = ?, records = 0 WHERE id = ?",
            (file.size, archive_offset, id_),
        )
        self.cables.drop_also(id_)
        self.db.execute("DELETE FROM problem WHERE file = ? AND cable IS NULL", (id_,))
        self._scanned([id_])
        return task._replace(known=reread.keys)

    def _records_before(self, file: int, scan: Scan) -> int:
        """Return the number of records in a file before the row at which its reading continues."""
        count_row = self.db.execute(
            "SELECT (SELECT count(*) FROM cable WHERE file = :file AND offset < :at)"
            " + (SELECT count(*) FROM also WHERE file = :file AND offset < :at)"
            " + (SELECT count(*) FROM problem WHERE file = :file AND line > 0 AND cable IS NULL)",
            {"file": file, "at": scan.offset},
        ).fetchone()
        return int(count_row[0])

    def _scanned(self, files: Sequence[int]) -> None:
        """Delete the state of first readings that are finished or obsolete."""
        scanned_files = [file for file in files if self._scans.pop(file, None)]
        drop_scans(self.db, scanned_files)

    def forget_files(self, ids: Iterable[int]) -> None:
        """Drop files that are gone; their cables are removed, or read from another record."""
        ids = list(ids)
        if not ids:  # a run without changes makes no new generation
            return
        with catalogue_file.transaction(self.db):
            for file_id in ids:
                self.cables.drop_also(file_id)
                self._scanned([file_id])
                self._release(self._cables_of(file_id))
                self.db.execute("DELETE FROM problem WHERE file = ?", (file_id,))
                self._note_left(file_id, None)
                catalogue_file.set_switch(self.db, f"{DAMAGED}{file_id}", on=False)
                self.db.execute("DELETE FROM file WHERE id = ?", (file_id,))
            self.progress.end_batch()

    def _note_left(self, file: int, kinds: Counter[str] | None) -> None:
        self.db.execute("DELETE FROM state WHERE key = ?", (f"{LEFT}{file}",))
        if kinds:
            catalogue_file.set_state(self.db, f"{LEFT}{file}", json.dumps(kinds))

    def _cables_of(self, file: int) -> list[int]:
        return [id_ for (id_,) in self.db.execute("SELECT id FROM cable WHERE file = ?", (file,))]

    # Facts

    def take_facts(self, batches: Sequence[FileBatch], tasks: dict[int, FileTask]) -> None:
        """Write the facts of files, and finish the files that were read to the end."""
        batches = [self._chosen(batch) for batch in batches]
        with catalogue_file.transaction(self.db):
            self._count(batches, tasks)
            file_row_pairs = [
                file_and_row for batch in batches for file_and_row in self._kept(batch)
            ]
            file_row_pairs += [
                (batch.file, facts_row) for batch in batches for facts_row in batch.rows
            ]
            self.cables.take(file_row_pairs)
            self.db.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, NULL)",
                [(batch.file, line, why) for batch in batches for line, why in batch.problems],
            )
            # A cable may be opened long before its dump has been read to the end.
            self.db.executemany(
                "UPDATE file SET kind = ? WHERE id = ? AND kind != ?",
                {(batch.kind, batch.file, batch.kind) for batch in batches if not batch.done},
            )
            for batch in batches:
                if batch.state == LATE:
                    task = tasks[batch.file]
                    self._left.pop(task.file, None)
                    self.late.append(task._replace(turn=TURNS[TURNS.index(task.turn) + 1]))
                elif batch.done:
                    self._finish(batch, tasks[batch.file])
                    if batch.unchecked:
                        self.late.append(tasks[batch.file]._replace(turn="checked"))
                elif batch.resumes and batch.rows and batch.file not in self.cables.rereads:
                    task, last_row = tasks[batch.file], batch.rows[-1]
                    scan_state = Scan(task.size, task.mtime_ns, last_row.offset, last_row.line)
                    self._scans[task.file] = scan_state
                    save_scan(self.db, task.file, scan_state)
            self.progress.end_batch()

    def _count(self, batches: Sequence[FileBatch], tasks: dict[int, FileTask]) -> None:
        """Record how many records the files have yielded so far."""
        for batch in batches:
            problem_lines = [problem_line for problem_line, _ in batch.problems if problem_line]
            records_and_lines = len(batch.rows) + len(batch.kept) + len(problem_lines)
            if batch.file in self._begun and batch.seen <= records_and_lines:
                # The worker that had sent a part has died, and the file is read from its beginning.
                self.db.execute(
                    "DELETE FROM problem"
                    " WHERE file = ? AND (line >= ? OR line = 0) AND cable IS NULL",
                    (batch.file, tasks[batch.file].line),
                )
            self._begun.add(batch.file)
            if batch.done and batch.state != LATE:
                self._begun.discard(batch.file)
        records_by_file = {batch.file: batch.seen for batch in batches if batch.seen}
        self.db.executemany(
            "UPDATE file SET records = ? WHERE id = ?",
            [
                (self._before.get(file, 0) + records_seen, file)
                for file, records_seen in records_by_file.items()
            ],
        )

    def _kept(self, batch: FileBatch) -> Iterator[tuple[int, FactsRow]]:
        """Yield the facts of known records whose cable was removed meanwhile.

        For other known records, only the location is updated.
        """
        if not batch.kept:
            return
        (path,) = self.db.execute("SELECT path FROM file WHERE id = ?", (batch.file,)).fetchone()
        for location in self.cables.keep(batch.file, batch.kept):
            record_task = RecordTask(0, batch.file, path, batch.kind, *location)
            try:
                yield batch.file, self._facts(record_task)
            except ArchiveError:  # the file has changed once more: the next run sees it
                continue

    def _finish(self, batch: FileBatch, task: FileTask) -> None:
        # The next run tries again what could not be read, or was written to meanwhile.
        # An archive is done when its files are in the catalogue.
        # One that is yet to be checked is read again if the run ends before that.
        is_final = batch.stable and (batch.settled or batch.state not in (UNREADABLE, PACKED))
        is_final = is_final and not batch.unchecked
        if batch.state == PACKED:
            self.archives.waiting.append(task)
        self.db.execute(
            "UPDATE file SET mtime_ns = ?, size = ?, kind = ?, state = ?, in_order = ? "
            "WHERE id = ?",
            (
                task.mtime_ns if is_final else -1,
                task.size,
                batch.kind,
                batch.state,
                batch.in_order,
                batch.file,
            ),
        )
        self._note_left(batch.file, self._left.pop(batch.file, None))
        self._scanned([batch.file])
        is_damaged = batch.damaged or self.archives.is_in_damaged(task.path)
        if catalogue_file.set_switch(self.db, f"{DAMAGED}{batch.file}", on=is_damaged):
            self.progress.forget(self._cables_of(batch.file))
        if batch.file in self.cables.rereads:
            cables_seen = self.cables.rereads.pop(batch.file).found
            self._release([id_ for id_ in self._cables_of(batch.file) if id_ not in cables_seen])
            self._prefer_richer(batch.file)

    # Cables that lost their record

    def _release(self, cables: list[int]) -> None:
        """Read cables whose record is gone from another record, or remove them."""
        other_records = partial(catalogue_rows.others, self.db)
        lost_cables = [
            cable for cable in cables if not self._inherited(cable, other_records(cable))
        ]
        self.progress.forget(lost_cables)
        self.db.executemany("DELETE FROM cable WHERE id = ?", ((cable,) for cable in lost_cables))
        self.progress.counts["cable"] -= len(lost_cables)
        self.changes.removed += len(lost_cables)

    def _prefer_richer(self, file: int) -> None:
        """Display richer records, if the records of a file have become poorer."""
        poorer_cables = self.db.execute(
            "SELECT DISTINCT cable.id FROM cable JOIN also ON also.cable = cable.id "
            "WHERE cable.file = ? AND also.richness > cable.richness",
            (file,),
        ).fetchall()
        for (cable,) in poorer_cables:
            stored_row = self.cables.also_row(cable)
            if self._inherited(cable, catalogue_rows.others(self.db, cable)[:1]):
                self.cables.put_also([stored_row])

    def _inherited(self, cable: int, others: list[RecordTask]) -> bool:
        for task in others:
            if self._passed_to(cable, task):
                self.db.execute(
                    "DELETE FROM also WHERE file = ? AND offset = ?", (task.file, task.offset)
                )
                return True
        return False

    def _passed_to(self, cable: int, task: RecordTask) -> bool:
        shown_record_sql = f"SELECT crc, {catalogue_rows.IS_DAMAGED} FROM cable WHERE id = ?"
        crc, is_damaged = self.db.execute(shown_record_sql, (cable,)).fetchone()
        # The same record elsewhere: a file that was moved.
        if (crc, is_damaged) == (task.crc, task.damaged):
            self.db.execute(
                f"UPDATE cable SET ({LOCATION}) = (?, ?, ?, ?, ?) WHERE id = ?",
                (task.file, task.offset, task.length, task.crc, task.line, cable),
            )
            return True
        try:
            record_facts = self._facts(task)
        except ArchiveError:
            return False
        self.cables.move(cable, task.file, record_facts)
        return True

    def _facts(self, task: RecordTask) -> FactsRow:
        """Return the facts of a record, read from its file. Raises `ArchiveError`."""
        raw = read_record(self.root, task)
        location = (task.offset, task.length, task.crc, task.line)
        return facts_row(raw, location, formats.content_size(raw.header, raw.body))


# The files in archives


class Archives:
    """The archives of one run, found in earlier runs or in this one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        archive_rows = db.execute("SELECT path FROM file WHERE state = ?", (PACKED,))
        self._paths = {archive_path for (archive_path,) in archive_rows}
        damaged_sql = f"SELECT path FROM (SELECT path, id AS file FROM file) WHERE {IS_DAMAGED}"
        self._damaged = {path for (path,) in db.execute(damaged_sql)} & self._paths
        """The archives whose files may differ from the bytes that were compressed."""
        self.waiting: list[FileTask] = []
        """The archives that were read as files and whose contents must still be listed."""
        self.files = 0
        """The number of files in archives that this run has found, including ignored files."""
        self._taken: set[bytes] = set()

    def inside(self, archive: FoundFile) -> list[Inside]:
        """Return the known files in an unchanged archive; empty if the file is not an archive."""
        if archive.path not in self._paths:
            return []
        path_below = archive.path + b"/" if archive.path else b""
        member_rows = self._db.execute(
            "SELECT path, size, start FROM file WHERE path > ? AND path < ?",
            (path_below, path_below[:-1] + b"0" if path_below else b"\xff"),
        )
        files_inside = [
            Inside(path, size, archive.mtime_ns, start=start, depth=self._depth(path))
            for path, size, start in member_rows
        ]
        (records_left_out,) = self._db.execute(
            "SELECT total(records) FROM file WHERE state = ? AND path >= ? AND path < ?",
            (PACKED, archive.path, path_below[:-1] + b"0" if path_below else b"\xff"),
        ).fetchone()
        self.files += len(files_inside) + int(records_left_out)
        return files_inside

    def _depth(self, path: bytes) -> int:
        """Return the number of archives around a file."""
        return len(_above(path) & self._paths)

    def is_in_damaged(self, path: bytes) -> bool:
        """Return whether a file is in a damaged archive that lacks a checksum for each file."""
        return bool(self._damaged and _above(path) & self._damaged)

    def listed(self, root: Path, task: FileTask) -> Iterator[Inside | Trouble]:
        """Yield the files in a waiting archive, and its problems. Raises `OSError`."""
        self._paths.add(task.path)
        packed_file = FoundFile(task.path, task.size, task.mtime_ns)
        for listed_item in packed_files.listed(root, packed_file, task.depth + 1):
            self.files += listed_item.files if isinstance(listed_item, Trouble) else 1
            if isinstance(listed_item, Inside) and listed_item.path in self._taken:
                yield Trouble("a file inside it has the same path as another file", 1)
                continue
            if isinstance(listed_item, Inside):
                self._taken.add(listed_item.path)
            yield listed_item

    def settle(self, task: FileTask, troubles: list[Trouble]) -> None:
        """Record that all files of an archive are in the catalogue, inside a transaction."""
        self._db.execute(
            "UPDATE file SET mtime_ns = ?, records = ? WHERE id = ?",
            (task.mtime_ns, sum(trouble.files for trouble in troubles), task.file),
        )
        is_damaged = any(trouble.alters for trouble in troubles)
        (self._damaged.add if is_damaged else self._damaged.discard)(task.path)
        catalogue_file.set_switch(self._db, f"{DAMAGED}{task.file}", on=is_damaged)
        trouble_notes = ((trouble.files, trouble.reason) for trouble in troubles)
        self._problems(
            task,
            [
                f"{file_count:,} {reason}" if file_count else reason
                for file_count, reason in trouble_notes
            ],
        )

    def refuse(self, task: FileTask, reason: str) -> None:
        """Record that an archive cannot be read, inside a transaction; the next run tries again."""
        self._paths.discard(task.path)
        self._db.execute("UPDATE file SET state = ? WHERE id = ?", (UNREADABLE, task.file))
        self._problems(task, [f"cannot be read: {reason}"])

    def _problems(self, task: FileTask, reasons: list[str]) -> None:
        problem_rows = [(task.file, reason) for reason in reasons]
        self._db.executemany("INSERT INTO problem VALUES (?, 0, ?, NULL)", problem_rows)


def _above(path: bytes) -> set[bytes]:
    """Return the paths of possible archives around a file, including the empty path of the root."""
    path_parts = path.split(b"/")
    return {b"/".join(path_parts[:part_count]) for part_count in range(len(path_parts))}
