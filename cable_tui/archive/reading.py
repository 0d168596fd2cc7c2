"""What a worker does with the user's files: open, sniff, scan, read a record again at its place.

The functions here run in worker processes; what they send back are tuples of plain values.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cable_tui import formats, telegram
from cable_tui.archive import sources, times, walk
from cable_tui.archive.richness import richness
from cable_tui.cable import Place, Problem, RawCable, Reference
from cable_tui.errors import ArchiveError
from cable_tui.formats import packed
from cable_tui.telegram import fields
from cable_tui.telegram.warnings import warnings

ROWS = 1000
"""Records a batch of a large file."""


class SourceGone(ArchiveError):  # noqa: N818 - the cable's source is
    """The file that a cable stands in has changed since it was indexed, or is gone."""


class FileTask(NamedTuple):
    """A file to be read to its end."""

    file: int
    path: bytes
    size: int
    mtime_ns: int


class RecordTask(NamedTuple):
    """A record to be read again at its place."""

    cable: int
    file: int
    path: bytes
    form: str
    offset: int
    length: int
    crc: int
    line: int
    head_end: int = 0
    """As in `GrammarRow`, where the grammar has been there."""


class GrammarRow(NamedTuple):
    """What the grammar says of a cable, for the catalogue."""

    subject: str
    marking: str | None
    tags: tuple[str, ...]
    cites: tuple[str, ...]
    """Canonical ids whose year the reference gives."""
    inferred: tuple[Reference, ...]
    """References whose year the cable's own date lends: the archive may know better."""
    warnings: tuple[str, ...]
    created: str = ""
    """As in `Facts`, for the references whose year is inferred."""
    head_end: int = 0
    """Offset in the body behind the last of SUBJECT, TAGS and REF."""


class FactsRow(NamedTuple):
    """What the container says of one record, for the catalogue."""

    canonical: str
    reference: str
    created: str
    created_from: int
    released: str
    origin: str
    classification: str
    articles: tuple[str, ...]
    offset: int
    length: int
    crc: int
    line: int
    richness: int
    """As `archive.richness` has it."""
    grammar: GrammarRow | None = None
    """Where the record's text was at hand anyway and says its own years."""


class FileBatch(NamedTuple):
    """A part of a file; the last part of it has `done`."""

    file: int
    kind: str
    state: str
    rows: list[FactsRow]
    problems: list[tuple[int, str]]
    """Lines and reasons."""
    at: int
    """Bytes read up to here."""
    done: bool
    stable: bool = True
    """False where the file was written to while it was read."""


class Parsed(NamedTuple):
    """A record read again: what was made of it, or what is wrong with it."""

    task: RecordTask
    made: object
    problem: str = ""
    gone: bool = False
    """The file is not as it was: the next walk will see it, and the cable is done then."""


def read_files(task: tuple[Path, list[FileTask]]) -> Iterator[list[FileBatch]]:
    """Scan files: a list of batches at least every `ROWS` records."""
    root, files = task
    batches: list[FileBatch] = []
    rows = 0
    for file in files:
        for batch in _read_file(root, file):
            batches.append(batch)
            rows += len(batch.rows) + 1
            if rows >= ROWS:
                yield batches
                batches, rows = [], 0
    if batches:
        yield batches


_ENDED = "reading it ended the process that read it"


def lost_file(task: FileTask) -> list[FileBatch]:
    """A file that no worker survives."""
    problems = [(0, _ENDED)]
    return [FileBatch(task.file, "unreadable", "unreadable", [], problems, task.size, True)]


def lost_record(task: RecordTask) -> list[Parsed]:
    """A record that no worker survives."""
    return [Parsed(task, None, _ENDED)]


def _read_file(root: Path, task: FileTask) -> Iterator[FileBatch]:
    try:
        with sources.opened(walk.full_path(root, task.path)) as stream:
            yield from _scan(root, task, stream)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or 'not a regular file'}"
        yield FileBatch(task.file, "unreadable", "unreadable", [], [(0, reason)], task.size, True)


def _scan(root: Path, task: FileTask, stream: BinaryIO) -> Iterator[FileBatch]:
    path = walk.shown_path(root, task.path)
    found = formats.sniff(sources.inner(path), stream.read(formats.HEAD))
    if isinstance(found, formats.Skip):
        state = "silent" if found.silent else "skipped"
        yield FileBatch(task.file, found.kind, state, [], [], task.size, True)
        return
    stream.seek(0)
    batch = FileBatch(task.file, found.name, "format", [], [], 0, False)
    for item in found.records(stream, path):
        if isinstance(item, Problem):
            batch.problems.append((item.line, item.reason))
        else:
            batch.rows.append(_scanned(item))
        if len(batch.rows) + len(batch.problems) >= ROWS:
            at = batch.rows[-1].offset + batch.rows[-1].length if batch.rows else 0
            yield batch._replace(at=at)
            batch = batch._replace(rows=[], problems=[])
    if damage := packed.damage(stream):
        batch.problems.append((0, damage))
    stable = sources.is_unchanged(walk.full_path(root, task.path), task.size, task.mtime_ns)
    yield batch._replace(at=task.size, done=True, stable=stable)


