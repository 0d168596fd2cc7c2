"""The sentence index: one entry for each sentence of the types that tools find in the texts.

The words in one entry are therefore in one sentence, and a question is answered without reading a
text. Each field contains the sentences of one type; the rows of tools list the types. The index is
next to the text index, is built by the pass over sentences, and may be missing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
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
    prepared,
    sentences_schema,
)
from cable_tui.archive.fulltext.writer import IndexEntry, IndexWriter
from cable_tui.base.tools import tools
from cable_tui.query.plan import Plan

_HEAP = 64 << 20
"""The number of bytes of memory that the engine may fill before it writes a segment."""


def _fields() -> list[str]:
    return [field for tool in tools() for field in tool.sentence_fields]


def writer(path: Path) -> IndexWriter:
    """Return the writer of the index. Raises `TextIndexError`."""
    return IndexWriter(path, _HEAP, threads=1, schema=sentences_schema(_fields()))


def entries(
    id_: int, sentences: Iterable[Iterable[str]], *, further: bool = False
) -> list[IndexEntry]:
    """Return the entries of a cable, one for each sentence, in the order of the fields.

    Entries of a `further` record are found as well; a flag in their id distinguishes them.
    """
    document_id = id_ | FURTHER_ID if further else id_
    return [
        IndexEntry(id_, (("id", document_id),), ((field, prepared(sentence)),))
        for field, texts in zip(_fields(), sentences, strict=True)
        for sentence in texts
    ]


class FoundIds(NamedTuple):
    """The ids of cables that match a question."""

    every: array[int]
    unshown: array[int]
    """The ids of the cables that match only in a record that is not displayed."""


class SentenceIndex:
    """The index at the commit that was current when the object was created.

    Raises `TextIndexError` if it is missing, damaged or of another version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.generation = generation_of(path)
        """The number of the last commit."""
        with guarded(path):
            with index_files.readable(path) as index_folder:
                opened_index = opened(index_folder, sentences_schema(_fields()), make=False)
                opened_index.config_reader("manual")
            self._searcher = opened_index.searcher()
            self._builder = QueryBuilder(opened_index.schema, self._searcher, ())

    def ids(self, plan: Plan) -> FoundIds:
        """Return the ids of the cables with an entry that matches a plan of words, each once."""
        with guarded(self._path):
            query = self._builder.query(plan)
            hit_count = self._searcher.search(query, limit=1).count or 1  # type: ignore[attr-defined]
            hits = self._searcher.search(
                query, limit=hit_count, count=False, order_by_field="id"
            ).hits
        document_ids = dict.fromkeys(document_id for document_id, _ in hits)
        further_ids = (
            document_id & ID_MASK for document_id in document_ids if document_id & FURTHER_ID
        )
        return FoundIds(
            array("I", dict.fromkeys(document_id & ID_MASK for document_id in document_ids)),
            array("I", (id_ for id_ in further_ids if id_ not in document_ids)),
        )
