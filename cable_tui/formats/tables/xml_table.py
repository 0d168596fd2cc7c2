"""Cables as repeated XML elements whose children or attributes are the columns.

Examples are `<row refid="..."/>`, `<item><subject>`, and `<field name="subject">` as written by
`mysqldump --xml`. The file is read as text: document types and their entities are ignored, and only
one element is in memory, however large the file is. No archive is named, because no bulk file from
the National Archives has been seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import islice

from cable_tui.base.cable import Location, RawCable
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import replace
from cable_tui.formats.base import LONGEST_RECORD
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.file_text import FileWindow, Readable, Utf8File
from cable_tui.formats.html_page import entities
from cable_tui.formats.tables import aliases, table_record
from cable_tui.formats.tables.aliases import Facts
from cable_tui.formats.tables.json_table import plan_of_rows, table_of
from cable_tui.formats.tables.parts import unjoined
from cable_tui.formats.tables.row_plan import Plan, TableRow
from cable_tui.formats.tables.text_table import TextTable

_XML = pattern(rb"\s{0,400}<(?!(?:!doctype )?html\b)[?!A-Za-z]", re.IGNORECASE)
_NAME = r"[A-Za-z_][\w.:-]{0,80}+"
_TOKEN = pattern(
    r"<!\[CDATA\[(?P<raw>(?:(?!\]\]>|<!\[CDATA\[)[\s\S])*+)\]\]>"
    r"|<!--(?:(?!-->|<!--)[\s\S])*+-->|<[?!][^<>]{0,2000}>"
    rf"|<(?P<end>/?)(?P<name>{_NAME})(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)"
    r"(?P<alone>/?)>"
)
_ATTRIBUTE = pattern(rf"\s(?P<name>{_NAME})\s{{0,9}}=\s{{0,9}}(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')")
_NAMED_BY = ("name", "key", "column", "field")
"""Attributes that name the column of an element such as `field`."""
_ROWS = 100
_MOST_NAMES = 100
"""The maximum number of element names to try, most frequent first; each costs a search."""
_EDGE = 1 << 12


class XmlTable(TextTable):
    """An XML file with one element per cable."""

    name = "table-xml"
    label = "XML with one element per cable"
    without = "no repeated element in its first part has a cable ID and a text or date"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by the columns and values of a repeated element."""
        return self.plan_of(head) is not None

    def plan_of(self, head: bytes) -> Plan | None:
        """Implement `TextTable.plan_of`."""
        return plan_of(head)

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:
        """Implement `TextTable.rows`."""
        return ElementCutter(file, plan.dialect[0].encode()).rows()

    def cable(self, facts: Facts, location: Location, plan: Plan, *, full: bool = True) -> RawCable:
        """Implement `TextTable.cable`; a record may state that its text is withdrawn or on film."""
        raw = super().cable(facts, location, plan, full=full)
        remarks = table_record.elsewhere(facts)
        return raw if raw.body.strip() or not remarks else replace(raw, remarks=remarks)

    def values(self, plan: Plan, row: TableRow) -> tuple[Sequence[str], Sequence[str]]:  # noqa: ARG002
        """Implement `TextTable.values`."""
        row_facts = columns_of(row.data)
        return tuple(row_facts), tuple(row_facts.values())


@lru_cache(maxsize=4)  # the sniffing and the reading ask for the same
def plan_of(head: bytes) -> Plan | None:
    """Return the plan of a file from its first bytes as UTF-8, or None if it has no cables."""
    if not _XML.match(head):
        return None
    head_text = decode_part(head)
    element_names = (
        token["name"] for token in _TOKEN.finditer(head_text) if token["name"] and not token["end"]
    )
    for element_name, _ in Counter(element_names).most_common(_MOST_NAMES):
        element_rows = ElementCutter(BytesIO(head), element_name.encode()).rows()
        element_facts = [
            columns_of(element_row.data)
            for element_row in islice(element_rows, _ROWS)
            if element_row.data
        ]
        element_facts = [element_row for element_row in element_facts if len(element_row) > 1]
        if element_facts and (plan := plan_of_rows(Plan(dialect=(element_name,)), element_facts)):
            return unjoined(plan, *table_of(element_facts))
    return None