def _scanned(record: formats.Record) -> FactsRow:
    place = record.place
    raw = record.cable
    extent = record.extent or formats.extent(raw.header, raw.body)
    row = facts_row(raw, (place.offset, place.length, record.crc, record.line), extent)
    if record.whole and not (grammar := grammar_row(raw, frozenset())).inferred:
        # The years that the posts' serials tell are known only when all facts are.
        row = row._replace(grammar=grammar)
    return row


def facts_row(raw: RawCable, place: tuple[int, int, int, int], extent: formats.Extent) -> FactsRow:
    """What the catalogue wants of a record; `place` is offset, length, CRC and line."""
    facts = telegram.facts(raw)
    return FactsRow(
        facts.canonical_id,
        facts.reference_id,
        facts.created,
        times.CREATED_FROM.index(facts.created_from),
        facts.released,
        facts.origin,
        facts.classification,
        raw.articles,
        *place,
        richness(raw, facts, extent),
    )


def grammar_row(raw: RawCable, learned: frozenset[str]) -> GrammarRow:
    """What the catalogue wants of a telegram: its top, and no more. `learned` as in `Graph`."""
    facts = telegram.facts(raw)
    top = fields.top_fields(raw, facts, learned)
    cables = [each for each in top.references if each.reference_id]
    given = [each.reference_id or "" for each in cables if not each.year_inferred]
    return GrammarRow(
        top.subject,
        top.subject_marking,
        top.tags,
        tuple(dict.fromkeys(given)),
        tuple(each for each in cables if each.year_inferred),
        tuple(dict.fromkeys(warning.code for warning in warnings(raw, facts, top))),
        facts.created,
        top.end,
    )


def read_grammar(
    task: tuple[Path, list[RecordTask]], learned: frozenset[str] = frozenset()
) -> Iterator[list[Parsed]]:
    """The grammar of records, read at their places."""
    yield parsed(*task, lambda raw, _: grammar_row(raw, learned))


def parsed(
    root: Path, tasks: list[RecordTask], make: Callable[[RawCable, RecordTask], object]
) -> list[Parsed]:
    """What `make` makes of each record, or what is wrong with it."""
    made: list[Parsed] = []
    with Files(root) as files:
        for task in tasks:
            try:
                made.append(Parsed(task, make(_raw(root, task, files), task)))
            except SourceGone as error:
                made.append(Parsed(task, None, str(error), gone=True))
            except formats.BrokenRecord as error:
                made.append(Parsed(task, None, str(error)))
    return made


class Files:
    """Reads records at their places; a file stays open while the records asked for are in it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path: bytes | None = None
        self._stream: BinaryIO | None = None
        self._top: bytes | None = None

    def __enter__(self) -> Files:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream:
            self._stream.close()
            self._stream = None

    def read(self, task: RecordTask) -> bytes:
        """The bytes of a record, checked against its CRC. Raises `SourceGone`."""
        path = walk.shown_path(self._root, task.path)
        try:
            stream = self._opened(task.path)
            stream.seek(task.offset)
            data = stream.read(task.length)
        except OSError as error:
            why = error.strerror or "it is no regular file"
            raise SourceGone(f"{path}: the cable's file cannot be read: {why}") from error
        if zlib.crc32(data) != task.crc:
            raise SourceGone(f"{path}: the file has changed since it was indexed; index it again")
        return data

    def cable(self, task: RecordTask) -> RawCable:
        """A record read again. Raises `SourceGone`, or `formats.BrokenRecord`."""
        return _raw(self._root, task, self)

    def _opened(self, path: bytes) -> BinaryIO:
        if self._stream is None or path != self._path:
            self.__exit__()
            self._stream = sources.opened(walk.full_path(self._root, path))
            self._path = path
            self._top = None
        return self._stream

    def top(self, form: formats.Format) -> bytes:
        """What the format wants before the bytes of the record that was read last."""
        if self._top is None:
            self._top = formats.first_line(form, self._stream) if self._stream else b""
        return self._top


def read_bytes(root: Path, task: RecordTask) -> bytes:
    """The bytes of one record. Raises `SourceGone`."""
    with Files(root) as files:
        return files.read(task)


def read_record(root: Path, task: RecordTask) -> RawCable:
    """A record read again. Raises `SourceGone`, or `formats.BrokenRecord`."""
    with Files(root) as files:
        return files.cable(task)


def _raw(root: Path, task: RecordTask, files: Files) -> RawCable:
    data = files.read(task)
    form = formats.FORMATS_BY_NAME.get(task.form)
    path = walk.shown_path(root, task.path)
    if form is None:
        raise SourceGone(f"{path}: the format {task.form} is not known to this version")
    return form.at(files.top(form) + data, Place(path, task.offset, task.length))
