"""The texts of cables, read in the order of their files: the only loop that reads many texts.

Compressed files are slow to read backward, so all code that reads texts uses this order. An
unreadable cable is also yielded, so that each caller can report, count or skip it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from sqlite3 import Connection
from typing import Protocol

from cable_tui.archive.catalogue import rows
from cable_tui.archive.records.read import (
    Files,
    FurtherRecord,
    RecordTask,
    SourceGone,
    read_further,
    with_head,
)
from cable_tui.archive.records.walk import never
from cable_tui.base.cable import RawCable
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats import BrokenRecord

AT_ONCE = 1000
"""The number of cables to read between two checks of the catalogue."""


class TextSource(Protocol):
    """The parts of an archive that are needed to read texts."""

    @property
    def root(self) -> Path:
        """The folder of cables, or the one file."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Return a connection for short reading."""


class Text(NamedTuple):
    """A cable with the content of its file."""

    task: RecordTask
    raw: RawCable | None
    """The record as it was read, or None if it cannot be read."""
    error: SourceGone | BrokenRecord | None = None
    """The error if the record cannot be read, or None."""
    further: Sequence[FurtherRecord] = ()
    """The other records of the cable, if they were requested."""

    @property
    def records(self) -> Iterator[FurtherRecord]:
        """All readable records, this record first."""
        if self.raw is not None:
            yield FurtherRecord(self.task, self.raw)
        yield from self.further


def texts(  # noqa: PLR0913 - options by name
    source: TextSource,
    ids: Sequence[int],
    cancelled: Callable[[], bool] = never,
    *,
    further: bool = False,
    instead: Mapping[int, int] | None = None,
    at_once: int = AT_ONCE,
) -> Iterator[Text]:
    """Yield the texts of cables, `at_once` by `at_once` in the order of their files.

    With `further`, each text includes the records that contain more than the displayed one.
    `instead` contains the numbers of records to read instead of the displayed records.

    Ids that were removed from the catalogue are left out. Ends early if cancelled. Raises
    `CacheError`.
    """
    with Files(source.root) as files:
        for first_index in range(0, len(ids), at_once):
            with source.reading() as db:
                tasks = rows.records(db, ids[first_index : first_index + at_once])
                if further:
                    tasks = rows.with_further(db, tasks)
                if instead:
                    tasks = [_chosen(db, task, instead.get(task.cable, 1)) for task in tasks]
            further_records = read_further(files, tasks)
            for task in sorted(tasks, key=lambda task: (task.path, task.offset)):
                if cancelled():
                    return
                try:
                    raw = files.cable(task)
                except (SourceGone, BrokenRecord) as error:
                    yield Text(task, None, error, further_records.get(task.cable, ()))
                else:
                    record_task = task if task.number == 1 else with_head(task, raw)
                    yield Text(record_task, raw, None, further_records.get(task.cable, ()))


def _chosen(db: Connection, task: RecordTask, number: int) -> RecordTask:
    """Return the record of a cable with this number, or the displayed record if it is missing."""
    if number == 1:
        return task
    return next((record for record in rows.others(db, task.cable) if record.number == number), task)
