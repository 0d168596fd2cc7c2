"""The texts of some cables, read in the order of their files: the one loop that reads many.

Packed files are slow to read backward, so that no reader of texts goes by its own order. What
cannot be read is an item too: each reader says, counts or skips it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple, Protocol

from cable_tui.archive.catalogue import rows
from cable_tui.archive.records.read import Files, RecordTask, SourceGone
from cable_tui.archive.records.walk import never
from cable_tui.cable import RawCable
from cable_tui.formats import BrokenRecord

AT_ONCE = 1000
"""Cables that are read between two looks at the catalogue."""


class TextSource(Protocol):
    """What reading texts needs of an archive."""

    @property
    def root(self) -> Path:
        """The folder of cables, or the one file."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for short reading."""


class Text(NamedTuple):
    """A cable with what its file holds."""

    task: RecordTask
    raw: RawCable | None
    """None if it cannot be read."""
    error: SourceGone | BrokenRecord | None = None
    """Why not."""


def texts(
    source: TextSource, ids: Sequence[int], cancelled: Callable[[], bool] = never
) -> Iterator[Text]:
    """The texts of cables, `AT_ONCE` by `AT_ONCE` in the order of their files.

    Ids that are gone from the catalogue are left out. Ends early if it is cancelled. Raises
    `CacheError`.
    """
    with Files(source.root) as files:
        for start in range(0, len(ids), AT_ONCE):
            with source.reading() as db:
                tasks = rows.records(db, ids[start : start + AT_ONCE])
            for task in sorted(tasks, key=lambda task: (task.path, task.offset)):
                if cancelled():
                    return
                try:
                    raw = files.cable(task)
                except (SourceGone, BrokenRecord) as error:
                    yield Text(task, None, error)
                else:
                    yield Text(task, raw)
