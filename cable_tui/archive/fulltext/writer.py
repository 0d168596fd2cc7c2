"""The writing side of the text index: the searchable parts of a cable, their entry, the writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.fulltext import index_files
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.index_files import GENERATION
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import Value
from cable_tui.operating_system.files import patiently, replace
from cable_tui.text import initials, second_readings, word_set

if TYPE_CHECKING:
    import tantivy

HEAP = 256 * 1024 * 1024
"""The number of bytes of memory that the engine may fill before it writes a segment."""

_OPEN_ELSEWHERE = ("(os error 5)", "(os error 32)")
"""Texts in engine errors on Windows, if a reader had a file open that should be replaced."""


class IndexWriter:
    """Adds and deletes cables; uncommitted changes are lost when the process ends.

    Raises `TextIndexError` if the index cannot be used, or while another writer is open.
    """

    def __init__(
        self,
        path: Path,
        heap: int = HEAP,
        threads: int = 2,
        schema: tantivy.Schema | None = None,
    ) -> None:
        self._path = path
        with text_schema.guarded(path):
            index_files.doubt(path)
            self._index = text_schema.opened(path, schema, make=True)
            self._schema = self._index.schema
            self._writer = self._index.writer(heap, threads)

    def add(self, document: CableDocument) -> None:
        """Add a cable. If the index already contains the cable, delete it first."""
        self.put(entry(document))

    def put(self, *entries: IndexEntry) -> None:
        """Add the entries of documents."""
        documents = list(map(self._document, entries))
        with text_schema.guarded(self._path):
            for document in documents:
                self._writer.add_document(document)

    def _document(self, entry: IndexEntry) -> tantivy.Document:
        import tantivy

        if entry.id > text_schema.ID_MASK:
            raise text_schema.TextIndexError(
                f"{self._path}: the text index has no free document numbers left"
            )
        document = tantivy.Document()
        for field, number in entry.numbers:
            document.add_integer(field, number)
        for field, text in entry.texts:
            if text:
                document.add_text(field, text)
        return document

    def delete(self, *ids: int) -> None:
        """Delete cables, whether the index contains them or not."""
        import tantivy

        if ids:
            with text_schema.guarded(self._path):
                query = tantivy.Query.term_set_query(self._schema, "id", list(ids))
                self._writer.delete_documents_by_query(query)

    def commit(self, generation: int) -> None:
        """Make all changes so far durable and visible, under a generation of the catalogue.

        A crash in between leaves the older generation, so that the difference is processed again.
        """
        with text_schema.guarded(self._path):
            patiently(self._commit)
            new_file = self._path / f"{GENERATION}.new"
            new_file.write_text(f"{generation}\n", encoding="ascii")
            replace(new_file, self._path / GENERATION)

    def _commit(self) -> None:
        try:
            self._writer.commit()
        except ValueError as error:
            if any(message in str(error) for message in _OPEN_ELSEWHERE):
                raise PermissionError(str(error)) from error
            raise

    def close(self) -> None:
        """Wait for merges; the writer cannot be used afterwards."""
        with text_schema.guarded(self._path):
            self._writer.wait_merging_threads()
            index_files.trust(self._path)

    def leave(self) -> None:
        """Release the index for another writer; uncommitted changes are lost."""
        # The engine's lock would otherwise last until an error that was raised here is forgotten.
        vars(self).pop("_writer", None)


class CableDocument(Value):
    """The searchable parts of a cable."""

    id: int
    created: int
    """The value of `records.times.packed`."""
    subject: str
    header: str
    body: str
    summary: str = ""
    readings: Sequence[str] = ()
    """Words of the body in the form that they had before the telegraph garbled them."""
    titles: Sequence[str] = ()
    """The titles of the cable's TAGS, whose words also find the cable."""
    senders: Sequence[str] = ()
    """The names of the sending office."""
    to: Sequence[str] = ()
    info: Sequence[str] = ()
    signed: Sequence[str] = ()
    filed: Sequence[tuple[str, int]] = ()
    """Facets, each with the codes or the day under which the catalogue files the cable."""
    further: Sequence[tuple[str, str]] = ()
    """Fields, each with a text that another record of the cable contains and this one lacks."""
    own: str = ""
    """The body with spaces in place of everything except its own text, with the same length as the
    body. Words in the body that are not in this text are also in `schema.OUTSIDE`.
    """

    @property
    def fields(self) -> tuple[tuple[str, Sequence[str]], ...]:
        """The texts of the fields that are parts of a cable."""
        return (
            ("subject", (self.subject,)),
            ("summary", (self.summary,)),
            ("signed", self.signed),
            ("from", self.senders),
            ("to", self.to),
            ("info", self.info),
        )


class IndexEntry(NamedTuple):
    """A document for the index: workers create it and send it unchanged."""

    id: int
    numbers: tuple[tuple[str, int], ...]
    """Fields and their numbers."""
    texts: tuple[tuple[str, str], ...]
    """Fields and their texts. No phrase crosses the gap between two texts of one field."""


def entry(document: CableDocument) -> IndexEntry:
    """Return the entry of a document for the index."""
    return IndexEntry(document.id, tuple(_numbers(document)), tuple(_texts(document)))


def _numbers(document: CableDocument) -> Iterator[tuple[str, int]]:
    yield "id", document.id
    yield "key", text_schema.sort_key(document.created, document.id)
    half_index, bit_index = divmod(document.id % text_schema.BLOCK, text_schema.HALF)
    for field_index, field in enumerate(text_schema.HALVES):
        yield field, 1 << bit_index if field_index == half_index else 0
    for facet, code in document.filed:
        yield text_schema.filed_in(facet), code


def _texts(document: CableDocument) -> Iterator[tuple[str, str]]:
    other_texts = [
        ("header", document.header),
        *(("titles", title) for title in document.titles),
        *((text_schema.further_of(field), text) for field, text in document.further),
    ]
    tagged_texts = [
        ("body", document.subject),
        *(("body", text) for text in (document.body, *document.readings)),
        *other_texts,
    ]
    tagged_texts += [
        (field, text) for field, field_texts in document.fields for text in field_texts
    ]
    yield from ((field, text_schema.prepared(text)) for field, text in tagged_texts)
    further_texts = [text for field, text in document.further if field == "body"]
    own_words = word_set(document.own)
    other_words = word_set(
        "\n".join((*_lines_beyond(document.own, document.body), *document.readings, *further_texts))
    )
    own_readings = second_readings(document.own)
    outside_words = other_words - own_words - word_set("\n".join((document.subject, *own_readings)))
    sorted_words = sorted(word for word in outside_words if len(word) > 1 and not word.isnumeric())
    yield text_schema.OUTSIDE, " ".join(sorted_words)
    own_words |= other_words
    own_words |= word_set("\n".join((document.subject, *(text for _, text in other_texts))))
    for field, begun_words in zip(text_schema.INITIALS, initials(own_words), strict=True):
        yield field, " ".join(begun_words)


def _lines_beyond(own_text: str, body: str) -> Iterator[str]:
    """Yield the lines of a body that contain more than its own text; only these few are read."""
    line_start = 0
    for line in body.split("\n"):
        line_end = line_start + len(line)
        if own_text[line_start:line_end] != line:
            yield line
        line_start = line_end + 1
