"""Spans of text that can be located in another record, by a paragraph's digest and offsets.

A paragraph is identified by the SHA-256 of its words with single spaces between them. Page lines,
line breaks, backslashes and pilcrows are ignored. A span can thus be found in another record of the
same cable, but is lost if the paragraph has changed.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.cable import Cable, Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.reading import Reading

_WORD = pattern(r"[^\s\\¶]+")


class DigestSpan(NamedTuple):
    """A span in a paragraph that is identified by its digest, in any record."""

    paragraph: str
    """The paragraph's digest, in hexadecimal digits."""
    start: int
    """The start of the span among the paragraph's words with single spaces."""
    end: int


class _Part(NamedTuple):
    """A paragraph of a cable, or the text between two paragraphs."""

    span: Span
    label: str
    digest: str
    starts: tuple[int, ...]
    """The start of each word in the cable's text; `ends` are the ends."""
    ends: tuple[int, ...]
    folded: tuple[int, ...]
    """The start of each word in the text with single spaces."""


class ParagraphDigests:
    """The paragraphs of one cable, keyed by their digests."""

    def __init__(self, cable: Cable) -> None:
        text = Reading(cable.body.text).without_classes
        self._parts = [_part(text, span, label) for span, label in _spans(cable)]
        self._starts = [part.span[0] for part in self._parts]

    def label(self, offset: int) -> str:
        """Return the label of the paragraph around an offset, or the last label before it."""
        parts_before = self._parts[: bisect_right(self._starts, offset)]
        return next(
            (
                paragraph_part.label
                for paragraph_part in reversed(parts_before)
                if paragraph_part.label
            ),
            "",
        )

    def place(self, span: Span) -> DigestSpan:
        """Return the place of a text span, in the paragraph that contains its beginning."""
        paragraph_part = self._parts[max(bisect_right(self._starts, span[0]) - 1, 0)]
        if not paragraph_part.starts:
            return DigestSpan(paragraph_part.digest, 0, 0)
        first_word = max(bisect_right(paragraph_part.starts, span[0]) - 1, 0)
        last_word = max(bisect_left(paragraph_part.ends, span[1]), 0)
        last_word = min(last_word, len(paragraph_part.starts) - 1)
        folded_start = (
            paragraph_part.folded[first_word] + span[0] - paragraph_part.starts[first_word]
        )
        return DigestSpan(
            paragraph_part.digest,
            folded_start,
            paragraph_part.folded[last_word] + span[1] - paragraph_part.starts[last_word],
        )

    def span(self, place: DigestSpan) -> Span | None:
        """Return the text span of a place, or None if the cable no longer has such a paragraph."""
        for paragraph_part in self._parts:
            if paragraph_part.digest != place.paragraph or not paragraph_part.starts:
                continue
            first_word = max(bisect_right(paragraph_part.folded, place.start) - 1, 0)
            last_word = max(bisect_left(paragraph_part.folded, place.end) - 1, 0)
            span_start = (
                paragraph_part.starts[first_word] + place.start - paragraph_part.folded[first_word]
            )
            span_end = (
                paragraph_part.starts[last_word] + place.end - paragraph_part.folded[last_word]
            )
            if paragraph_part.span[0] <= span_start < span_end <= paragraph_part.span[1]:
                return span_start, span_end
        return None


def _spans(cable: Cable) -> Iterator[tuple[Span, str]]:
    """Yield the paragraphs of a cable and the text between them, in order, with their labels."""
    text_offset = 0
    for paragraph in cable.body.paragraphs:
        paragraph_start, paragraph_end = paragraph.span
        if paragraph_start > text_offset:
            yield (text_offset, paragraph_start), ""
        if paragraph_end > max(paragraph_start, text_offset):
            yield (max(paragraph_start, text_offset), paragraph_end), paragraph.label or ""
        text_offset = max(text_offset, paragraph_end)
    if text_offset < len(cable.body.text) or not text_offset:
        yield (text_offset, len(cable.body.text)), ""


def _part(text: str, span: Span, label: str) -> _Part:
    words = list(_WORD.finditer(text, *span))
    folded_offsets: list[int] = []
    size_before = 0
    for word in words:
        folded_offsets.append(size_before)
        size_before += len(word[0]) + 1
    words_digest = hashlib.sha256(
        " ".join(word[0] for word in words).encode("utf-8", "surrogatepass")
    )
    return _Part(
        span,
        label,
        words_digest.hexdigest(),
        tuple(word.start() for word in words),
        tuple(word.end() for word in words),
        tuple(folded_offsets),
    )
