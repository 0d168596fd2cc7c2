"""The index of voices: one entry for each sentence that reports a source, and each comment.

So the words of one entry are in one sentence, and a question is answered without a text. It is
beside the text index, made by the pass that compares sentences, and may be missing.
"""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import NamedTuple

from cable_tui.archive.fulltext import index_files
from cable_tui.archive.fulltext.query_builder import QueryBuilder
from cable_tui.archive.fulltext.schema import (
    FURTHER_ID,
    ID_MASK,
    generation_of,
    guarded,
    opened,
    voices_schema,
)
from cable_tui.archive.fulltext.writer import IndexWriter
from cable_tui.query.plan import Plan

_HEAP = 64 << 20
"""Bytes of memory that the engine may fill before it writes a segment."""


def writer(path: Path) -> IndexWriter:
    """Return the writer of the index. Raises `TextIndexError`."""
    return IndexWriter(path, _HEAP, threads=1, schema=voices_schema())


class Spoken(NamedTuple):
    """The ids of cables that a question finds."""

    every: array[int]
    unshown: array[int]
    """The ones that have it only in a record that is not shown."""


class VoiceIndex:
    """The index at the commit that was current when this was made.

    Raises `TextIndexError` if it is missing, damaged or of another version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.generation = generation_of(path)
        """The number of the last commit."""
        with guarded(path):
            with index_files.readable(path) as there:
                index = opened(there, voices_schema(), make=False)
                index.config_reader("manual")
            self._searcher = index.searcher()
            self._builder = QueryBuilder(index.schema, self._searcher, ())

    def ids(self, plan: Plan) -> Spoken:
        """Return the ids of the cables with an entry that a plan of words finds, each once."""
        with guarded(self._path):
            query = self._builder.query(plan)
            most = self._searcher.search(query, limit=1).count or 1  # type: ignore[attr-defined]
            hits = self._searcher.search(query, limit=most, count=False, order_by_field="id").hits
        numbers = dict.fromkeys(number for number, _ in hits)
        further = (number & ID_MASK for number in numbers if number & FURTHER_ID)
        return Spoken(
            array("I", dict.fromkeys(number & ID_MASK for number in numbers)),
            array("I", (id_ for id_ in further if id_ not in numbers)),
        )
