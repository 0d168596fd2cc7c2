"""Spans of text that are found again in another record: the digest of a paragraph, with offsets.

A paragraph is known by the SHA-256 of its words with single blanks between them. Page lines, line
ends, backslashes and the sign of a paragraph are left out: a span is found again in another
record of the same cable, and is lost if the paragraph was changed.
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
    """A span of a paragraph that is known by its digest, in whatever record."""

    paragraph: str
    """The digest, in hexadecimal digits."""
    start: int
    """The offset in the words of the paragraph with single blanks."""
    end: int


class _Part(NamedTuple):
    """A paragraph of a cable, or what is between two."""

    span: Span
    label: str
    digest: str
    starts: tuple[int, ...]
    """Where its words begin in the cable's text, and where they end."""
    ends: tuple[int, ...]
    folded: tuple[int, ...]
    """Where they begin among the words with single blanks."""


class ParagraphDigests:
    """The paragraphs of one cable, by their digests."""

    def __init__(self, cable: Cable) -> None:
        text = Reading(cable.body.text).without_classes
        self._parts = [_part(text, span, label) for span, label in _spans(cable)]
        self._starts = [part.span[0] for part in self._parts]

    def label(self, offset: int) -> str:
        """Return the label of the paragraph around an offset, or of the last one before it."""
        parts_before = self._parts[: bisect_right(self._starts, offset)]
        return next((part.label for part in reversed(parts_before) if part.label), "")

    def place(self, span: Span) -> DigestSpan:
        """Return the place of a span of the text, in the paragraph in which it begins."""
        part = self._parts[max(bisect_right(self._starts, span[0]) - 1, 0)]
        if not part.starts:
            return DigestSpan(part.digest, 0, 0)
        first_word = max(bisect_right(part.starts, span[0]) - 1, 0)
        last_word = max(bisect_left(part.ends, span[1]), 0)
        last_word = min(last_word, len(part.starts) - 1)
        start = part.folded[first_word] + span[0] - part.starts[first_word]
        return DigestSpan(
            part.digest, start, part.folded[last_word] + span[1] - part.starts[last_word]
        )

    def span(self, place: DigestSpan) -> Span | None:
        """Return where a place is in the text; None if the cable has no such paragraph now."""
        for part in self._parts:
            if part.digest != place.paragraph or not part.starts:
                continue
            first_word = max(bisect_right(part.folded, place.start) - 1, 0)
            last_word = max(bisect_left(part.folded, place.end) - 1, 0)
            start = part.starts[first_word] + place.start - part.folded[first_word]
            end = part.starts[last_word] + place.end - part.folded[last_word]
            if part.span[0] <= start < end <= part.span[1]:
                return start, end
        return None


def _spans(cable: Cable) -> Iterator[tuple[Span, str]]:
    """Yield the paragraphs of a cable, and the stretches between them, in order."""
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
    digest = hashlib.sha256(" ".join(word[0] for word in words).encode("utf-8", "surrogatepass"))
    return _Part(
        span,
        label,
        digest.hexdigest(),
        tuple(word.start() for word in words),
        tuple(word.end() for word in words),
        tuple(folded_offsets),
    )
