"""Cables as JSON, one column after the other: what pandas writes if nobody asks for records.

`{"refid": {"0": ..., "1": ...}, "body": {...}}`, the same with lists, or names, index and rows
apart (`orient="split"`). The values of a row are far from each other, so the file is held as a
whole, and a row is made into the object that it would be among records.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from cable_tui.cable import Place
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.encodings import as_utf8, decode_part
from cable_tui.formats.file_text import Utf8File
from cable_tui.formats.packed.seekable import Key, key_of
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.json_rows import facts_of
from cable_tui.formats.tables.json_table import JsonTable, plan_of_rows
from cable_tui.formats.tables.plan import Plan, TableRow, says_telegrams
from cable_tui.pattern import pattern

LARGEST = 64 << 20
"""Bytes of such a file at most."""
_MOST_VALUES = 1 << 22
_INSTEAD = 'write it with to_json(orient="records", lines=True)'
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_MEMBER = pattern(
    rb"[\s,]{0,400}(?:(?P<key>" + _STRING + rb")\s{0,80}:\s{0,400})?"
    rb"(?P<value>[\[{]|" + _STRING + rb"|[-+.0-9A-Za-z]++)"
)
_TOKEN = pattern(_STRING + rb"|[{}\[\]]")
_START = pattern(rb"\s{0,1000}(?=\{\s{0,400}\"[^\"\\]{0,80}\"\s{0,80}:\s{0,400}[\[{])")
_NEAR = 20
"""Rows in the first bytes of a file that are looked at."""
_ROWS = 100
_SHOWN = 400


class ColumnsTable(JsonTable):
    """A file with an object or a list for each column."""

    name = "table-json-columns"
    label = "JSON with a column after the other (pandas)"
    without = "none of its columns has the ids of cables, beside one of texts or dates"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise it by ids in a column or before the values, or by texts of telegrams."""
        return bool(_START.match(head)) and JsonColumns(head, _NEAR).is_of_cables()

    def plan(self, file: BinaryIO) -> Plan | None:
        """See `TextTable.plan`: by the first rows of the whole file. Raises `BrokenRecord`."""
        columns = _columns_of(file)
        rows: list[aliases.Facts] = []
        for at in range(min(len(columns), _ROWS)):
            with suppress(BrokenRecord):
                rows.append(facts_of(columns.row(at)))
        return plan_of_rows(Plan(), rows)

    def seen(self, head: bytes) -> tuple[Sequence[str], Sequence[Sequence[str]]]:  # noqa: ARG002
        """Implement `TextTable.seen`; none: the reader cannot name them."""
        return (), ()

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:  # noqa: ARG002
        """Implement `TextTable.rows`; the offset of a row is its number."""
        columns = _columns_of(file.file)
        return (TableRow(at, 1, columns.row(at)) for at in range(len(columns)))

    def fetch(self, file: BinaryIO, place: Place) -> bytes:
        """Implement `Format.fetch`."""
        try:
            columns = _columns_of(file)
        except BrokenRecord as broken:
            raise OSError(0, str(broken)) from None
        return columns.row(place.offset) if place.offset < len(columns) else b""


class _Member(NamedTuple):
    """A value of an object or a list."""

    key: bytes
    """The key as it is written, with its quotes; empty in a list."""
    start: int
    end: int


