"""Tables of the History Lab (FOIArchive): a line of headings, then one row a cable.

Columns are found by their headings, which stand in the file's first line only. Rows are known by
the document number that they begin with, so that a damaged one does not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.archive_fields import ArchiveFacts, known_value
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record, without_body
from cable_tui.formats.encodings import as_utf8, decode_part
from cable_tui.formats.rows import Kept, Row, known_record, rows
from cable_tui.pattern import pattern
from cable_tui.repository import Repository
from cable_tui.text import clean_line, clean_text

_HEADING = pattern(rb'"?doc_nbr"?,[^\r\n]{0,8000}', re.IGNORECASE)
_TEXT_HEADING = pattern(rb'[,"]body[,"\r\n]|[,"]body$', re.IGNORECASE)
_FIRST = rb'"?(?:(?:19|20)[0-9]{2}[A-Z]{1,12}[0-9]{2,8}|[0-9]{2}[A-Z]{2,20}[0-9]{1,7})"?,'
_ROW = pattern(_FIRST)
_NEXT_ROW = pattern(rb"\n" + _FIRST)
_COLUMN = pattern(rb'(?:"((?:[^"]++|"")*+)"|([^",\r\n][^,\r\n]*+)?)(,|\r?\n|\r?\Z)')
_LONGEST_HEADING = 1 << 16
_MOST_COLUMNS = 400
Columns = list[bytes]


class FoiaCsv(Format):
    """A table of the History Lab."""

    name = "foia-csv"
    label = "CSV of the History Lab (FOIArchive)"
    rank = 5
    repository = Repository(
        "History Lab, Freedom of Information Archive (FOIArchive)", numbered="document"
    )
    resumes = False

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the headings."""
        found = _HEADING.match(head)
        return bool(found and _TEXT_HEADING.search(found.group()))

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`."""
        return (item for item in self.again(file, path, ()) if not isinstance(item, Kept))

    def again(
        self, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        """As in `RowReader`."""
        heading = b""
        for row in rows(file, _ROW, _NEXT_ROW, LONGEST_RECORD):
            if place := known_record(row, known, ended=True):
                yield place
            elif row.data is None:
                yield Problem(path, row.line, f"a row of more than {LONGEST_RECORD >> 20} MiB")
            elif not row.opened:
                heading, _, rest = row.data.partition(b"\n")
                heading += b"\n"
                if rest.strip():
                    yield Problem(path, 2, "text outside of any row")
            else:
                yield from self._row(heading, row, row.data, path)

    def context(self, file: BinaryIO) -> bytes:
        """The headings: the file's first line."""
        file.seek(0)
        return as_utf8(file.readline(_LONGEST_HEADING))

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`; the record stands below the file's first line."""
        heading, _, row = record.partition(b"\n")
        return self._cable(heading + b"\n", _columns(row)[0], place)

    def _row(self, heading: bytes, row: Row, data: bytes, path: str) -> Iterator[Record | Problem]:
        try:
            columns, end = _columns(data)
            place = Place(path, row.offset, end)
            known = self._cable(heading, columns, place)
        except BrokenRecord as broken:
            yield Problem(path, row.line, str(broken))
            return
        yield without_body(known, place, row.line, data[:end])
        if data[end:].strip():
            yield Problem(path, row.line + data.count(b"\n", 0, end), "text outside of any row")

    def _cable(self, heading: bytes, columns: Columns, place: Place) -> RawCable:
        names = [decode_part(name).strip().lower() for name in _columns(heading)[0]]
        if len(names) != len(columns):
            raise BrokenRecord(f"the row has {len(columns)} columns, the headings {len(names)}")
        facts = dict(zip(names, map(decode_part, columns), strict=True))
        if "body" not in facts or "doc_nbr" not in facts:
            raise BrokenRecord("no columns doc_nbr and body")
        known = ArchiveFacts(
            _value(facts, "doc_nbr"),
            created=_value(facts, "date"),
            markings=_value(facts, "markings"),
            classification=_value(facts, "classification"),
            sender=_value(facts, "from_field"),
            title=_value(facts, "subject"),
            references=_value(facts, "reference"),
        )
        return known.cable(self.name, place, clean_text(facts["body"]))


def _value(facts: dict[str, str], name: str) -> str:
    return known_value(clean_line(facts.get(name, "")))


def _columns(data: bytes) -> tuple[Columns, int]:
    """The columns of the row that the data opens with, and where it ends, its line end included."""
    columns: Columns = []
    at = 0
    while len(columns) < _MOST_COLUMNS:
        found = _COLUMN.match(data, at)
        if found is None:
            raise BrokenRecord(f"column {len(columns) + 1} has no end")
        quoted, bare, between = found.groups()
        columns.append(bare or b"" if quoted is None else quoted.replace(b'""', b'"'))
        at = found.end()
        if between != b",":
            return columns, at
    raise BrokenRecord(f"the row has more than {_MOST_COLUMNS} columns")


FORMAT = FoiaCsv()
