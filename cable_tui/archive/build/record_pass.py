"""The pass over cables that have several records: which is shown, and how the others differ.

Records that are byte for byte the same are not read. What was compared is compared again only where
a record came or changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.archive.build.write_files import Catalogue
from cable_tui.archive.catalogue import rows, schema
from cable_tui.archive.records.compared_records import ComparedRecords, SeveralRecords

_NEW = "SELECT DISTINCT cable FROM also WHERE differs IS NULL"
_IN_ORDER = """
SELECT also.cable FROM also JOIN cable ON cable.id = also.cable JOIN file ON file.id = cable.file
WHERE differs IS NULL GROUP BY also.cable
ORDER BY min(CASE in_order WHEN 0 THEN also.file ELSE cable.file END),
    min(CASE in_order WHEN 0 THEN also.offset ELSE cable.offset END)
"""
"""A dump that is slow to read backward is read forward."""
_SAME = """
UPDATE also SET differs = 0 WHERE differs IS NULL AND EXISTS (
    SELECT 1 FROM cable
    JOIN file ours ON ours.id = cable.file
    JOIN file theirs ON theirs.id = also.file
    WHERE cable.id = also.cable AND cable.crc = also.crc AND cable.length = also.length
    AND ours.kind = theirs.kind)
"""


class RecordPass:
    """One run of the pass."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._db = catalogue.db
        if self._db.execute(f"{_NEW} LIMIT 1").fetchone():
            with schema.transaction(self._db):
                self._db.execute(_SAME)
        self._cables = [id_ for (id_,) in self._db.execute(_IN_ORDER)]
        self.total = len(self._cables)
        """Cables whose records are to be read."""

    def pending(self, size: int) -> Iterator[list[SeveralRecords]]:
        """The cables whose records are to be compared, in groups."""
        for start in range(0, self.total, size):
            tasks = rows.records(self._db, self._cables[start : start + size])
            yield [
                SeveralRecords(task.cable, (task, *rows.others(self._db, task.cable)))
                for task in tasks
            ]

    def take(self, found: list[ComparedRecords]) -> None:
        """Write what came of some cables."""
        with schema.transaction(self._db):
            self._catalogue.cables.take_compared(found)
            self._catalogue.progress.end_batch()
