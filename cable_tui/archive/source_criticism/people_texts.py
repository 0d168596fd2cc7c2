"""The cables that people are looked for in: from the echo file, and what it does not know as texts.

The answer is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.search.snapshot import SnapshotSource
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.texts import texts as read_texts

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.people import PeopleReader
    from cable_tui.cable import RawCable


def texts(
    source: SnapshotSource, ids: Sequence[int], reader: PeopleReader
) -> Iterator[tuple[int, list[RawCable]]]:
    """What a reader still has to read: cables with their records, in the order of the files.

    The reader has been given the others; those that cannot be read are counted there.
    """
    for text in read_texts(source, _not_kept(source, ids, reader), further=True):
        if records := [each.raw for each in text.records]:
            yield text.task.cable, records
        else:
            reader.unread += 1


def _not_kept(source: SnapshotSource, ids: Sequence[int], reader: PeopleReader) -> Sequence[int]:
    """The cables that the echo file does not know as they are; the reader gets the others."""
    made = echo_file.load(source.folder)
    if made is None:
        return ids
    with source.reading() as db:
        fresh = set(made.fresh(db))
    reader.add_kept(made.names, fresh.intersection(ids))
    return [id_ for id_ in ids if id_ not in fresh]
