"""Tables of cables as CSV: any delimiter, quotes, headings, order of dates, and UTF-16.

Those of the History Lab (FOIArchive) are known by their document numbers and their two texts; they
name their own repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.cable import Repository
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.file_text import Utf8File
from cable_tui.formats.tables import csv_dialect
from cable_tui.formats.tables.csv_rows import CsvCutter, Dialect, alone
from cable_tui.formats.tables.plan import Plan, TableRow
from cable_tui.formats.tables.text_table import HEAD, TextTable


class CsvTable(TextTable):
    """A table with a row for each cable."""

    name = "table-csv"
    label = "CSV with a row a cable"
    resumes = False
    without = (
        "it is no table of cables: its first rows and columns do not say which one has the ids"
    )

    def matches(self, path: str, head: bytes) -> bool:
        """By its headings, or by the values of columns without headings."""
        if self.plan_of(head) is not None:
            return True
        return path.lower().endswith((".csv", ".tsv", ".tab")) and csv_dialect.claims(head)

    def plan_of(self, head: bytes) -> Plan | None:
        """As in `TextTable`."""
        return csv_dialect.plan_of(head, whole=len(head) < HEAD)

    def rows(self, plan: Plan, file: Utf8File) -> Iterator[TableRow]:
        """As in `TextTable`."""
        before = int(plan.dialect[3])
        cutter = CsvCutter(file, _dialect(plan), len(plan.names), before, LONGEST_RECORD)
        cutter.skip(plan.start)
        return cutter.rows()

    def values(self, plan: Plan, row: TableRow) -> tuple[Sequence[str], Sequence[str]]:
        """As in `TextTable`."""
        columns = row.columns or alone(row.data, _dialect(plan), len(plan.names))
        if not columns:
            raise BrokenRecord("the columns of the row do not come out")
        return plan.names, [decode_part(each) for each in columns]


def _dialect(plan: Plan) -> Dialect:
    delimiter, escaped, carriage, _ = plan.dialect
    return Dialect(delimiter, bool(escaped), bool(carriage))


class FoiaCsv(CsvTable):
    """A table of the History Lab."""

    name = "foia-csv"
    label = "CSV of the History Lab (FOIArchive)"
    repository = Repository(
        "History Lab, Freedom of Information Archive (FOIArchive)", numbered="document"
    )

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By two of its headings."""
        plan = self.plan_of(head)
        return plan is not None and {"docnbr", "body"} <= set(plan.names)


FORMAT = CsvTable()
FOIA = FoiaCsv()
