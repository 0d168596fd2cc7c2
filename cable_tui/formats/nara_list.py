"""The list of a search in the Access to Archival Databases (AAD), exported as CSV.

A row is a telegram's facts with the address of its record; its text is only quoted around the words
that were looked for.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from cable_tui.cable import NATIONAL_ARCHIVES, Place, Problem, RawCable
from cable_tui.formats.archive_fields import ArchiveFacts, known_value, tags_in
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.row_format import rows
from cable_tui.pattern import pattern
from cable_tui.text import clean_line

_COLUMNS = ("URL", "Draft Date", "Document Number", "Film Number", "From", "Subject", "TAGS", "To")
"""The first columns of every such list, in this order; `Record URL` and `Sent Date` also."""
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
    label = "list of a search in the National Archives (AAD) as CSV"
    repository = NATIONAL_ARCHIVES

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the headings."""
        return _HEADING.match(head) is not None

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`; rows of other series than the telegrams are counted in one problem."""
        others: list[int] = []
        for row in rows(file, _ROW, _NEXT_ROW, LONGEST_RECORD):
            if row.data is None:
                yield Problem(path, row.line, f"a row of more than {LONGEST_RECORD >> 20} MiB")
            elif not row.opened:
                if row.data.strip().count(b"\n"):
                    yield Problem(path, row.line + 1, "text outside of any row")
            else:
                place = Place(path, row.offset, len(row.data))
                try:
                    values = _values(row.data)
                    if not _said(values[2]):
                        others.append(row.line)
                        continue
                    cable = self._cable(values, place)
                except BrokenRecord as broken:
                    yield Problem(path, row.line, str(broken))
                else:
                    yield Record(place, zlib.crc32(row.data), row.line, cable, whole=True)
        if others:
            why = "have no document number: records of other series than the telegrams, left out"
            yield Problem(path, others[0], f"{len(others)} rows from here on {why}")

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        return self._cable(_values(record), place)

    def _cable(self, values: list[str], place: Place) -> RawCable:
        address, drafted, number, film, sender, subject, tags, to = map(_said, values[:8])
        found = _said(values[8]) if len(values) > 8 else ""
        remarks = (
            ("Text", f"not in this list; its record: {address}"),
            ("Film number", film),
            ("To", to),
            ("Found", found),
        )
        known = ArchiveFacts(
            number,
            created=drafted,
            classification="",
            sender=sender,
            title=subject,
            tags=tags_in(tags),
            remarks=tuple((label, value) for label, value in remarks if value),
            has_body=False,
        )
        return known.cable(self.name, place, "")


def _values(row: bytes) -> list[str]:
    try:
        values = next(csv.reader(StringIO(decode_part(row), newline="")), [])
    except csv.Error as error:
        raise BrokenRecord(f"a row that is no CSV ({error})") from error
    if len(values) < len(_COLUMNS):
        raise BrokenRecord(f"a row of {len(values)} columns, where there are {len(_COLUMNS)}")
    return values


def _said(value: str) -> str:
    words = " ".join(clean_line(value).split())
    return "" if words == _NOT_SAID else words if known_value(words) else ""


FORMAT = ResultList()
