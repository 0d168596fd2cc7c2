"""The writing side of the text index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cable_tui.archive.fulltext.schema import (
    BLOCK,
    GENERATION,
    ID_MASK,
    TextIndexError,
    guarded,
    opened,
    sort_key,
    sound,
)

HEAP = 256 * 1024 * 1024
"""Bytes that the engine may gather before it writes a segment."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is searchable of a cable."""

    id: int
    created: int
    """As `archive.times.packed` has it."""
    subject: str
    header: str
    body: str
    summary: str = ""
    further: Sequence[str] = ()
    """What its TAGS mean, and other words that it is found by though they do not stand in it."""


class Writer:
    """Adds and deletes cables; what is not committed is lost when the process ends.

    Raises `TextIndexError` where the index cannot be used, also while another one writes to it.
    """

    def __init__(self, path: Path, heap: int = HEAP, threads: int = 2) -> None:
        self._path = path
        with guarded(path):
            self._index = opened(path, make=True)
            self._schema = self._index.schema
            self._writer = self._index.writer(heap, threads)

    def add(self, document: Document) -> None:
        """Add a cable. One that is there must be deleted first."""
        import tantivy

        made = tantivy.Document()
        if document.id > ID_MASK:
            raise TextIndexError(f"{self._path}: the text index is out of numbers")
        made.add_integer("id", document.id)
        made.add_integer("key", sort_key(document.created, document.id))
        made.add_integer("bit", 1 << document.id % BLOCK)
        # Values of one field keep a gap between them that no phrase crosses.
        for text in (document.subject, *document.further, document.header, document.body):
            if text:
                made.add_text("text", sound(text))
        for field, text in (("subject", document.subject), ("summary", document.summary)):
            if text:
                made.add_text(field, sound(text))
        with guarded(self._path):
            self._writer.add_document(made)

    def delete(self, *ids: int) -> None:
        """Delete cables, whether they are there or not."""
        import tantivy

        if ids:
            with guarded(self._path):
                query = tantivy.Query.term_set_query(self._schema, "id", list(ids))
                self._writer.delete_documents_by_query(query)

    def commit(self, generation: int) -> None:
        """Make everything so far durable and visible, under a number of the catalogue's.

        A crash between the two leaves the older number: the difference is then done again.
        """
        with guarded(self._path):
            self._writer.commit()
            new = self._path / f"{GENERATION}.new"
            new.write_text(f"{generation}\n", encoding="ascii")
            new.replace(self._path / GENERATION)

    def close(self) -> None:
        """Wait for merges; the writer cannot be used any more."""
        with guarded(self._path):
            self._writer.wait_merging_threads()
