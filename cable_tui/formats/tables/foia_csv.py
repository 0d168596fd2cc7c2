"""Tables of the History Lab (FOIArchive), a line of headings and one row a cable.

They are known by their document numbers and their two texts; they name their own repository.
"""

from __future__ import annotations

from cable_tui.formats.tables.csv_dialect import plan_of
from cable_tui.formats.tables.csv_table import CsvTable
from cable_tui.formats.tables.plan import HEAD
from cable_tui.repository import Repository


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


FORMAT = FoiaCsv()
