"""What the dumps have in common: one row a cable, eight columns, however they are written.

Number, date, reference ID, origin, classification, references, header, body.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.encodings import is_utf16
from cable_tui.formats.extent import extent_of_bytes
from cable_tui.formats.record import LONGEST_RECORD, BrokenRecord, Record
from cable_tui.formats.rows import Kept, Row, kept, rows
from cable_tui.text import clean_line, clean_text

Columns = tuple[bytes, ...]
"""The eight columns of a row as they stand in the file."""

OUTSIDE = "text outside of any row"


class RowFormat:
    """A dump whose rows are known by how they begin. Subclasses say how a row is written."""

    name: str
    label: str
    first_line = False
    resumes = True
    first: re.Pattern[bytes]
    """The start of a row."""
    following: re.Pattern[bytes]
    """The same after a line end; begins with a literal byte, which is ten times faster to find."""

    end_of_data = b""
    """What may stand after the last row."""

    def split(self, data: bytes) -> tuple[Columns, int]:
        """The columns of a row and where the last one ends; raises `BrokenRecord`."""
        raise NotImplementedError

    def plain(self, column: bytes) -> str:
        """A column's text: decoded, without its escapes, not yet cleaned."""
        raise NotImplementedError

    def created(self, date: str) -> str:
        """The date column as the site's pages write it."""
        raise NotImplementedError

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`: the facts of each row, and what is wrong with damaged ones."""
        for row in rows(file, self.first, self.following, LONGEST_RECORD):
            yield from self.read(row, path)

    def again(
        self, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        """As in `RowReader`."""
        for row in rows(file, self.first, self.following, LONGEST_RECORD):
            if place := kept(row, known):
                yield place
            else:
                yield from self.read(row, path)

    def read(self, row: Row, path: str) -> Sequence[Record | Problem]:
        """The record of a row, and what is wrong with it."""
        if row.data is None:
            return (Problem(path, row.line, f"a row of more than {LONGEST_RECORD >> 20} MiB"),)
        if row.line == 1 and is_utf16(row.data):
            return (Problem(path, 1, "a dump in UTF-16: convert it to UTF-8 first"),)
        return self._row(row, row.data, path)

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        columns, _ = self.split(record)
        return self._cable(columns, place, texts=True)

    def _row(self, row: Row, data: bytes, path: str) -> Sequence[Record | Problem]:
        """The record of a row; and a problem for what stands in it beyond its end."""
        if not row.opened:
            return (Problem(path, row.line, OUTSIDE),) if data.strip() else ()
        try:
            columns, end = self.split(data)
        except BrokenRecord as broken:
            return (Problem(path, row.line, str(broken)),)
        place = Place(path, row.offset, end)
        cable = self._cable(columns, place, texts=False)
        crc = zlib.crc32(memoryview(data)[:end])
        extent = extent_of_bytes(*columns[-2:])
        record = Record(place, crc, row.line, cable, whole=False, extent=extent)
        if data[end:].strip() in {b"", self.end_of_data}:
            return (record,)
        return record, Problem(path, row.line + data.count(b"\n", 0, end + 1), OUTSIDE)

    def _cable(self, columns: Columns, place: Place, *, texts: bool) -> RawCable:
        _, date, reference_id, origin, classification, references, header, body = columns
        created = self.created(self.plain(date))
        with_header = texts or _doubtful(created)
        return RawCable(
            reference_id=self.value(reference_id),
            created=clean_line(created),
            released="",
            classification=_repeated(self, classification),
            origin=_repeated(self, origin),
            title="",
            header=clean_text(self.plain(header)) if with_header else "",
            body=clean_text(self.plain(body)) if texts else "",
            format=self.name,
            place=place,
            references=self._references(references) if references else (),
        )

    def value(self, column: bytes) -> str:
        """A column of one line: decoded, cleaned, without blanks around it."""
        return clean_line(self.plain(column)).strip()

    def _references(self, column: bytes) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, self.value(column).split("|"))))


@lru_cache(maxsize=1 << 12)
def _repeated(form: RowFormat, column: bytes) -> str:
    """The value of a column of which an archive has a few hundred."""
    return form.value(column)


def _doubtful(created: str) -> bool:
    """Whether the minutes look like those that the site printed wrong: the hour on a clock of 12.

    Then only the header can say what the time was: the pages of 2010 have 18:06 for 18:48.
    """
    hour, _, minute = created[11:].partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        return True
    return int(minute) == (int(hour) - 1) % 12 + 1
