"""The searchable parts of a cable, and its entry for the index: numbers and texts by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cable_tui.archive.fulltext.schema import (
    BLOCK,
    FURTHER_ID,
    HALF,
    HALVES,
    INITIALS,
    VOICES,
    filed_in,
    further_of,
    prepared,
    sort_key,
)
from cable_tui.text import initials
from cable_tui.value import Value


class Document(Value):
    """The searchable parts of a cable."""

    id: int
    created: int
    """As `records.times.packed` has it."""
    subject: str
    header: str
    body: str
    summary: str = ""
    readings: Sequence[str] = ()
    """Words of the body as they were written before the telegraph garbled them."""
    titles: Sequence[str] = ()
    """The titles of its TAGS: it is found by these words too."""
    senders: Sequence[str] = ()
    """The names of the office that sent it."""
    to: Sequence[str] = ()
    info: Sequence[str] = ()
    signed: Sequence[str] = ()
    filed: Sequence[tuple[str, int]] = ()
    """Facets with the codes or the day that the catalogue files the cable under."""
    further: Sequence[tuple[str, str]] = ()
    """Fields, each with a text that another record of the cable has and this one has not."""

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


class Entry(NamedTuple):
    """A document as the index gets it: workers make it and send it as it is."""

    id: int
    numbers: tuple[tuple[str, int], ...]
    """Fields and their numbers."""
    texts: tuple[tuple[str, str], ...]
    """Fields and their texts; no phrase crosses the gap between two texts of one field."""


def entry(document: Document) -> Entry:
    """The entry of a document for the index."""
    return Entry(document.id, tuple(_numbers(document)), tuple(_texts(document)))


def voice_entries(
    id_: int, said: Iterable[str], comments: Iterable[str], *, further: bool = False
) -> list[Entry]:
    """The entries of a cable for the index of voices: one for each sentence and each comment.

    Those of a `further` record are found too, and known apart by their number.
    """
    voices = zip(VOICES, (said, comments), strict=True)
    number = id_ | FURTHER_ID if further else id_
    return [
        Entry(id_, (("id", number),), ((field, prepared(text)),))
        for field, texts in voices
        for text in texts
    ]


def _numbers(document: Document) -> Iterator[tuple[str, int]]:
    yield "id", document.id
    yield "key", sort_key(document.created, document.id)
    half, bit = divmod(document.id % BLOCK, HALF)
    for place, field in enumerate(HALVES):
        yield field, 1 << bit if place == half else 0
    for facet, code in document.filed:
        yield filed_in(facet), code


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    anywhere = [
        ("body", prepared(document.subject)),
        ("body", prepared(document.body)),
        *(("body", prepared(reading)) for reading in document.readings),
        ("header", prepared(document.header)),
        *(("titles", prepared(title)) for title in document.titles),
        *((further_of(field), prepared(text)) for field, text in document.further),
    ]
    yield from anywhere
    for field, texts in document.fields:
        for text in texts:
            yield field, prepared(text)
    begun = initials("\n".join(text for _, text in anywhere))
    for field, found in zip(INITIALS, begun, strict=True):
        yield field, " ".join(found)
