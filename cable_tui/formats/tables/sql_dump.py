"""Dumps of databases: `pg_dump`, `mysqldump`, and what SQLite writes out. Nothing is executed.

The records are the rows of the tables whose columns hold an id and a text. The first of them is
found without reading the whole dump; the others, where there are any, by one more pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import BinaryIO
from weakref import WeakKeyDictionary

from cable_tui.cable import Place, RawCable
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord
from cable_tui.formats.encodings import utf16_codec
from cable_tui.formats.file_text import Utf8File, as_utf8
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.plan import Plan, TableRow, is_of_cables, understood
from cable_tui.formats.tables.sql_rows import Begun, Statements, copied, values
from cable_tui.formats.tables.text_table import OFFSET_BITS, TextTable
from cable_tui.pattern import pattern

_BEGINS = pattern(
    rb"(?:^|\n)[ \t]{0,9}(?:COPY [^\n]{1,8000} FROM stdin|(?:INSERT|REPLACE) [^\n]{0,40}INTO "
    rb"|CREATE TABLE )"
)
_SQL = pattern(rb"(?:^|\n)(?:--|/\*|SET |BEGIN|PRAGMA |DROP TABLE|CREATE |COPY |INSERT |REPLACE )")
_MYSQL = pattern(rb"MySQL dump|MariaDB dump|phpMyAdmin|`,`|INTO `|TABLE `|\\'")
_ROWS = 60
_ENOUGH = 20
"""Rows by which a table is judged, where it has so many."""
_MOST_TABLES = 64


class SqlDump(TextTable):
    """A table of cables in the text of an SQL dump.

    The offset of a row of another table than the first has the number of that table on top.
    """

    name = "table-sql"
    label = "SQL dump with a row a cable"
    without = (
        "no table of it has both an id and a text in its columns, or none could be read: "
        "load it into a database and export a query that joins them as CSV"
    )

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[BinaryIO, list[Plan]] = WeakKeyDictionary()
        """The plans of all tables of a file that holds several of cables."""

    def matches(self, path: str, head: bytes) -> bool:
        """By its statements; the names of their columns are looked at when it is read."""
        if not _SQL.search(head, 0, 4096) or not _BEGINS.search(head):
            return False
        named = path.lower().endswith((".sql", ".dump", ".pgsql"))
        return named or self.plan_of(head) is not None

    def plan_of(self, head: bytes) -> Plan | None:
        """As in `TextTable`."""
        escaped = bool(_MYSQL.search(head))
        statements = Statements(BytesIO(head), len(head), escaped=escaped)
        return next(_tables(statements, "", escaped=escaped), None)

    def plan(self, file: BinaryIO) -> Plan | None:
        """As in `TextTable`: that of the first table that holds cables."""
        return next(_tables_in(file), None)

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:
        """As in `TextTable`: those of the tables of cables, and what is wrong with the others."""
        first, statements = plan, Statements(file, LONGEST_RECORD, escaped=plan.dialect[1] == "1")
        created: dict[str, tuple[str, ...]] = {}
        doubtful: set[str] = set()
        while begun := statements.next():
            if begun.kind == "create":
                created[begun.table] = begun.columns
                continue
            here = TableRow(statements.at, statements.line, b"")
            if begun.kind == "damaged":
                yield here._replace(reason="a statement with rows cannot be read")
                continue
            names = begun.columns or created.get(begun.table, ())
            own = self._plan_of(begun.table, names, first, file.file)
            if own is None:
                continue
            if begun.table not in doubtful and own != first:
                doubtful.add(begun.table)
                for doubt in own.doubts:
                    yield here._replace(line=1, reason=f"table {begun.table[:60]!r}: {doubt}")
            names = begun.columns or own.names
            if names != own.names or begun.kind != own.dialect[2]:
                reason = "a statement is not written as the first one: its rows are left out"
                yield here._replace(reason=reason)
                continue
            number = self._number(own, first, file.file)
            for row in statements.rows(begun):
                yield row._replace(plan=own, table=number)

    def values(self, plan: Plan, row: TableRow) -> tuple[Sequence[str], Sequence[str]]:
        """As in `TextTable`."""
        found = _values(row.data, plan.dialect[2], escaped=plan.dialect[1] == "1")
        if len(found) != len(plan.names):
            raise BrokenRecord(f"the row has {len(found)} columns, the table {len(plan.names)}")
        return plan.names, found

    def _plans(self, file: BinaryIO) -> list[Plan]:
        """The plans of all tables, that of the first one first; the file stays where it is."""
        known = self._known.get(file)
        if known is None:
            here = file.tell()
            known = self._known[file] = list(_tables_in(file))[:_MOST_TABLES]
            file.seek(here)
        return known

    def _plan_of(
        self, table: str, names: tuple[str, ...], first: Plan, file: BinaryIO
    ) -> Plan | None:
        """The plan of a table with these columns; None where it holds no cables."""
        if table == first.dialect[0]:
            return first
        plans = self._plans(file) if _promises(names) else ()
        return next((plan for plan in plans if plan.dialect[0] == table), None)

    def _number(self, plan: Plan, first: Plan, file: BinaryIO) -> int:
        """The number of a table; 0 where it is as the first one but for its name."""
        named = (first.dialect[0], *plan.dialect[1:])
        alike = plan._replace(dialect=named, doubts=first.doubts) == first
        return 0 if alike else self._plans(file).index(plan)

    def fetch(self, file: BinaryIO, place: Place) -> bytes:
        """As in `Format`: the row, behind the plan of its table if that is not the first one."""
        number, offset = place.offset >> OFFSET_BITS, place.offset & ((1 << OFFSET_BITS) - 1)
        plans = self._plans(file) if number else []
        file.seek(offset)
        row = file.read(place.length)
        return plans[number].pack() + row if number < len(plans) else row

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`; behind the plan."""
        if place.offset >> OFFSET_BITS:
            record = record[record.find(b"\n") + 1 :]  # not that of the first table
        return super().at(record, place)


