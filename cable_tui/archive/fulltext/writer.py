"""The writing side of the text index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cable_tui.archive.fulltext import soundness
from cable_tui.archive.fulltext.schema import (
    BLOCK,
    GENERATION,
    HALF,
    HALVES,
    ID_MASK,
    INITIALS,
    TextIndexError,
    filed_in,
    guarded,
    opened,
    prepared,
    sort_key,
)
from cable_tui.text import initials

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
    readings: Sequence[str] = ()
    """What the telegraph garbled in the body, as it was written."""
    titles: Sequence[str] = ()
    """What its TAGS mean: it is found by these words though they do not stand in it."""
    senders: Sequence[str] = ()
    """What the office that sent it is called."""
    to: Sequence[str] = ()
    info: Sequence[str] = ()
    signed: Sequence[str] = ()
    filed: Sequence[tuple[str, int]] = ()
    """Facets with the codes or the day that the catalogue files the cable under."""
    initials: tuple[str, str] | None = None
    """`initials_of` it, where a worker process has made them."""

    @property
    def anywhere(self) -> Iterator[str]:
        """Every text that a word without a prefix is looked for in."""
        yield from (self.subject, self.body, *self.readings, self.header, *self.titles)


def initials_of(texts: Iterable[str]) -> tuple[str, str]:
    """The first letters, and the first two letters, of all words of some texts, with blanks."""
    first, two = initials("\n".join(texts))
    return " ".join(first), " ".join(two)


class Writer:
    """Adds and deletes cables; what is not committed is lost when the process ends.

    Raises `TextIndexError` where the index cannot be used, also while another one writes to it.
    """

    def __init__(self, path: Path, heap: int = HEAP, threads: int = 2) -> None:
        self._path = path
        with guarded(path):
            soundness.doubt(path)
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
        half, bit = divmod(document.id % BLOCK, HALF)
        for place, field in enumerate(HALVES):
            made.add_integer(field, 1 << bit if place == half else 0)
        for facet, code in document.filed:
            made.add_integer(filed_in(facet), code)
        fields = (
            # Values of one field keep a gap between them that no phrase crosses.
            ("body", (document.subject, document.body, *document.readings)),
            ("header", (document.header,)),
            ("titles", document.titles),
            ("subject", (document.subject,)),
            ("summary", (document.summary,)),
            ("signed", document.signed),
            ("from", document.senders),
            ("to", document.to),
            ("info", document.info),
        )
        for field, texts in fields:
            for text in texts:
                if text:
                    made.add_text(field, prepared(text))
        begun = document.initials or initials_of(document.anywhere)
        for field, text in zip(INITIALS, begun, strict=True):
            made.add_text(field, text)
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
            soundness.trust(self._path)
