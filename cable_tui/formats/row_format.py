"""What the dumps have in common: one row a cable, eight columns, however they are written.

Number, date, reference ID, origin, classification, references, header, body.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from cable_tui.base.cable import CABLEGATE, Location, Problem, RawCable
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
"""The eight columns of a row, from the file."""

OUTSIDE = "text outside of any row"
DOUBTED = "an apparent row without a readable date, after damage: left out"
_LINE_END = pattern(rb"\n")


class _Part(NamedTuple):
    """Some bytes of a file, from the start of a line."""

    offset: int
    line: int
    data: bytes
    begins: bool
    """Whether it begins like a row, with any date."""

    def rest(self, offset: int) -> _Part:
        """Return the rest of it after an offset."""
        line = self.line + self.data.count(b"\n", 0, offset)
        return _Part(self.offset + offset, line, self.data[offset:], begins=False)


class RowFormat(Format):
    """A dump whose rows are recognised by their beginning. Subclasses read a row."""

    repository = CABLEGATE
    by_rows = True
    first: Pattern[bytes]
    """The start of a row."""
    following: Pattern[bytes]
    """The same after a line end; begins with a literal byte, which is ten times faster to find."""

    undated: Pattern[bytes] | None = None
    """The start of a row with any date: looked for only outside of rows' texts."""

    end_of_data = b""
    """Text that may follow the last row."""

    def split(self, data: bytes) -> tuple[Columns, int]:
        """Return the columns of a row and where the last one ends; raises `BrokenRecord`."""
        raise NotImplementedError

    def plain(self, column: bytes) -> str:
        """Return a column's text: decoded, without its escapes, not yet cleaned."""
        raise NotImplementedError

    def created(self, date: str) -> str:
        """Return the date column as the site's pages write it."""
        raise NotImplementedError

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`: the facts of each row, and the faults of damaged ones."""
        source = Utf8File(file)
        for row in rows(source, self.first, self.following, LONGEST_RECORD):
            for record in self.read(row, path):
                yield _in_file(record, row, source)
        yield from source.problems(path)

    def again(
        self, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        """Implement `Format.again`; a file in UTF-16 is read as a whole."""
        position = file.tell()
        if Utf8File(file).codec:
            yield from self.records(file, path)
            return
        file.seek(position)
        for row in rows(file, self.first, self.following, LONGEST_RECORD):
            if location := known_record(row, known):
                yield location
            else:
                yield from self.read(row, path)

    def read(self, row: FileRow, path: str) -> Sequence[Record | Problem]:
        """Return the record of a row, and its faults."""
        if row.data is None:
            return (Problem(path, row.line, f"a row of more than {LONGEST_RECORD >> 20} MiB"),)
        return self._row(row, row.data, path)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        columns, _ = self.split(as_utf8(record))
        return self._cable(columns, location, texts=True)

    def _row(self, row: FileRow, data: bytes, path: str) -> Sequence[Record | Problem]:
        """Return the record of a row, and what comes after its end."""
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

    def _record(self, part: _Part, columns: Columns, end: int, path: str) -> Record:
        location = Location(path, part.offset, end)
        cable = self._cable(columns, location, texts=False)
        crc = zlib.crc32(memoryview(part.data)[:end])
        extent = content_size(*columns[-2:])
        return Record(location, crc, part.line, cable, whole=False, extent=extent)

    def _outside(self, rest: _Part, path: str) -> tuple[list[Record | Problem], bool]:
        """Return what is outside of rows known by their beginnings, and whether that is sure.

        Texts of rows are not there, so rows with unreadable dates are recognised by their columns.
        After any other find this is uncertain.
        """
        row_items: list[Record | Problem] = []
        is_sure = True
        for row_part in self._parts(rest):
            part_left = row_part
            if row_part.begins and not is_sure:
                row_items.append(Problem(path, row_part.line, DOUBTED))
                continue
            if row_part.begins:
                try:
                    columns, row_end = self.split(row_part.data)
                except BrokenRecord as broken:
                    row_items.append(Problem(path, row_part.line, str(broken)))
                    is_sure = False
                    continue
                record = self._record(row_part, columns, row_end, path)
                date_reason = _without_date(record.cable.created, self.value(columns[1]))
                row_items += (
                    [record, Problem(path, row_part.line, date_reason)] if date_reason else [record]
                )
                part_left = row_part.rest(row_end)
            if part_left.data.strip() not in {b"", self.end_of_data}:
                blank_bytes = len(part_left.data) - len(part_left.data.lstrip())
                row_items.append(Problem(path, part_left.rest(blank_bytes).line, OUTSIDE))
                is_sure = False
        return row_items, is_sure

    def _parted(self, whole: _Part, broken: BrokenRecord, path: str) -> Sequence[Record | Problem]:
        """Return the rows without a date in an unreadable row; or its fault."""
        first_part, *other_parts = self._parts(whole)
        if other_parts:
            try:
                columns, row_end = self.split(first_part.data)
            except BrokenRecord as without_others:
                broken = without_others
            else:
                items, is_sure = self._outside(whole.rest(row_end), path)
                if is_sure:
                    return (self._record(first_part, columns, row_end, path), *items)
        doubted = (Problem(path, part.line, DOUBTED) for part in other_parts)
        return (Problem(path, whole.line, str(broken)), *doubted)

    def _parts(self, whole: _Part) -> Iterator[_Part]:
        """Yield bytes cut at lines that begin like rows, with any date."""
        data, line, part_start = whole.data, whole.line, 0
        begins = bool(self.undated and self.undated.match(data))
        for line_end in _LINE_END.finditer(data) if self.undated else ():
            part_start_at = line_end.end()
            if self.undated and self.undated.match(data, part_start_at):
                yield _Part(whole.offset + part_start, line, data[part_start:part_start_at], begins)
                line += data.count(b"\n", part_start, part_start_at)
                part_start, begins = part_start_at, True
        yield _Part(whole.offset + part_start, line, data[part_start:], begins)

    def _cable(self, columns: Columns, location: Location, *, texts: bool) -> RawCable:
        _, day, reference_id, origin, classification, references, header, body = columns
        created_at = self.created(self.plain(day))
        with_header = texts or _doubtful(created_at)
        return RawCable(
            reference_id=self.value(reference_id),
            created=clean_line(created_at),
            released="",
            classification=_repeated(self, classification),
            origin=_repeated(self, origin),
            title="",
            header=clean_text(self.plain(header)) if with_header else "",
            body=clean_text(self.plain(body)) if texts else "",
            format=self.name,
            location=location,
            references=tuple(filter(None, map(str.strip, self.value(references).split("|")))),
        )

    def value(self, column: bytes) -> str:
        """Return a column of one line: decoded, cleaned, without spaces around it."""
        return clean_line(self.plain(column)).strip()


def _in_file(item: Record | Problem, row: FileRow, source: Utf8File) -> Record | Problem:
    """Return what was found in a row, at its location in the file, which may be in UTF-16."""
    if isinstance(item, Problem) or not source.codec or row.data is None:
        return item
    start = item.location.offset - row.offset
    data = encoded(row.data[start : start + item.location.length], source.codec)
    location = Location(item.location.path, source.original(item.location.offset), len(data))
    return replace(item, location=location, crc=zlib.crc32(data))


@lru_cache(maxsize=1 << 12)
def _repeated(form: RowFormat, column: bytes) -> str:
    """Return the value of a column that has only some hundred values in an archive."""
    return form.value(column)


def _without_date(created: str, given: str) -> str:
    """Return the fault of a row's date; empty if it is a valid day."""
    if not given:
        return "the row has no date; the cable is kept"
    try:
        date.fromisoformat(created[:10])
    except ValueError:
        return f"the date of the row cannot be read: {given}; the cable is kept"
    return ""


def _doubtful(created: str) -> bool:
    """Return whether the minutes look like those that the site printed wrong.

    Those are the hour on a clock of 12. Then only the header has the right time: the pages of 2010
    have 18:06 for 18:48.
    """
    hour, _, minute = created[11:].partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        return True
    return int(minute) == (int(hour) - 1) % 12 + 1


# Rows of a file too big to be held: cut where the next one begins, in bounded memory

_LONGEST_START = 64
"""Bytes that may show a row's start; this many are searched again at a chunk's edge."""


class FileRow(NamedTuple):
    """The bytes from the start of one row to the start of the next."""

    offset: int
    line: int
    """Line number, from 1."""
    data: bytes | None
    """Bytes of the row with its line end; None if it is too long."""
    opened: bool
    """Whether it begins like a row; False only for the text before the first one."""


def known_record(row: FileRow, known: Container[int]) -> Kept | None:
    """Return the record of a row if its `key` is known."""
    if row.data is None or not row.opened:
        return None
    data = row.data.removesuffix(b"\n").removesuffix(b"\r")
    crc = zlib.crc32(data)
    return Kept(row.offset, len(data), crc, row.line) if key(len(data), crc) in known else None


class RowCutter(FileWindow):
    """Cuts a file into rows, from its position: at its start, or at the start of a row.

    `first` matches the start of a row, `following` the same with the line end before it. For a row
    longer than `longest` bytes there is only its location. Offsets count from that position.
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
        """Return the next row, cut where the one after it begins; None at the end of the file."""
        begin = searched_to = self.at
        row_line = self.line
        while (match := self._following.search(self.data, searched_to - self.base)) is None:
            edge = max(self.end - _LONGEST_START, self.at)
            if self.end - self.at > self.longest:
                self.take(edge)  # the row is too long
            searched_to = edge
            if not self.more():
                break
        end = self.base + match.start() + 1 if match else self.end
        if end == begin:
            return None
        is_whole = self.at == begin and end - begin <= self.longest
        row = FileRow(begin, row_line, self.bytes(begin, end) if is_whole else None, self._opened)
        self.take(end)
        self._opened = True
        return row


def rows(
    file: Readable, first: Pattern[bytes], following: Pattern[bytes], longest: int
) -> Iterator[FileRow]:
    """Yield the rows of a file, cut by a `RowCutter`."""
    cutter = RowCutter(file, first, following, longest)
    while (row := cutter.row()) is not None:
        yield row
