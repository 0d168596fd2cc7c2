"""Tables of the History Lab (FOIArchive): a line of headings, then one row a cable.

Columns are found by their headings, which stand in the file's first line only. Rows are known by
the document number that they begin with, so that a damaged one does not hide the next.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Container, Iterator
from dataclasses import replace
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats import nara
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record
from cable_tui.formats.dates import day_first, released_in
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.extent import content_size
from cable_tui.formats.origins import origin_of
from cable_tui.formats.rows import Kept, Row, kept, rows
from cable_tui.formats.split_header import after_addressees, classification_in
from cable_tui.repository import Repository
from cable_tui.text import clean_line, clean_text

_HEADING = re.compile(rb'"?doc_nbr"?,[^\r\n]{0,8000}', re.IGNORECASE)
_TEXT_HEADING = re.compile(rb'[,"]body[,"\r\n]|[,"]body$', re.IGNORECASE)
_FIRST = rb'"?(?:(?:19|20)[0-9]{2}[A-Z]{1,12}[0-9]{2,8}|[0-9]{2}[A-Z]{2,20}[0-9]{1,7})"?,'
_ROW = re.compile(_FIRST)
_NEXT_ROW = re.compile(rb"\n" + _FIRST)
_COLUMN = re.compile(rb'(?:"((?:[^"]++|"")*+)"|([^",\r\n][^,\r\n]*+)?)(,|\r?\n|\r?\Z)')
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
    first_line = True
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
            if place := kept(row, known, ended=True):
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
        crc = zlib.crc32(data[:end])
        held = content_size(known.header, known.body)
        yield Record(place, crc, row.line, replace(known, body=""), whole=False, extent=held)
        if data[end:].strip():
            yield Problem(path, row.line + data.count(b"\n", 0, end), "text outside of any row")

    def _cable(self, heading: bytes, columns: Columns, place: Place) -> RawCable:
        names = [decode_part(name).strip().lower() for name in _columns(heading)[0]]
        if len(names) != len(columns):
            raise BrokenRecord(f"the row has {len(columns)} columns, the headings {len(names)}")
        facts = dict(zip(names, map(decode_part, columns), strict=True))
        if "body" not in facts or "doc_nbr" not in facts:
            raise BrokenRecord("no columns doc_nbr and body")
        number = _value(facts, "doc_nbr")
        printed = clean_text(facts["body"])
        header, body = after_addressees(nara.without_stamps(printed).strip("\n"))
        return RawCable(
            reference_id=number,
            created=day_first(_value(facts, "date")),
            released=released_in(printed) or released_in(_value(facts, "markings")),
            classification=_value(facts, "classification") or classification_in(body),
            origin=origin_of(number, _value(facts, "from_field")),
            title=_value(facts, "subject"),
            header=header,
            body=body,
            format=self.name,
            place=place,
            references=nara.references_in(_value(facts, "reference")),
        )


def _value(facts: dict[str, str], name: str) -> str:
    return nara.known_value(clean_line(facts.get(name, "")))


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
