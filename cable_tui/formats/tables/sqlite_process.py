"""The process that reads users' databases: `python -m cable_tui.formats.tables.sqlite_process`.

For SQLite, views, generated columns and a damaged file are programs. They run in this process,
which can be killed at any time. A database is opened so that nothing in it can write or attach, and
as an immutable file, so that no journal is created or replayed.

A request is a line of JSON; for `open` it may be followed by the bytes of a database:

    {"open": path or null}                                          null: the bytes follow
    {"ask": sql, "values": [...]}                                   a few rows, values as text
    {"rows": sql, "first": n, "columns": [...], "numbered": bool}   rows from `first` on, as JSON
    {"row": sql, "first": n, "columns": [...], "numbered": bool}    only the row `first` of these
    {"one": sql, "first": n, "columns": [...], "numbered": bool}    the row that a query returns
    {"check": true}                                                 the first error in the file

`rows` and `row` return after a moment with the rows read so far; the caller then asks for more.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.formats.base import LONGEST_RECORD
from cable_tui.formats.child_answers import answer_requests
from cable_tui.formats.encodings import decode_part
from cable_tui.program.database import sqlite_address

TOOK = struct.Struct(">d")
"""The format of the CPU seconds that an answer took, which precede each answer."""
RECORD = struct.Struct(">qI")
"""The format of a row's number and size, which precede each row; the size is 0 if the row is too
long for a record.
"""
_MOST_ANSWERS = 4_000
"""The maximum number of rows in an answer to `ask`."""
_NEAR = 1_000
"""The maximum number of rows to skip to reach a later row; beyond that, the query is restarted."""
_KEPT_IN_MEMORY = 32 << 10
"""The memory for kept rows, in KiB; further rows are in an unnamed file."""
_FUNCTIONS = frozenset(
    """
    abs avg cast char coalesce concat concat_ws count date datetime format glob group_concat hex
    ifnull iif instr julianday length like lower ltrim max min nullif printf quote replace round
    rtrim strftime string_agg substr substring sum time total trim typeof unicode unixepoch upper
    """.split()
)
_ANY_LENGTH = 1 << 30
_OF_THE_FILE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PRIMARY = 0xFF
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_ERRORS = (sqlite3.Error, UnicodeError, MemoryError, OverflowError)
"""Errors raised while reading a damaged database, where names may be invalid text."""
Row = tuple[object, ...]


class Asked(NamedTuple):
    """A request for rows."""

    sql: str
    """The SQL query, with one parameter for the first row."""
    first: int
    columns: Sequence[str]
    numbered: bool
    """Whether the first column is a row number; otherwise rows are counted from 0."""

    def packed(self, row: Row) -> bytes:
        """Return a row as JSON pairs of name and text, or empty bytes if it is too long."""
        name_value_pairs = list(zip(self.columns, map(_text_of, row[1:]), strict=False))
        row_json = json.dumps(name_value_pairs, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return row_json if len(row_json) <= LONGEST_RECORD else b""


class Walk:
    """The rows of a query, read in order."""

    def __init__(self, db: sqlite3.Connection, asked: Asked, first: int) -> None:
        self.sql = asked.sql
        self._numbered = asked.numbered
        self._rows: Iterator[Row] = db.execute(asked.sql, (first,))
        self.next = first
        """The number of the next row; a numbered row may have a higher number."""

    def row(self) -> tuple[int, Row] | None:
        """Return the next row and its number, or None at the end."""
        next_row = next(self._rows, None)
        if next_row is None:
            return None
        row_number = next_row[0] if self._numbered and isinstance(next_row[0], int) else self.next
        self.next = row_number + 1
        return row_number, next_row


class KeptRows:
    """The rows of a view by number, kept because a view can be read only from its beginning.

    They are compressed in an unnamed database, which is deleted when this process ends.
    """

    def __init__(self, db: sqlite3.Connection, asked: Asked) -> None:
        self._asked = asked
        self._walk = Walk(db, asked, 0)
        self._rows = sqlite3.connect("")
        for pragma in ("journal_mode = OFF", f"cache_size = -{_KEPT_IN_MEMORY}"):
            self._rows.execute(f"PRAGMA {pragma}")
        self._rows.execute("CREATE TABLE kept (at INTEGER PRIMARY KEY, packed BLOB)")

    def fill(self, number: int, until: float) -> tuple[int, bool]:
        """Keep rows up to a number, or until a time.

        Returns the number of rows read, and whether all requested rows are in memory.
        """
        row_count = 0
        while self._walk.next <= number and time.monotonic() < until:
            numbered_row = self._walk.row()
            if numbered_row is None:
                return row_count, True
            compressed_row = zlib.compress(self._asked.packed(numbered_row[1]), 1)
            self._rows.execute("INSERT INTO kept VALUES (?, ?)", (numbered_row[0], compressed_row))
            row_count += 1
        return row_count, self._walk.next > number

    def row(self, number: int) -> bytes | None:
        """Return a kept row, or None."""
        kept_row = self._rows.execute("SELECT packed FROM kept WHERE at = ?", (number,)).fetchone()
        return zlib.decompress(kept_row[0]) if kept_row else None


class OpenDatabase:
    """An open database and the current position in it. Its methods raise `_ERRORS`."""

    moment = 0.25
    """The number of seconds after which an answer is returned with the rows read so far."""
    most_bytes = 1 << 20
    """The maximum size of an answer, in bytes, unless its last row is longer."""
    most_jumps = 8
    """The number of out-of-order reads after which a view's rows are kept."""

    def __init__(self, path: str | None, data: bytes) -> None:
        if path is None:
            self._db = sqlite3.connect(":memory:")
            self._db.deserialize(data)
        else:
            self._db = sqlite3.connect(sqlite_address(Path(path), "ro&immutable=1"), uri=True)
        self._db.text_factory = bytes
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_RECORD)
        self._db.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 20)
        self._db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self._db.set_authorizer(_allowed)
        self._walk: Walk | None = None
        self._jumps: Counter[str] = Counter()
        self._kept: dict[str, KeptRows] = {}

    def ask(self, sql: str, values: Sequence[int]) -> bytes:
        """Return the column names and a few rows."""
        cursor = self._db.execute(sql, values)
        column_names = [column_description[0] for column_description in cursor.description]
        text_rows = [
            [
                cell_value
                if cell_value is None or isinstance(cell_value, int)
                else _text_of(cell_value)
                for cell_value in row
            ]
            for row in cursor.fetchmany(_MOST_ANSWERS)
        ]
        return json.dumps({"names": column_names, "rows": text_rows}).encode()

    def check(self) -> bytes:
        """Return the first error that SQLite finds in the whole file, or empty bytes."""
        previous_limit = self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _ANY_LENGTH)
        self._db.set_authorizer(_allowed_to_check)
        try:
            ((check_result,),) = self._db.execute("PRAGMA quick_check(1)").fetchall()
            database_error = _text_of(check_result).strip().rpartition("\n")[2]
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & _PRIMARY not in _OF_THE_FILE:
                raise
            database_error = str(error)
        finally:
            self._db.set_authorizer(_allowed)
            self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, previous_limit)
        return json.dumps({"fault": "" if database_error == "ok" else database_error}).encode()

    def rows(self, asked: Asked) -> bytes:
        """Return rows from a number on, as many as can be read in a moment."""
        row_walk = self._walk_to(asked, 1)
        end_time = time.monotonic() + self.moment
        records: list[bytes] = []
        batch_size = row_count = 0
        try:
            while batch_size < self.most_bytes and time.monotonic() < end_time:
                numbered_row = row_walk.row()
                if numbered_row is None:
                    return rows_answer(records, row_count, ended=True)
                row_number, row = numbered_row
                records.append(numbered_record(row_number, asked.packed(row)))
                batch_size += len(records[-1])
                row_count += 1
        except _ERRORS as error:
            self._walk = None
            return rows_answer(records, row_count, ended=True, error=str(error))
        return rows_answer(records, row_count, ended=False)

    def one(self, asked: Asked) -> bytes:
        """Return the row that a query selects."""
        row = self._db.execute(asked.sql, (asked.first,)).fetchone()
        records = [numbered_record(asked.first, asked.packed(row))] if row else []
        return rows_answer(records, len(records), ended=True)

    def row(self, asked: Asked) -> bytes:
        """Return one row of a walk, or an unfinished answer if it was not reached yet.

        The caller then repeats the request.
        """
        end_time = time.monotonic() + self.moment
        kept_rows = self._kept.get(asked.sql)
        if kept_rows is None and not self._is_within(asked, _NEAR):
            self._jumps[asked.sql] += 1
            if self._jumps[asked.sql] > self.most_jumps:
                kept_rows = self._kept[asked.sql] = KeptRows(self._db, asked)
        if kept_rows is not None:
            row_count, has_ended = kept_rows.fill(asked.first, end_time)
            packed_row = kept_rows.row(asked.first) if has_ended else None
            records = [] if packed_row is None else [numbered_record(asked.first, packed_row)]
            return rows_answer(records, row_count, ended=has_ended)
        row_walk = self._walk_to(asked, _NEAR)
        while (numbered_row := row_walk.row()) and numbered_row[0] < asked.first:
            continue
        if numbered_row is None or numbered_row[0] != asked.first:
            return rows_answer([], 0, ended=True)
        return rows_answer(
            [numbered_record(numbered_row[0], asked.packed(numbered_row[1]))], 1, ended=True
        )

    def _is_within(self, asked: Asked, distance: int) -> bool:
        """Return whether the requested row comes soon in the current walk."""
        row_walk = self._walk
        return bool(
            row_walk and row_walk.sql == asked.sql and 0 <= asked.first - row_walk.next < distance
        )

    def _walk_to(self, asked: Asked, distance: int) -> Walk:
        if self._walk is None or not self._is_within(asked, distance):
            self._walk = Walk(self._db, asked, asked.first)
        return self._walk


