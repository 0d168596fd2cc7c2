"""The cables that people are looked for in: from the echo file, and what it does not know as texts.

The answer is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cable_tui.archive.catalogue import rows
from cable_tui.archive.records.read import Files, SourceGone
from cable_tui.archive.search.snapshot import SnapshotSource
from cable_tui.archive.sentences import echo_file
from cable_tui.formats import BrokenRecord

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.people import PeopleReader
    from cable_tui.cable import RawCable

_PAGE = 1000


class Source(SnapshotSource, Protocol):
    """What reading needs of an archive."""

    @property
    def root(self) -> Path:
        """The folder of cables, or the one file."""


def texts(
    source: Source, ids: Sequence[int], reader: PeopleReader
) -> Iterator[tuple[int, RawCable]]:
    """What a reader still has to read: cables with what their files hold, in the files' order.

    The reader has been given the others; those that cannot be read are counted there.
    """
    ids = _not_kept(source, ids, reader)
    with Files(source.root) as files:
        for start in range(0, len(ids), _PAGE):
            with source.reading() as db:
                tasks = rows.records(db, ids[start : start + _PAGE])
            for task in sorted(tasks, key=lambda task: (task.path, task.offset)):
                try:
                    raw = files.cable(task)
                except (SourceGone, BrokenRecord):
                    reader.unread += 1
                    continue
                yield task.cable, raw


def _not_kept(source: Source, ids: Sequence[int], reader: PeopleReader) -> Sequence[int]:
    """The cables that the echo file does not know as they are; the reader gets the others."""
    made = echo_file.load(source.folder)
    if made is None:
        return ids
    with source.reading() as db:
        fresh = set(made.fresh(db))
    reader.add_kept(made.names, fresh.intersection(ids))
    return [id_ for id_ in ids if id_ not in fresh]
