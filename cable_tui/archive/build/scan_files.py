"""What a worker does with the user's files: open, sniff, scan for the facts of their records.

Of a dump that changed only the new rows are parsed; of a row with the same bytes only the location
may be new. A first reading that was interrupted continues at the last row that was committed, as
long as size and time of the file are the same.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from time import monotonic
from typing import BinaryIO, Literal, NamedTuple, cast

from cable_tui import formats
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.records import packed_files, walk
from cable_tui.archive.records.catalogue_rows import FactsRow, facts_row, grammar_row, plain_row
from cable_tui.archive.records.read import ENDED
from cable_tui.base.cable import Problem
from cable_tui.base.value import replace
from cable_tui.formats import run_on
from cable_tui.formats.base import NotCables
from cable_tui.formats.child_process import patience
from cable_tui.formats.dump import Dump, PlainRow
from cable_tui.formats.encodings import is_utf16
from cable_tui.formats.packed import members, seekable
from cable_tui.formats.row_format import RowFormat

PACKED, UNREADABLE = "packed", "unreadable"
"""States of a file that is an archive of others, and of one that cannot be read."""
LATE = "late"
"""The state of a batch whose file is read in a later turn."""
Turn = Literal["at once", "briefly", "at length", "checked"]
"""The turn in which a file is read: slow files are read after the others.

