"""Tables and views with cables in a user's SQLite file, and their rows.

Nothing is executed in this process: `sqlite_reader` delegates to another process that can be
killed. An endless view therefore costs only some seconds, and the rest of the file is still read.
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
from cable_tui.formats.tables.sqlite_reader import (
    COMMAND,
    DatabaseReader,
    NotRead,
    TooSlow,
    path_of,
)

_MOST_TABLES = 64
_ROWS = 60
_ROWID_BITS = 56
_LEAST_ROWS = 10_000
_LEAST_GIVEN = 1 << 28
"""The numbers of rows and bytes that a view may always return, however small the file is."""
_MOST_FILES = 8
"""The number of databases whose tables are remembered."""
_TOO_BIG = "too big"
"""The message of SQLite for a row that exceeds the limit of a record."""
_NAMED = 5
"""The maximum number of tables that a message lists."""
_DAMAGED = (
    "rows may be missing or in the wrong order; get another copy, or repair it with sqlite3 FILE "
    ".recover"
)
_COPY = "copy its rows into a table: CREATE TABLE cables AS SELECT * FROM"
_SELECT = "SELECT"  # names of tables are quoted by `quoted`; values are bound


class Table(NamedTuple):
    """A table or view with cables, or two tables that are joined to form cables."""

    name: str
    rowid: str
    """The column that identifies rows, or an empty string if rows can only be counted."""
    columns: tuple[str, ...]
    plan: Plan
    select: str
    """The query for all rows, each with its key first, or an empty string if the table was
    abandoned.
    """
    walk: str
    """The query for rows in order, starting at a row number."""
    one: str = ""
    """The query for the row with a given number, or an empty string if `walk` is faster."""
    lost: str = ""
    """The query that counts the texts missing from the join, or an empty string if the table is not
    joined.
    """


class Database:
    """The tables of cables in a database. Raises `BrokenRecord` if it cannot be read."""

    command = COMMAND
    """The command line of the process that reads it."""
    most_given = 4
    """The maximum size of the rows, as a multiple of the size of the file."""
    file_kind = "database"
    bytes_a_row = 16
    """The minimum average size of a row in the file, in bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self.damage = ""
        """The reason why parts of its tables could not be read."""
        self.slow: dict[str, str] = {}
        """Abandoned tables and views, with the reason for each."""
        self.too_many = 0
        """The number of tables of cables that are skipped because their number does not fit in an
        offset.
        """
        self._reader = DatabaseReader(file, command=self.command)
        try:
            self.tables = self._tables()
        except NotRead as error:
            raise BrokenRecord(f"the {self.file_kind} cannot be read: {error}") from None

    def opened(self, file: BinaryIO) -> Database:
        """Return this database, which from now on is read from a newly opened file."""
        self._reader.file = file
        return self

    def rows(self, number: int) -> Iterator[tuple[int, bytes]]:
        """Yield a table's rows as JSON with their row numbers; rows too long are empty.

        Raises `BrokenRecord`.
        """
        table = self.tables[number]
        if not table.select:
            return
        reader_size = self._reader.size
        most_rows = max(_LEAST_ROWS, reader_size // self.bytes_a_row)
        most_bytes = max(_LEAST_GIVEN, self.most_given * reader_size)
        row_count = byte_count = 0
        try:
            for row_number, row_json in self._all(table):
                byte_count += len(row_json)
                if row_count > most_rows or byte_count > most_bytes:
                    raise BrokenRecord(f"{table.name} returns more rows than the file can hold")
                yield row_number, row_json
                row_count += 1
        except NotRead as error:
            reason = f"reading {table.name} ended after {row_count:,} rows: {error}"
            if isinstance(error, TooSlow):
                reason += f"; {self.instead(table.name)}"
            raise BrokenRecord(reason) from None

    def _all(self, table: Table) -> Iterator[tuple[int, bytes]]:
        """Yield the rows of a table, with empty bytes for rows that exceed SQLite's limit.

        Raises `NotRead`.
        """
        first_row = 0
        is_numbered = bool(table.rowid)
        while True:
            try:
                for row_number, row_json in self._reader.rows(
                    table.walk, table.columns, first_row, numbered=is_numbered
                ):
                    yield row_number, row_json
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
        """Read a single row, or return empty bytes if it is too big.

        Python loses the row before a row that is too big.
        """
        try:
            return self._reader.row("one", table.one, table.columns, row_number, numbered=True)
        except TooSlow:
            raise
        except NotRead:
            return b""

    def row(self, number: int, row_number: int) -> bytes:
        """Reread one row as JSON, or return empty bytes if it was removed.

        Raises `BrokenRecord`.
        """
        table = self.tables[number]
        if not table.select:
            raise BrokenRecord(f"reading a row of {table.name}: {self.slow[table.name]}")
        request_kind, row_query = ("one", table.one) if table.one else ("row", table.walk)
        try:
            return self._reader.row(
                request_kind, row_query, table.columns, row_number, numbered=bool(table.rowid)
            )
        except TooSlow as error:
            raise BrokenRecord(f"reading a row of {table.name}: {error}") from None
        except NotRead:
            return b""

    def unread(self) -> Iterator[str]:
        """Yield messages about the tables and views that are not read."""
        if self.too_many:
            yield (
                f"{self.too_many:,} more tables with cables were skipped, because at most "
                f"{_MOST_TABLES} are read"
            )
        if not self.slow:
            return
        names = list(self.slow)
        further_tables = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        yield (
            f"not read: {', '.join(names[:_NAMED])}{further_tables}: {self.slow[names[0]]}; "
            f"{self.instead(names[0])}"
        )

    def instead(self, name: str) -> str:
        """Return what the user can do with a table that is too slow."""
        return f"{_COPY} {quoted(name)}"

    def left_out(self, table: Table) -> int:
        """Return the number of rows with texts that the join leaves out."""
        if not table.lost:
            return 0
        try:
            return int(self._one(table.lost)[0])
        except NotRead:
            return 0

    def check(self) -> str:
        """Return the first error that SQLite finds in the file, or why the file was not checked."""
        try:
            database_error = self._reader.check()
        except NotRead as error:
            return f"not checked for damage: {error}"
        return f"the database is damaged ({database_error}): {_DAMAGED}" if database_error else ""

    def _one(self, sql: str) -> list[Any]:
        """Return the first row of a query's result. Raises `NotRead`."""
        _, answer_rows = self._reader.ask(sql)
        if not answer_rows:
            raise NotRead("no rows")
        return answer_rows[0]

    def _gave_up(self, name: str, error: NotRead) -> None:
        self.damage = self.damage or f"{name}: {error}"
        if isinstance(error, TooSlow):
            self.slow.setdefault(name, str(error))

    def _tables(self) -> list[Table]:
        """Return tables with cables, or, if there are none, views, or else two tables joined.

        A table that contains only texts is first joined with the table of their facts.
        """
        schema_query = (
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') LIMIT 1000"
        )
        schema_rows = [tuple(map(_text, row)) for row in self._reader.ask(schema_query)[1]]
        names_by_type = {
            object_type: [
                object_name
                for row_type, object_name, schema_query in schema_rows
                if row_type == object_type and not schema_query.upper().startswith("CREATE VIRTUAL")
            ]
            for object_type in ("table", "view")
        }
        tables = self._alone(names_by_type["table"], "table")
        have_facts = any(aliases.roles_named(table.plan.names) & FACTS for table in tables)
        joined_tables = () if have_facts else self._joined(names_by_type["table"])
        if not any(table.select for table in tables):
            views = self._alone(names_by_type["view"], "view")
            return self._of_bounded_number([*tables, *views] or list(joined_tables))
        return self._of_bounded_number(list(joined_tables) or tables)

    def _of_bounded_number(self, tables: list[Table]) -> list[Table]:
        self.too_many = sum(bool(table.select) for table in tables[_MOST_TABLES:])
        return tables[:_MOST_TABLES]

    def _alone(self, names: Sequence[str], object_type: str) -> list[Table]:
        """Return tables that contain complete cables, and tables that were abandoned.

        Abandoned tables keep their numbers, because the next attempt may be faster.
        """
        cable_tables: list[Table] = []
        for table_name in names:
            column_names = self._columns(table_name)
            table = None
            if {"id", "body"} <= aliases.roles_named(map(aliases.key, column_names)):
                table = self._understood(
                    _of_one(
                        table_name, self._rowid(table_name, column_names, object_type), column_names
                    )
                )
            if table:
                cable_tables.append(table)
            elif table_name in self.slow:
                cable_tables.append(Table(table_name, "", (), Plan(), "", ""))
        return cable_tables

    def _columns(self, name: str) -> tuple[str, ...]:
        try:
            return tuple(self._reader.ask(f"{_SELECT} * FROM {quoted(name)} LIMIT 0")[0])
        except NotRead as error:  # a view that selects from what is gone, or does too much
            self._gave_up(name, error)
            return ()

    def _understood(self, table: Table) -> Table | None:
        """Return the table with column roles from its first rows, or None if it has no cables."""
        sample_rows = self._sample(table)
        plan = of_cables(table.plan, sample_rows)
        return table._replace(plan=unjoined(plan, plan.names, sample_rows)) if plan else None

    def _joined(self, names: Sequence[str]) -> tuple[Table, ...]:
        """Return two tables of texts and facts joined, and the facts without a text."""
        join_sides = []
        for table_name in names[:_MOST_TABLES]:
            column_names = self._columns(table_name)
            join_sides.append(
                Side(table_name, self._rowid(table_name, column_names, "table"), column_names)
            )
        for join in joins(join_sides):
            if not all(map(self._is_so, join.proofs)):
                continue
            table_name = f"{join.texts.name} and {join.facts.name}"
            quoted_rowid = join.texts.rowid and f't."{join.texts.rowid}"'
            walk_query = _walk(join.select, "WHERE", quoted_rowid)
            joined_table = Table(
                table_name,
                join.texts.rowid,
                join.columns,
                _plan(join.columns),
                join.select,
                walk_query,
            )
            if table := self._understood(joined_table._replace(lost=join.lost)):
                facts_table = self._understood(_of_one(*join.facts))
                if facts_table is None:
                    return (table,)
                quoted_rowid = facts_table.rowid and f'"{facts_table.rowid}"'
                return table, facts_table._replace(walk=_walk(join.rest, "AND", quoted_rowid))
        return ()

    def _is_so(self, proof_query: str) -> bool:
        try:
            row_count, distinct_count = self._one(proof_query)
        except NotRead:
            return False
        return row_count is not None and row_count == distinct_count

    def _sample(self, table: Table) -> list[list[str]]:
        """Return the readable rows among the first rows of a table."""
        try:
            _, answer_rows = self._reader.ask(f"{table.select} LIMIT {_ROWS}")
            return [list(map(_text, row[1:])) for row in answer_rows]
        except NotRead as error:
            if table.one and _TOO_BIG in str(error):
                return self._small_rows(table)
            self._gave_up(table.name, error)
            return []

    def _small_rows(self, table: Table) -> list[list[str]]:
        """Return the first rows of a table, skipping rows that are too big. Raises `NotRead`."""
        row_texts = (row_json for _, row_json in self._all(table) if row_json)
        return [
            [cell_value for _, cell_value in json.loads(row_json)]
            for row_json in islice(row_texts, _ROWS)
        ]

    def _rowid(self, name: str, columns: Sequence[str], object_type: str) -> str:
        """Return the name of the column with row numbers.

        Return an empty string if numbers are missing or too large.
        """
        if object_type != "table":
            return ""
        column_names = {column.lower() for column in columns}
        for candidate_rowid in ("rowid", "_rowid_", "oid"):
            if candidate_rowid not in column_names:
                # One query for both would look at every row.
                end_queries = (
                    f'{_SELECT} {sql_function}("{candidate_rowid}") FROM {quoted(name)}'
                    for sql_function in ("min", "max")
                )
                try:
                    (least_rowid,), (greatest_rowid,) = map(self._one, end_queries)
                except NotRead:
                    return ""
                are_whole_numbers = isinstance(least_rowid, int) and isinstance(greatest_rowid, int)
                return (
                    candidate_rowid
                    if are_whole_numbers and least_rowid >= 0 and greatest_rowid >> _ROWID_BITS == 0
                    else ""
                )
        return ""


def unread_journal(file: BinaryIO) -> str:
    """Return the name of a journal next to the file with unread changes, or an empty string."""
    path = path_of(file)
    for journal_suffix in ("-wal", "-journal") if path else ():
        journal_path = f"{path}{journal_suffix}"
        try:
            if os.stat(journal_path).st_size:  # noqa: PTH116 - the name may not be one of a path
                return Path(journal_path).name
        except OSError:
            continue
    return ""


_known: OrderedDict[tuple[Key, float, type[Database]], Database] = OrderedDict()
_lock = Lock()


def database_of(file: BinaryIO, kind: type[Database] = Database) -> Database:
    """Return the database of a file, opened only once. Raises `BrokenRecord`.

    A database that was abandoned for lack of time is retried if the caller has more time.
    """
    database_key = (key_of(file), current_patience().longest, kind)
    with _lock:
        known_database = _known.pop(database_key, None)
        if known_database is not None:
            _known[database_key] = known_database
            return known_database.opened(file)
    database = kind(file)
    with _lock:
        _known[database_key] = database
        while len(_known) > _MOST_FILES:
            _known.popitem(last=False)
    return database


def _of_one(name: str, rowid: str, columns: tuple[str, ...]) -> Table:
    """Return a `Table` for a single table or view."""
    quoted_rowid = f'"{rowid}"' if rowid else ""
    select_query = f"{_SELECT} {quoted_rowid or 'NULL'}, * FROM {quoted(name)}"
    one_row_query = f"{select_query} WHERE {quoted_rowid} = ?" if quoted_rowid else ""
    return Table(
        name,
        rowid,
        columns,
        _plan(columns),
        select_query,
        _walk(select_query, "WHERE", quoted_rowid),
        one_row_query,
    )


def _walk(select_query: str, keyword: str, quoted_rowid: str) -> str:
    """Return the query for rows in order, starting at a row number or, without one, a count."""
    return (
        f"{select_query} {keyword} {quoted_rowid} >= ? ORDER BY 1"
        if quoted_rowid
        else f"{select_query} LIMIT -1 OFFSET ?"
    )


def _plan(columns: Sequence[str]) -> Plan:
    return Plan(names=tuple(map(aliases.key, columns)))


def _text(value: object) -> str:
    return "" if value is None else str(value)


# Facts and texts in two tables

FACTS = frozenset("created classification origin title".split())
"""The facts that identify a table of facts: it has at least one of them, and a table of texts has
none.
"""
_KEYS = ("id", "rowid")
_SAMPLE = 60
_NUMBERS = frozenset((*_KEYS, "n", "no", "nr", "number", "uid", "pk"))
"""Names of columns with a table's own row numbers, which need more evidence to link two tables."""


class Side(NamedTuple):
    """A table in the database that may be one side of a join."""

    name: str
    rowid: str
    """The column that identifies rows, or an empty string if rows can only be counted."""
    columns: tuple[str, ...]


class Join(NamedTuple):
    """A table of texts joined with the table of their facts."""

    texts: Side
    facts: Side
    texts_key: str
    facts_key: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the facts, followed by the texts' columns that have other names."""
        fact_keys = {aliases.key(column_name) for column_name in self.facts.columns}
        text_columns = (
            column_name
            for column_name in self.texts.columns
            if aliases.key(column_name) not in fact_keys
        )
        return (*self.facts.columns, *text_columns)

    @property
    def select(self) -> str:
        """The query for the rows with texts, each with its key first."""
        rowid = f"t.{quoted(self.texts.rowid)}" if self.texts.rowid else "NULL"
        column_count = len(self.facts.columns)
        selected_columns = [
            f"f.{quoted(column_name)}" for column_name in self.columns[:column_count]
        ]
        selected_columns += [
            f"t.{quoted(column_name)}" for column_name in self.columns[column_count:]
        ]
        return (
            f"{_SELECT} {rowid}, {', '.join(selected_columns)} FROM {quoted(self.texts.name)} AS t "
            f"JOIN {quoted(self.facts.name)} AS f "
            f"ON f.{quoted(self.facts_key)} = t.{quoted(self.texts_key)}"
        )

    @property
    def rest(self) -> str:
        """The query for the facts that have no text."""
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
        """Queries that each return two equal numbers if the two tables belong together.

        Keys that may be mere row numbers in both tables need more queries.
        """
        texts_table, facts_table = quoted(self.texts.name), quoted(self.facts.name)
        texts_key, facts_key = quoted(self.texts_key), quoted(self.facts_key)
        first_texts = f"({_SELECT} {texts_key} AS k FROM {texts_table} LIMIT {_SAMPLE})"
        joined_sample = f"{first_texts} AS t JOIN {facts_table} AS f ON f.{facts_key} = t.k"
        counted_sample = f"({_SELECT} count(*) FROM {first_texts})"
        queries = [
            f"{_SELECT} count({facts_key}), count(DISTINCT {facts_key}) FROM {facts_table}",
            f"{_SELECT} {counted_sample}, count(DISTINCT f.{facts_key}) FROM {joined_sample}",
        ]
        if {aliases.key(self.texts_key), aliases.key(self.facts_key)} <= _NUMBERS:
            queries += [
                f"{_SELECT} ({_SELECT} {extreme}({texts_key}) FROM {texts_table}), "
                f"({_SELECT} {extreme}({facts_key}) FROM {facts_table})"
                for extreme in ("min", "max")
            ]
        return tuple(queries)


def _without(table: str, key: str, other: str, other_key: str) -> str:
    """Return the end of a query for the rows of one table without a match in the other."""
    quoted_key, other_quoted_key = quoted(key), quoted(other_key)
    return (
        f"FROM {quoted(table)} WHERE ({quoted_key} IS NULL OR {quoted_key} NOT IN "
        f"({_SELECT} {other_quoted_key} FROM {quoted(other)} WHERE {other_quoted_key} IS NOT NULL))"
    )


def joins(sides: Sequence[Side]) -> Iterator[Join]:
    """Yield pairs of tables that may be joined, judging by column names.

    `Join.proofs` checks them.
    """
    for text_side in sides:
        text_roles = _roles(text_side)
        if "body" not in text_roles or text_roles & FACTS:
            continue
        for fact_side in sides:
            fact_roles = _roles(fact_side)
            if (
                fact_side is not text_side
                and "id" in fact_roles
                and fact_roles & FACTS
                and "body" not in fact_roles
            ):
                for texts_key, facts_key in _keys(text_side, fact_side):
                    yield Join(text_side, fact_side, texts_key, facts_key)


def _roles(side: Side) -> set[str]:
    return aliases.roles_named(map(aliases.key, side.columns))


def _keys(texts: Side, facts: Side) -> Iterator[tuple[str, str]]:
    """Yield pairs of columns that may link the rows of two tables, clearest first."""
    text_columns = {aliases.key(column_name): column_name for column_name in texts.columns}
    fact_columns = {aliases.key(column_name): column_name for column_name in facts.columns}
    fact_table_key = aliases.key(facts.name)
    for key_prefix in dict.fromkeys(
        (fact_table_key, fact_table_key.removesuffix("s"), "cable", "document", "doc")
    ):
        for key_name in _KEYS:
            if f"{key_prefix}id" in text_columns and key_name in fact_columns:
                yield text_columns[f"{key_prefix}id"], fact_columns[key_name]
    shared_keys = [
        column_key
        for column_key in text_columns
        if column_key in fact_columns and column_key not in aliases.BODIES
    ]
    for key_name in sorted(shared_keys, key=_NUMBERS.__contains__):
        yield text_columns[key_name], fact_columns[key_name]


def quoted(name: str) -> str:
    """Return a name in quotes for SQL."""
    return '"' + name.replace('"', '""') + '"'