def _values(row: bytes, kind: str, *, escaped: bool) -> list[str]:
    return copied(row) if kind == "copy" else values(row, escaped=escaped)


def _promises(columns: tuple[str, ...]) -> bool:
    """Whether columns with these names may hold cables."""
    return {"id", "body"} <= aliases.roles_named(columns)


def _tables_in(file: BinaryIO) -> Iterator[Plan]:
    file.seek(0)
    head = file.read(1 << 16)
    codec = utf16_codec(head)
    escaped = bool(_MYSQL.search(as_utf8(head, codec)))
    statements = Statements(Utf8File(file, codec), LONGEST_RECORD, escaped=escaped)
    return _tables(statements, codec, escaped=escaped)


def _tables(statements: Statements, codec: str, *, escaped: bool) -> Iterator[Plan]:
    """The plans of the tables whose rows are cables, or else of one whose columns say so."""
    created: dict[str, tuple[str, ...]] = {}
    seen: dict[str, tuple[Plan, list[list[str]]]] = {}
    given: set[str] = set()
    while begun := statements.next():
        if begun.kind == "create":
            created[begun.table] = begun.columns
        names = begun.columns or created.get(begun.table, ())
        if begun.kind not in {"copy", "insert"} or begun.table in given or not _promises(names):
            continue
        new = Plan(codec, names=names, dialect=(begun.table, "1" * escaped, begun.kind))
        plan, rows = seen.setdefault(begun.table, (new, []))
        if plan.names == names and len(rows) < _ROWS:
            rows += _samples(statements, begun, len(names), escaped=escaped)
            if len(rows) >= _ENOUGH and (found := _with_rows(plan, rows)):
                given.add(begun.table)
                yield found
    left = {table: each for table, each in seen.items() if table not in given}
    found_at_end = list(filter(None, (_with_rows(*each) for each in left.values())))
    yield from found_at_end
    if not given and not found_at_end:
        yield from (plan for plan, rows in left.values() if not rows)


def _with_rows(plan: Plan, rows: list[list[str]]) -> Plan | None:
    plan = understood(plan, plan.names, rows)
    if not is_of_cables(plan, plan.names, rows):
        return None
    found = [aliases.id_name(plan.facts(plan.names, row)) for row in rows]
    return plan._replace(own=max(filter(None, found), key=found.count))


def _samples(statements: Statements, begun: Begun, width: int, *, escaped: bool) -> list[list[str]]:
    found: list[list[str]] = []
    for row in islice(statements.rows(begun), _ROWS):
        try:
            given = _values(row.data, begun.kind, escaped=escaped)
        except BrokenRecord:
            continue
        if len(given) == width:
            found.append(given)
    return found


FORMAT = SqlDump()