In the last one, files whose cables are known already are checked for damage.
"""
TURNS: tuple[Turn, ...] = ("at once", "briefly", "at length", "checked")
MUCH_LOST = 4.0
"""Seconds lost in one task after which its files get less time."""
SHOWN_AFTER = 0.5
"""Seconds after which a task sends what it has found."""
UNPACK = "unpack it, for example with 7z x, and open the folder it makes"

_Item = PlainRow | formats.Record | formats.Kept | Problem


class FileTask(NamedTuple):
    """A file to be read to its end."""

    file: int
    path: bytes
    size: int
    mtime_ns: int
    known: bytes = b""
    """Records that need not be parsed again, packed as in `Reread.keys`."""
    offset: int = 0
    """Offset of the row at which an interrupted reading continues."""
    line: int = 1
    """Line of that row."""
    start: int = packed_files.NO_START
    """The start of the file in its archive, as in `packed_files.Inside`."""
    depth: int = 0
    """Number of archives around the file, as in `packed_files.Inside`."""
    never_opened: str = ""
    """The kind of a file that is never opened, as in `walk.FoundFile`."""
    turn: Turn = "at once"
    tables: tuple[str, ...] = ()
    """The tables that the reader named, as in `formats.sniff`."""


class FileBatch(NamedTuple):
    """A part of a file; the last part of it has `done`."""

    file: int
    kind: str
    state: str
    rows: list[FactsRow]
    problems: list[tuple[int, str]]
    """Lines and reasons."""
    at: int
    """Bytes read so far, of those that the task asks for."""
    done: bool
    stable: bool = True
    """Whether nothing was written to the file while it was read."""
    kept: Sequence[formats.Kept] = ()
    """Known records, at their present locations."""
    seen: int = 0
    """Records, and problems of records, that this reading of the file has met so far."""
    in_order: bool = False
    """Whether the file is read fastest from start to end."""
    lost: float = 0.0
    """Seconds of waiting for the file without success."""
    settled: bool = False
    """Whether no later run tries to read the file on its own."""
    unchecked: bool = False
    """Whether the file is yet to be checked for damage."""
    resumes: bool = False
    """Whether a reading that is interrupted goes on at the last row."""
    damaged: bool = False
    """Whether bytes of the file are not those that were packed."""


def read_files(task: tuple[Path, list[FileTask]], pace: Pace) -> Iterator[list[FileBatch]]:
    """Scan files: a list of batches at least every `Pace.rows` records, or after a moment."""
    root, files = task
    file_batches: list[FileBatch] = []
    row_count = 0
    seconds_lost = 0.0
    time_sent = monotonic()
    for file in files:
        for batch in _read_patiently(root, file, seconds_lost, pace):
            file_batches.append(batch)
            row_count += len(batch.rows) + len(batch.kept) + 1
            seconds_lost += batch.lost
            if row_count >= pace.rows or monotonic() - time_sent > SHOWN_AFTER:
                yield file_batches
                file_batches, row_count, time_sent = [], 0, monotonic()
    if file_batches:
        yield file_batches


def _read_patiently(root: Path, task: FileTask, lost: float, pace: Pace) -> Iterator[FileBatch]:
    """Scan a file in its turn: a file that takes too long in the second is read in the third."""
    briefly = pace.briefly if lost < MUCH_LOST else pace.more_briefly
    with patience(briefly if task.turn in {"at once", "briefly"} else inf) as wait:
        for batch in _read_file(root, task, pace):
            if wait.lost and task.turn == "briefly":
                yield _late(task, batch.kind)._replace(lost=wait.lost)
                return
            yield batch._replace(lost=wait.lost) if batch.done else batch


def _late(task: FileTask, kind: str) -> FileBatch:
    return FileBatch(task.file, kind, LATE, [], [], 0, True)


def left_out(task: FileTask, lost: float) -> FileBatch:
    """Return the batch of a file for which there is no time."""
    reason = (
        f"skipped: slow files that contained no cables took {lost:.0f} s; cable-tui index PATH "
        "--retry reads it, however long it takes"
    )
    batch = FileBatch(task.file, "unreadable", UNREADABLE, [], [(0, reason)], task.size, True)
    return batch._replace(settled=True)


def _sniffed(root: Path, task: FileTask, head: bytes) -> formats.Format | formats.Skip:
    """Return the format of a file. One that is the whole archive was chosen by the reader."""
    path = packed_files.inner(walk.shown_path(root, task.path))
    return formats.sniff(path, head, chosen=not task.path, tables=task.tables)


def lost_file(task: FileTask) -> list[FileBatch]:
    """Return the batch of a file that ends every worker that reads it."""
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
            except NotCables as none:
                yield _without_records(task, none.skip, b"", seekable.damage(stream))
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        unread_batch = FileBatch(
            task.file, "unreadable", UNREADABLE, [], [(0, reason)], task.size, True
        )
        yield unread_batch._replace(seen=record_count)


def _scan(root: Path, task: FileTask, stream: BinaryIO, pace: Pace) -> Iterator[FileBatch]:
    path = walk.shown_path(root, task.path)
    head = stream.read(formats.HEAD)
    form = _sniffed(root, task, head)
    if isinstance(form, formats.Skip):
        yield _without_records(task, form, head, seekable.damage(stream))
        return
    if form.apart and task.turn == "at once":
        yield _late(task, form.name)
        return
    in_order = seekable.in_order(stream)
    can_resume = isinstance(form, RowFormat) and not is_utf16(head)
    batch = FileBatch(task.file, form.known_as, "format", [], [], 0, False, kept=[])
    batch = batch._replace(in_order=in_order, resumes=can_resume)
    if task.turn == "checked":
        damage = form.damage(stream)
        yield batch._replace(problems=[(0, damage)] if damage else [], done=True)
        return
    batch_size = size = pace.rows
    record_count = notes = 0
    for record_count, record in enumerate(_items(form, task, stream, path), 1):
        notes += isinstance(record, Problem) and not record.line
        if isinstance(record, PlainRow):
            batch.rows.append(plain_row(record, form.name))
        else:
            _put(batch, record)
        if record_count >= batch_size:
            yield batch._replace(at=_read_up_to(batch) - task.offset, seen=record_count - notes)
            batch = batch._replace(rows=[], problems=[], kept=[])
            size = min(2 * size, pace.most_rows)
            batch_size += size
    seekable.read_to_end(stream)
    if damage := seekable.damage(stream):
        batch.problems.append((0, damage))
    elif not record_count and not task.offset:
        batch.problems.append((0, f"no record in it, though it looks like a {form.label}"))
    stable = packed_files.is_unchanged(walk.full_path(root, task.path), task.size, task.mtime_ns)
    last_batch = batch._replace(at=task.size - task.offset, done=True, stable=stable)
    last_batch = last_batch._replace(
        unchecked=form.checked_later, damaged=seekable.is_altered(stream)
    )
    yield last_batch._replace(seen=record_count - notes)


def _without_records(task: FileTask, skip: formats.Skip, head: bytes, damage: str) -> FileBatch:
    """Return the batch of an archive of files, or of a file that no format reads."""
    state = "silent" if skip.silent else "skipped"
    batch = FileBatch(task.file, skip.kind, state, [], [], task.size, True)
    if skip.kind.startswith("archive") and members.container(head):
        if task.depth < packed_files.DEEPEST:
            return batch._replace(state=PACKED, at=0)
        deep = "an archive in an archive in an archive is not opened"
        return batch._replace(problems=[(0, f"{deep}: {UNPACK}")])
    if damage:
        return batch._replace(state=UNREADABLE, problems=[(0, damage)])
    if skip.kind.startswith("archive"):
        return batch._replace(problems=[(0, f"an {skip.kind} is not opened here: {UNPACK}")])
    return batch._replace(problems=[(0, skip.why)] if skip.why else [])


def _items(form: formats.Format, task: FileTask, stream: BinaryIO, path: str) -> Iterator[_Item]:
    """Yield the records of a file: all of them, or those that are not known, from a row on."""
    stream.seek(task.offset)
    items: Iterator[_Item]
    if isinstance(form, Dump) and not task.known:
        items = form.briefly(stream, path)
    elif form.by_rows and (task.known or task.offset):
        items = form.again(stream, path, keys_of(task.known))
    else:
        stream.seek(0)
        yield from form.records(stream, path)
        return
    if task.offset:
        items = (_moved(item, task.offset, task.line - 1) for item in items)
    yield from items


def _moved(record: _Item, bytes_: int, lines: int) -> _Item:
    """Return the item with its location in the whole file."""
    if isinstance(record, PlainRow | formats.Kept):
        return record._replace(offset=record.offset + bytes_, line=record.line + lines)
    if isinstance(record, Problem):
        return replace(record, line=record.line + lines)
    location = replace(record.location, offset=record.location.offset + bytes_)
    return replace(record, location=location, line=record.line + lines)


def _put(batch: FileBatch, record: formats.Record | formats.Kept | Problem) -> None:
    if isinstance(record, Problem):
        batch.problems.append((record.line, record.reason))
    elif isinstance(record, formats.Kept):
        cast("list[formats.Kept]", batch.kept).append(record)
    else:
        batch.rows.append(_scanned(record))


def _read_up_to(batch: FileBatch) -> int:
    """Return where the last record of a batch ends."""
    last_row_of_each = [rows[-1] for rows in (batch.rows, batch.kept) if rows]
    return max((row.offset + row.length for row in last_row_of_each), default=0)


def _scanned(record: formats.Record) -> FactsRow:
    location = record.location
    raw = run_on.first_alone(record.cable) if record.whole else record.cable
    extent = record.extent or formats.content_size(raw.header, raw.body)
    row = facts_row(raw, (location.offset, location.length, record.crc, record.line), extent)
    if record.left:
        return row._replace(left=record.left)
    if record.whole and not (grammar := grammar_row(raw, frozenset())).inferred:
        # Years that follow from the serials of the posts are known only when all facts are.
        row = row._replace(grammar=grammar)
    return row


# What is known of a file that is read again

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
    """Known records by `formats.key`; empty if every record has to be read again."""
    found: set[int] = field(default_factory=set)
    """The cables that were found in it so far."""

    @property
    def keys(self) -> bytes:
        """The keys of `known`, for the worker that reads the file."""
        return array("Q", self.known).tobytes()


def keys_of(packed: bytes) -> frozenset[int]:
    """Return the keys that `Reread.keys` packed."""
    keys = array("Q")
    keys.frombytes(packed)
    return frozenset(keys)


def begin_reread(db: sqlite3.Connection, file: int, *, fresh: bool) -> Reread:
    """Begin to read a file again; if all is read `fresh`, no record counts as known."""
    (kind,) = db.execute("SELECT kind FROM file WHERE id = ?", (file,)).fetchone()
    form = formats.named(kind)
    if fresh or not (form and form.by_rows):
        return Reread()
    rows = db.execute(_KNOWN, (file, file))
    return Reread(
        {formats.key(length, crc): KnownRecord(*facts_kept) for length, crc, *facts_kept in rows}
    )


class Scan(NamedTuple):
    """The state of a first reading: the last row that was committed."""

    size: int
    mtime_ns: int
    offset: int
    line: int


def interrupted_scans(db: sqlite3.Connection) -> dict[int, Scan]:
    """Return interrupted first readings, by file."""
    rows = db.execute("SELECT key, value FROM state WHERE key GLOB ?", (f"{_SCAN}*",))
    return {int(key[len(_SCAN) :]): Scan(*map(int, value.split())) for key, value in rows}


def save_scan(db: sqlite3.Connection, file: int, scan: Scan) -> None:
    """Store how far a first reading came, inside the transaction that writes its rows."""
    catalogue_file.set_state(db, f"{_SCAN}{file}", " ".join(map(str, scan)))


def drop_scans(db: sqlite3.Connection, files: Sequence[int]) -> None:
    """Forget how far first readings came, inside an open transaction."""
    db.executemany("DELETE FROM state WHERE key = ?", [(f"{_SCAN}{file}",) for file in files])
