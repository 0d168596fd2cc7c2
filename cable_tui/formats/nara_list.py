"""A list of search results from the National Archives (AAD), exported as CSV or saved as a page.

Each row has a telegram's facts and the address of its record. Of the text, only the words around
the search terms are quoted.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import BinaryIO

from cable_tui.base.cable import NATIONAL_ARCHIVES, Location, Problem, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats.archive_fields import ArchiveFacts, known_value, tags_in
from cable_tui.formats.base import (
    LONGEST_PAGE,
    LONGEST_RECORD,
    BrokenRecord,
    Format,
    Record,
    line_of,
)
from cable_tui.formats.encodings import as_utf8, decode_part
from cable_tui.formats.file_text import Utf8File, encoded
from cable_tui.formats.html_page import MARKUP, behind_each, entities, one_line
from cable_tui.formats.row_format import rows
from cable_tui.text import clean_line

_SHOWN = 60
_COLUMNS = ("URL", "Draft Date", "Document Number", "Film Number", "From", "Subject", "TAGS", "To")
"""The first columns of every such list, in this order; also `Record URL` and `Sent Date`."""
_HEADING = pattern(
    rb'"?(?:Record )?URL"?,"?(?:Draft|Sent) Date"?,"?Document Number"?,"?Film Number"?,"?From"?,'
    rb'"?Subject"?,"?TAGS"?,"?To"?(?:,|\r?\n|$)'
)
_ROW = pattern(rb'"?https?://[^\s,"]{4,200}"?,')
_NEXT_ROW = pattern(rb'\n"?https?://[^\s,"]{4,200}"?,')
_NOT_SAID = "NA"


class ResultList(Format):
    """A list of search results, each a cable without its text."""

    name = "nara-list"
    label = "National Archives search results (AAD) as CSV"
    repository = NATIONAL_ARCHIVES

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its headings."""
        return _HEADING.match(head) is not None

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`; records in other series are counted in one problem."""
        other_lines: list[int] = []
        source = Utf8File(file)
        for row in rows(source, _ROW, _NEXT_ROW, LONGEST_RECORD):
            if row.data is None:
                yield Problem(path, row.line, f"a row of more than {LONGEST_RECORD >> 20} MiB")
            elif not row.opened:
                if row.data.strip().count(b"\n"):
                    yield Problem(path, row.line + 1, "text outside any row")
            else:
                row_bytes = encoded(row.data, source.codec)
                location = Location(path, source.original(row.offset), len(row_bytes))
                yield from self._records(row_bytes, row.line, location, other_lines)
        yield from source.problems(path)
        yield from _of_other_series(path, other_lines)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        return self._cable(self._values(as_utf8(record)), location)

    def _records(
        self, data: bytes, line: int, location: Location, others: list[int], context: bytes = b""
    ) -> Iterator[Record | Problem]:
        """Yield the record in a row.

        The line numbers of other series' records are added to `others`.
        """
        try:
            row_values = self._values(context + as_utf8(data))
            if not _said(row_values[2]):
                others.append(line)
                return
            cable = self._cable(row_values, location)
        except BrokenRecord as broken:
            yield Problem(location.path, line, str(broken))
        else:
            yield Record(location, zlib.crc32(data), line, cable, whole=True)

    def _values(self, row: bytes) -> Sequence[str]:
        """Return the values of a row in column order. Raises `BrokenRecord`."""
        try:
            row_values = next(csv.reader(StringIO(decode_part(row), newline="")), [])
        except csv.Error as error:
            raise BrokenRecord(f"a row that is not CSV ({error})") from error
        if len(row_values) < len(_COLUMNS):
            raise BrokenRecord(_wrong_columns(row_values, len(_COLUMNS)))
        return row_values

    def _cable(self, values: Sequence[str], location: Location) -> RawCable:
        address, draft_date, document_number, film_number, sender, subject, tags, addressees = map(
            _said, values[:8]
        )
        quoted_text = _said(values[8]) if len(values) > 8 else ""
        remarks = (
            ("Text", f"not in this list; its record: {address}"),
            ("Film number", film_number),
            ("To", addressees),
            ("Found", quoted_text),
        )
        archive_facts = ArchiveFacts(
            document_number,
            created=draft_date,
            classification="",
            sender=sender,
            title=subject,
            tags=tags_in(tags),
            remarks=tuple(
                (remark_label, remark_text) for remark_label, remark_text in remarks if remark_text
            ),
            has_body=False,
        )
        return archive_facts.cable(self.name, location, "")


def _of_other_series(path: str, lines: Sequence[int]) -> Iterator[Problem]:
    if lines:
        reason = "have no document number and were skipped, because they belong to other series"
        yield Problem(path, lines[0], f"{len(lines)} rows, starting here, {reason}")


def _wrong_columns(values: Sequence[str], width: int) -> str:
    """Return a message about a row with missing columns, with the beginning of the row."""
    shown_values = " ".join(clean_line(" ".join(values)).split())[:_SHOWN]
    return (
        f"a row with {len(values)} of the {width} columns is not a record ({shown_values}): "
        "fetch the list again if a telegram is missing"
    )


def _said(value: str) -> str:
    value_text = " ".join(clean_line(value).split())
    return value_text if value_text != _NOT_SAID and known_value(value_text) else ""


FORMAT = ResultList()


# The same list as a page: rows of a table, whose columns may have links and pictures for sorting.

_TR = pattern(rb"<tr(?:\s[^<>]{0,400})?>", re.IGNORECASE)
_TR_END = pattern(rb"</t(?:r|able|body|head)\s?>|<tr[\s>]", re.IGNORECASE)
_TABLE_END = b"</table"
_CELL = pattern(r"<t([hd])(?:\s[^<>]{0,400})?>", re.IGNORECASE)
_COLUMN = pattern(
    r"(?:(?:draft|sent) date|document number|film number|from|subject|tags|to|message text)\b",
    re.IGNORECASE,
)
_RECORD = pattern(
    r"""href=["']?(?P<address>[^\s"'<>]{0,400}?(?:createpdf|record-detail\.jsp)\?[^\s"'<>]{1,2000})""",
    re.IGNORECASE,
)
_LINKS = (b"createpdf?", b"record-detail.jsp?")
_SITE = "https://aad.archives.gov/aad/"
_PLACES = {"draft date": 1, "sent date": 1} | {
    name.lower(): index for index, name in enumerate((*_COLUMNS, "Message Text")) if index > 1
}
_NEEDED = frozenset((1, 2, 5))


class ResultPage(ResultList):
    """A saved page of search results."""

    name = "nara-list-page"
    label = "National Archives search results (AAD) as a saved page"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by the headings of its table, and a link to a record."""
        return any(map(head.count, _LINKS)) and _heading(head) is not None

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`; records of other series are counted in one problem."""
        page = file.read(LONGEST_PAGE + 1)
        heading = _heading(page)
        if heading is None or len(page) > LONGEST_PAGE:
            yield Problem(
                path, 1, f"no table of results in UTF-8 in the first {LONGEST_PAGE >> 20} MiB"
            )
            return
        other_lines: list[int] = []
        table_end = page.find(_TABLE_END, heading[1])
        for row_start, row_end in _rows(
            page, heading[1], len(page) if table_end < 0 else table_end
        ):
            location = Location(path, row_start, row_end - row_start)
            row_data = page[row_start:row_end]
            line_number = line_of(page, row_start) + 1
            yield from self._records(
                row_data, line_number, location, other_lines, page[slice(*heading)]
            )
        yield from _of_other_series(path, other_lines)

    def context(self, file: BinaryIO) -> bytes:
        """Return the row of headings."""
        file.seek(0)
        page = file.read(LONGEST_PAGE)
        heading = _heading(page)
        return page[slice(*heading)] if heading else b""

    def _values(self, row: bytes) -> Sequence[str]:
        """Implement `ResultList._values` for a row of headings followed by one row."""
        names_and_values = [decode_part(row[slice(*span)]) for span in _rows(row, 0, len(row))]
        if len(names_and_values) < 2:
            raise BrokenRecord("a row without column headings")
        name_cells, cells = _cells(names_and_values[0]), _cells(names_and_values[1])
        row_values = [""] * (len(_COLUMNS) + 1)
        for column_name, cell_text in zip(name_cells, cells, strict=False):
            if match := _COLUMN.match(column_name):
                row_values[_PLACES[match.group().lower()]] = cell_text
        if len(cells) < len(name_cells):
            raise BrokenRecord(_wrong_columns(cells, len(name_cells)))
        if record_link := _RECORD.search(names_and_values[1]):
            address = entities(record_link["address"])
            site_start = address.rfind(
                "http"
            )  # behind the address of a web archive, if there is one
            row_values[0] = (
                address[site_start:] if site_start >= 0 else _SITE + address.rpartition("/")[2]
            )
        return row_values


def _heading(page: bytes) -> tuple[int, int] | None:
    """Return the span of the row of headings in a page with links to records, or None."""
    if not _RECORD.search(decode_part(page)):
        return None
    for row_start, row_end in _rows(page, 0, len(page)):
        row_data = page[row_start:row_end]
        name_matches = (_COLUMN.match(cell) for cell in _cells(decode_part(row_data)))
        if {_PLACES[match.group().lower()] for match in name_matches if match} >= _NEEDED:
            return row_start, row_end
    return None


def _rows(page: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of table rows in a part of a page, in linear time."""
    for row_match in _TR.finditer(page, start, end):
        row_end = _TR_END.search(page, row_match.end(), end)
        yield row_match.start(), row_end.start() if row_end else end


def _cells(row: str) -> list[str]:
    """Return the texts of the cells in a row."""
    return [one_line(MARKUP.sub(" ", markup)) for _, markup in behind_each(_CELL, row)]


PAGE = ResultPage()
