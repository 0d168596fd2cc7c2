"""Cables as JSON, one column after the other: what pandas writes if nobody asks for records.

`{"refid": {"0": ..., "1": ...}, "body": {...}}`, the same with lists, or names, index and rows
apart (`orient="split"`). The values of a row are far from each other, so the file is held as a
whole, with four bytes for each value, and a row is made into the object that it would be among
records.

Of a damaged file the whole rows are read: those before the damage and, if a row is in one piece
(`split`), those after it.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import BinaryIO, NamedTuple

from cable_tui.base.cable import Location
from cable_tui.base.pattern import pattern
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.file_text import Utf8File
from cable_tui.formats.packed.seekable import Key, key_of
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.json_rows import facts_of
from cable_tui.formats.tables.json_table import JsonTable, plan_of_rows, table_of
from cable_tui.formats.tables.json_values import JsonMember, JsonValues, value_at
from cable_tui.formats.tables.parts import unjoined
from cable_tui.formats.tables.row_plan import Plan, TableRow, says_telegrams

_PIECE = 1 << 20
_INSTEAD = 'write it with to_json(orient="records", lines=True)'
_START = pattern(
    rb"(?:\xef\xbb\xbf)?\s{0,1000}(?=\{\s{0,400}\"[^\"\\]{0,80}\"\s{0,80}:\s{0,400}[\[{])"
)
_COLUMN = rb"(\"[^\"\\]{0,400}\")\s{0,80}:\s{0,400}(?=[\[{])"
_NAME = pattern(rb"[\s,]*+" + _COLUMN)
_FURTHER = pattern(_COLUMN)
_NEXT = pattern(rb"[}\]][^\"}\]]{0,400}(?=" + _COLUMN + rb")")
"""The end of a column before another one: no text has it, where quotes are escaped."""
_ROW = pattern(rb"\[(?=\s{0,400}[-+.0-9A-Za-z\"\[{])")
_END = pattern(rb"[\s,]*+(?:(?P<closing>\}\s*+)?+(?P<ended>\Z)?+)")
_SCALAR = pattern(
    rb"[\s,]{0,400}\"[^\"\\]{0,400}\"\s{0,80}:\s{0,400}"
    rb"(?:\"[^\"\\]{0,400}\"|[-+.0-9A-Za-z]{1,80})(?=\s{0,80}[,}])"
)
_BEHIND = pattern(rb"\s*+(?:,\s{0,400}\"[^\"\\]{0,400}\"\s{0,80}:|\}|\Z)")
_OBJECT, _LIST = _NESTED = b"{["
_NEAR = 20
"""Rows in the first bytes of a file that are looked at."""
_ROWS = 100
_SHOWN = 400
_MOST_LOOKED = 4
"""Looking for rows after damage, each byte of a file is read at most this many times."""


class ColumnsTable(JsonTable):
    """A file with an object or a list for each column."""

    name = "table-json-columns"
    label = "JSON with a column after the other (pandas)"
    without = "none of its columns has the ids of cables, beside one of texts or dates"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise it by ids in a column or before the values, or by texts of telegrams.

        If the head ends before any of these, the names of its columns decide.
        """
        return bool(_START.match(head)) and JsonColumns(head, _NEAR).is_of_cables()

    def plan(self, file: BinaryIO) -> Plan | None:
        """See `TextTable.plan`: by the first rows of the whole file. Raises `BrokenRecord`."""
        columns = _columns_of(file)
        rows: list[aliases.Facts] = []
        for index in range(min(len(columns), _ROWS)):
            with suppress(BrokenRecord):
                rows.append(facts_of(columns.row(index)))
        plan = plan_of_rows(Plan(), rows)
        if columns.damage and (plan is None or not rows):
            raise BrokenRecord(columns.damage[0])
        if plan:
            plan = unjoined(plan, *table_of(rows))
        return plan and plan._replace(doubts=(*plan.doubts, *columns.damage))

    def seen(self, head: bytes) -> tuple[Sequence[str], Sequence[Sequence[str]]]:  # noqa: ARG002
        """Implement `TextTable.seen`; none: the reader cannot name them."""
        return (), ()

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:  # noqa: ARG002
        """Implement `TextTable.rows`; the offset of a row is its number."""
        columns = _columns_of(file.file)
        yield from (TableRow(index, 1, columns.row(index)) for index in range(len(columns)))
        yield from (TableRow(len(columns), 1, b"", reason) for reason in columns.broken_rows)

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Implement `Format.fetch`."""
        try:
            columns = _columns_of(file)
        except BrokenRecord as broken:
            raise OSError(0, str(broken)) from None
        return columns.row(location.offset) if location.offset < len(columns) else b""


class _Column(NamedTuple):
    """An object or a list of the file, as far as it is whole."""

    name: str
    starts: array[int]
    """Where its values begin."""
    keys: array[int]
    """Where their keys begin; empty for a list."""
    end: int
    """Where it ends, or is no longer whole."""
    closed: bool


class JsonColumns:
    """The values of a JSON text by column and row; of its head, for `most` rows of each column.

    Without `most`, raises `BrokenRecord` if the values of a row cannot be told.
    """

    largest = 64 << 20
    """The most bytes of such a file, as UTF-8."""
    most_values = 1 << 23
    """The most values of it: their offsets need as much memory as half of the largest file."""

    def __init__(self, data: bytes, most: int = 0) -> None:
        self._data = data
        self._most = most
        self.names: list[str] = []
        self.damage: list[str] = []
        """Sentences on parts of the file that cannot be read."""
        self.broken_rows: list[str] = []
        """Reasons why single rows cannot be read."""
        self._labels = array("I")
        """Where the label of each row begins; 0 if it has none."""
        self._rows: array[int] | None = None
        """Where each row begins, if it is in one piece."""
        self._columns: list[array[int]] = []
        """Otherwise where the values of each column begin."""
        self._ids: set[int] = set()
        """The columns in which the first rows, each in one piece, have ids."""
        self._cut = False
        """Whether the text ends before its last bracket."""
        columns = list(self._read())
        column_by_name = {column.name: column for column in columns}
        if "columns" in column_by_name and not column_by_name.keys().isdisjoint(("data", "index")):
            self._take_rows(column_by_name)
        else:
            self._take_columns(columns)

    def __len__(self) -> int:
        if self._rows is not None:
            return len(self._rows)
        return min(map(len, self._columns), default=0)

    def _read(self) -> Iterator[_Column]:
        """Yield the objects and lists of the text, in order."""
        data, values_left = self._data, self.most_values
        object_start = _START.match(data)
        offset = object_start.end() + 1 if object_start else len(data)
        column_name = ""
        while match := _NAME.match(data, offset) or self._further_name(column_name, offset):
            column_name = _text(match[1])
            values = JsonValues(data, match.end() + 1, keyed=data[match.end()] == _OBJECT)
            starts, keys = array("I"), array("I")
            for member in islice(values, self._most or values_left + 1):
                starts.append(member.start)
                if member.key >= 0:
                    keys.append(member.key)
            values_left -= 0 if self._most else len(starts)
            if values_left < 0:
                raise BrokenRecord(f"it has more than {self.most_values:,} values: {_INSTEAD}")
            value_end = values.at
            if 0 < self._most == len(starts) and not values.closed:
                values.skip()
            offset = values.at
            is_closed = values.closed and bool(_BEHIND.match(data, offset))
            if not is_closed:
                next_column = _NEXT.search(data, offset - 1)
                offset = next_column.end() if next_column else len(data)
                self._cut = not next_column
            yield _Column(column_name, starts, keys, value_end, is_closed)
            while scalar := _SCALAR.match(data, offset):
                offset = scalar.end()

    def _further_name(self, name: str, offset: int) -> re.Match[bytes] | None:
        """Look for a further column where none begins; `name` is the last one's."""
        if self._cut:
            return None
        column_end = _END.match(self._data, offset)
        if column_end and column_end["closing"] is None and column_end["ended"] is not None:
            self._cut = True
            lost_bracket = "without a last bracket: columns may be missing"
            self.damage.append(f"the file ends after its column {name!r}, {lost_bracket}")
            return None
        if not (column_end and column_end["closing"] and column_end["ended"] is not None):
            self.damage.append(f"what follows its column {name!r} is not JSON and is not read")
        return None if column_end and column_end["closing"] else _FURTHER.search(self._data, offset)

    def _take_rows(self, columns: dict[str, _Column]) -> None:
        """Take the rows of `orient="split"`: names, labels, and a list for each row."""
        data = self._data
        self.names = [_text(value_at(data, start)) for start in columns["columns"].starts]
        index, data_column = columns.get("index"), columns.get("data")
        labels = index.starts if index else array("I")
        self._rows = array("I")
        is_whole = bool(data_column and data_column.closed)
        lost_from = data_column.end if data_column else len(data)
        row_count = 0
        for start in data_column.starts if data_column else ():
            row = JsonValues(data, start + 1)
            row_cells = list(row) if data[start] == _LIST else []
            if (data[start] in _NESTED and not row.closed) or self._has_rows(row_cells):
                is_whole, lost_from = False, start + 1  # a bracket or a quote is lost
                break
            if len(row_cells) == len(self.names):
                if len(self._rows) < _NEAR:
                    self._ids.update(self._ids_in(row_cells))
                self._rows.append(start)
                self._labels.append(labels[row_count] if row_count < len(labels) else 0)
            else:
                values_and_columns = f"{len(row_cells):,} values for {len(self.names):,} columns"
                self.broken_rows.append(f"a row of it has {values_and_columns}")
            row_count += 1
        if is_whole:
            return
        further_rows = list(islice(self._rows_from(lost_from), self._most or None))
        aligned = len(labels) == row_count + len(further_rows)
        if aligned or not self._are_ids(labels[:_NEAR]):  # otherwise whose id is whose is unknown
            self._rows.extend(further_rows)
            self._labels.extend(labels[row_count:] if aligned else [0] * len(further_rows))
        where_lost = f"after its row {row_count:,}" if row_count else "before its first row"
        self._note_lost(where_lost, len(labels))

    def _note_lost(self, where: str, expected: int) -> None:
        rows = f"{len(self):,} of {expected:,}" if expected else f"{len(self):,}"
        self.damage.insert(
            0, f"it is cut off or damaged {where}: {rows} rows are whole, and only these are read"
        )

    def _rows_from(self, searched: int) -> Iterator[int]:
        """Yield where the rows begin that follow some damage."""
        data, column_count = self._data, len(self.names)
        by_ids = self._are_ids(self._labels[:_NEAR])
        bytes_left = _MOST_LOOKED * len(data)
        while match := _ROW.search(data, searched):
            searched = match.end()
            row = JsonValues(data, searched)
            cells = list(islice(row, column_count + 1))
            if row.closed and len(cells) == column_count and (by_ids or self._has_id(cells)):
                yield match.start()
                searched = row.at
            elif (bytes_left := bytes_left - (row.looked - searched)) < 0:
                return

    def _ids_in(self, cells: Sequence[JsonMember]) -> Iterator[int]:
        """Yield the columns in which a row has ids."""
        for column, cell in enumerate(cells):
            if aliases.looks_like_id(_text(self._data[cell.start : cell.end])):
                yield column

    def _has_id(self, cells: Sequence[JsonMember]) -> bool:
        """Return whether a row has an id where the first rows have one."""
        return any(not self._ids or column in self._ids for column in self._ids_in(cells))

    def _has_rows(self, cells: Sequence[JsonMember]) -> bool:
        """Return whether values are rows themselves, because a bracket before them is lost."""
        data, width = self._data, len(self.names)
        lists = [cell for cell in cells if data[cell.start] == _LIST]
        if not lists or (len(cells) == width and self._has_id(cells)):
            return False
        inner_values = (list(islice(JsonValues(data, cell.start + 1), width + 1)) for cell in lists)
        return any(len(values) == width and self._has_id(values) for values in inner_values)

    def _take_columns(self, columns: list[_Column]) -> None:
        first_column: _Column | None = None
        for column in columns:
            first_column = first_column or column
            if not self._same_rows(first_column, column):
                if self._most:
                    break
                both_names = f"{first_column.name!r} and {column.name!r}"
                raise BrokenRecord(f"its columns {both_names} have not the same rows: {_INSTEAD}")
            self.names.append(column.name)
            self._columns.append(column.starts)
        if first_column:
            self._labels = first_column.keys
        lost_columns = [column.name for column in columns if not column.closed]
        if lost_columns:
            most_values = max(len(column.starts) for column in columns)
            where_lost = f"in its column {lost_columns[0]!r}"
            if lost_columns[0] == columns[-1].name:
                where_lost += ", after which no other was found"
            self._note_lost(where_lost, most_values)

    def _same_rows(self, one: _Column, other: _Column) -> bool:
        """Return whether two columns have the same rows, as far as both are whole."""
        if bool(one.keys) != bool(other.keys):
            return not (one.starts and other.starts)
        counts = {len(column.starts) for column in (one, other) if column.closed}
        if len(counts) > 1 and not self._most:
            return False
        data = self._data
        pairs = zip(one.keys, other.keys, strict=False)
        return one is other or all(
            value_at(data, one_start) == value_at(data, other_start)
            for one_start, other_start in pairs
        )

    def _cells(self, row: int) -> list[bytes]:
        """Return the values of a row, as they are written."""
        data = self._data
        if self._rows is not None:
            cells = JsonValues(data, self._rows[row] + 1)
            return [data[cell.start : cell.end] for cell in cells]
        return [value_at(data, starts[row]) for starts in self._columns]

    def row(self, row: int) -> bytes:
        """Return a row as an object, after its label."""
        pairs = (
            json.dumps(name).encode() + b": " + value
            for name, value in zip(self.names, self._cells(row), strict=True)
        )
        label_start = self._labels[row] if row < len(self._labels) else 0
        label = value_at(self._data, label_start) if label_start else b""
        label_part = (label if label[:1] == b'"' else b'"%s"' % label) + b": " if label else b""
        return label_part + b"{" + b", ".join(pairs) + b"}"

    def _are_ids(self, labels: Sequence[int]) -> bool:
        label_texts = [_text(value_at(self._data, start)) for start in labels if start]
        return bool(label_texts) and all(map(aliases.looks_like_id, label_texts))

    def is_of_cables(self) -> bool:
        """Return whether a column has ids, or texts of telegrams, or rows are called by ids.

        What rows are called, numbers or ids, tells them from the fields of an object.
        """
        if self._are_ids(self._labels[:_NEAR]):
            return bool(self.names) and not aliases.looks_like_id(self.names[0])
        labels = [_text(value_at(self._data, start)) for start in self._labels[:_NEAR] if start]
        if not all(label.isdecimal() for label in labels):
            return False
        for name, values in zip(self.names, self._first_values(), strict=True):
            if aliases.key(name) in aliases.IDS and any(map(aliases.looks_like_id, values)):
                return True
            if says_telegrams([values]):
                return True
        return self._cut and self._names_cables()

    def _first_values(self) -> list[list[str]]:
        """Return the texts of the first values of each column."""
        if self._rows is not None:
            rows = [[*map(_text, self._cells(row))] for row in range(min(len(self), _NEAR))]
            return [[row[index] for row in rows] for index in range(len(self.names))]
        return [
            [_text(value_at(self._data, start)) for start in starts[:_NEAR]]
            for starts in self._columns
        ]

    def _names_cables(self) -> bool:
        """Return whether the names of the columns are those of cables, for a head without ids.

        All labels of `split` come before its rows, and all values of a column before the next one.
        """
        roles = aliases.roles_named(map(aliases.key, self.names))
        if self._rows is not None:
            return not self._rows and "id" in roles and bool(roles - {"id", "references"})
        are_alike = all(
            len(starts) >= _NEAR and self._data[starts[0]] != _OBJECT for starts in self._columns
        )
        return are_alike and bool(roles - {"references"})


def _text(written: bytes) -> str:
    """Return the text of a value or key; empty for a long list or object."""
    return decode_part(written[:_SHOWN]).strip('"')


_last: tuple[Key, JsonColumns] | None = None


def _columns_of(file: BinaryIO) -> JsonColumns:
    """Return the columns of a file, the last of which stays in memory. Raises `BrokenRecord`."""
    global _last  # noqa: PLW0603
    file_key = key_of(file)
    known_file = _last
    if known_file and known_file[0] == file_key:
        return known_file[1]
    known_file = _last = None  # two files need twice the memory
    source = Utf8File(file)
    if source.codec:
        pieces = islice(iter(partial(source.read, _PIECE), b""), JsonColumns.largest // _PIECE + 1)
        file_data = b"".join(pieces)
    else:
        file_data = source.read(JsonColumns.largest + 1)
    if len(file_data) > JsonColumns.largest:
        raise BrokenRecord(
            f"a file of columns of more than {JsonColumns.largest >> 20} MiB: {_INSTEAD}"
        )
    columns = JsonColumns(file_data)
    _last = (file_key, columns)
    return columns


FORMAT = ColumnsTable()
