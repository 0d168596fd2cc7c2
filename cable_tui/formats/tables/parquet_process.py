"""The process that reads Parquet files: `python -m cable_tui.formats.tables.parquet_process`.

A footer may request any amount of memory or make the reader panic. This happens in a process that
can be killed at any time. The process answers the requests of `sqlite_process` for the only table
in a file and ignores their SQL. Rows have no index, so each row is reached from the first row, or
from the row that was read before it.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from cable_tui.formats.child_answers import answer_requests
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.tables.sqlite_process import (
    Asked,
    OpenDatabase,
    Server,
    numbered_record,
    rows_answer,
)

MISSING = (
    "Parquet is read with arro3, which is not installed: pip install 'cable-tui[parquet]', or "
    "export the file as CSV"
)
_DAMAGED = "it is damaged, or of a kind of Parquet that arro3 does not read; get another copy"
_BATCH = 256
"""The number of rows to decode at once."""
_SAMPLE = 60


class NotParquetError(Exception):
    """Raised if a file cannot be read; the text is the reason."""


class OpenParquet(OpenDatabase):
    """An open Parquet file."""

    def __init__(self, path: str | None, data: bytes) -> None:
        try:
            from arro3.io import read_parquet
        except ImportError:
            raise NotParquetError(MISSING) from None
        self._source = (lambda: io.BytesIO(data)) if path is None else (lambda: Path(path))
        self._read = read_parquet
        self._begin()

    def _begin(self) -> None:
        """Go to the first row."""
        reader = self._read(self._source(), batch_size=_BATCH)
        self._names = [str(name) for name in reader.schema.names]
        self._batches: Iterator[Any] = iter(reader)
        self._start = self._end = 0
        """The numbers of the first row of the batch, and of the first row after it."""
        self._batch: Any = None
        self._columns: list[list[object]] = []

    def ask(self, sql: str, values: Sequence[int]) -> bytes:  # noqa: ARG002
        """Return the names of the columns, and the first rows after an empty column."""
        sample: list[list[str | None]] = []
        while len(sample) < _SAMPLE and (row := self._row(len(sample))) is not None:
            sample.append([None, *row])
        return json.dumps({"names": self._names, "rows": sample}).encode()

    def rows(self, asked: Asked) -> bytes:
        """Return rows from a number on, as many as can be read in a moment."""
        end_time = time.monotonic() + self.moment
        records: list[bytes] = []
        size = 0
        for number in count(asked.first):
            row = self._row(number)
            if row is None:
                return rows_answer(records, len(records), ended=True)
            records.append(numbered_record(number, asked.packed((None, *row))))
            size += len(records[-1])
            if size >= self.most_bytes or time.monotonic() >= end_time:
                break
        return rows_answer(records, len(records), ended=False)

    def row(self, asked: Asked) -> bytes:
        """Return one row."""
        row = self._row(asked.first)
        records = [] if row is None else [numbered_record(asked.first, asked.packed((None, *row)))]
        return rows_answer(records, len(records), ended=True)

    def _row(self, number: int) -> list[str] | None:
        """Return a row as texts, or None if there are fewer rows."""
        if number < self._start:
            self._begin()
        while number >= self._end:
            batch = next(self._batches, None)
            if batch is None:
                return None
            self._batch, self._columns = batch, []
            self._start, self._end = self._end, self._end + batch.num_rows
        if not self._columns:
            self._columns = [_values(column) for column in self._batch.columns]
        return [text_of(column[number - self._start]) for column in self._columns]


def _values(column: Any) -> list[object]:
    from arro3.core import DataType

    if DataType.is_temporal(column.type):  # Python would look for its time zone in a file
        column = column.cast(DataType.utf8())
    values: list[object] = column.to_pylist()
    return values


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
    try:
        from arro3.core import Array, DataType, Table
        from arro3.io import write_parquet
    except ImportError:  # said at the first file
        return
    # Reading a file loads further modules at its first values.
    made = io.BytesIO()
    write_parquet(Table.from_arrays([Array(["a"], DataType.utf8())], names=["a"]), made)
    OpenParquet(None, made.getvalue()).ask("", ())


if __name__ == "__main__":
    load()
    answer_requests(ParquetServer().answer)
