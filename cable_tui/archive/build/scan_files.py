"""The work on the user's files in a worker: open, sniff, and scan for the facts of the records.

Of a dump that changed, only new rows are parsed; for a row with the same bytes, only the location
is updated. An interrupted first reading continues at the last row that was committed, as long as
the size and time of the file are the same.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from time import monotonic
from typing import BinaryIO, Literal, cast

from cable_tui import formats
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.records import packed_files, walk
from cable_tui.archive.records.catalogue_rows import FactsRow, facts_row, grammar_row, plain_row
from cable_tui.archive.records.read import ENDED
from cable_tui.base.cable import Problem
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import replace
from cable_tui.formats import run_on
from cable_tui.formats.base import NotCables
from cable_tui.formats.child_process import patience
from cable_tui.formats.dump import Dump, PlainRow
from cable_tui.formats.encodings import is_utf16
from cable_tui.formats.packed import members, seekable
from cable_tui.formats.row_format import RowFormat

PACKED, UNREADABLE = "packed", "unreadable"
"""The states of a file that contains other files, and of a file that cannot be read."""
LATE = "late"
"""The state of a batch whose file is read in a later turn."""
Turn = Literal["at once", "briefly", "at length", "checked"]
"""The turn in which a file is read: slow files are read after the others. In the last turn, files
whose cables are already known are checked for damage.
"""
TURNS: tuple[Turn, ...] = ("at once", "briefly", "at length", "checked")
MUCH_LOST = 4.0
"""The number of seconds lost in a task after which its files get less time."""
SHOWN_AFTER = 0.5
"""The number of seconds after which a task sends the records found so far."""
UNPACK = "unpack it, for example with 7z x, and open the resulting folder"

_Item = PlainRow | formats.Record | formats.Kept | Problem


class FileTask(NamedTuple):
    """A file to be read to its end."""

    file: int
    path: bytes
    size: int
    mtime_ns: int
    known: bytes = b""
    """The records that need not be reparsed, in the format of `Reread.keys`."""
    offset: int = 0
    """The offset of the row at which an interrupted reading continues."""
    line: int = 1
    """The line number of that row."""
    start: int = packed_files.NO_START
    """The start of the file in its archive, as in `packed_files.Inside`."""
    depth: int = 0
    """The number of archives around the file, as in `packed_files.Inside`."""
    never_opened: str = ""
    """The type of a file that is never opened, as in `walk.FoundFile`."""
    turn: Turn = "at once"
    tables: tuple[str, ...] = ()
    """The tables that the reader named, as in `formats.sniff`."""


class FileBatch(NamedTuple):
    """A part of a file; the last part has `done` set."""

    file: int
    kind: str
    state: str
    rows: list[FactsRow]
    problems: list[tuple[int, str]]
    """Line numbers and reasons."""
    at: int
    """The number of bytes read so far, of those that the task asks for."""
    done: bool
    stable: bool = True
    """Whether the file was not written to while it was read."""
    kept: Sequence[formats.Kept] = ()
    """The known records, at their current locations."""
    seen: int = 0
    """The number of records, and of problems with records, found so far in this reading of the
    file.
    """
    in_order: bool = False
    """Whether the file is read fastest from start to end."""
    lost: float = 0.0
    """The number of seconds spent waiting for the file without a result."""
    settled: bool = False
    """Whether later runs do not retry the file unless asked to."""
    unchecked: bool = False
    """Whether the file has yet to be checked for damage."""
    resumes: bool = False
    """Whether an interrupted reading continues at the last row."""
    damaged: bool = False
    """Whether bytes of the file differ from those that were compressed."""


def read_files(task: tuple[Path, list[FileTask]], pace: Pace) -> Iterator[list[FileBatch]]:
    """Scan files; yield a list of batches at least every `Pace.rows` records, or after a moment."""
    root, file_tasks = task
    file_batches: list[FileBatch] = []
    row_count = 0
    seconds_lost = 0.0
    time_sent = monotonic()
    for file_task in file_tasks:
        for batch in _read_patiently(root, file_task, seconds_lost, pace):
            file_batches.append(batch)
            row_count += len(batch.rows) + len(batch.kept) + 1
            seconds_lost += batch.lost
            if row_count >= pace.rows or monotonic() - time_sent > SHOWN_AFTER:
                yield file_batches
                file_batches, row_count, time_sent = [], 0, monotonic()
    if file_batches:
        yield file_batches


def _read_patiently(
    root: Path, task: FileTask, seconds_lost: float, pace: Pace
) -> Iterator[FileBatch]:
    """Scan a file in its turn: if it takes too long in the second turn, it is read in the third."""
    short_patience = pace.briefly if seconds_lost < MUCH_LOST else pace.more_briefly
    with patience(short_patience if task.turn in {"at once", "briefly"} else inf) as wait:
        for batch in _read_file(root, task, pace):
            if wait.lost and task.turn == "briefly":
                yield _late(task, batch.kind)._replace(lost=wait.lost)
                return
            yield batch._replace(lost=wait.lost) if batch.done else batch


def _late(task: FileTask, kind: str) -> FileBatch:
    return FileBatch(task.file, kind, LATE, [], [], 0, True)


def left_out(task: FileTask, lost: float) -> FileBatch:
    """Return the batch for a file for which there is no time."""
    reason = (
        f"skipped: slow files without cables took {lost:.0f} s; to read this file as well, run "
        "cable-tui index PATH "
        "--retry"
    )
    batch = FileBatch(task.file, "unreadable", UNREADABLE, [], [(0, reason)], task.size, True)
    return batch._replace(settled=True)


def _sniffed(root: Path, task: FileTask, head: bytes) -> formats.Format | formats.Skip:
    """Return the format of a file. A file that is the whole archive was chosen by the reader."""
    path = packed_files.inner(walk.shown_path(root, task.path))
    return formats.sniff(path, head, chosen=not task.path, tables=task.tables)


def lost_file(task: FileTask) -> list[FileBatch]:
    """Return the batch for a file that kills every worker that reads it."""
    problems = [(0, ENDED)]
    return [FileBatch(task.file, "unreadable", UNREADABLE, [], problems, task.size, True)]


def _read_file(root: Path, task: FileTask, pace: Pace) -> Iterator[FileBatch]:
    if task.never_opened:
        yield FileBatch(task.file, task.never_opened, "skipped", [], [], task.size, True)
        return
    record_count = 0
    try:
        path = walk.full_path(root, task.path)
        with packed_files.opened(path, task.start, task.size) as stream:
            try:
                for batch in _scan(root, task, stream, pace):
                    yield batch
                    record_count = batch.seen
            except NotCables as not_cables:
                yield _without_records(task, not_cables.skip, b"", seekable.damage(stream))
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        unread_batch = FileBatch(
            task.file, "unreadable", UNREADABLE, [], [(0, reason)], task.size, True
        )
        yield unread_batch._replace(seen=record_count)


def _scan(root: Path, task: FileTask, stream: BinaryIO, pace: Pace) -> Iterator[FileBatch]:
    path = walk.shown_path(root, task.path)
    file_start = stream.read(formats.HEAD)
    file_format = _sniffed(root, task, file_start)
    if isinstance(file_format, formats.Skip):
        yield _without_records(task, file_format, file_start, seekable.damage(stream))
        return
    if file_format.apart and task.turn == "at once":
        yield _late(task, file_format.name)
        return
    in_order = seekable.in_order(stream)
    can_resume = isinstance(file_format, RowFormat) and not is_utf16(file_start)
    batch = FileBatch(task.file, file_format.known_as, "format", [], [], 0, False, kept=[])
    batch = batch._replace(in_order=in_order, resumes=can_resume)
    if task.turn == "checked":
        damage_text = file_format.damage(stream)
        yield batch._replace(problems=[(0, damage_text)] if damage_text else [], done=True)
        return
    batch_size = next_size = pace.rows
    record_count = note_count = 0
    for record_count, record in enumerate(_items(file_format, task, stream, path), 1):
        note_count += isinstance(record, Problem) and not record.line
        if isinstance(record, PlainRow):
            batch.rows.append(plain_row(record, file_format.name))
        else:
            _put(batch, record)
        if record_count >= batch_size:
            yield batch._replace(
                at=_read_up_to(batch) - task.offset, seen=record_count - note_count
            )
            batch = batch._replace(rows=[], problems=[], kept=[])
            next_size = min(2 * next_size, pace.most_rows)
            batch_size += next_size
    seekable.read_to_end(stream)
    if damage_text := seekable.damage(stream):
        batch.problems.append((0, damage_text))
    elif not record_count and not task.offset:
        batch.problems.append(
            (0, f"contains no records, although it looks like a {file_format.label}")
        )
    is_stable = packed_files.is_unchanged(walk.full_path(root, task.path), task.size, task.mtime_ns)
    last_batch = batch._replace(at=task.size - task.offset, done=True, stable=is_stable)
    last_batch = last_batch._replace(
        unchecked=file_format.checked_later, damaged=seekable.is_altered(stream)
    )
    yield last_batch._replace(seen=record_count - note_count)


def _without_records(task: FileTask, skip: formats.Skip, head: bytes, damage: str) -> FileBatch:
    """Return the batch for an archive of files, or for a file that no format reads."""
    file_state = "silent" if skip.silent else "skipped"
    batch = FileBatch(task.file, skip.kind, file_state, [], [], task.size, True)
    if skip.kind.startswith("archive") and members.container(head):
        if task.depth < packed_files.DEEPEST:
            return batch._replace(state=PACKED, at=0)
        too_deep = "archives nested more than two deep are not opened"
        return batch._replace(problems=[(0, f"{too_deep}: {UNPACK}")])
    if damage:
        return batch._replace(state=UNREADABLE, problems=[(0, damage)])
    if skip.kind.startswith("archive"):
        return batch._replace(
            problems=[(0, f"an {skip.kind} inside another archive is not opened: {UNPACK}")]
        )
    return batch._replace(problems=[(0, skip.why)] if skip.why else [])


def _items(
    file_format: formats.Format, task: FileTask, stream: BinaryIO, path: str
) -> Iterator[_Item]:
    """Yield the records of a file: all, or those that are not known, from the task's row."""
    stream.seek(task.offset)
    file_items: Iterator[_Item]
    if isinstance(file_format, Dump) and not task.known:
        file_items = file_format.briefly(stream, path)
    elif file_format.by_rows and (task.known or task.offset):
        file_items = file_format.again(stream, path, keys_of(task.known))
    else:
        stream.seek(0)
        yield from file_format.records(stream, path)
        return
    if task.offset:
        file_items = (_moved(file_item, task.offset, task.line - 1) for file_item in file_items)
    yield from file_items


