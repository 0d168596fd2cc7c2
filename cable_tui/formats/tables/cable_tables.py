"""The tables and views of a user's SQLite file that hold cables, and their rows.

Nothing is executed in this process: `sqlite_reader` asks another one, which may be killed. So an
endless view costs some seconds, and the rest of the file is read.
"""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, NamedTuple

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.child_process import current_patience
from cable_tui.formats.packed.seekable import Key, key_of
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.parts import unjoined
from cable_tui.formats.tables.row_plan import Plan, of_cables
from cable_tui.formats.tables.sqlite_reader import DatabaseReader, NotRead, TooSlow, path_of

_MOST_TABLES = 64
_ROWS = 60
_ROWID_BITS = 56
_LEAST_ROWS, _BYTES_A_ROW = 10_000, 16
_MOST_GIVEN = 4
_LEAST_GIVEN = 1 << 28
"""Rows and bytes that a view may always yield, however small the file is."""
_MOST_FILES = 8
"""Databases whose tables are remembered."""
_TOO_BIG = "too big"
"""SQLite's words for a row that is longer than a record may be."""
_NAMED = 5
"""The most tables that a sentence names."""
_DAMAGED = (
    "rows may be missing or mixed up; get another copy, or make one with sqlite3 FILE .recover"
)
_COPY = "copy what it gives into a table: CREATE TABLE cables AS SELECT * FROM"
_SELECT = "SELECT"  # names of tables are quoted by `quoted`; values are bound


class Table(NamedTuple):
    """A table or view of cables, or two tables that hold them together."""

    name: str
    rowid: str
    """The column that finds its rows; empty if they can only be counted."""
    columns: tuple[str, ...]
    plan: Plan
    select: str
    """The query for all its rows, each after its key; empty for a table that was given up."""
    walk: str
    """The query for all rows in order, starting at a number."""
    one: str = ""
    """The query for the row of one number; empty if `walk` is faster."""
    lost: str = ""
    """The query for the number of texts that the join leaves out; empty if nothing is joined."""