def rows_answer(records: list[bytes], walked: int, *, ended: bool, error: str = "") -> bytes:
    """Return an answer with rows. `walked` is how many rows were read for it."""
    answer_line = json.dumps({"walked": walked, "ended": ended, "error": error}).encode()
    return b"".join((answer_line, b"\n", *records))


def numbered_record(number: int, packed: bytes) -> bytes:
    """Return a row of an answer with its number and size."""
    return RECORD.pack(number, len(packed)) + packed


def _allowed(
    action: int, first_argument: str | None, second_argument: str | None, *_: object
) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if (
        action == sqlite3.SQLITE_FUNCTION
        and (second_argument or first_argument or "").lower() in _FUNCTIONS
    ):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _allowed_to_check(
    action: int, first_argument: str | None, second_argument: str | None, *other_arguments: object
) -> int:
    if action == sqlite3.SQLITE_PRAGMA and first_argument == "quick_check":
        return sqlite3.SQLITE_OK
    return _allowed(action, first_argument, second_argument, *other_arguments)


def _text_of(value: object) -> str:
    """Return a value as text."""
    if isinstance(value, bytes):
        return decode_part(value)
    return "" if value is None else str(value)


class Server:
    """Answers requests about one database at a time, opened by `open_file`."""

    def __init__(
        self,
        open_file: Callable[[str | None, bytes], OpenDatabase] | None = None,
        errors: tuple[type[BaseException], ...] = (),
    ) -> None:
        self._open_file = open_file or OpenDatabase
        self._errors: tuple[type[BaseException], ...] = (*_ERRORS, AttributeError, *errors)
        self._database: OpenDatabase | None = None

    def answer(self, request: bytes) -> bytes:
        """Return the CPU time of a request, and its answer.

        The answer is JSON, or a line of JSON followed by rows.
        """
        start_time = time.process_time()
        request_line, _, database_bytes = request.partition(b"\n")
        request_fields: dict[str, Any] = json.loads(request_line)
        try:
            answer = self._answer(request_fields, database_bytes)
        except self._errors as error:
            answer = json.dumps({"error": str(error) or "it needs too much memory"}).encode()
        return TOOK.pack(time.process_time() - start_time) + answer

    def _answer(self, request_fields: dict[str, Any], data: bytes) -> bytes:
        if "open" in request_fields:
            self._database = None
            self._database = self._open_file(request_fields["open"], data)
            return b"{}"
        database = self._database
        if database is None:
            raise sqlite3.ProgrammingError("no database is open")
        if "check" in request_fields:
            return database.check()
        if "ask" in request_fields:
            return database.ask(request_fields["ask"], request_fields["values"])
        method_by_name = {"rows": database.rows, "row": database.row, "one": database.one}
        request_kind = next(
            method_name for method_name in method_by_name if method_name in request_fields
        )
        return method_by_name[request_kind](
            Asked(
                request_fields[request_kind],
                request_fields["first"],
                request_fields["columns"],
                request_fields["numbered"],
            )
        )


if __name__ == "__main__":
    answer_requests(Server().answer)
