"""The process that reads databases of others: `python -m cable_tui.formats.tables.sqlite_process`.

Views, generated columns and a damaged file are programs for SQLite: they run here, in a process
that may be killed at any time. A database is opened so that nothing in it can write or attach, as a
file that nobody changes, so that no journal is made or played back.

A request is a line of JSON, and for `open` perhaps the bytes of a database after it:

    {"open": path or null}                                          null: the bytes follow
    {"ask": sql, "values": [...]}                                   a few rows: values as text
    {"rows": sql, "first": n, "columns": [...], "numbered": bool}   rows from `first` on, as JSON
    {"row": sql, "first": n, "columns": [...], "numbered": bool}    of these, the row `first` alone
    {"one": sql, "first": n, "columns": [...], "numbered": bool}    the row that a query gives
    {"check": true}                                                 the first fault of the file

`rows` and `row` answer after a moment with what they have: the one who asks goes on from there.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.formats.base import LONGEST_RECORD
from cable_tui.formats.child_answers import answer_requests
from cable_tui.formats.encodings import decode_part
from cable_tui.program.database import sqlite_address

TOOK = struct.Struct(">d")
"""Comes before each answer: the CPU seconds that it took."""
RECORD = struct.Struct(">qI")
"""Comes before each row: its number and its size, 0 if it is longer than a record may be."""
_MOST_ANSWERS = 4_000
"""The most rows of an answer to `ask`."""
_NEAR = 1_000
"""At most this many rows are skipped to reach a later one; otherwise the query begins again."""
_KEPT_IN_MEMORY = 32 << 10
"""KiB of kept rows in memory; the others are in an unnamed file."""
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
"""Errors of reading a damaged database; names in it may not be text."""
Row = tuple[object, ...]


class Asked(NamedTuple):
    """The rows that are wanted."""

    sql: str
    """SQL with one parameter, for the first row."""
    first: int
    columns: Sequence[str]
    numbered: bool
    """Whether the first column finds a row; otherwise rows are counted from 0."""

    def packed(self, row: Row) -> bytes:
        """Return a row as JSON: names and texts; empty if it is too long."""
        pairs = list(zip(self.columns, map(_text_of, row[1:]), strict=False))
        packed_row = json.dumps(pairs, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return packed_row if len(packed_row) <= LONGEST_RECORD else b""


class Walk:
    """The rows of a query, in their order."""

    def __init__(self, db: sqlite3.Connection, asked: Asked, first: int) -> None:
        self.sql = asked.sql
        self._numbered = asked.numbered
        self._rows: Iterator[Row] = db.execute(asked.sql, (first,))
        self.next = first
        """The number of the next row; for numbered rows it may be higher."""

    def row(self) -> tuple[int, Row] | None:
        """Return the next row and its number; None at the end."""
        next_row = next(self._rows, None)
        if next_row is None:
            return None
        row_number = next_row[0] if self._numbered and isinstance(next_row[0], int) else self.next
        self.next = row_number + 1
        return row_number, next_row


class KeptRows:
    """The rows of a view by their numbers: a view can only be read from its beginning.

    They are packed, in a database without a name that ends with this process.
    """

    def __init__(self, db: sqlite3.Connection, asked: Asked) -> None:
        self._asked = asked
        self._walk = Walk(db, asked, 0)
        self._rows = sqlite3.connect("")
        for pragma in ("journal_mode = OFF", f"cache_size = -{_KEPT_IN_MEMORY}"):
            self._rows.execute(f"PRAGMA {pragma}")
        self._rows.execute("CREATE TABLE kept (at INTEGER PRIMARY KEY, packed BLOB)")

    def fill(self, number: int, until: float) -> tuple[int, bool]:
        """Keep rows up to a number, or until a time; return how many, and whether they are all."""
        row_count = 0
        while self._walk.next <= number and time.monotonic() < until:
            numbered_row = self._walk.row()
            if numbered_row is None:
                return row_count, True
            packed_row = zlib.compress(self._asked.packed(numbered_row[1]), 1)
            self._rows.execute("INSERT INTO kept VALUES (?, ?)", (numbered_row[0], packed_row))
            row_count += 1
        return row_count, self._walk.next > number

    def row(self, number: int) -> bytes | None:
        """Return a kept row."""
        row = self._rows.execute("SELECT packed FROM kept WHERE at = ?", (number,)).fetchone()
        return zlib.decompress(row[0]) if row else None


class OpenDatabase:
    """An open database, and the position in it. Its methods raise `_ERRORS`."""

    moment = 0.25
    """Seconds after which an answer has the rows found so far."""
    most_bytes = 1 << 20
    """The most bytes of an answer, if its last row is not longer."""
    most_jumps = 8
    """After this many rows read out of order, those of a view are kept."""

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
        """Return the names of the columns and a few rows."""
        cursor = self._db.execute(sql, values)
        names = [head[0] for head in cursor.description]
        rows = [
            [value if value is None or isinstance(value, int) else _text_of(value) for value in row]
            for row in cursor.fetchmany(_MOST_ANSWERS)
        ]
        return json.dumps({"names": names, "rows": rows}).encode()

    def check(self) -> bytes:
        """Return the first fault that SQLite finds in the whole file; empty if it has none."""
        limit_before = self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _ANY_LENGTH)
        self._db.set_authorizer(_allowed_to_check)
        try:
            ((answer,),) = self._db.execute("PRAGMA quick_check(1)").fetchall()
            fault = _text_of(answer).strip().rpartition("\n")[2]
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & _PRIMARY not in _OF_THE_FILE:
                raise
            fault = str(error)
        finally:
            self._db.set_authorizer(_allowed)
            self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limit_before)
        return json.dumps({"fault": "" if fault == "ok" else fault}).encode()

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
                    return _rows_answer(records, row_count, ended=True)
                row_number, row = numbered_row
                records.append(_record(row_number, asked.packed(row)))
                batch_size += len(records[-1])
                row_count += 1
        except _ERRORS as error:
            self._walk = None
            return _rows_answer(records, row_count, ended=True, error=str(error))
        return _rows_answer(records, row_count, ended=False)

    def one(self, asked: Asked) -> bytes:
        """Return the row that a query returns."""
        row = self._db.execute(asked.sql, (asked.first,)).fetchone()
        records = [_record(asked.first, asked.packed(row))] if row else []
        return _rows_answer(records, len(records), ended=True)

    def row(self, asked: Asked) -> bytes:
        """Return one of the rows; empty if it was not reached yet: the caller asks again."""
        end_time = time.monotonic() + self.moment
        kept_rows = self._kept.get(asked.sql)
        if kept_rows is None and not self._is_within(asked, _NEAR):
            self._jumps[asked.sql] += 1
            if self._jumps[asked.sql] > self.most_jumps:
                kept_rows = self._kept[asked.sql] = KeptRows(self._db, asked)
        if kept_rows is not None:
            count, has_ended = kept_rows.fill(asked.first, end_time)
            packed_row = kept_rows.row(asked.first) if has_ended else None
            records = [] if packed_row is None else [_record(asked.first, packed_row)]
            return _rows_answer(records, count, ended=has_ended)
        row_walk = self._walk_to(asked, _NEAR)
        while (numbered_row := row_walk.row()) and numbered_row[0] < asked.first:
            continue
        if numbered_row is None or numbered_row[0] != asked.first:
            return _rows_answer([], 0, ended=True)
        return _rows_answer(
            [_record(numbered_row[0], asked.packed(numbered_row[1]))], 1, ended=True
        )

    def _is_within(self, asked: Asked, distance: int) -> bool:
        """Return whether the first wanted row comes soon in the present walk."""
        row_walk = self._walk
        return bool(
            row_walk and row_walk.sql == asked.sql and 0 <= asked.first - row_walk.next < distance
        )

    def _walk_to(self, asked: Asked, distance: int) -> Walk:
        if self._walk is None or not self._is_within(asked, distance):
            self._walk = Walk(self._db, asked, asked.first)
        return self._walk


def _rows_answer(records: list[bytes], walked: int, *, ended: bool, error: str = "") -> bytes:
    head = json.dumps({"walked": walked, "ended": ended, "error": error}).encode()
    return b"".join((head, b"\n", *records))


def _record(number: int, packed: bytes) -> bytes:
    return RECORD.pack(number, len(packed)) + packed


def _allowed(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (second or first or "").lower() in _FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _allowed_to_check(action: int, first: str | None, second: str | None, *rest: object) -> int:
    if action == sqlite3.SQLITE_PRAGMA and first == "quick_check":
        return sqlite3.SQLITE_OK
    return _allowed(action, first, second, *rest)


def _text_of(value: object) -> str:
    """Return a value as text."""
    if isinstance(value, bytes):
        return decode_part(value)
    return "" if value is None else str(value)


class Server:
    """Answers requests about one database at a time."""

    def __init__(self) -> None:
        self._database: OpenDatabase | None = None

    def answer(self, request: bytes) -> bytes:
        """Return the time that a request took, and its answer: JSON, or a line of JSON and rows."""
        begin_time = time.process_time()
        line, _, data = request.partition(b"\n")
        asked_fields: dict[str, Any] = json.loads(line)
        try:
            answer = self._answer(asked_fields, data)
        except (*_ERRORS, AttributeError) as error:
            answer = json.dumps({"error": str(error) or "it needs too much memory"}).encode()
        return TOOK.pack(time.process_time() - begin_time) + answer

    def _answer(self, asked: dict[str, Any], data: bytes) -> bytes:
        if "open" in asked:
            self._database = None
            self._database = OpenDatabase(asked["open"], data)
            return b"{}"
        database = self._database
        if database is None:
            raise sqlite3.ProgrammingError("no database is open")
        if "check" in asked:
            return database.check()
        if "ask" in asked:
            return database.ask(asked["ask"], asked["values"])
        ways = {"rows": database.rows, "row": database.row, "one": database.one}
        kind = next(way for way in ways if way in asked)
        return ways[kind](Asked(asked[kind], asked["first"], asked["columns"], asked["numbered"]))


if __name__ == "__main__":
    answer_requests(Server().answer)
