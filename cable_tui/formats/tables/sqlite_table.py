"""SQLite databases: rows of tables, or otherwise views, that have an ID and a text.

Tables of facts and texts are joined if the linking columns are certain (`cable_tables`). A row has
no offset in the file, so its location contains the table number and row number instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record, without_body
from cable_tui.formats.tables import aliases, table_record
from cable_tui.formats.tables.cable_tables import Database, database_of, unread_journal
from cable_tui.formats.tables.row_plan import unpacked
from cable_tui.formats.tables.text_table import RowNotes, said

_SIGNATURE = b"SQLite format 3\0"
_TABLE_BITS = 6
_FIRST_PAGE = 1 << 16
_BRANCHES = 100
"""The offset of a byte that shows whether the first page contains the table names."""
_WORD = pattern(rb"[A-Za-z_][A-Za-z0-9_]{0,60}")
_NO_TABLE = (
    "no table or view of the database has both a cable ID and a text: create a view that joins "
    "them, with columns reference_id, date and body"
)
_TOO_LONG = f"it is larger than {LONGEST_RECORD >> 20} MiB"
_LEFT_OUT = "they were skipped; create a view that joins text and metadata"


class SqliteTable(Format):
    """An SQLite database with one row per cable."""

    name = "table-sqlite"
    label = "SQLite database with one row per cable"
    apart = checked_later = True
    no_table = _NO_TABLE
    """The problem reported if no table has cables."""

    def tables_of(self, file: BinaryIO) -> Database:
        """Return the tables of a file. Raises `BrokenRecord`."""
        return database_of(file)

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its signature and by column names for an ID and a text."""
        if not head.startswith(_SIGNATURE):
            return False
        if head[_BRANCHES : _BRANCHES + 1] == b"\5":
            return True
        column_keys = {
            aliases.key(name_bytes.decode()) for name_bytes in _WORD.findall(head, 0, _FIRST_PAGE)
        }
        return {"id", "body"} <= aliases.roles_named(column_keys)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`."""
        if journal := unread_journal(file):
            closing = "close the program that has the database open"
            reason = f"changes in {journal} are not read: {closing}"
            yield Problem(path, 0, reason)
        try:
            database = self.tables_of(file)
        except BrokenRecord as broken:
            yield Problem(path, 0, str(broken))
            return
        yield from (Problem(path, 0, reason) for reason in database.unread())
        if not any(table.select for table in database.tables):
            reason = f"no part of it can be read: {database.damage}"
            if not database.slow:
                yield Problem(path, 0, reason if database.damage else self.no_table)
            return
        for table in database.tables:
            yield from (Problem(path, 0, doubt) for doubt in table.plan.doubts)
        yield from said(self._all(database, path), path)

    def _all(self, database: Database, path: str) -> Iterator[Record | Problem]:
        row_notes = RowNotes()
        row_count = 0
        for table_number, table in enumerate(database.tables):
            if rows_lost := database.left_out(table):
                reason = (
                    f"{rows_lost} rows of {table.name} have a text but no metadata: {_LEFT_OUT}"
                )
                yield Problem(path, row_count, reason)
            try:
                for row_number, row_json in database.rows(table_number):
                    row_count += 1
                    if not row_json:
                        yield Problem(
                            path, row_count, f"row {row_number} of {table.name}: {_TOO_LONG}"
                        )
                        continue
                    location = Location(
                        path, row_number << _TABLE_BITS | table_number, len(row_json)
                    )
                    try:
                        cable = self.at(table.plan.pack() + row_json, location)
                    except BrokenRecord as broken:
                        yield Problem(
                            path, row_count, f"row {row_number} of {table.name}: {broken}"
                        )
                        continue
                    row_notes.see(cable, texts=True)
                    yield without_body(cable, location, row_count, row_json)
            except BrokenRecord as broken:
                yield Problem(path, row_count, str(broken))
        yield from row_notes.problems(path)

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Implement `Format.fetch`: return the row as JSON, after its table's plan."""
        table_number = location.offset & ((1 << _TABLE_BITS) - 1)
        try:
            database = self.tables_of(file)
        except BrokenRecord as broken:
            raise OSError(0, str(broken)) from None
        if table_number >= len(database.tables):
            return b""
        return database.row(table_number, location.offset >> _TABLE_BITS)

    def damage(self, file: BinaryIO) -> str:
        """Implement `Format.damage`: return the result of SQLite's own check."""
        try:
            return self.tables_of(file).check()
        except BrokenRecord:  # the reading has said so
            return ""

    def context(self, file: BinaryIO) -> bytes:
        """Return the plans of all tables, one per line."""
        try:
            plans = [table.plan.pack() for table in self.tables_of(file).tables]
        except BrokenRecord:
            plans = []
        return b"%d\n" % len(plans) + b"".join(plans)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`; the bytes follow the plans of all tables or of the row's table."""
        plan, row_json = unpacked(_with_own_plan(record, location))
        try:
            name_value_pairs = json.loads(row_json)
            column_keys = [aliases.key(column_name) for column_name, _ in name_value_pairs]
            pair_values = [column_value for _, column_value in name_value_pairs]
        except (ValueError, TypeError):
            raise BrokenRecord("the row is no longer in the database") from None
        return table_record.cable(
            plan.facts(column_keys, pair_values), self.name, location, plan.order
        )


def _with_own_plan(record: bytes, location: Location) -> bytes:
    if record.startswith(b"["):
        return record
    plan_count, _, plans_and_row = record.partition(b"\n")
    plan_lines = plans_and_row.split(b"\n", int(plan_count)) if plan_count.isdigit() else []
    table_number = location.offset & ((1 << _TABLE_BITS) - 1)
    if table_number + 1 >= len(plan_lines):
        raise BrokenRecord("the table is no longer in the database")
    return plan_lines[table_number] + b"\n" + plan_lines[-1]


FORMAT = SqliteTable()
