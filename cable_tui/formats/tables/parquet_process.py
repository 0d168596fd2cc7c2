"""The process that reads Parquet files: `python -m cable_tui.formats.tables.parquet_process`.

A footer may request any amount of memory or make the reader panic. This happens in a process that
can be killed at any time. The process answers the requests of `sqlite_process` for the only table
in a file and ignores their SQL. arro3 decodes rows only in order. A single row is read from the
pages that hold it (`parquet_pages`), or, if these are unknown, from the first row on.
"""

from __future__ import annotations

import gc
import io
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from cable_tui.formats.child_answers import answer_requests
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.tables.parquet_pages import NO_PAGES, Pages
from cable_tui.formats.tables.sqlite_process import (
    Asked,
    OpenDatabase,
    Server,
    numbered_record,
    rows_answer,
)
from cable_tui.operating_system.memory import keep_freed_memory

MISSING = (
    "Parquet is read with arro3, which is not installed: pip install 'cable-tui[parquet]', or "
    "export the file as CSV"
)
_DAMAGED = "it is damaged, or of a kind of Parquet that arro3 does not read; get another copy"
_BATCH = 256
"""The number of rows to decode at once."""
_SAMPLE = 60
_GC_THRESHOLD = 200_000
"""The number of new objects after which garbage is collected. A footer consists of many objects
without cycles, and looking for cycles takes longer than reading the footer.
"""


class NotParquetError(Exception):
    """Raised if a file cannot be read; the text is the reason."""


class _Walk:
    """Rows that are read in order, from the first row of a file or of a part of it."""

    def __init__(self, reader: Any, first: int = 0, types: Sequence[Any] = ()) -> None:
        self.names = [str(name) for name in reader.schema.names]
        self.types = types or [field.type for field in reader.schema]
        """The types to which columns are converted; a part of a file has no time zones."""
        self.first = self._start = self._end = first
        """The numbers of the first row, of the first row of the batch, and of the row after it."""
        self._batches: Iterator[Any] = iter(reader)
        self._batch: Any = None
        self._columns: list[list[object]] = []

    def has_passed(self, number: int) -> bool:
        """Return whether a row comes before the rows that can still be read."""
        return number < self._start

    def row(self, number: int) -> list[object] | None:
        """Return the values of a row, or None if there are fewer rows."""
        while number >= self._end:
            batch = next(self._batches, None)
            if batch is None:
                return None
            self._batch, self._columns = batch, []
            self._start, self._end = self._end, self._end + batch.num_rows
        if not self._columns:
            columns = zip(self._batch.columns, self.types, strict=True)
            self._columns = [_values(column, kind) for column, kind in columns]
        return [column[number - self._start] for column in self._columns]


def _values(column: Any, kind: Any) -> list[object]:
    from arro3.core import DataType

    if column.type != kind:
        column = column.cast(kind)
    if DataType.is_temporal(kind):  # Python would look for its time zone in a file
        column = column.cast(DataType.utf8())
    values: list[object] = column.to_pylist()
    return values


class OpenParquet(OpenDatabase):
    """An open Parquet file."""

    def __init__(self, path: str | None, data: bytes) -> None:
        try:
            from arro3.io import read_parquet
        except ImportError:
            raise NotParquetError(MISSING) from None
        self._read = read_parquet
        self._source = Path(path) if path else None
        self._data = data
        self._all = self._from_the_first()
        self._parts: dict[int, _Walk] = {}
        """The part of each column that was read last."""
        self._pages: Pages | None = None
        with suppress(*NO_PAGES):
            # Open as long as the rows are read.
            self._pages = Pages(Path(path).open("rb") if path else io.BytesIO(data))  # noqa: SIM115

    def _from_the_first(self) -> _Walk:
        source = self._source or io.BytesIO(self._data)
        return _Walk(self._read(source, batch_size=_BATCH))

    def ask(self, sql: str, values: Sequence[int]) -> bytes:  # noqa: ARG002
        """Return the names of the columns, and the first rows after an empty column."""
        sample: list[list[str | None]] = []
        while len(sample) < _SAMPLE and (row := self._next(len(sample))) is not None:
            sample.append([None, *row])
        return json.dumps({"names": self._all.names, "rows": sample}).encode()

    def rows(self, asked: Asked) -> bytes:
        """Return rows from a number on, as many as can be read in a moment."""
        end_time = time.monotonic() + self.moment
        records: list[bytes] = []
        size = 0
        for number in count(asked.first):
            row = self._next(number)
            if row is None:
                return rows_answer(records, len(records), ended=True)
            records.append(numbered_record(number, asked.packed((None, *row))))
            size += len(records[-1])
            if size >= self.most_bytes or time.monotonic() >= end_time:
                break
        return rows_answer(records, len(records), ended=False)

    def row(self, asked: Asked) -> bytes:
        """Return one row."""
        try:
            row = self._alone(asked.first)
        except Exception:  # noqa: BLE001 - it can be read in order, whatever its pages are
            self._pages = None
            row = self._next(asked.first)
        records = [] if row is None else [numbered_record(asked.first, asked.packed((None, *row)))]
        return rows_answer(records, len(records), ended=True)

    def _next(self, number: int) -> list[str] | None:
        """Return a row after all rows before it, or None if there are fewer rows."""
        if self._all.has_passed(number):
            self._all = self._from_the_first()
        row = self._all.row(number)
        return None if row is None else list(map(text_of, row))

    def _alone(self, number: int) -> list[str] | None:
        """Return a row from the pages that hold it, or None if there are fewer rows."""
        if self._pages is None:
            return self._next(number)
        if number >= len(self._pages):
            return None
        return [
            text_of(self._cell(self._pages, column, number))
            for column in range(len(self._all.types))
        ]

    def _cell(self, pages: Pages, column: int, number: int) -> object:
        """Return a value of a row. Raises `ValueError` if its part has fewer rows."""
        part = self._parts.get(column)
        values = None if part is None or part.has_passed(number) else part.row(number)
        if values is None:
            piece = pages.piece(column, number)
            reader = self._read(piece.data, batch_size=_BATCH)
            part = self._parts[column] = _Walk(reader, piece.first, [self._all.types[column]])
            values = part.row(number)
        if values is None:
            raise ValueError("the page has fewer rows than it says")
        return values[0]


def text_of(value: object) -> str:
    """Return a value of a cell as text; a list of texts is separated by commas."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return decode_part(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


class ParquetServer(Server):
    """Answers requests about one Parquet file at a time."""

    def __init__(self) -> None:
        super().__init__(OpenParquet, (NotParquetError,))

    def _answer(self, request_fields: dict[str, Any], data: bytes) -> bytes:
        try:
            return super()._answer(request_fields, data)
        except (MemoryError, NotParquetError):
            raise
        except BaseException as error:  # a panic of the reader is no `Exception`
            raise NotParquetError(_DAMAGED) from error


def load() -> None:
    """Load everything needed to read a file, because the process loses access to files later."""
    gc.set_threshold(_GC_THRESHOLD)
    keep_freed_memory()
    try:
        from arro3.core import Array, DataType, Table
        from arro3.io import write_parquet
    except ImportError:  # said at the first file
        return
    # Reading a file loads further modules at its first values, and a zone of time as a file.
    import decimal  # noqa: F401
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    with suppress(ZoneInfoNotFoundError):
        ZoneInfo("UTC")
    made = io.BytesIO()
    write_parquet(Table.from_arrays([Array(["a"], DataType.utf8())], names=["a"]), made)
    OpenParquet(None, made.getvalue()).ask("", ())


if __name__ == "__main__":
    load()
    answer_requests(ParquetServer().answer)
