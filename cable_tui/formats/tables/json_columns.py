"""Cables in column-oriented JSON, which pandas writes by default.

The forms are `{"refid": {"0": ..., "1": ...}, "body": {...}}`, the same with lists, or separate
names, index and rows (`orient="split"`). The values of a row are far apart, so the whole file is
held in memory, with four bytes per value. Each row is converted to the object that a
record-oriented file would contain.

In a damaged file, complete rows are read: those before the damage and, if each row is in one piece
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
"""The end of a column before another column; it cannot occur inside a text, where quotes are
escaped.
"""
_ROW = pattern(rb"\[(?=\s{0,400}[-+.0-9A-Za-z\"\[{])")
_END = pattern(rb"[\s,]*+(?:(?P<closing>\}\s*+)?+(?P<ended>\Z)?+)")
_SCALAR = pattern(
    rb"[\s,]{0,400}\"[^\"\\]{0,400}\"\s{0,80}:\s{0,400}"
    rb"(?:\"[^\"\\]{0,400}\"|[-+.0-9A-Za-z]{1,80})(?=\s{0,80}[,}])"
)
_BEHIND = pattern(rb"\s*+(?:,\s{0,400}\"[^\"\\]{0,400}\"\s{0,80}:|\}|\Z)")
_OBJECT, _LIST = _NESTED = b"{["
_NEAR = 20
"""The number of rows to examine at the start of a file."""
_ROWS = 100
_SHOWN = 400
_MOST_LOOKED = 4
"""The maximum number of times that each byte is read while searching for rows after damage."""


class ColumnsTable(JsonTable):
    """A JSON file with an object or a list for each column."""

    name = "table-json-columns"
    label = "JSON stored column by column (pandas)"
    without = "it needs one column of cable IDs and one of texts or dates"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by IDs in a column or index, or by texts of telegrams.

        If the head ends before any of these, the column names decide.
        """
        return bool(_START.match(head)) and JsonColumns(head, _NEAR).is_of_cables()

    def plan(self, file: BinaryIO) -> Plan | None:
        """Return the plan from the first rows of the whole file. Raises `BrokenRecord`."""
        json_columns = _columns_of(file)
        fact_rows: list[aliases.Facts] = []
        for row_index in range(min(len(json_columns), _ROWS)):
            with suppress(BrokenRecord):
                fact_rows.append(facts_of(json_columns.row(row_index)))
        plan = plan_of_rows(Plan(), fact_rows)
        if json_columns.damage and (plan is None or not fact_rows):
            raise BrokenRecord(json_columns.damage[0])
        if plan:
            plan = unjoined(plan, *table_of(fact_rows))
        return plan and plan._replace(doubts=(*plan.doubts, *json_columns.damage))

    def seen(self, head: bytes) -> tuple[Sequence[str], Sequence[Sequence[str]]]:  # noqa: ARG002
        """Return nothing, because users cannot assign columns in this format."""
        return (), ()

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:  # noqa: ARG002
        """Implement `TextTable.rows`; the offset of a row is its number."""
        json_columns = _columns_of(file.file)
        yield from (
            TableRow(row_index, 1, json_columns.row(row_index))
            for row_index in range(len(json_columns))
        )
        yield from (
            TableRow(len(json_columns), 1, b"", reason) for reason in json_columns.broken_rows
        )

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Implement `Format.fetch`."""
        try:
            json_columns = _columns_of(file)
        except BrokenRecord as broken:
            raise OSError(0, str(broken)) from None
        return json_columns.row(location.offset) if location.offset < len(json_columns) else b""


class _Column(NamedTuple):
    """An object or a list in the file, up to any damage."""

    name: str
    starts: array[int]
    """The offsets of its values."""
    keys: array[int]
    """The offsets of its keys; empty for a list."""
    end: int
    """The offset where the column ends or its damage begins."""
    closed: bool


class JsonColumns:
    """The values of a JSON text by column and row.

    With `most`, `data` is only the head of a file, and at most that many rows are read. Without
    `most`, `BrokenRecord` is raised if values cannot be assigned to rows.
    """

    largest = 64 << 20
    """The maximum size of a file to read, in bytes of UTF-8."""
    most_values = 1 << 23
    """The maximum number of values in a file; their offsets take half as much memory as the largest
    file.
    """

    def __init__(self, data: bytes, most: int = 0) -> None:
        self._data = data
        self._most = most
        self.names: list[str] = []
        self.damage: list[str] = []
        """Messages about parts of the file that cannot be read."""
        self.broken_rows: list[str] = []
        """Reasons why single rows cannot be read."""
        self._labels = array("I")
        """The offset of each row's label, or 0 if it has none."""
        self._rows: array[int] | None = None
        """The offset of each row, if rows are in one piece."""
        self._columns: list[array[int]] = []
        """The offsets of the values in each column, if rows are not in one piece."""
        self._ids: set[int] = set()
        """The columns with IDs in the first rows, if rows are in one piece."""
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
        """Yield the objects and lists of the text in order."""
        json_bytes, values_left = self._data, self.most_values
        object_start = _START.match(json_bytes)
        read_offset = object_start.end() + 1 if object_start else len(json_bytes)
        column_name = ""
        while name_match := _NAME.match(json_bytes, read_offset) or self._further_name(
            column_name, read_offset
        ):
            column_name = _text(name_match[1])
            column_values = JsonValues(
                json_bytes, name_match.end() + 1, keyed=json_bytes[name_match.end()] == _OBJECT
            )
            value_starts, key_starts = array("I"), array("I")
            for member in islice(column_values, self._most or values_left + 1):
                value_starts.append(member.start)
                if member.key >= 0:
                    key_starts.append(member.key)
            values_left -= 0 if self._most else len(value_starts)
            if values_left < 0:
                raise BrokenRecord(f"it has more than {self.most_values:,} values: {_INSTEAD}")
            value_end = column_values.at
            if 0 < self._most == len(value_starts) and not column_values.closed:
                column_values.skip()
            read_offset = column_values.at
            is_closed = column_values.closed and bool(_BEHIND.match(json_bytes, read_offset))
            if not is_closed:
                next_column = _NEXT.search(json_bytes, read_offset - 1)
                read_offset = next_column.end() if next_column else len(json_bytes)
                self._cut = not next_column
            yield _Column(column_name, value_starts, key_starts, value_end, is_closed)
            while scalar := _SCALAR.match(json_bytes, read_offset):
                read_offset = scalar.end()

    def _further_name(self, name: str, offset: int) -> re.Match[bytes] | None:
        """Search for another column where none begins; `name` is the name of the last column."""
        if self._cut:
            return None
        end_match = _END.match(self._data, offset)
        if end_match and end_match["closing"] is None and end_match["ended"] is not None:
            self._cut = True
            lost_bracket = "without a closing bracket: columns may be missing"
            self.damage.append(f"the file ends after its column {name!r}, {lost_bracket}")
            return None
        if not (end_match and end_match["closing"] and end_match["ended"] is not None):
            self.damage.append(f"the text after its column {name!r} is not JSON and is not read")
        return None if end_match and end_match["closing"] else _FURTHER.search(self._data, offset)

    def _take_rows(self, columns: dict[str, _Column]) -> None:
        """Take the rows of `orient="split"`: names, labels, and a list for each row."""
        json_bytes = self._data
        self.names = [
            _text(value_at(json_bytes, row_start)) for row_start in columns["columns"].starts
        ]
        index_column, data_column = columns.get("index"), columns.get("data")
        label_starts = index_column.starts if index_column else array("I")
        self._rows = array("I")
        is_complete = bool(data_column and data_column.closed)
        damage_start = data_column.end if data_column else len(json_bytes)
        row_count = 0
        for row_start in data_column.starts if data_column else ():
            row_values = JsonValues(json_bytes, row_start + 1)
            row_cells = list(row_values) if json_bytes[row_start] == _LIST else []
            if (json_bytes[row_start] in _NESTED and not row_values.closed) or self._has_rows(
                row_cells
            ):
                is_complete, damage_start = False, row_start + 1  # a bracket or a quote is lost
                break
            if len(row_cells) == len(self.names):
                if len(self._rows) < _NEAR:
                    self._ids.update(self._ids_in(row_cells))
                self._rows.append(row_start)
                self._labels.append(label_starts[row_count] if row_count < len(label_starts) else 0)
            else:
                width_mismatch = f"{len(row_cells):,} values for {len(self.names):,} columns"
                self.broken_rows.append(f"one of its rows has {width_mismatch}")
            row_count += 1
        if is_complete:
            return
        further_rows = list(islice(self._rows_from(damage_start), self._most or None))
        labels_match = len(label_starts) == row_count + len(further_rows)
        if labels_match or not self._are_ids(
            label_starts[:_NEAR]
        ):  # otherwise whose id is whose is unknown
            self._rows.extend(further_rows)
            self._labels.extend(
                label_starts[row_count:] if labels_match else [0] * len(further_rows)
            )
        where_lost = f"after its row {row_count:,}" if row_count else "before its first row"
        self._note_lost(where_lost, len(label_starts))

    def _note_lost(self, where: str, expected: int) -> None:
        counts = f"{len(self):,} of {expected:,}" if expected else f"{len(self):,}"
        self.damage.insert(
            0,
            f"it is cut off or damaged {where}: {counts} rows are complete, and only these are "
            "read",
        )

    def _rows_from(self, search_start: int) -> Iterator[int]:
        """Yield the offsets of complete rows after some damage."""
        json_bytes, column_count = self._data, len(self.names)
        labels_are_ids = self._are_ids(self._labels[:_NEAR])
        bytes_left = _MOST_LOOKED * len(json_bytes)
        while row_match := _ROW.search(json_bytes, search_start):
            search_start = row_match.end()
            row_values = JsonValues(json_bytes, search_start)
            row_cells = list(islice(row_values, column_count + 1))
            if (
                row_values.closed
                and len(row_cells) == column_count
                and (labels_are_ids or self._has_id(row_cells))
            ):
                yield row_match.start()
                search_start = row_values.at
            elif (bytes_left := bytes_left - (row_values.looked - search_start)) < 0:
                return

    def _ids_in(self, cells: Sequence[JsonMember]) -> Iterator[int]:
        """Yield the indexes of columns in which a row has an ID."""
        for column, cell in enumerate(cells):
            if aliases.looks_like_id(_text(self._data[cell.start : cell.end])):
                yield column

    def _has_id(self, cells: Sequence[JsonMember]) -> bool:
        """Return whether a row has an ID in a column where the first rows have one."""
        return any(not self._ids or column in self._ids for column in self._ids_in(cells))

    def _has_rows(self, cells: Sequence[JsonMember]) -> bool:
        """Return whether values are themselves rows, because a bracket before them is missing."""
        json_bytes, column_count = self._data, len(self.names)
        list_cells = [cell for cell in cells if json_bytes[cell.start] == _LIST]
        if not list_cells or (len(cells) == column_count and self._has_id(cells)):
            return False
        inner_values = (
            list(islice(JsonValues(json_bytes, cell.start + 1), column_count + 1))
            for cell in list_cells
        )
        return any(
            len(row_values) == column_count and self._has_id(row_values)
            for row_values in inner_values
        )

    def _take_columns(self, columns: list[_Column]) -> None:
        first_column: _Column | None = None
        for column in columns:
            first_column = first_column or column
            if not self._same_rows(first_column, column):
                if self._most:
                    break
                both_names = f"{first_column.name!r} and {column.name!r}"
                raise BrokenRecord(f"its columns {both_names} have different rows: {_INSTEAD}")
            self.names.append(column.name)
            self._columns.append(column.starts)
        if first_column:
            self._labels = first_column.keys
        lost_columns = [column.name for column in columns if not column.closed]
        if lost_columns:
            longest_length = max(len(column.starts) for column in columns)
            where_lost = f"in its column {lost_columns[0]!r}"
            if lost_columns[0] == columns[-1].name:
                where_lost += ", the last column that was found"
            self._note_lost(where_lost, longest_length)

    def _same_rows(self, first_column: _Column, other_column: _Column) -> bool:
        """Return whether two columns have the same rows, as far as both are complete."""
        if bool(first_column.keys) != bool(other_column.keys):
            return not (first_column.starts and other_column.starts)
        row_counts = {
            len(column.starts) for column in (first_column, other_column) if column.closed
        }
        if len(row_counts) > 1 and not self._most:
            return False
        json_bytes = self._data
        key_pairs = zip(first_column.keys, other_column.keys, strict=False)
        return first_column is other_column or all(
            value_at(json_bytes, first_start) == value_at(json_bytes, other_start)
            for first_start, other_start in key_pairs
        )

    def _cells(self, row_index: int) -> list[bytes]:
        """Return the values of a row as written in the file."""
        json_bytes = self._data
        if self._rows is not None:
            row_cells = JsonValues(json_bytes, self._rows[row_index] + 1)
            return [json_bytes[cell.start : cell.end] for cell in row_cells]
        return [value_at(json_bytes, column_starts[row_index]) for column_starts in self._columns]

    def row(self, row_index: int) -> bytes:
        """Return a row as a JSON object, preceded by its label."""
        json_members = (
            json.dumps(column_name).encode() + b": " + cell_json
            for column_name, cell_json in zip(self.names, self._cells(row_index), strict=True)
        )
        label_start = self._labels[row_index] if row_index < len(self._labels) else 0
        row_label = value_at(self._data, label_start) if label_start else b""
        label_prefix = (
            (row_label if row_label[:1] == b'"' else b'"%s"' % row_label) + b": "
            if row_label
            else b""
        )
        return label_prefix + b"{" + b", ".join(json_members) + b"}"

    def _are_ids(self, label_starts: Sequence[int]) -> bool:
        label_texts = [
            _text(value_at(self._data, label_start)) for label_start in label_starts if label_start
        ]
        return bool(label_texts) and all(map(aliases.looks_like_id, label_texts))

    def is_of_cables(self) -> bool:
        """Return whether a column contains IDs or texts of telegrams, or the row labels are IDs.

        Labels that are numbers or IDs distinguish rows from the fields of an object.
        """
        if self._are_ids(self._labels[:_NEAR]):
            return bool(self.names) and not aliases.looks_like_id(self.names[0])
        label_texts = [
            _text(value_at(self._data, label_start))
            for label_start in self._labels[:_NEAR]
            if label_start
        ]
        if not all(label_text.isdecimal() for label_text in label_texts):
            return False
        for column_name, first_values in zip(self.names, self._first_values(), strict=True):
            if aliases.key(column_name) in aliases.IDS and any(
                map(aliases.looks_like_id, first_values)
            ):
                return True
            if says_telegrams([first_values]):
                return True
        return self._cut and self._names_cables()

    def _first_values(self) -> list[list[str]]:
        """Return the first values of each column as texts."""
        if self._rows is not None:
            row_texts = [
                [*map(_text, self._cells(row_number))]
                for row_number in range(min(len(self), _NEAR))
            ]
            return [
                [row_number[column_index] for row_number in row_texts]
                for column_index in range(len(self.names))
            ]
        return [
            [_text(value_at(self._data, value_start)) for value_start in value_starts[:_NEAR]]
            for value_starts in self._columns
        ]

    def _names_cables(self) -> bool:
        """Return whether the column names suggest cables, for a head that contains no IDs.

        In `split`, all labels come before the rows; otherwise all values of a column come before
        the next column.
        """
        roles = aliases.roles_named(map(aliases.key, self.names))
        if self._rows is not None:
            return not self._rows and "id" in roles and bool(roles - {"id", "references"})
        are_long_columns = all(
            len(starts) >= _NEAR and self._data[starts[0]] != _OBJECT for starts in self._columns
        )
        return are_long_columns and bool(roles - {"references"})


def _text(written: bytes) -> str:
    """Return a value or key as text, truncated if it is long."""
    return decode_part(written[:_SHOWN]).strip('"')


_last: tuple[Key, JsonColumns] | None = None


def _columns_of(file: BinaryIO) -> JsonColumns:
    """Return the columns of a file; the last file stays in memory. Raises `BrokenRecord`."""
    global _last  # noqa: PLW0603
    file_key = key_of(file)
    last_file_columns = _last
    if last_file_columns and last_file_columns[0] == file_key:
        return last_file_columns[1]
    last_file_columns = _last = None  # two files need twice the memory
    utf8_file = Utf8File(file)
    if utf8_file.codec:
        decoded_chunks = islice(
            iter(partial(utf8_file.read, _PIECE), b""), JsonColumns.largest // _PIECE + 1
        )
        file_data = b"".join(decoded_chunks)
    else:
        file_data = utf8_file.read(JsonColumns.largest + 1)
    if len(file_data) > JsonColumns.largest:
        raise BrokenRecord(
            f"a column file of more than {JsonColumns.largest >> 20} MiB: {_INSTEAD}"
        )
    columns = JsonColumns(file_data)
    _last = (file_key, columns)
    return columns


FORMAT = ColumnsTable()