def _moved(record: _Item, byte_offset: int, line_offset: int) -> _Item:
    """Return the item with its location in the whole file."""
    if isinstance(record, PlainRow | formats.Kept):
        return record._replace(offset=record.offset + byte_offset, line=record.line + line_offset)
    if isinstance(record, Problem):
        return replace(record, line=record.line + line_offset)
    location = replace(record.location, offset=record.location.offset + byte_offset)
    return replace(record, location=location, line=record.line + line_offset)


def _put(batch: FileBatch, record: formats.Record | formats.Kept | Problem) -> None:
    if isinstance(record, Problem):
        batch.problems.append((record.line, record.reason))
    elif isinstance(record, formats.Kept):
        cast("list[formats.Kept]", batch.kept).append(record)
    else:
        batch.rows.append(_scanned(record))


def _read_up_to(batch: FileBatch) -> int:
    """Return the offset at which the last record of a batch ends."""
    last_row_of_each = [
        located_rows[-1] for located_rows in (batch.rows, batch.kept) if located_rows
    ]
    return max((last_row.offset + last_row.length for last_row in last_row_of_each), default=0)


def _scanned(record: formats.Record) -> FactsRow:
    location = record.location
    raw = run_on.first_alone(record.cable) if record.whole else record.cable
    extent = record.extent or formats.content_size(raw.header, raw.body)
    facts_row_read = facts_row(
        raw, (location.offset, location.length, record.crc, record.line), extent
    )
    if record.left:
        return facts_row_read._replace(left=record.left)
    if record.whole and not (grammar := grammar_row(raw, frozenset())).inferred:
        # Years that follow from the serials of the posts are known only when all facts are.
        facts_row_read = facts_row_read._replace(grammar=grammar)
    return facts_row_read