class Database:
    """The tables of cables in a database. Raises `BrokenRecord` if it cannot be read."""

    def __init__(self, file: BinaryIO) -> None:
        self.damage = ""
        """Reason why parts of its tables could not be read."""
        self.slow: dict[str, str] = {}
        """Tables and views that were given up, and why."""
        self.too_many = 0
        """Tables of cables that are left out: an offset has no room for their number."""
        self._reader = DatabaseReader(file)
        try:
            self.tables = self._tables()
        except NotRead as error:
            raise BrokenRecord(f"the database cannot be read: {error}") from None

    def opened(self, file: BinaryIO) -> Database:
        """Return the same database, read through a file that is open now."""
        self._reader.file = file
        return self

    def rows(self, number: int) -> Iterator[tuple[int, bytes]]:
        """Yield the rows of a table as JSON, each with its number; empty if too long.

        Raises `BrokenRecord`.
        """
        table = self.tables[number]
        if not table.select:
            return
        reader_size = self._reader.size
        most_rows = max(_LEAST_ROWS, reader_size // _BYTES_A_ROW)
        most_bytes = max(_LEAST_GIVEN, _MOST_GIVEN * reader_size)
        row_count = bytes_given = 0
        try:
            for row_number, packed_row in self._all(table):
                bytes_given += len(packed_row)
                if row_count > most_rows or bytes_given > most_bytes:
                    raise BrokenRecord(f"{table.name} gives more rows than the file can hold")
                yield row_number, packed_row
                row_count += 1
        except NotRead as error:
            reason = f"reading {table.name} ended after {row_count:,} rows: {error}"
            if isinstance(error, TooSlow):
                reason += f"; {_COPY} {quoted(table.name)}"
            raise BrokenRecord(reason) from None

    def _all(self, table: Table) -> Iterator[tuple[int, bytes]]:
        """Yield the rows of a table; those that SQLite finds too big are skipped.

        Raises `NotRead`.
        """
        first_row = 0
        is_numbered = bool(table.rowid)
        while True:
            try:
                for row_number, packed_row in self._reader.rows(
                    table.walk, table.columns, first_row, numbered=is_numbered
                ):
                    yield row_number, packed_row
                    first_row = row_number + 1
                return
            except NotRead as error:
                if not table.one or _TOO_BIG not in str(error):
                    raise
            rowid = f'"{table.rowid}"'
            (row_number,) = self._one(
                f"{_SELECT} min({rowid}) FROM {quoted(table.name)} WHERE {rowid} >= {first_row}"
            )
            yield row_number, self._alone_or_too_big(table, row_number)
            first_row = row_number + 1

    def _alone_or_too_big(self, table: Table, row_number: int) -> bytes:
        """Read a row by itself; empty if it is too big. Python loses the row before such a one."""
        try:
            return self._reader.row("one", table.one, table.columns, row_number, numbered=True)
        except TooSlow:
            raise
        except NotRead:
            return b""

    def row(self, number: int, row_number: int) -> bytes:
        """Return one row again, as JSON; empty if it was removed. Raises `BrokenRecord`."""
        table = self.tables[number]
        if not table.select:
            raise BrokenRecord(f"reading a row of {table.name}: {self.slow[table.name]}")
        kind, sql = ("one", table.one) if table.one else ("row", table.walk)
        try:
            return self._reader.row(
                kind, sql, table.columns, row_number, numbered=bool(table.rowid)
            )
        except TooSlow as error:
            raise BrokenRecord(f"reading a row of {table.name}: {error}") from None
        except NotRead:
            return b""

    def unread(self) -> Iterator[str]:
        """Yield the remark on the tables and views that are not read."""
        if self.too_many:
            yield f"{self.too_many:,} more tables of cables are left out: {_MOST_TABLES} are read"
        if not self.slow:
            return
        names = list(self.slow)
        and_more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        yield (
            f"not read: {', '.join(names[:_NAMED])}{and_more}: {self.slow[names[0]]}; "
            f"{_COPY} {quoted(names[0])}"
        )

    def left_out(self, table: Table) -> int:
        """Return how many rows of texts the join leaves out."""
        if not table.lost:
            return 0
        try:
            return int(self._one(table.lost)[0])
        except NotRead:
            return 0

    def check(self) -> str:
        """Return the first fault that SQLite finds in the whole file, or why it was not checked."""
        try:
            fault = self._reader.check()
        except NotRead as error:
            return f"not checked for damage: {error}"
        return f"the database is damaged ({fault}): {_DAMAGED}" if fault else ""

    def _one(self, sql: str) -> list[Any]:
        """Return the first row of an answer. Raises `NotRead`."""
        _, rows = self._reader.ask(sql)
        if not rows:
            raise NotRead("no rows")
        return rows[0]

    def _gave_up(self, name: str, error: NotRead) -> None:
        self.damage = self.damage or f"{name}: {error}"
        if isinstance(error, TooSlow):
            self.slow.setdefault(name, str(error))

    def _tables(self) -> list[Table]:
        """Return tables that hold cables; if none does, views, or else two tables joined.

        A table that has only texts is first joined with the table of their facts.
        """
        sql = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') LIMIT 1000"
        schema_rows = [tuple(map(_text, row)) for row in self._reader.ask(sql)[1]]
        names = {
            kind: [
                name
                for kind_of_row, name, sql in schema_rows
                if kind_of_row == kind and not sql.upper().startswith("CREATE VIRTUAL")
            ]
            for kind in ("table", "view")
        }
        tables = self._alone(names["table"], "table")
        with_facts = any(aliases.roles_named(table.plan.names) & FACTS for table in tables)
        joined_tables = () if with_facts else self._joined(names["table"])
        if not any(table.select for table in tables):
            views = self._alone(names["view"], "view")
            return self._of_bounded_number([*tables, *views] or list(joined_tables))
        return self._of_bounded_number(list(joined_tables) or tables)

    def _of_bounded_number(self, tables: list[Table]) -> list[Table]:
        self.too_many = sum(bool(table.select) for table in tables[_MOST_TABLES:])
        return tables[:_MOST_TABLES]

    def _alone(self, names: Sequence[str], kind: str) -> list[Table]:
        """Return tables that hold cables by themselves, and those that were given up.

        These keep their numbers: the next reading may be quicker.
        """
        tables_read: list[Table] = []
        for name in names:
            columns = self._columns(name)
            table = None
            if {"id", "body"} <= aliases.roles_named(map(aliases.key, columns)):
                table = self._understood(_of_one(name, self._rowid(name, columns, kind), columns))
            if table:
                tables_read.append(table)
            elif name in self.slow:
                tables_read.append(Table(name, "", (), Plan(), "", ""))
        return tables_read

    def _columns(self, name: str) -> tuple[str, ...]:
        try:
            return tuple(self._reader.ask(f"{_SELECT} * FROM {quoted(name)} LIMIT 0")[0])
        except NotRead as error:  # a view that selects from what is gone, or does too much
            self._gave_up(name, error)
            return ()

    def _understood(self, table: Table) -> Table | None:
        """Return the table with meanings from its first rows; None if they are not cables."""
        sample_rows = self._sample(table)
        plan = of_cables(table.plan, sample_rows)
        return table._replace(plan=unjoined(plan, plan.names, sample_rows)) if plan else None

    def _joined(self, names: Sequence[str]) -> tuple[Table, ...]:
        """Return the texts of one table with the facts of another, and the facts without a text."""
        join_sides = []
        for name in names[:_MOST_TABLES]:
            columns = self._columns(name)
            join_sides.append(Side(name, self._rowid(name, columns, "table"), columns))
        for join in joins(join_sides):
            if not all(map(self._is_so, join.proofs)):
                continue
            name = f"{join.texts.name} and {join.facts.name}"
            own_rowid = join.texts.rowid and f't."{join.texts.rowid}"'
            walk = _walk(join.select, "WHERE", own_rowid)
            joined_table = Table(
                name, join.texts.rowid, join.columns, _plan(join.columns), join.select, walk
            )
            if table := self._understood(joined_table._replace(lost=join.lost)):
                rest_table = self._understood(_of_one(*join.facts))
                if rest_table is None:
                    return (table,)
                own_rowid = rest_table.rowid and f'"{rest_table.rowid}"'
                return table, rest_table._replace(walk=_walk(join.rest, "AND", own_rowid))
        return ()

    def _is_so(self, proof: str) -> bool:
        try:
            count, distinct_count = self._one(proof)
        except NotRead:
            return False
        return count is not None and count == distinct_count

    def _sample(self, table: Table) -> list[list[str]]:
        """Return the readable ones of the first rows of a table."""
        try:
            _, rows = self._reader.ask(f"{table.select} LIMIT {_ROWS}")
            return [list(map(_text, row[1:])) for row in rows]
        except NotRead as error:
            if table.one and _TOO_BIG in str(error):
                return self._small_rows(table)
            self._gave_up(table.name, error)
            return []

    def _small_rows(self, table: Table) -> list[list[str]]:
        """Return the first rows of a table, without those that are too big. Raises `NotRead`."""
        packed_rows = (packed_row for _, packed_row in self._all(table) if packed_row)
        return [
            [value for _, value in json.loads(packed_row)]
            for packed_row in islice(packed_rows, _ROWS)
        ]

    def _rowid(self, name: str, columns: Sequence[str], kind: str) -> str:
        """Return the name of the rows' own numbers; empty if it has none, or some are too large."""
        if kind != "table":
            return ""
        column_names = {column.lower() for column in columns}
        for rowid in ("rowid", "_rowid_", "oid"):
            if rowid not in column_names:
                # One query for both would look at every row.
                ends = (f'{_SELECT} {end}("{rowid}") FROM {quoted(name)}' for end in ("min", "max"))
                try:
                    (least_rowid,), (greatest_rowid,) = map(self._one, ends)
                except NotRead:
                    return ""
                are_whole_numbers = isinstance(least_rowid, int) and isinstance(greatest_rowid, int)
                return (
                    rowid
                    if are_whole_numbers and least_rowid >= 0 and greatest_rowid >> _ROWID_BITS == 0
                    else ""
                )
        return ""


def unread_journal(file: BinaryIO) -> str:
    """Return the name of a journal next to the file, whose changes are not read; or empty."""
    path = path_of(file)
    for ending in ("-wal", "-journal") if path else ():
        journal_path = f"{path}{ending}"
        try:
            if os.stat(journal_path).st_size:  # noqa: PTH116 - the name may not be one of a path
                return Path(journal_path).name
        except OSError:
            continue
    return ""


_known: OrderedDict[tuple[Key, float], Database] = OrderedDict()
_lock = Lock()


def database_of(file: BinaryIO) -> Database:
    """Return the database of a file: opened once, however often the file is. Raises `BrokenRecord`.

    One that was given up for lack of time is tried again by callers with more.
    """
    key = (key_of(file), current_patience().longest)
    with _lock:
        known_database = _known.pop(key, None)
        if known_database is not None:
            _known[key] = known_database
            return known_database.opened(file)
    database = Database(file)
    with _lock:
        _known[key] = database
        while len(_known) > _MOST_FILES:
            _known.popitem(last=False)
    return database


def _of_one(name: str, rowid: str, columns: tuple[str, ...]) -> Table:
    """Return a single table or view."""
    own_rowid = f'"{rowid}"' if rowid else ""
    select = f"{_SELECT} {own_rowid or 'NULL'}, * FROM {quoted(name)}"
    select_one = f"{select} WHERE {own_rowid} = ?" if own_rowid else ""
    return Table(
        name, rowid, columns, _plan(columns), select, _walk(select, "WHERE", own_rowid), select_one
    )


def _walk(select: str, also: str, own: str) -> str:
    """Return the query for rows in order, from a number on: their own numbers, or counted ones."""
    return f"{select} {also} {own} >= ? ORDER BY 1" if own else f"{select} LIMIT -1 OFFSET ?"


def _plan(columns: Sequence[str]) -> Plan:
    return Plan(names=tuple(map(aliases.key, columns)))


def _text(value: object) -> str:
    return "" if value is None else str(value)


# Facts and texts in two tables

FACTS = frozenset("created classification origin title".split())
"""Facts of which a table of facts must have one, and a table of texts none."""
_KEYS = ("id", "rowid")
_SAMPLE = 60
_NUMBERS = frozenset((*_KEYS, "n", "no", "nr", "number", "uid", "pk"))
"""Names of columns with a table's own row numbers: they do not link two tables."""


class Side(NamedTuple):
    """A table of the database."""

    name: str
    rowid: str
    """The column that finds its rows; empty if they can only be counted."""
    columns: tuple[str, ...]


class Join(NamedTuple):
    """A table of texts and a table of their facts."""

    texts: Side
    facts: Side
    texts_key: str
    facts_key: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the facts, then those of the texts whose names differ."""
        known_names = {aliases.key(name) for name in self.facts.columns}
        own_names = (name for name in self.texts.columns if aliases.key(name) not in known_names)
        return (*self.facts.columns, *own_names)

    @property
    def select(self) -> str:
        """The query for the rows with texts, each after its key."""
        rowid = f"t.{quoted(self.texts.rowid)}" if self.texts.rowid else "NULL"
        column_count = len(self.facts.columns)
        names = [f"f.{quoted(name)}" for name in self.columns[:column_count]]
        names += [f"t.{quoted(name)}" for name in self.columns[column_count:]]
        return (
            f"{_SELECT} {rowid}, {', '.join(names)} FROM {quoted(self.texts.name)} AS t "
            f"JOIN {quoted(self.facts.name)} AS f "
            f"ON f.{quoted(self.facts_key)} = t.{quoted(self.texts_key)}"
        )

    @property
    def rest(self) -> str:
        """The query for the rows of facts that have no text."""
        rowid = quoted(self.facts.rowid) if self.facts.rowid else "NULL"
        facts_alone = _without(self.facts.name, self.facts_key, self.texts.name, self.texts_key)
        return f"{_SELECT} {rowid}, * {facts_alone}"

    @property
    def lost(self) -> str:
        """The query for the number of texts that have no facts."""
        texts_alone = _without(self.texts.name, self.texts_key, self.facts.name, self.facts_key)
        return f"{_SELECT} count(*) {texts_alone}"

    @property
    def proofs(self) -> tuple[str, ...]:
        """Queries that each return two equal numbers if the tables belong together.

        A key that may only be a row number in both tables needs more of them.
        """
        texts, facts = quoted(self.texts.name), quoted(self.facts.name)
        texts_key, facts_key = quoted(self.texts_key), quoted(self.facts_key)
        first = f"({_SELECT} {texts_key} AS k FROM {texts} LIMIT {_SAMPLE})"
        joined_sample = f"{first} AS t JOIN {facts} AS f ON f.{facts_key} = t.k"
        counted_sample = f"({_SELECT} count(*) FROM {first})"
        queries = [
            f"{_SELECT} count({facts_key}), count(DISTINCT {facts_key}) FROM {facts}",
            f"{_SELECT} {counted_sample}, count(DISTINCT f.{facts_key}) FROM {joined_sample}",
        ]
        if {aliases.key(self.texts_key), aliases.key(self.facts_key)} <= _NUMBERS:
            queries += [
                f"{_SELECT} ({_SELECT} {end}({texts_key}) FROM {texts}), "
                f"({_SELECT} {end}({facts_key}) FROM {facts})"
                for end in ("min", "max")
            ]
        return tuple(queries)


def _without(table: str, key: str, other: str, other_key: str) -> str:
    """Return the end of a query for the rows of one table that match no row of the other."""
    key, other_key = quoted(key), quoted(other_key)
    return (
        f"FROM {quoted(table)} WHERE ({key} IS NULL OR {key} NOT IN "
        f"({_SELECT} {other_key} FROM {quoted(other)} WHERE {other_key} IS NOT NULL))"
    )


def joins(sides: Sequence[Side]) -> Iterator[Join]:
    """Yield the pairs of tables that may be joined, by their names; `Join.proofs` checks them."""
    for texts in sides:
        roles = _roles(texts)
        if "body" not in roles or roles & FACTS:
            continue
        for facts in sides:
            known_roles = _roles(facts)
            if (
                facts is not texts
                and "id" in known_roles
                and known_roles & FACTS
                and "body" not in known_roles
            ):
                for texts_key, facts_key in _keys(texts, facts):
                    yield Join(texts, facts, texts_key, facts_key)


def _roles(side: Side) -> set[str]:
    return aliases.roles_named(map(aliases.key, side.columns))


def _keys(texts: Side, facts: Side) -> Iterator[tuple[str, str]]:
    """Yield pairs of columns that may link rows, those with a clear meaning first."""
    text_columns = {aliases.key(name): name for name in texts.columns}
    theirs = {aliases.key(name): name for name in facts.columns}
    table = aliases.key(facts.name)
    for key_prefix in dict.fromkeys((table, table.removesuffix("s"), "cable", "document", "doc")):
        for key_name in _KEYS:
            if f"{key_prefix}id" in text_columns and key_name in theirs:
                yield text_columns[f"{key_prefix}id"], theirs[key_name]
    shared_keys = [key for key in text_columns if key in theirs and key not in aliases.BODIES]
    for key_name in sorted(shared_keys, key=_NUMBERS.__contains__):
        yield text_columns[key_name], theirs[key_name]


def quoted(name: str) -> str:
    """Return a name, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'