def columns_of(element: bytes) -> dict[str, str]:
    """Return the values of an element by column key, from its attributes and children.

    Several values of a column are joined as a list, and parts of a text as lines.
    """
    texts_by_column: dict[str, list[str]] = {}
    element_source = decode_part(element)
    depth, column, text_start = 0, "", 0
    for token in _TOKEN.finditer(element_source):
        if (
            column
            and (element_text := entities(element_source[text_start : token.start()])).strip()
        ):
            texts_by_column.setdefault(column, []).append(element_text)
        text_start = token.end()
        if token["raw"] is not None and column:
            texts_by_column.setdefault(column, []).append(token["raw"])
        if not token["name"]:
            continue
        if token["end"]:
            depth -= 1
            column = column if depth > 1 else ""
            continue
        attributes = {
            attribute["name"]: attribute["a"] or attribute["b"] or ""
            for attribute in _attributes(token)
        }
        if depth == 0:
            for column_name, attribute_value in attributes.items():
                texts_by_column.setdefault(aliases.key(_local(column_name)), []).append(
                    entities(attribute_value)
                )
        elif depth == 1:
            name_attribute = next(
                (attributes[attribute] for attribute in _NAMED_BY if attributes.get(attribute)),
                "",
            )
            column = aliases.key(name_attribute or _local(token["name"]))
            texts_by_column.setdefault(column, [])
            column = "" if token["alone"] else column
        depth += not token["alone"]
    return {
        column_name: ("\n" if column_name in aliases.BODIES else " | ").join(column_texts)
        for column_name, column_texts in texts_by_column.items()
        if column_name
    }


def _attributes(token: re.Match[str]) -> Iterator[re.Match[str]]:
    return _ATTRIBUTE.finditer(token["attributes"])


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class ElementCutter(FileWindow):
    """Cuts a file into its elements with a given name, which are never nested."""

    longest = LONGEST_RECORD

    def __init__(self, file: Readable, name: bytes) -> None:
        super().__init__(file)
        own_name = re.escape(name)
        self._start = pattern(
            rb"<" + own_name + rb"(?=[\s/>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?(?P<alone>/?)>"
        )
        self._end = pattern(
            rb"</" + own_name + rb"\s{0,80}>|<!\[CDATA\[|<" + own_name + rb"(?=[\s/>])"
        )
        self._unclosed = 0
        """The offset up to which an unclosed CDATA section is known to have no end."""

    def rows(self) -> Iterator[TableRow]:
        """Yield the elements in order."""
        while (start_match := self._found(self._start, self.at)) is not None:
            self.take(self.base + start_match.start())
            row_start, row_end = self.at, self.base + start_match.end()
            if not start_match["alone"]:
                row_end = self._closed(row_end)
            if row_end < 0:
                yield TableRow(
                    row_start,
                    self.line,
                    b"",
                    "an element is cut off or too long, so it was skipped",
                )
                row_end = self.end
            else:
                yield TableRow(row_start, self.line, self.bytes(row_start, row_end))
            self.take(row_end)

    def _closed(self, searched: int) -> int:
        """Return the end of the element open at `searched`, or -1 if it has no end.

        An element without its end tag ends where the next element begins.
        """
        while (match := self._found(self._end, searched, longest=self.longest)) is not None:
            searched = self.base + match.end()
            if not match[0].startswith(b"<!"):
                return searched if match[0].startswith(b"</") else self.base + match.start()
            if searched >= self._unclosed:
                section = self._found(_SECTION_END, searched, longest=self.longest)
                searched = self.base + section.end() if section else searched
                self._unclosed = 0 if section else self.end
        return -1

    def _found(
        self, wanted_pattern: Pattern[bytes], searched: int, longest: int = 0
    ) -> re.Match[bytes] | None:
        """Return the next match, or None; at most `longest` bytes are kept if set."""
        while (match := wanted_pattern.search(self.data, searched - self.base)) is None:
            searched = max(searched, self.end - _EDGE)
            if longest and self.end - self.at > longest:
                return None
            if not longest:
                self.take(max(self.at, searched))
            if not self.more():
                return None
        return match


_SECTION_END = pattern(rb"\]\]>")
FORMAT = XmlTable()
