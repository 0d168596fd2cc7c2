r"""The dump as PostgreSQL writes a table out (`COPY ... TO`): columns between tabs.

Line ends inside a text follow a backslash; pages of 2011 hold rows of this kind pasted into bodies.
"""

from __future__ import annotations

import re

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.row_format import Columns, RowFormat
from cable_tui.pattern import pattern

_FIRST = rb"[0-9]{1,9}\t[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}[^\t\n]{0,10}\t"
_FIELD = rb"([^\t\r\n\\]*+(?:\\(?:\r\n|.)[^\t\r\n\\]*+)*+)"
_COLUMNS = pattern(b"\t".join([_FIELD] * 8), re.DOTALL)
_ESCAPE = pattern(r"\\(\r\n|.)", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "N": ""}
_QUOTED = pattern(_FIRST + rb"(?:[^\t\n]{0,400}\t){4,5}\"")
_TO_THE_MINUTE = len("2009-02-03 18:48")


class CopyText(RowFormat):
    """The dump as a table of tab-separated columns."""

    name = "dump-tsv"
    label = "dump with tabs (PostgreSQL COPY)"
    first = pattern(_FIRST)
    end_of_data = b"\\."
    following = pattern(rb"\n" + _FIRST)

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the first row, whose texts have no quotes around them as in a CSV file with tabs."""
        return bool(self.first.match(head)) and not _QUOTED.match(head)

    def split(self, data: bytes) -> tuple[Columns, int]:
        """As in `RowFormat`."""
        found = _COLUMNS.match(data)
        if not found:
            raise BrokenRecord("the row has fewer than eight columns")
        if data[found.end() : found.end() + 1] == b"\t":
            raise BrokenRecord("the row has more than eight columns")
        if data[found.end() : found.end() + 1] == b"\\":
            raise BrokenRecord("the last column has no end")
        return found.groups(), found.end()

    def plain(self, column: bytes) -> str:
        """As in `RowFormat`."""
        text = decode_part(column)
        if "\\" not in text:
            return text
        return _ESCAPE.sub(lambda found: _CONTROLS.get(found[1], found[1]), text)

    def created(self, date: str) -> str:
        """Without its seconds."""
        return date[:_TO_THE_MINUTE]


FORMAT = CopyText()
