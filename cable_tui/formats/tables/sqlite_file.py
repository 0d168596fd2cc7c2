"""A user's SQLite file, opened so that nothing in it can run, write or go on without end.

The file is opened by its path, read-only and as one that nobody changes, so that no journal is made
or played back. A database inside of an archive is read in memory, up to a size. Views may select;
they cannot recurse, attach, or call what is not in a list.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cable_tui.database import Connection
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.plan import Plan, is_of_cables, understood
from cable_tui.formats.tables.sqlite_joins import FACTS, Side, joins, quoted
from cable_tui.operating_system.files import sqlite_address

LARGEST_IN_MEMORY = 256 << 20
"""Bytes of a database in an archive."""
_STEPS = 200_000_000
"""Steps of SQLite's machine that one row may take: some seconds."""
_STEPS_AT_ONCE = 100_000
_MOST_TABLES = 64
_ROWS = 60
_ROWID_BITS = 56
_WAL = slice(18, 20)
"""The two bytes of a file's head that say that its changes go into a journal first."""
_FUNCTIONS = frozenset(
    """
    abs avg cast char coalesce concat concat_ws count date datetime format glob group_concat hex
    ifnull iif instr julianday length like lower ltrim max min nullif printf quote replace round
    rtrim strftime string_agg substr substring sum time total trim typeof unicode unixepoch upper
    """.split()
)
_SELECT = "SELECT"  # names of tables are quoted by `_quoted`; values are bound
_ERRORS = (sqlite3.Error, UnicodeError)
"""What reading a damaged database raises; names in it may be no text."""
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}


class Table(NamedTuple):
    """A table or view that holds cables, or two tables that do so together."""

    name: str
    rowid: str
    """What its rows are found by; empty where only by counting."""
    columns: tuple[str, ...]
    plan: Plan
    select: str
    """All its rows, behind what each is found by."""
    one: str
    """The same, and a condition for one row."""
    lost: str = ""
    """How many rows are in none of its rows, where that must be said."""


