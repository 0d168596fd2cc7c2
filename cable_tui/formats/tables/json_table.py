"""Cables as JSON: lists, lines, objects by id, exports of databases, answers of interfaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record, without_body
from cable_tui.formats.rows import Row
from cable_tui.formats.tables import fields, utf16
from cable_tui.formats.tables.aliases import Facts
from cable_tui.formats.tables.json_rows import objects
from cable_tui.formats.tables.json_shape import claims, plan_of, shape_of
from cable_tui.formats.tables.json_values import facts_of
from cable_tui.formats.tables.plan import HEAD, Plan, unpacked
from cable_tui.formats.tables.unread import Unread, said

_ENDINGS = (".json", ".jsonl", ".ndjson", ".geojson")
_CHANGED = "no object in its first part has the id of a cable and a text or date"


class JsonTable(Format):
    """A file with an object for each cable."""

    name = "table-json"
    label = "JSON with an object a cable"

    def matches(self, path: str, head: bytes) -> bool:
        """By the keys and values of its objects."""
        if plan_of(head) is not None:
            return True
        return path.lower().endswith(_ENDINGS) and claims(head)

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`."""
        plan = _plan(file)
        if plan is None:
            yield Problem(path, 1, _CHANGED)
            return
        yield from (Problem(path, 1, doubt) for doubt in plan.doubts)
        yield from said(self._all(plan, file, path), path)

    def _all(self, plan: Plan, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        file.seek(0)
        source = utf16.AsUtf8(file, plan.codec) if plan.codec else None
        empty = Unread()
        rows = objects(source or file, LONGEST_RECORD, shape_of(plan))  # type: ignore[arg-type]
        for row in rows:
            place = Place(path, row.offset, len(row.data or b""))
            data = utf16.encoded(row.data or b"", plan.codec)
            if source:
                place = Place(path, source.original(row.offset), len(data))
            yield from self._read(plan, row, place, data, empty)
        yield from empty.problems(path)
        yield from source.problems(path) if source else ()

    def context(self, file: BinaryIO) -> bytes:
        """The plan of the file."""
        plan = _plan(file)
        return plan.pack() if plan else b"\n"

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`; behind the plan."""
        plan, data = unpacked(record)
        return self.cable(plan, facts_of(utf16.as_utf8(data, plan.codec)), place)

    def cable(self, plan: Plan, facts: Facts, place: Place, *, full: bool = True) -> RawCable:
        """The cable of an object. Raises `BrokenRecord`."""
        known = plan.facts(tuple(facts), tuple(facts.values()))
        return fields.cable(known, self.name, place, plan.order, full=full)

    def _read(
        self, plan: Plan, row: Row, place: Place, data: bytes, empty: Unread
    ) -> Iterator[Record | Problem]:
        if row.data is None:
            reason = f"an object of more than {LONGEST_RECORD >> 20} MiB, or one without its end"
            yield Problem(place.path, row.line, reason)
            return
        if not row.opened:
            yield Problem(place.path, row.line, "text outside of any object")
            return
        try:
            facts = facts_of(row.data)
            known = self.cable(plan, facts, place, full=False)
        except BrokenRecord as broken:
            yield Problem(place.path, row.line, str(broken))
            return
        if fields.has_text(facts):
            empty.see(known, row.line)
        yield without_body(known, place, row.line, data)


def _plan(file: BinaryIO) -> Plan | None:
    file.seek(0)
    codec = utf16.codec_of(file.read(4096))
    plan = plan_of(utf16.head_of(file, codec, HEAD))
    return plan._replace(codec=codec) if plan else None


FORMAT = JsonTable()
