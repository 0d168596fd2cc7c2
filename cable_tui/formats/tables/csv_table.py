"""Tables of cables as CSV: any delimiter, quotes, headings, order of dates, and UTF-16."""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record, without_body
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.rows import Kept, key
from cable_tui.formats.tables import fields, file_text
from cable_tui.formats.tables.aliases import BODIES
from cable_tui.formats.tables.csv_dialect import claims, plan_of
from cable_tui.formats.tables.csv_rows import CsvRow, Cutter, Dialect, alone
from cable_tui.formats.tables.plan import HEAD, Plan, Unread, said, unpacked
from cable_tui.repository import Repository

_ENDINGS = (".csv", ".tsv", ".tab")
_CHANGED = "it is no table of cables: its first rows and columns do not say which one has the ids"


class CsvTable(Format):
    """A table with a row for each cable."""

    name = "table-csv"
    label = "CSV with a row a cable"
    resumes = False

    def matches(self, path: str, head: bytes) -> bool:
        """By its headings, or by the values of columns without headings."""
        if plan_of(head, whole=len(head) < HEAD) is not None:
            return True
        return path.lower().endswith(_ENDINGS) and claims(head)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`."""
        return (item for item in self.again(file, path, ()) if not isinstance(item, Kept))

    def again(
        self, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        """As in `RowReader`."""
        plan = _plan(file)
        if plan is None:
            yield Problem(path, 1, _CHANGED)
            return
        yield from (Problem(path, 1, doubt) for doubt in plan.doubts)
        yield from said(self._all(plan, file, path, known), path)

    def _all(
        self, plan: Plan, file: BinaryIO, path: str, known: Container[int]
    ) -> Iterator[Record | Problem | Kept]:
        file.seek(0)
        source = file_text.AsUtf8(file, plan.codec) if plan.codec else None
        cutter = Cutter(
            source or file,  # type: ignore[arg-type]
            _dialect(plan),
            len(plan.names),
            int(plan.dialect[3]),
            LONGEST_RECORD,
        )
        cutter.skip(plan.start)
        empty = Unread()
        for row in cutter.rows():
            start, end = row.offset, row.offset + len(row.data)
            if source:
                start, end = source.original(start), source.original(end)
            data = file_text.encoded(row.data, plan.codec)
            crc = zlib.crc32(data)
            if key(len(data), crc) in known:
                yield Kept(start, len(data), crc, row.line)
                continue
            yield from self._read(plan, row, Place(path, start, end - start), data, empty)
        yield from empty.problems(path)
        yield from source.problems(path) if source else ()

    def context(self, file: BinaryIO) -> bytes:
        """The plan of the table."""
        plan = _plan(file)
        return plan.pack() if plan else b"\n"

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`; behind the plan."""
        plan, data = unpacked(record)
        row = file_text.as_utf8(data, plan.codec)
        columns = alone(row, _dialect(plan), len(plan.names))
        if not columns:
            raise BrokenRecord("the columns of the row do not come out")
        return self.cable(plan, columns, place)

    def cable(
        self, plan: Plan, columns: tuple[bytes, ...], place: Place, *, full: bool = True
    ) -> RawCable:
        """The cable of a row, as `fields.cable` has it."""
        facts = plan.facts(plan.names, [decode_part(each) for each in columns])
        return fields.cable(facts, self.name, place, plan.order, full=full)

    def _read(
        self, plan: Plan, row: CsvRow, place: Place, data: bytes, empty: Unread
    ) -> Iterator[Record | Problem]:
        if row.reason:
            yield Problem(place.path, row.line, row.reason)
            return
        try:
            known = self.cable(plan, row.columns, place, full=False)
        except BrokenRecord as broken:
            yield Problem(place.path, row.line, str(broken))
            return
        if not BODIES.isdisjoint(plan.names):
            empty.see(known, row.line)
        yield without_body(known, place, row.line, data)


def _plan(file: BinaryIO) -> Plan | None:
    file.seek(0)
    top = file.read(4096)
    codec = file_text.codec_of(top)
    head = file_text.head_of(file, codec, HEAD)
    plan = plan_of(head, whole=len(head) < HEAD)
    return plan._replace(codec=codec) if plan else None


def _dialect(plan: Plan) -> Dialect:
    delimiter, escaped, carriage, _ = plan.dialect
    return Dialect(delimiter, bool(escaped), bool(carriage))


FORMAT = CsvTable()


class FoiaCsv(CsvTable):
    """A table of the History Lab."""

    name = "foia-csv"
    label = "CSV of the History Lab (FOIArchive)"
    repository = Repository(
        "History Lab, Freedom of Information Archive (FOIArchive)", numbered="document"
    )

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By two of its headings."""
        plan = plan_of(head, whole=len(head) < HEAD)
        return plan is not None and {"docnbr", "body"} <= set(plan.names)


FOIA = FoiaCsv()
