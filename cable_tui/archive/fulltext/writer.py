"""The writing side of the text index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.fulltext import integrity
from cable_tui.archive.fulltext.document import Document, Entry, entry
from cable_tui.archive.fulltext.schema import (
    GENERATION,
    ID_MASK,
    TextIndexError,
    guarded,
    opened,
)
from cable_tui.operating_system.files import patiently, replace

if TYPE_CHECKING:
    import tantivy

HEAP = 256 * 1024 * 1024
"""Bytes of memory that the engine may fill before it writes a segment."""

_OPEN_ELSEWHERE = ("(os error 5)", "(os error 32)")
"""In errors of the engine on Windows, where a reader had a file open that it would replace."""


class Writer:
    """Adds and deletes cables; what is not committed is lost when the process ends.

    Raises `TextIndexError` where the index cannot be used, also while another writer is open.
    """

    def __init__(
        self,
        path: Path,
        heap: int = HEAP,
        threads: int = 2,
        schema: tantivy.Schema | None = None,
    ) -> None:
        self._path = path
        with guarded(path):
            integrity.doubt(path)
            self._index = opened(path, schema, make=True)
            self._schema = self._index.schema
            self._writer = self._index.writer(heap, threads)

    def add(self, document: Document) -> None:
        """Add a cable. One that is there must be deleted first."""
        self.put(entry(document))

    def put(self, made: Entry) -> None:
        """Add the entry of a document."""
        import tantivy

        if made.id > ID_MASK:
            raise TextIndexError(f"{self._path}: the text index is out of numbers")
        document = tantivy.Document()
        for field, number in made.numbers:
            document.add_integer(field, number)
        for field, text in made.texts:
            if text:
                document.add_text(field, text)
        with guarded(self._path):
            self._writer.add_document(document)

    def delete(self, *ids: int) -> None:
        """Delete cables, whether they are there or not."""
        import tantivy

        if ids:
            with guarded(self._path):
                query = tantivy.Query.term_set_query(self._schema, "id", list(ids))
                self._writer.delete_documents_by_query(query)

    def commit(self, generation: int) -> None:
        """Make everything so far durable and visible, under a generation of the catalogue.

        A crash in between leaves the older generation: the difference is then done again.
        """
        with guarded(self._path):
            patiently(self._commit)
            new = self._path / f"{GENERATION}.new"
            new.write_text(f"{generation}\n", encoding="ascii")
            replace(new, self._path / GENERATION)

    def _commit(self) -> None:
        try:
            self._writer.commit()
        except ValueError as error:
            if any(each in str(error) for each in _OPEN_ELSEWHERE):
                raise PermissionError(str(error)) from error
            raise

    def close(self) -> None:
        """Wait for merges; the writer cannot be used afterwards."""
        with guarded(self._path):
            self._writer.wait_merging_threads()
            integrity.trust(self._path)
