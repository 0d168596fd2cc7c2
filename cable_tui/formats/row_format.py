"""The shared part of the dump formats: one row per cable with eight columns, in any notation.

The columns are number, date, reference ID, origin, classification, references, header and body.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from cable_tui.base.cable import CABLEGATE, Location, Problem, RawCable
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import replace
from cable_tui.formats.base import (
    LONGEST_RECORD,
    BrokenRecord,
    Format,
    Kept,
    Record,
    content_size,
    key,
)
from cable_tui.formats.encodings import as_utf8
from cable_tui.formats.file_text import FileWindow, Readable, Utf8File, encoded
from cable_tui.text import clean_line, clean_text

Columns = tuple[bytes, ...]
"""The eight columns of a row, as bytes of the file."""

OUTSIDE = "text outside any row"
DOUBTED = "skipped after damage: what looks like a row, but has no readable date"
_LINE_END = pattern(rb"\n")


class _Part(NamedTuple):
    """Some bytes of a file, from the start of a line."""

    offset: int
    line: int
    data: bytes
    begins: bool
    """Whether the bytes begin like a row, with any date."""

    def rest(self, offset: int) -> _Part:
        """Return the rest of the part after an offset."""
        line_number = self.line + self.data.count(b"\n", 0, offset)
        return _Part(self.offset + offset, line_number, self.data[offset:], begins=False)


class RowFormat(Format):
    """A dump whose rows are recognized by their first bytes. Subclasses read the rows."""

    repository = CABLEGATE
    by_rows = True
    first: Pattern[bytes]
    """The start of a row."""
    following: Pattern[bytes]
    """The start of a row after a line ending. It begins with a literal byte, which is ten times
    faster to find.
    """

    undated: Pattern[bytes] | None = None
    """The start of a row with any date; searched for only outside the texts of rows."""

    end_of_data = b""
    """A text that may follow the last row."""

    def split(self, data: bytes) -> tuple[Columns, int]:
        """Return the columns of a row and the end of the last column. Raises `BrokenRecord`."""
        raise NotImplementedError

    def plain(self, column: bytes) -> str:
        """Return a column as text, with its escapes resolved."""
        raise NotImplementedError

    def created(self, date: str) -> str:
        """Return the date column in the form used by the site's pages."""
        raise NotImplementedError

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`: yield the facts of each row, and problems of damaged rows."""
        source = Utf8File(file)
        for row in rows(source, self.first, self.following, LONGEST_RECORD):
            for record in self.read(row, path):
                yield _in_file(record, row, source)
        yield from source.problems(path)

    def again(
        self, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        """Implement `Format.again`; a file in UTF-16 is read as a whole."""
        start_position = file.tell()
        if Utf8File(file).codec:
            yield from self.records(file, path)
            return
        file.seek(start_position)
        for row in rows(file, self.first, self.following, LONGEST_RECORD):
            if known_row := known_record(row, known):
                yield known_row
            else:
                yield from self.read(row, path)

    def read(self, row: FileRow, path: str) -> Sequence[Record | Problem]:
        """Return the record of a row, and the problems with it."""
        if row.data is None:
            return (Problem(path, row.line, f"a row of more than {LONGEST_RECORD >> 20} MiB"),)
        return self._row(row, row.data, path)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        columns, _ = self.split(as_utf8(record))
        return self._cable(columns, location, texts=True)

    def _row(self, row: FileRow, data: bytes, path: str) -> Sequence[Record | Problem]:
        """Return the record of a row, and items for the bytes after its end."""
        whole_part = _Part(row.offset, row.line, data, row.opened)
        if not row.opened:
            return self._outside(whole_part, path)[0]
        try:
            columns, row_end = self.split(data)
        except BrokenRecord as broken:
            return self._parted(whole_part, broken, path)
        return (
            self._record(whole_part, columns, row_end, path),
            *self._outside(whole_part.rest(row_end), path)[0],
        )

    def _record(self, part: _Part, columns: Columns, record_end: int, path: str) -> Record:
        location = Location(path, part.offset, record_end)
        cable = self._cable(columns, location, texts=False)
        checksum = zlib.crc32(memoryview(part.data)[:record_end])
        text_size = content_size(*columns[-2:])
        return Record(location, checksum, part.line, cable, whole=False, extent=text_size)

    def _outside(self, outside_part: _Part, path: str) -> tuple[list[Record | Problem], bool]:
        """Return the records and problems outside recognized rows, and whether they are certain.

        These bytes contain no texts of rows, so rows with unreadable dates are recognized by their
        columns. After any other text they are uncertain.
        """
        records_and_problems: list[Record | Problem] = []
        is_sure = True
        for row_part in self._parts(outside_part):
            bytes_after = row_part
            if row_part.begins and not is_sure:
                records_and_problems.append(Problem(path, row_part.line, DOUBTED))
                continue
            if row_part.begins:
                try:
                    columns, row_end = self.split(row_part.data)
                except BrokenRecord as broken:
                    records_and_problems.append(Problem(path, row_part.line, str(broken)))
                    is_sure = False
                    continue
                record = self._record(row_part, columns, row_end, path)
                date_reason = _without_date(record.cable.created, self.value(columns[1]))
                records_and_problems += (
                    [record, Problem(path, row_part.line, date_reason)] if date_reason else [record]
                )
                bytes_after = row_part.rest(row_end)
            if bytes_after.data.strip() not in {b"", self.end_of_data}:
                space_count = len(bytes_after.data) - len(bytes_after.data.lstrip())
                records_and_problems.append(
                    Problem(path, bytes_after.rest(space_count).line, OUTSIDE)
                )
                is_sure = False
        return records_and_problems, is_sure

    def _parted(self, whole: _Part, broken: BrokenRecord, path: str) -> Sequence[Record | Problem]:
        """Return the undated rows within an unreadable row, or the problem with that row."""
        first_part, *other_parts = self._parts(whole)
        if other_parts:
            try:
                columns, row_end = self.split(first_part.data)
            except BrokenRecord as first_part_error:
                broken = first_part_error
            else:
                other_items, is_sure = self._outside(whole.rest(row_end), path)
                if is_sure:
                    return (self._record(first_part, columns, row_end, path), *other_items)
        doubted_rows = (Problem(path, doubtful_part.line, DOUBTED) for doubtful_part in other_parts)
        return (Problem(path, whole.line, str(broken)), *doubted_rows)

    def _parts(self, whole: _Part) -> Iterator[_Part]:
        """Yield the bytes in parts, cut at lines that begin like rows with any date."""
        row_bytes, line_number, part_start = whole.data, whole.line, 0
        begins_row = bool(self.undated and self.undated.match(row_bytes))
        for line_end in _LINE_END.finditer(row_bytes) if self.undated else ():
            next_start = line_end.end()
            if self.undated and self.undated.match(row_bytes, next_start):
                yield _Part(
                    whole.offset + part_start,
                    line_number,
                    row_bytes[part_start:next_start],
                    begins_row,
                )
                line_number += row_bytes.count(b"\n", part_start, next_start)
                part_start, begins_row = next_start, True
        yield _Part(whole.offset + part_start, line_number, row_bytes[part_start:], begins_row)

    def _cable(self, columns: Columns, location: Location, *, texts: bool) -> RawCable:
        _, date_column, reference_id, origin, classification, references, header, body = columns
        created_at = self.created(self.plain(date_column))
        needs_header = texts or _doubtful(created_at)
        return RawCable(
            reference_id=self.value(reference_id),
            created=clean_line(created_at),
            released="",
            classification=_repeated(self, classification),
            origin=_repeated(self, origin),
            title="",
            header=clean_text(self.plain(header)) if needs_header else "",
            body=clean_text(self.plain(body)) if texts else "",
            format=self.name,
            location=location,
            references=tuple(filter(None, map(str.strip, self.value(references).split("|")))),
        )

    def value(self, column: bytes) -> str:
        """Return a one-line column: decoded, cleaned, and without surrounding spaces."""
        return clean_line(self.plain(column)).strip()


def _in_file(item: Record | Problem, row: FileRow, source: Utf8File) -> Record | Problem:
    """Return an item of a row with its location in the file, which may be in UTF-16."""
    if isinstance(item, Problem) or not source.codec or row.data is None:
        return item
    start_in_row = item.location.offset - row.offset
    record_bytes = encoded(
        row.data[start_in_row : start_in_row + item.location.length], source.codec
    )
    location = Location(
        item.location.path, source.original(item.location.offset), len(record_bytes)
    )
    return replace(item, location=location, crc=zlib.crc32(record_bytes))


@lru_cache(maxsize=1 << 12)
def _repeated(form: RowFormat, column: bytes) -> str:
    """Return the value of a column that has only a few hundred different values in an archive."""
    return form.value(column)


def _without_date(created: str, given: str) -> str:
    """Return the problem with a row's date, or an empty string if it is a valid day."""
    if not given:
        return "the row has no date; the cable is kept"
    try:
        date.fromisoformat(created[:10])
    except ValueError:
        return f"the date of the row cannot be read: {given}; the cable is kept"
    return ""


def _doubtful(created: str) -> bool:
    """Return whether the minutes look like those that the site misprinted.

    Misprinted minutes equal the hour on a 12-hour clock: the pages of 2010 show 18:06 for 18:48. In
    that case, only the header has the correct time.
    """
    hour, _, minute = created[11:].partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        return True
    return int(minute) == (int(hour) - 1) % 12 + 1


# Rows of a file too big to be held: cut where the next one begins, in bounded memory

_LONGEST_START = 64
"""The maximum size of a row's start; this many bytes are searched again at the edge of a chunk."""


class FileRow(NamedTuple):
    """The bytes from the start of one row to the start of the next."""

    offset: int
    line: int
    """The line number, from 1."""
    data: bytes | None
    """The bytes of the row with its line ending, or None if it is too long."""
    opened: bool
    """Whether the bytes begin like a row; False only for text before the first row."""


def known_record(row: FileRow, known: Container[int]) -> Kept | None:
    """Return the record of a row if its `key` is known, otherwise None."""
    if row.data is None or not row.opened:
        return None
    record_bytes = row.data.removesuffix(b"\n").removesuffix(b"\r")
    checksum = zlib.crc32(record_bytes)
    return (
        Kept(row.offset, len(record_bytes), checksum, row.line)
        if key(len(record_bytes), checksum) in known
        else None
    )


class RowCutter(FileWindow):
    """Cuts a file into rows, from the start of the file or from the start of a row.

    `first` matches the start of a row, `following` the start of a row after a line ending. A row
    longer than `longest` bytes has only a location. Offsets count from the initial position.
    """

    kept = 0

    def __init__(
        self, file: Readable, first: Pattern[bytes], following: Pattern[bytes], longest: int
    ) -> None:
        super().__init__(file)
        self._following = following
        self.longest = longest
        while len(self.data) < _LONGEST_START and self.more():
            pass
        self._opened = bool(first.match(self.data, self.at - self.base))

    def row(self) -> FileRow | None:
        """Return the next row, up to the start of the following row, or None at the end."""
        row_start = search_start = self.at
        row_line = self.line
        while (next_match := self._following.search(self.data, search_start - self.base)) is None:
            kept_start = max(self.end - _LONGEST_START, self.at)
            if self.end - self.at > self.longest:
                self.take(kept_start)  # the row is too long
            search_start = kept_start
            if not self.more():
                break
        row_end = self.base + next_match.start() + 1 if next_match else self.end
        if row_end == row_start:
            return None
        is_whole = self.at == row_start and row_end - row_start <= self.longest
        cut_row = FileRow(
            row_start, row_line, self.bytes(row_start, row_end) if is_whole else None, self._opened
        )
        self.take(row_end)
        self._opened = True
        return cut_row


def rows(
    file: Readable, first: Pattern[bytes], following: Pattern[bytes], longest: int
) -> Iterator[FileRow]:
    """Yield the rows of a file, cut by a `RowCutter`."""
    cutter = RowCutter(file, first, following, longest)
    while (row := cutter.row()) is not None:
        yield row