# What is known of a file that is read again

_SCAN = "scan:"
"""The prefix of the state of a first reading: file number; size, time, offset and line."""
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
    """The known records of a file that is being reread."""

    known: dict[int, KnownRecord] = field(default_factory=dict)
    """The known records by `formats.key`; empty if every record has to be reread."""
    found: set[int] = field(default_factory=set)
    """The cables that have been found in the file so far."""

    @property
    def keys(self) -> bytes:
        """The keys of `known`, for the worker that reads the file."""
        return array("Q", self.known).tobytes()


def keys_of(packed: bytes) -> frozenset[int]:
    """Return the keys that `Reread.keys` encoded."""
    record_keys = array("Q")
    record_keys.frombytes(packed)
    return frozenset(record_keys)


def begin_reread(db: sqlite3.Connection, file: int, *, fresh: bool) -> Reread:
    """Start to reread a file; if `fresh`, no record counts as known."""
    (file_kind,) = db.execute("SELECT kind FROM file WHERE id = ?", (file,)).fetchone()
    file_format = formats.named(file_kind)
    if fresh or not (file_format and file_format.by_rows):
        return Reread()
    known_rows = db.execute(_KNOWN, (file, file))
    return Reread(
        {
            formats.key(length, crc): KnownRecord(*record_facts)
            for length, crc, *record_facts in known_rows
        }
    )


class Scan(NamedTuple):
    """The state of a first reading: the last row that was committed."""

    size: int
    mtime_ns: int
    offset: int
    line: int


def interrupted_scans(db: sqlite3.Connection) -> dict[int, Scan]:
    """Return the interrupted first readings, by file."""
    state_rows = db.execute("SELECT key, value FROM state WHERE key GLOB ?", (f"{_SCAN}*",))
    return {
        int(state_key[len(_SCAN) :]): Scan(*map(int, state_value.split()))
        for state_key, state_value in state_rows
    }


def save_scan(db: sqlite3.Connection, file: int, scan: Scan) -> None:
    """Store the progress of a first reading, inside the transaction that writes its rows."""
    catalogue_file.set_state(db, f"{_SCAN}{file}", " ".join(map(str, scan)))


def drop_scans(db: sqlite3.Connection, files: Sequence[int]) -> None:
    """Delete the progress of first readings, inside an open transaction."""
    db.executemany("DELETE FROM state WHERE key = ?", [(f"{_SCAN}{file}",) for file in files])