class JsonColumns:
    """The values of a JSON text by column and row, for at most `most` rows."""

    def __init__(self, data: bytes, most: int = _MOST_VALUES) -> None:
        self._data = data
        self._most = most
        self.names: list[str] = []
        self.labels: list[bytes] = []
        """Label of each row, as it is written."""
        self.damage = ""
        self._places: list[array[int]] = []
        """Offsets at which the values of each column begin and end."""
        start = _START.match(data)
        top = {_text(each.key): each for each in self._members(start.end() if start else 0)}
        if {"columns", "data"} <= top.keys():
            self._read_rows(top)
        else:
            self._read_columns(top)

    def __len__(self) -> int:
        return min(map(len, self._places), default=0) // 2

    def _read_rows(self, top: dict[str, _Member]) -> None:
        self.names = [
            _text(self._data[each.start : each.end]) for each in self._members(top["columns"].start)
        ]
        if "index" in top:
            found = self._members(top["index"].start)
            self.labels = [self._data[each.start : each.end] for each in found]
        self._places = [array("Q") for _ in self.names]
        for row in self._members(top["data"].start):
            cells = list(self._members(row.start))
            if len(cells) != len(self.names):
                self.damage = f"a row of it has {len(cells)} values for {len(self.names)} columns"
                return
            for places, cell in zip(self._places, cells, strict=True):
                places.extend((cell.start, cell.end))

    def _read_columns(self, top: dict[str, _Member]) -> None:
        for name, column in top.items():
            cells = list(self._members(column.start))
            labels = [each.key for each in cells]
            if not self.names:
                self.labels = labels
            elif labels != self.labels:
                self.damage = f"its columns {self.names[0]!r} and {name!r} have not the same rows"
                return
            self.names.append(name)
            self._places.append(array("Q", (at for each in cells for at in each[1:])))

    def value(self, column: int, row: int) -> bytes:
        """Return a value as it is written."""
        places = self._places[column]
        return self._data[places[2 * row] : places[2 * row + 1]]

    def row(self, row: int) -> bytes:
        """Return a row as an object, after what it is called."""
        pairs = (
            json.dumps(name).encode() + b": " + self.value(column, row)
            for column, name in enumerate(self.names)
        )
        label = self.labels[row] if row < len(self.labels) else b""
        called = (label if label[:1] == b'"' else b'"%s"' % label) + b": " if label else b""
        return called + b"{" + b", ".join(pairs) + b"}"

    def is_of_cables(self) -> bool:
        """Return whether a column has ids, or texts of telegrams, or rows are called by ids.

        What rows are called, numbers or ids, tells them from the fields of an object.
        """
        labels = [label for label in map(_text, self.labels[:_NEAR]) if label]
        called = [*map(aliases.looks_like_id, labels)]
        if labels and all(called):
            return bool(self.names) and not aliases.looks_like_id(self.names[0])
        if not all(label.isdecimal() for label in labels):
            return False
        for column, name in enumerate(self.names):
            count = min(len(self._places[column]) // 2, _NEAR)
            values = [_text(self.value(column, row)) for row in range(count)]
            if aliases.key(name) in aliases.IDS and any(map(aliases.looks_like_id, values)):
                return True
            if says_telegrams([values]):
                return True
        return False

    def _members(self, at: int) -> Iterator[_Member]:
        """Yield the values of the object or list that begins at `at`, as far as they are whole."""
        at += 1
        for _ in range(self._most):
            found = _MEMBER.match(self._data, at)
            if found is None:
                return
            end = self._end(found)
            yield _Member(found["key"] or b"", found.start("value"), end)
            at = end

    def _end(self, found: re.Match[bytes]) -> int:
        """Return where a value ends; of one without its end, the end of the data."""
        depth = 0
        if found["value"] not in _STEPS:
            return found.end()
        for token in _TOKEN.finditer(self._data, found.start("value")):
            depth += _STEPS.get(token[0], 0)
            if depth <= 0:
                return token.end()
        return len(self._data)


_STEPS = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}


def _text(written: bytes) -> str:
    """Return the text of a value or key; empty for a long list or object."""
    return decode_part(written[:_SHOWN]).strip('"')


_last: tuple[Key, JsonColumns] | None = None


def _columns_of(file: BinaryIO) -> JsonColumns:
    """Return the columns of a file, the last of which stays in memory. Raises `BrokenRecord`."""
    global _last  # noqa: PLW0603
    key = key_of(file)
    known = _last
    if known and known[0] == key:
        return known[1]
    file.seek(0)
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BrokenRecord(f"a file of columns of more than {LARGEST >> 20} MiB: {_INSTEAD}")
    columns = JsonColumns(as_utf8(data))
    if columns.damage:
        raise BrokenRecord(f"{columns.damage}: {_INSTEAD}")
    _last = (key, columns)
    return columns


FORMAT = ColumnsTable()
