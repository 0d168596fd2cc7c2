"""The pages of a Parquet file, so that a row is read without all rows before it.

arro3 reads a file only from its first row on. For one row it therefore gets small files: for each
column, a file that holds the page with the row, and a footer for it. The page is copied as it is.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from itertools import accumulate
from typing import NamedTuple

from cable_tui.formats.tables.thrift import Field, Items, Struct, bytes_of, struct_at

NO_PAGES = (OSError, ValueError, LookupError, AttributeError, TypeError)
"""Errors raised if a footer is damaged, or describes more than is read here."""
_SIGNATURE = b"PAR1"
_MOST_FOOTER = 4 << 20
"""The maximum size of a footer in bytes; 10,000 chunks of columns need a quarter of it."""
_MOST_PIECE = 128 << 20
"""The maximum size of a page in bytes; DuckDB writes pages of 100 MB."""
_MOST_PAGES = 1 << 16
"""The maximum number of pages of a column in a group."""
_LONGEST_HEADER = 16 << 10
"""The maximum size of the header of a page in bytes; it may quote two long texts."""
_I32, _I64, _LIST, _STRUCT = 5, 6, 9, 12
"""Types of fields, as Thrift numbers them."""
_INT96 = 3
"""The type of a column with times of twelve bytes."""
_REPEATED = 2
_TOO_LARGE = "a part too large to be read at once"
_CUT_OFF = "the file is cut off"
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3
"""Types of pages."""


class Piece(NamedTuple):
    """A part of one column."""

    first: int
    """The number of its first row in the file."""
    data: bytearray
    """A Parquet file with only this column and these rows."""


class _Column(NamedTuple):
    schema: list[Struct]
    """The elements of the schema that describe it."""
    leaf: int
    """The number of its first leaf among those of all columns; a leaf has pages of its own."""
    leaves: int

    @property
    def is_flat(self) -> bool:
        """Whether each row has one value, so that a page of n values has n rows."""
        return not any(_number(each, 3, 0) == _REPEATED for each in self.schema)


class _Part(NamedTuple):
    """Pages of a leaf that are copied together."""

    chunk: Struct
    """What the footer says about the leaf."""
    spans: tuple[tuple[int, int], ...]
    """The offset and the size of each copied range of bytes in the file."""
    dictionary_size: int
    """The size of the page with the dictionary, which is first; 0 if there is none."""
    values: int


class _Page(NamedTuple):
    offset: int
    size: int
    first: int
    """The number of its first row in its group."""
    rows: int
    values: int


class _Leaf(NamedTuple):
    """The pages of a leaf in one group."""

    start: int
    data: int
    """The offset of the first page with values; a page before it is the dictionary."""
    pages: list[_Page]
    """No pages if a page may begin inside a row."""


class Pages:
    """The pages of an open Parquet file. Its methods raise `NO_PAGES`."""

    def __init__(self, file: BufferedReader | BytesIO) -> None:
        self._file = file
        end = file.seek(0, 2) - 8
        size = int.from_bytes(self._bytes(end, 4), "little")
        if size > _MOST_FOOTER:
            raise ValueError("the footer is too long")
        tail = self._bytes(end - size, size)
        footer, _ = struct_at(tail)
        self._about: Struct = {each: footer[each] for each in (1, 6) if each in footer}
        self._root, *schema = footer[2].value.values
        if _INT96 in {_number(each, 1, 0) for each in schema} and b"ARROW:schema" in tail:
            raise ValueError("times whose zone is named only by Arrow's own schema")
        self.columns = list(_columns(schema))
        self._groups: list[Struct] = footer[4].value.values
        self._starts = [0, *accumulate(_number(group, 3) for group in self._groups)]
        if self._starts[-1] != _number(footer, 3):
            raise ValueError("the groups and the file disagree on the number of rows")
        self._leaves: dict[tuple[int, int], _Leaf] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._starts[-1]

    def piece(self, number: int, row: int) -> Piece:
        """Return the part of a column that holds a row: one page, or the column in its group."""
        group_number = bisect(self._starts, row) - 1
        group, start = self._groups[group_number], self._starts[group_number]
        column = self.columns[number]
        chunks = group[1].value.values[column.leaf : column.leaf + column.leaves]
        if len(chunks) == 1:
            leaf = self._leaf(group_number, column)
            if leaf.pages:
                place = bisect(leaf.pages, row - start, key=lambda page: page.first) - 1
                page = leaf.pages[place]
                dictionary_size = leaf.data - leaf.start
                spans = (leaf.start, dictionary_size), (page.offset, page.size)
                part = _Part(chunks[0], spans, dictionary_size, page.values)
                made = self._file_of(column, page.rows, [part])
                return Piece(start + page.first, made)
        made = self._file_of(column, _number(group, 3), list(map(self._whole, chunks)))
        return Piece(start, made)

    def _leaf(self, group_number: int, column: _Column) -> _Leaf:
        """Return the pages of a column with one leaf, from the headers of the pages."""
        place = group_number, column.leaf
        if place not in self._leaves:
            self._leaves[place] = self._walked(self._groups[group_number], column)
        return self._leaves[place]

    def _walked(self, group: Struct, column: _Column) -> _Leaf:
        about = group[1].value.values[column.leaf][3].value
        start = data = position = _start(about)
        end = start + _number(about, 7)
        pages: list[_Page] = []
        rows = 0
        while position < end:
            head = self._bytes(position, min(_LONGEST_HEADER, end - position))
            header, head_size = struct_at(head)
            kind, size = _number(header, 1), head_size + _number(header, 3)
            if kind == _DICTIONARY and position == start:
                data = position + size
            elif kind == _DATA and not column.is_flat:
                return _Leaf(start, data, [])
            elif kind in (_DATA, _DATA_2):
                described = header[5 if kind == _DATA else 8].value
                values = _number(described, 1)
                page_rows = values if kind == _DATA else _number(described, 3)
                pages.append(_Page(position, size, rows, page_rows, values))
                rows += page_rows
            else:
                raise ValueError(f"a page of type {kind}")
            position += size
            if len(pages) > _MOST_PAGES:
                raise ValueError("too many pages")
        if rows != _number(group, 3):
            raise ValueError("the pages and their group disagree on the number of rows")
        return _Leaf(start, data, pages)

    def _whole(self, chunk: Struct) -> _Part:
        """Return all pages of a leaf."""
        about = chunk[3].value
        start, first_data = _start(about), _number(about, 9)
        spans = ((start, _number(about, 7)),)
        return _Part(chunk, spans, first_data - start, _number(about, 5))

    def _file_of(self, column: _Column, rows: int, parts: list[_Part]) -> bytearray:
        """Return a Parquet file with one column and one group."""
        chunks: list[Struct] = []
        start = len(_SIGNATURE)
        for part in parts:
            size = sum(span_size for _, span_size in part.spans)
            about: Struct = {each: part.chunk[3].value[each] for each in (1, 2, 3, 4, 6)}
            about[5] = Field(_I64, part.values)
            about[7] = Field(_I64, size)
            about[9] = Field(_I64, start + part.dictionary_size)
            if part.dictionary_size:
                about[11] = Field(_I64, start)
            chunks.append({2: Field(_I64, start), 3: Field(_STRUCT, about)})
            start += size
        group: Struct = {
            1: Field(_LIST, Items(_STRUCT, chunks)),
            2: Field(_I64, start),
            3: Field(_I64, rows),
        }
        root: Struct = {**self._root, 5: Field(_I32, 1)}
        footer = bytes_of(
            {
                **self._about,
                2: Field(_LIST, Items(_STRUCT, [root, *column.schema])),
                3: Field(_I64, rows),
                4: Field(_LIST, Items(_STRUCT, [group])),
            }
        )
        end = b"".join((footer, len(footer).to_bytes(4, "little"), _SIGNATURE))
        if start > _MOST_PIECE:
            raise ValueError(_TOO_LARGE)
        # The file's bytes are read to their place, because copying 100 MB takes 50 ms.
        made = bytearray(start + len(end))
        made[: len(_SIGNATURE)], made[start:] = _SIGNATURE, end
        position = len(_SIGNATURE)
        for offset, size in (span for part in parts for span in part.spans):
            self._file.seek(offset)
            if self._file.readinto(memoryview(made)[position : position + size]) < size:
                raise ValueError(_CUT_OFF)
            position += size
        return made

    def _bytes(self, start: int, size: int) -> bytes:
        """Return a part of the file."""
        if not 0 <= size <= _MOST_PIECE:
            raise ValueError(_TOO_LARGE)
        self._file.seek(start)
        data = self._file.read(size)
        if len(data) < size:
            raise ValueError(_CUT_OFF)
        return data


def _columns(schema: list[Struct]) -> Iterator[_Column]:
    """Yield the columns of a schema, in which the parts of an element follow it."""
    elements = iter(schema)
    leaf = 0
    for element in elements:
        described = [element]
        missing = _number(element, 5, 0)
        while missing:
            described.append(next(elements))
            missing += _number(described[-1], 5, 0) - 1
        leaves = sum(not _number(each, 5, 0) for each in described)
        yield _Column(described, leaf, leaves)
        leaf += leaves


def _start(about: Struct) -> int:
    """Return the offset of the first page of a leaf, which may be its dictionary."""
    return min(offset for offset in (_number(about, 9), _number(about, 11, 0)) if offset > 0)


def _number(struct: Struct, field: int, default: int | None = None) -> int:
    """Return a field that is a number. Raises `ValueError` if it is missing or negative."""
    value = struct[field].value if field in struct else default
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"field {field} is not a number")
    return value
