"""A page with one record from the National Archives (AAD), saved from a browser.

It contains a table with a row for each field: title, value, and in most cases the meaning of the
value. This parser was written for pages in other series and is untested on saved telegrams, whose
full text is usually a PDF.
"""

from __future__ import annotations

import re

from cable_tui.base.cable import NATIONAL_ARCHIVES, Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats import nara
from cable_tui.formats.archive_fields import known_value
from cable_tui.formats.base import BrokenRecord, PageFormat, line_of
from cable_tui.formats.encodings import as_utf8, decode
from cable_tui.formats.html_page import IN_A_TABLE, MARKUP, behind_each, one_line
from cable_tui.formats.tables.html_text import texts_of

_HEADING = pattern(
    rb"<t[hd](?:\s[^<>]{0,200})?>\s{0,80}Field Title\s{0,80}</t[hd]>\s{0,80}"
    rb"<t[hd](?:\s[^<>]{0,200})?>\s{0,80}Value\s{0,80}</t[hd]>",
    re.IGNORECASE,
)
_ID = pattern(rb">\s{0,80}Document Number\s{0,80}<", re.IGNORECASE)
_ROW = pattern(r"<tr(?:\s[^<>]{0,400})?>", re.IGNORECASE)
_CELL = pattern(r"<t[hd](?:\s[^<>]{0,400})?>", re.IGNORECASE)
_CELL_END = pattern(r"</t[hdr]\b|<!--", re.IGNORECASE)
_TABLE_END = pattern(r"</table\b", re.IGNORECASE)
_TEXT = "message text"


class RecordPage(PageFormat):
    """A page with one telegram, with or without its text."""

    name = "nara-record-page"
    label = "National Archives record (AAD) as a saved page"
    repository = NATIONAL_ARCHIVES
    splits = "nothing"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a page by the headings of its table, and a document number in the table."""
        heading = _HEADING.search(head)
        return bool(heading and _ID.search(head, heading.end())) and not IN_A_TABLE.match(head)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        page_bytes = as_utf8(record)
        heading = _HEADING.search(page_bytes)
        if heading is None:
            raise BrokenRecord("the page is cut off before its table of fields")
        table, *text_below = _TABLE_END.split(decode(page_bytes[heading.end() :]), 1)
        record_facts, record_text = _fields(table)
        if not record_facts.get("document number"):
            raise BrokenRecord("no document number", line_of(page_bytes, heading.start()))
        cable = nara.facts_of(record_facts, record_text).cable(self.name, location, record_text)
        return replace(cable, anchors=(), cut_off=not text_below)


def _fields(table: str) -> tuple[dict[str, str], str]:
    """Return the fields by lower-case title, and the text of the telegram."""
    record_facts: dict[str, str] = {}
    record_text = ""
    for _, row in behind_each(_ROW, table):
        cells = [_CELL_END.split(cell, 1)[0] for _, cell in behind_each(_CELL, row)]
        title_cell, value_cell, meaning_cell = (*cells, "", "", "")[:3]
        field_title = _plain(title_cell).lower()
        if field_title == _TEXT:
            record_text = record_text or texts_of(value_cell).body.strip("\n \t")
        elif field_title:
            record_facts.setdefault(
                field_title, known_value(_plain(meaning_cell) or _plain(value_cell))
            )
    return record_facts, record_text


def _plain(markup: str) -> str:
    return one_line(MARKUP.sub(" ", markup))


FORMAT = RecordPage()
