"""A text index of some documents, written with one thread."""

from collections.abc import Callable
from pathlib import Path

from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.fulltext.writer import CableDocument, IndexWriter

HEAP = 16_000_000
DATE = 2009021314572
Make = Callable[..., TextIndex]


def written(
    path: Path, *documents: CableDocument, gone: int | None = None, generation: int = 1
) -> TextIndex:
    """The index at this place after `gone` was deleted and the documents were added."""
    writer = IndexWriter(path, HEAP, 1)
    if gone is not None:
        writer.delete(gone)
    for document in documents:
        writer.add(document)
    writer.commit(generation)
    writer.close()
    return TextIndex(path)


def body(id_: int, text: str, created: int = DATE) -> CableDocument:
    """A cable whose text is all that matters."""
    return CableDocument(id_, created, "", "", text)
