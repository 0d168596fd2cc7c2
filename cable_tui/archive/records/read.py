"""Reads records in place: what a worker makes of one, its facts and its grammar."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cable_tui import formats, telegram
from cable_tui.archive.records import best_record, packed_files, times, walk
from cable_tui.cable import Place, RawCable, Reference
from cable_tui.errors import ArchiveError
from cable_tui.formats.plain_rows import PlainRow
from cable_tui.query import Filed, flags
from cable_tui.query.flags import flags_of
from cable_tui.telegram import captions, top_fields
from cable_tui.telegram import facts as telegram_facts
from cable_tui.telegram.top_fields import TopFields
from cable_tui.telegram.warnings import warnings


def signs(raw: RawCable, top: TopFields, warnings: Sequence[str]) -> Iterator[str]:
    """Captions, parts of the classification, the given warnings, names of parts that are there."""
    for caption in captions.captions(top.top):
        yield flags.CORRECTED if caption.startswith(flags.CORRECTED) else caption
    yield from raw.classification.upper().split("//")
    yield from warnings
    present = {
        "header": raw.header.strip(),
        "subject": top.subject,
        "tag": top.tags,
        "reference": any(each.reference_id for each in top.references),
    }
    yield from (name for name, there in present.items() if there)


class SourceGone(ArchiveError):  # noqa: N818 - the cable's source is
    """The file of a cable has changed since it was indexed, or is gone."""


class RecordTask(NamedTuple):
    """A record to be read again at its location."""

    cable: int
    file: int
    path: bytes
    form: str
    offset: int
    length: int
    crc: int
    line: int
    head_end: int = 0
    """As in `GrammarRow`; 0 until the grammar has read it."""


class GrammarRow(NamedTuple):
    """What the grammar says of a cable, for the catalogue."""

    subject: str
    marking: str | None
    filed: Filed
    """What the facets of the grammar file the cable under."""
    cites: tuple[str, ...]
    """Canonical ids whose year the reference gives."""
    inferred: tuple[Reference, ...]
    """References whose year follows from the cable's own date: the archive may know better."""
    warnings: tuple[str, ...]
    created: str = ""
    """As in `Facts`, for the references whose year is inferred."""
    head_end: int = 0
    """Offset in the body behind the last of SUBJECT, TAGS and REF."""
    flags: int = 0
    """As `query.flags` has them."""
    length: int = 0
    """Characters of the body."""
    paragraphs: int = 0
    """Its numbered paragraphs."""


class FactsRow(NamedTuple):
    """What the container says of one record, for the catalogue."""

    canonical: str
    reference: str
    created: int
    """As `times.packed` has it."""
    created_from: int
    released: int
    """As `created`."""
    origin: str
    classification: str
    articles: tuple[str, ...]
    offset: int
    length: int
    crc: int
    line: int
    richness: int
    """As `records.best_record` has it."""
    grammar: GrammarRow | None = None
    """Where the record's text was read anyway and its references give their years."""


class Parsed(NamedTuple):
    """A record read again: what was made of it, or what is wrong with it."""

    task: RecordTask
    made: object
    problem: str = ""
    gone: bool = False
    """The file has changed: the next walk sees it, and the cable is done then."""


_FROM_PAGE = times.CREATED_FROM.index("page")
ENDED = "reading it ended the process that read it"
"""The problem of a record that ends every worker that reads it."""


def lost_record(task: RecordTask) -> list[Parsed]:
    """The result for a record that ends every worker that reads it."""
    return [Parsed(task, None, ENDED)]


def facts_row(
    raw: RawCable, location: tuple[int, int, int, int], extent: formats.ContentSize
) -> FactsRow:
    """A record's row for the catalogue; `location` is offset, length, CRC and line."""
    facts = telegram.facts_of(raw)
    return FactsRow(
        facts.canonical_id,
        facts.reference_id,
        times.packed(facts.created),
        times.CREATED_FROM.index(facts.created_from),
        times.packed(facts.released),
        facts.origin,
        facts.classification,
        raw.articles,
        *location,
        best_record.record_rank(raw, facts, extent),
    )


def plain_row(row: PlainRow, form: str) -> FactsRow:
    """The same for a row of a dump that gives its facts in plain columns."""
    reference_id = row.reference_id
    return FactsRow(
        telegram.canonical_id(reference_id),
        reference_id,
        times.of_minute(row.day, row.clock),
        _FROM_PAGE,
        0,
        row.origin,
        row.classification,
        (),
        row.offset,
        row.length,
        row.crc,
        row.line,
        best_record.ranked(form, 1, row.extent),
    )


def grammar_row(raw: RawCable, learned: frozenset[str]) -> GrammarRow:
    """A telegram's row for the catalogue, from its top alone. `learned` as in `Graph`."""
    facts = telegram.facts_of(raw)
    top = top_fields.top_fields(raw, facts, learned)
    cables = [each for each in top.references if each.reference_id]
    given = [each.reference_id or "" for each in cables if not each.year_inferred]
    codes = tuple(dict.fromkeys(warning.code for warning in warnings(raw, facts, top)))
    return GrammarRow(
        top.subject,
        top.subject_marking,
        Filed(tags=top.tags),
        tuple(dict.fromkeys(given)),
        tuple(each for each in cables if each.year_inferred),
        codes,
        facts.created,
        top.end,
        flags_of(signs(raw, top, codes)),
        len(raw.body),
        telegram_facts.paragraph_count(raw),
    )


def read_grammar(
    task: tuple[Path, list[RecordTask]], learned: frozenset[str] = frozenset()
) -> Iterator[list[Parsed]]:
    """The rows of the grammar for records, read in their files."""
    yield parsed(*task, lambda raw, _: grammar_row(raw, learned))


def parsed(
    root: Path, tasks: list[RecordTask], make: Callable[[RawCable, RecordTask], object]
) -> list[Parsed]:
    """The result of `make` for each record, or what is wrong with it."""
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
    """Reads records in their files; a file stays open while the next record is in it too."""

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
            self._stream = packed_files.opened(walk.full_path(self._root, path))
            self._path = path
            self._top = None
        return self._stream

    def top(self, form: formats.Format) -> bytes:
        """The bytes that the format needs before those of the record that was read last."""
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
    form = formats.named(task.form)
    path = walk.shown_path(root, task.path)
    if form is None:
        raise SourceGone(f"{path}: the format {task.form} is not known to this version")
    return form.at(files.top(form) + data, Place(path, task.offset, task.length))
