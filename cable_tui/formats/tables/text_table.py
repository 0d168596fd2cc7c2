"""The code that the CSV, JSON, SQL and XML formats share: it makes records from rows.

A row is read with the plan of its file. Rows without a text, and files without rows, are reported
once per file.
"""

from __future__ import annotations

import zlib
from abc import abstractmethod
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from io import BytesIO
from typing import BinaryIO, TypeVar

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.value import replace
from cable_tui.formats.base import (
    LONGEST_RECORD,
    BrokenRecord,
    Format,
    Kept,
    Record,
    key,
    without_body,
)
from cable_tui.formats.file_text import Utf8File, as_utf8, encoded
from cable_tui.formats.tables import parts, table_record
from cable_tui.formats.tables.aliases import BODIES, Facts
from cable_tui.formats.tables.row_plan import Plan, TableRow, unnamed, unpacked

HEAD = 1 << 19
"""The number of bytes at the start of a file, in UTF-8, from which its plan is made."""
OFFSET_BITS = 56
"""The number of bits of a location's offset for the position in the file; the bits above are the
table number.
"""


class RowNotes:
    """Notes on a whole file, such as the number of records without a text or an ID."""

    def __init__(self, *, apart: bool = False) -> None:
        self._apart = apart
        """Whether two records of the same cable are parts of its text."""
        self._seen: set[str] = set()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._firsts: dict[tuple[str, str], str] = {}

    def see(self, cable: RawCable, *, texts: bool) -> None:
        """Count the cable; `texts` tells whether its table has a text column."""
        for note, applies in (
            (_NO_TEXT, texts and not cable.body.strip() and not table_record.why_no_text(cable)),
            (_NO_ID, table_record.MADE_ID in cable.remarks),
            (_NO_END, cable.cut_off),
            (_NOT_WHOLE, _is_broken(cable)),
            (_APART, self._apart and cable.reference_id in self._seen),
        ):
            if applies:
                self._counts[note] += 1
                self._firsts.setdefault(note, cable.reference_id)
        if self._apart:
            self._seen.add(cable.reference_id)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield the notes as problems, at the end of the file."""
        for (missing_part, reason), count in self._counts.items():
            first_id = self._firsts[missing_part, reason]
            plural_message = f"{count:,} records have no {missing_part}; the first is {first_id}"
            count_message = f"{first_id} has no {missing_part}" if count == 1 else plural_message
            yield Problem(path, 0, f"{count_message}: {reason}")


_NO_TEXT = "text", "the text column is empty; the metadata is kept"
_NO_ID = (
    "ID in the ID column",
    "it was made from the first line of the text and the year of the date",
)


def _is_broken(cable: RawCable) -> bool:
    """Return whether parts of the text are missing or repeated."""
    part_numbers = dict(cable.remarks).get(table_record.PARTS, "")
    return "missing" in part_numbers or "repeated" in part_numbers


_NOT_WHOLE = (
    "unbroken sequence of parts",
    "numbers are missing or repeated; each cable shows which",
)
_APART = (
    "adjacent row with the rest of the text",
    "adjacent rows with the same ID are joined; sort the table by ID and number",
)
_NO_END = (
    "end of the text",
    f"Excel cuts off cells after {table_record.CELL:,} characters; export them in another format",
)


Item = TypeVar("Item")


def said(items: Iterator[Item], path: str) -> Iterator[Item | Problem]:
    """Yield the items, or a problem if there are none."""
    record_count = 0
    for record_count, item in enumerate(items, 1):  # noqa: B007 - is asked for behind the loop
        yield item
    if not record_count:
        yield Problem(path, 1, "it begins like a table of cables but contains no record")


class TextTable(Format):
    """A text file with one row or object per cable; a subclass cuts and reads the rows."""

    without: str
    """The message about a file for which there is no plan."""

    @abstractmethod
    def plan_of(self, head: bytes) -> Plan | None:
        """Return the plan of a file from its first `HEAD` bytes as UTF-8."""

    @abstractmethod
    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:
        """Yield the rows of a file."""

    @abstractmethod
    def values(self, plan: Plan, row: TableRow) -> tuple[Sequence[str], Sequence[str]]:
        """Return the column names and values of a row. Raises `BrokenRecord`."""

    def cable(self, facts: Facts, location: Location, plan: Plan, *, full: bool = True) -> RawCable:
        """Return the cable made from some facts, as `table_record.cable` does."""
        return table_record.cable(facts, self.name, location, plan.order, full=full)

    def plan(self, file: BinaryIO) -> Plan | None:
        """Return the plan of a file; this changes the position in the file."""
        source = Utf8File(file)
        plan = self.plan_of(source.read(HEAD))
        return plan._replace(codec=source.codec) if plan else None

    def seen(self, head: bytes) -> tuple[Sequence[str], Sequence[Sequence[str]]]:  # noqa: ARG002
        """Return the column names and some rows of a file for which there is no plan."""
        return (), ()

    def unplanned(self, file: BinaryIO, path: str) -> str:
        """Return why a file has no plan, and what the user can do about it."""
        column_names, sample_rows = self.seen(Utf8File(file).read(HEAD))
        return unnamed(path, column_names, sample_rows) if len(column_names) > 1 else self.without

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`."""
        return (item for item in self.again(file, path, ()) if not isinstance(item, Kept))

    def again(
        self, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        """Implement `Format.again`; a file with several tables or shapes is read as a whole."""
        try:
            plan = self.plan(file)
        except BrokenRecord as broken:
            yield Problem(path, 1, str(broken))
            return
        if plan is None:
            yield Problem(path, 1, self.unplanned(file, path))
            return
        yield from (Problem(path, 0, doubt) for doubt in plan.doubts)
        yield from said(self._all(plan, file, path, known), path)

    def _all(
        self, plan: Plan, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        utf8_file = Utf8File(file, plan.codec)
        row_notes = RowNotes(apart=bool(plan.parts))
        for table_row in self._records(plan, utf8_file):
            own_plan = table_row.plan or plan
            record_bytes = encoded(table_row.data, own_plan.codec)
            location = Location(path, utf8_file.original(table_row.offset), len(record_bytes))
            if table_row.table:
                location = replace(
                    location, offset=location.offset | table_row.table << OFFSET_BITS
                )
                record_bytes = own_plan.pack() + record_bytes
            if key(len(record_bytes), checksum := zlib.crc32(record_bytes)) in known:
                yield Kept(location.offset, len(record_bytes), checksum, table_row.line)
            else:
                yield self._record(own_plan, table_row, location, record_bytes, row_notes)
        yield from row_notes.problems(path)
        yield from utf8_file.problems(path)

    def _records(self, plan: Plan, source: Utf8File) -> Iterator[TableRow]:
        """Yield the rows of records, with the parts of each record joined into one row."""
        rows = self.rows(plan, source)
        if not plan.parts:
            yield from rows
            return
        for first_row, *other_rows in parts.records_of(self._parts(plan, rows), LONGEST_RECORD):
            further_bytes = b"".join(row.before + row.data for row in other_rows)
            yield (
                first_row._replace(data=first_row.data + further_bytes, columns=())
                if further_bytes
                else first_row
            )

    def _parts(
        self, plan: Plan, rows: Iterable[TableRow]
    ) -> Iterator[tuple[TableRow, parts.PartRow | None]]:
        for table_row in rows:
            try:
                part_row = (
                    None if table_row.reason else parts.PartRow(plan, *self.values(plan, table_row))
                )
            except BrokenRecord:
                part_row = None
            yield table_row, part_row

    def within(self, plan: Plan) -> Plan:
        """Return the plan for the bytes of a single record that consists of parts."""
        return plan

    def facts(self, plan: Plan, row: TableRow) -> Facts:
        """Return the facts of a record. Raises `BrokenRecord`."""
        if not plan.parts:
            return plan.facts(*self.values(plan, row))
        rows = self.rows(self.within(plan), Utf8File(BytesIO(row.data), ""))
        part_rows = [
            parts.PartRow(plan, *self.values(plan, part_table_row))
            for part_table_row in rows
            if not part_table_row.reason
        ]
        if not part_rows:
            raise BrokenRecord("the rows of its parts have changed")
        return parts.merged(plan, part_rows)

    def _record(
        self, plan: Plan, row: TableRow, location: Location, data: bytes, notes: RowNotes
    ) -> Record | Problem:
        """Return the record of the row with the bytes `data`, or the problem with that row."""
        if row.reason:
            return Problem(location.path, row.line, row.reason)
        try:
            record_facts = self.facts(plan, row)
            known_cable = self.cable(record_facts, location, plan, full=False)
        except BrokenRecord as broken:
            return Problem(location.path, row.line, str(broken))
        notes.see(known_cable, texts=not BODIES.isdisjoint(record_facts))
        return without_body(known_cable, location, row.line, data)

    def context(self, file: BinaryIO) -> bytes:
        """Return the plan of the file as a line that `unpacked` reads."""
        try:
            plan = self.plan(file)
        except BrokenRecord:
            plan = None
        return plan.pack() if plan else b"\n"

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`; the bytes follow the plan."""
        plan, record_bytes = unpacked(record)
        record_facts = self.facts(plan, TableRow(0, 1, as_utf8(record_bytes, plan.codec)))
        return self.cable(record_facts, location, plan)
