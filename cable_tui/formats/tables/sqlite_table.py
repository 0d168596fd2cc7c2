"""SQLite databases: the rows of each table, or else view, that has an id and a text.

Facts and texts in two tables are joined if it is sure by what (`sqlite_file`).

A row has no offset in the file: its location holds the number of its table and of the row.
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
"""Offset of the byte that shows whether the first page holds the names of tables itself."""
_WORD = pattern(rb"[A-Za-z_][A-Za-z0-9_]{0,60}")
_NO_TABLE = (
    "no table or view of the database has both the id of a cable and a text: "
    "make a view that joins them, with columns reference_id, date and body"
)
_TOO_LONG = f"it has more than {LONGEST_RECORD >> 20} MiB"
_LEFT_OUT = "they are left out; make a view that joins the two as you want them"


class SqliteTable(Format):
    """A database with a row for each cable."""

    name = "table-sqlite"
    label = "SQLite database with a row a cable"
    apart = checked_later = True

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise a file by its signature, and by names of columns for an id and a text."""
        if not head.startswith(_SIGNATURE):
            return False
        if head[_BRANCHES : _BRANCHES + 1] == b"\5":
            return True
        words = {aliases.key(word.decode()) for word in _WORD.findall(head, 0, _FIRST_PAGE)}
        return {"id", "body"} <= aliases.roles_named(words)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`."""
        if name := unread_journal(file):
            reason = f"changes in {name} are not read: close the program that has the database open"
            yield Problem(path, 0, reason)
        try:
            database = database_of(file)
        except BrokenRecord as broken:
            yield Problem(path, 0, str(broken))
            return
        yield from (Problem(path, 0, reason) for reason in database.unread())
        if not any(table.select for table in database.tables):
            reason = f"no part of it can be read: {database.damage}"
            if not database.slow:
                yield Problem(path, 0, reason if database.damage else _NO_TABLE)
            return
        for table in database.tables:
            yield from (Problem(path, 0, doubt) for doubt in table.plan.doubts)
        yield from said(self._all(database, path), path)

    def _all(self, database: Database, path: str) -> Iterator[Record | Problem]:
        row_notes = RowNotes()
        line = 0
        for number, table in enumerate(database.tables):
            if rows_lost := database.left_out(table):
                reason = f"{rows_lost} rows of {table.name} have a text and no facts: {_LEFT_OUT}"
                yield Problem(path, line, reason)
            try:
                for row_number, data in database.rows(number):
                    line += 1
                    if not data:
                        yield Problem(path, line, f"row {row_number} of {table.name}: {_TOO_LONG}")
                        continue
                    location = Location(path, row_number << _TABLE_BITS | number, len(data))
                    try:
                        known_record = self.at(table.plan.pack() + data, location)
                    except BrokenRecord as broken:
                        yield Problem(path, line, f"row {row_number} of {table.name}: {broken}")
                        continue
                    row_notes.see(known_record, texts=True)
                    yield without_body(known_record, location, line, data)
            except BrokenRecord as broken:
                yield Problem(path, line, str(broken))
        yield from row_notes.problems(path)

    def fetch(self, file: BinaryIO, location: Location) -> bytes:
        """Implement `Format.fetch`: the row as JSON, after the plan of its table."""
        table_number = location.offset & ((1 << _TABLE_BITS) - 1)
        try:
            database = database_of(file)
        except BrokenRecord as broken:
            raise OSError(0, str(broken)) from None
        if table_number >= len(database.tables):
            return b""
        return database.row(table_number, location.offset >> _TABLE_BITS)

    def damage(self, file: BinaryIO) -> str:
        """Implement `Format.damage`: what SQLite's own check says."""
        try:
            return database_of(file).check()
        except BrokenRecord:  # the reading has said so
            return ""

    def context(self, file: BinaryIO) -> bytes:
        """Return the plans of all tables, a line each."""
        try:
            plans = [table.plan.pack() for table in database_of(file).tables]
        except BrokenRecord:
            plans = []
        return b"%d\n" % len(plans) + b"".join(plans)

    def at(self, record: bytes, location: Location) -> RawCable:
        """See `Format.at`; the bytes are after the plans of the tables, or of its own table."""
        plan, row = unpacked(_with_own_plan(record, location))
        try:
            pairs = json.loads(row)
            names = [aliases.key(name) for name, _ in pairs]
            pair_values = [value for _, value in pairs]
        except (ValueError, TypeError):
            raise BrokenRecord("the row is no longer in the database") from None
        return table_record.cable(plan.facts(names, pair_values), self.name, location, plan.order)


def _with_own_plan(record: bytes, location: Location) -> bytes:
    if record.startswith(b"["):
        return record
    column_count, _, rest_of_record = record.partition(b"\n")
    lines = rest_of_record.split(b"\n", int(column_count)) if column_count.isdigit() else []
    table_number = location.offset & ((1 << _TABLE_BITS) - 1)
    if table_number + 1 >= len(lines):
        raise BrokenRecord("the table is no longer in the database")
    return lines[table_number] + b"\n" + lines[-1]


FORMAT = SqliteTable()