class Database:
    """The tables of cables in a database. Raises `BrokenRecord` where it cannot be read."""

    def __init__(self, file: BinaryIO) -> None:
        self.damage = ""
        """What could not be read of its tables."""
        self._steps = 0
        self._size = 0
        self._place = (-1, -1)
        self._walk: Iterator[tuple[object, ...]] = iter(())
        try:
            self._db = self._opened(file)
            self._guard()
            self.tables = self._tables()
        except _ERRORS as error:
            raise BrokenRecord(f"the database cannot be read: {error}") from None

    def rows(self, number: int) -> Iterator[tuple[int, bytes]]:
        """The rows of a table as JSON, each with the number that it is found by.

        Raises `BrokenRecord`.
        """
        table = self.tables[number]
        most = max(10_000, self._size // 16)
        try:
            for count, row in enumerate(self._select(table)):
                if count > most:
                    raise BrokenRecord(f"{table.name} gives more rows than the file can hold")
                at = row[0] if table.rowid and isinstance(row[0], int) else count
                yield at, _packed(table, row[1:])
        except _ERRORS as error:
            raise BrokenRecord(f"reading {table.name} ended: {error}") from None

    def row(self, number: int, at: int) -> bytes:
        """One row again, as JSON; no bytes where there is none."""
        table = self.tables[number]
        try:
            if table.rowid:
                found = self._run(f"{table.one} = ?", (at,)).fetchone()
            else:
                found = self._counted(number, at)
        except _ERRORS:
            return b""
        return _packed(table, found[1:]) if found else b""

    def _counted(self, number: int, at: int) -> tuple[object, ...] | None:
        """The row of a view by its number; going on is cheap, going back is not."""
        known, reached = self._place
        if known != number or reached >= at:
            self._walk, reached = iter(self._select(self.tables[number])), -1
        found = None
        for found in self._walk:  # noqa: B007 - the last one is wanted
            reached += 1
            self._steps = 0
            if reached == at:
                break
        self._place = (number, reached)
        return found if reached == at else None

    def _opened(self, file: BinaryIO) -> sqlite3.Connection:
        path = path_of(file)
        if path is not None:
            self._size = path.stat().st_size
            address = sqlite_address(path.absolute(), "ro&immutable=1")
            return sqlite3.connect(address, uri=True, check_same_thread=False, factory=Connection)
        file.seek(0)
        data = bytearray(file.read(LARGEST_IN_MEMORY + 1))
        if len(data) > LARGEST_IN_MEMORY:
            raise BrokenRecord(
                f"a packed database of more than {LARGEST_IN_MEMORY >> 20} MiB: unpack it first"
            )
        self._size = len(data)
        data[_WAL] = b"\1\1"
        db = sqlite3.connect(":memory:", check_same_thread=False, factory=Connection)
        try:
            db.deserialize(bytes(data))
        except (AttributeError, MemoryError):
            raise BrokenRecord("a packed database: unpack it first") from None
        return db

    def _guard(self) -> None:
        db = self._db
        db.text_factory = bytes
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
            db.execute(f"PRAGMA {pragma}")
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_RECORD)
        db.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 20)
        db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        db.set_authorizer(_allowed)
        db.set_progress_handler(self._stepped, _STEPS_AT_ONCE)

    def _stepped(self) -> int:
        self._steps += _STEPS_AT_ONCE
        return int(self._steps > _STEPS)

    def _run(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        self._steps = 0
        return self._db.execute(sql, values)

    def _select(self, table: Table) -> Iterator[tuple[object, ...]]:
        order = " ORDER BY 1" if table.rowid else ""
        for row in self._run(f"{table.select}{order}"):
            self._steps = 0
            yield row

    def left_out(self, table: Table) -> int:
        """Rows of texts that are in none of its rows."""
        if not table.lost:
            return 0
        try:
            return int(self._run(table.lost).fetchone()[0])
        except _ERRORS:
            return 0

    def _tables(self) -> list[Table]:
        """Tables that hold cables; where none does, views, or else two tables joined.

        A table of texts alone whose facts stand in another one is joined with that first.
        """
        sql = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') LIMIT 1000"
        found = [tuple(map(_text, row)) for row in self._run(sql)]
        names = {
            kind: [
                name
                for its, name, sql in found
                if its == kind and not sql.upper().startswith("CREATE VIRTUAL")
            ]
            for kind in ("table", "view")
        }
        tables = self._alone(names["table"], "table")
        joined = () if any(_has_facts(table) for table in tables) else self._joined(names["table"])
        if tables:
            return list(joined or tables)[:_MOST_TABLES]
        return self._alone(names["view"], "view")[:_MOST_TABLES] or list(joined)

    def _alone(self, names: Sequence[str], kind: str) -> list[Table]:
        return [table for name in names if (table := self._table(name, kind)) is not None]

    def _table(self, name: str, kind: str) -> Table | None:
        columns = self._columns(name)
        keys = map(aliases.key, columns)
        if not {"id", "body"} <= aliases.roles_named(keys):
            return None
        return self._understood(_of_one(name, self._rowid(name, columns, kind), columns))

    def _columns(self, name: str) -> tuple[str, ...]:
        try:
            heads = self._run(f"{_SELECT} * FROM {quoted(name)} LIMIT 0").description
            columns = tuple(head[0] for head in heads)
        except _ERRORS as error:  # a view that selects from what is gone, or does too much
            self.damage = self.damage or f"{name}: {error}"
            return ()
        return columns

    def _understood(self, table: Table) -> Table | None:
        """The table with what its first rows say of it; None where they are no cables."""
        rows = self._sample(table)
        plan = understood(table.plan, table.plan.names, rows)
        if not is_of_cables(plan, plan.names, rows):
            return None
        found = [aliases.id_name(plan.facts(plan.names, row)) for row in rows]
        return table._replace(plan=plan._replace(own=max(filter(None, found), key=found.count)))

    def _joined(self, names: Sequence[str]) -> tuple[Table, ...]:
        """The texts of one table with the facts of another, and the facts without a text."""
        sides = []
        for name in names[:_MOST_TABLES]:
            columns = self._columns(name)
            sides.append(Side(name, self._rowid(name, columns, "table"), columns))
        for join in joins(sides):
            if not all(map(self._is_so, join.proofs)):
                continue
            one = f'{join.select} WHERE t."{join.texts.rowid}"'
            both = _named(f"{join.texts.name} and {join.facts.name}", join.columns)
            both = both._replace(rowid=join.texts.rowid, select=join.select, one=one)
            if table := self._understood(both._replace(lost=join.lost)):
                rest = self._understood(_of_one(*join.facts))
                return (table, *([rest._replace(select=join.rest)] if rest else ()))
        return ()

    def _is_so(self, proof: str) -> bool:
        try:
            one, other = self._run(proof).fetchone()
        except _ERRORS:
            return False
        return one is not None and one == other

    def _sample(self, table: Table) -> list[list[str]]:
        """The first rows of a table, as far as they can be read."""
        rows: list[list[str]] = []
        try:
            found = self._run(f"{table.select} LIMIT {_ROWS}")
            rows.extend(list(map(_text, row[1:])) for row in found)
        except _ERRORS as error:
            self.damage = self.damage or f"{table.name}: {error}"
        return rows

    def _rowid(self, name: str, columns: Sequence[str], kind: str) -> str:
        """The name of the rows' own numbers; empty where there are none, or some are too large."""
        if kind != "table":
            return ""
        taken = {column.lower() for column in columns}
        for each in ("rowid", "_rowid_", "oid"):
            if each not in taken:
                try:
                    ends = f'{_SELECT} min("{each}"), max("{each}") FROM {quoted(name)}'
                    least, most = self._run(ends).fetchone()
                except _ERRORS:
                    return ""
                whole = isinstance(least, int) and isinstance(most, int)
                return each if whole and least >= 0 and most >> _ROWID_BITS == 0 else ""
        return ""


def unread_journal(file: BinaryIO) -> str:
    """The name of a journal beside the file, whose changes are not read; or empty."""
    path = path_of(file)
    for ending in ("-wal", "-journal") if path else ():
        beside = f"{path}{ending}"
        try:
            if os.stat(beside).st_size:  # noqa: PTH116 - the name may not be one of a path
                return Path(beside).name
        except OSError:
            continue
    return ""


def path_of(file: BinaryIO) -> Path | None:
    """The path of an opened file, if it is one on the disk and still the same."""
    name = getattr(file, "name", None)
    if not isinstance(name, (str, bytes)):
        return None
    path = Path(os.fsdecode(name))
    try:
        here, opened = path.stat(), os.fstat(file.fileno())
    except (OSError, ValueError):
        return None
    return path if (here.st_dev, here.st_ino) == (opened.st_dev, opened.st_ino) else None


def _allowed(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (second or first or "").lower() in _FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _of_one(name: str, rowid: str, columns: tuple[str, ...]) -> Table:
    """A table or view by itself."""
    own = f'"{rowid}"' if rowid else "NULL"
    select = f"{_SELECT} {own}, * FROM {quoted(name)}"
    return _named(name, columns)._replace(
        rowid=rowid, select=select, one=f'{select} WHERE "{rowid}"'
    )


def _named(name: str, columns: tuple[str, ...]) -> Table:
    return Table(name, "", columns, Plan(names=tuple(map(aliases.key, columns))), "", "")


def _has_facts(table: Table) -> bool:
    """Whether a table has more of a cable than its id and its text."""
    return bool(aliases.roles_named(table.plan.names) & FACTS)


def _packed(table: Table, values: Sequence[object]) -> bytes:
    pairs = list(zip(table.columns, map(_text, values), strict=False))
    return json.dumps(pairs, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return decode_part(value)
    return "" if value is None else str(value)
