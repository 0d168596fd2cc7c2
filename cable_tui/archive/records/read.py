"""Read records in place, in the user's own files, including those that could not be parsed."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from cable_tui import formats
from cable_tui.archive.records import packed_files, walk
from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.errors import ArchiveError
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import replace
from cable_tui.formats import run_on
from cable_tui.formats.base import PageFormat
from cable_tui.text import clean_text


class SourceGone(ArchiveError):  # noqa: N818 - the cable's source is
    """Raised if the file of a cable has changed since it was indexed, or is gone."""


class RecordTask(NamedTuple):
    """A record to be reread at its location."""

    cable: int
    file: int
    path: bytes
    form: str
    offset: int
    length: int
    crc: int
    line: int
    head_end: int = 0
    """The end of the head as in `GrammarRow`; 0 until the grammar has read it."""
    start: int = packed_files.NO_START
    """The offset of the file in its archive, as in `packed_files.Inside`."""
    damaged: bool = False
    """Whether bytes of the file differ from those that were compressed."""
    number: int = 1
    """The number of the record: the displayed record is 1, the others follow by richness."""
    further: tuple[RecordTask, ...] = ()
    """Other records of the cable, to be read with it."""


class Parsed(NamedTuple):
    """A record that was reread: its content, or a description of its problem."""

    task: RecordTask
    made: object
    problem: str = ""
    gone: bool = False
    """Whether the file has changed. If so, the next walk notices it and handles the cable."""


_LARGE = 1 << 16
"""The minimum size, in bytes, of a record that may be shared by a thousand cables; the longest
known body has 66 kB.
"""
ENDED = "the process that was reading it ended"
"""The problem of a record that kills every worker that reads it."""


def lost_record(task: RecordTask) -> list[Parsed]:
    """Return the result for a record that kills every worker that reads it."""
    return [Parsed(task, None, ENDED)]


class FurtherRecord(NamedTuple):
    """A record other than the displayed record."""

    task: RecordTask
    raw: RawCable


Make = Callable[[RawCable, RecordTask, Sequence[FurtherRecord]], object]
"""A function that makes a value from a record and its readable further records."""


def parsed(root: Path, tasks: list[RecordTask], make: Make) -> list[Parsed]:
    """Return the result of `make` for each record, or a description of its problem."""
    parsed_cables: list[Parsed] = []
    with Files(root) as files:
        further_records = read_further(files, tasks)
        for task in tasks:
            try:
                parsed_cables.append(
                    Parsed(task, make(files.cable(task), task, further_records.get(task.cable, ())))
                )
            except SourceGone as error:
                parsed_cables.append(Parsed(task, None, str(error), gone=True))
            except formats.BrokenRecord as error:
                parsed_cables.append(Parsed(task, None, str(error)))
    return parsed_cables


Further = Mapping[int, Sequence[FurtherRecord]]
"""The further records by cable, in the order of their numbers."""


def read_further(files: Files, tasks: Sequence[RecordTask]) -> Further:
    """Return the readable further records of cables, read in the order of their files."""
    further_by_cable: dict[int, list[FurtherRecord]] = {}
    records = [record for task in tasks for record in task.further]
    for record in sorted(records, key=lambda task: (task.path, task.offset)):
        with suppress(SourceGone, formats.BrokenRecord):  # the next walk sees it
            raw = files.cable(record)
            further_by_cable.setdefault(record.cable, []).append(
                FurtherRecord(with_head(record, raw), raw)
            )
    for cable_records in further_by_cable.values():
        cable_records.sort(key=lambda read_record: read_record.task.number)
    return further_by_cable


def with_head(task: RecordTask, raw: RawCable) -> RecordTask:
    """Return a record with the end of its head, which the catalogue does not know."""
    from cable_tui.telegram.facts import facts_of  # few cables have such records
    from cable_tui.telegram.top_fields import top_fields

    return task._replace(head_end=top_fields(raw, facts_of(raw), frozenset()).end)


class Files:
    """Reads records from their files; a file is kept open while the next record is also in it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path: bytes | None = None
        self._stream: BinaryIO | None = None
        self._context: bytes | None = None

    def __enter__(self) -> Files:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream:
            self._stream.close()
            self._stream = None

    def read(self, task: RecordTask) -> bytes:
        """Return the bytes of a record, checked against its CRC. Raises `SourceGone`."""
        return self._fetched(task)[2]

    def _fetched(self, task: RecordTask) -> tuple[formats.Format, Location, bytes]:
        path = walk.shown_path(self._root, task.path)
        record_format = formats.named(task.form)
        if record_format is None:
            raise SourceGone(f"{path}: the format {task.form} is not known to this version")
        location = Location(path, task.offset, task.length)
        try:
            record_bytes = record_format.fetch(self._opened(task), location)
        except OSError as error:
            reason = error.strerror or "it is not a regular file"
            raise SourceGone(f"{path}: the cable's file cannot be read: {reason}") from error
        if _crc(record_bytes) != task.crc:
            raise SourceGone(f"{path}: the file has changed since it was indexed; index it again")
        return record_format, location, record_bytes

    def cable(self, task: RecordTask) -> RawCable:
        """Return a reread record. Raises `SourceGone`, or `formats.BrokenRecord`."""
        record_format, location, record_bytes = self._fetched(task)
        if isinstance(record_format, PageFormat):
            raw = record_format.cable_at(record_bytes, location)
        else:
            raw = run_on.first_alone(
                record_format.at(self._before(record_format) + record_bytes, location)
            )
        return replace(raw, damaged=True) if task.damaged else raw

    def _opened(self, task: RecordTask) -> BinaryIO:
        if self._stream is None or task.path != self._path:
            self.__exit__()
            path = walk.full_path(self._root, task.path)
            self._stream = packed_files.opened(path, task.start)
            self._path = task.path
            self._context = None
        return self._stream

    def _before(self, form: formats.Format) -> bytes:
        """Return the bytes that the format needs from before the record that was read last."""
        if self._context is None:
            self._context = form.context(self._stream) if self._stream else b""
        return self._context


def _crc(data: bytes) -> int:
    return _crc_of_last(data) if len(data) > _LARGE else zlib.crc32(data)


@lru_cache(maxsize=1)
def _crc_of_last(data: bytes) -> int:
    """Return the CRC of a PDF, from which all of its telegrams are read."""
    return zlib.crc32(data)


def read_bytes(root: Path, task: RecordTask) -> bytes:
    """Return the bytes of one record. Raises `SourceGone`."""
    with Files(root) as files:
        return files.read(task)


def read_record(root: Path, task: RecordTask) -> RawCable:
    """Return a reread record. Raises `SourceGone`, or `formats.BrokenRecord`."""
    with Files(root) as files:
        return files.cable(task)


# What could not be read as a cable

MOST_BYTES = 64_000
"""The maximum number of bytes to show, starting at the problem."""
_LINE = 1_000_000
"""The number of bytes of a line to read at once."""


def raw_text(root: Path, problem: Problem) -> str:
    """Return the text of a file from a problem onward, cleaned; the archive is at `root`.

    Raises `ArchiveError`.
    """
    at_root = root.is_file() and problem.path == root.name
    path = b"" if at_root else os.fsencode(problem.path)
    try:
        with packed_files.opened(walk.full_path(root, path)) as file:
            for _ in range(problem.line - 1):
                while (line_part := file.readline(_LINE)) and not line_part.endswith(b"\n"):
                    pass
                if not line_part:
                    break
            file_bytes = file.read(MOST_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ArchiveError(f"{problem.path}: cannot be read ({reason})") from error
    return clean_text(file_bytes.decode("utf-8", "replace"))
