"""A body as it is painted: which piece of which line looks how. Pure: no Textual."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from cable_tui.cable import Cable, Paragraph, Reference, Span
from cable_tui.session import Lit
from cable_tui.tui.headings import heading_spans
from cable_tui.tui.levels import level
from cable_tui.tui.links import Link, Stop, links, stops
from cable_tui.tui.reflow import Line, overlapping

Look = Literal[
    "break", "heading", "link", "plea", "hit", "current", "selected",
    "unclassified", "restricted", "confidential", "secret", "label",
]  # fmt: skip
"""How a piece is painted; later ones of this list lie over earlier ones."""
LOOKS: tuple[Look, ...] = get_args(Look)

_SEARCHED = 160
"""Characters behind the beginning of a paragraph in which its marking stands."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one painted line that look the same."""

    shown: str
    offset: int
    """Where its first character stands in the text."""
    looks: tuple[Look, ...]


def cut(line: Line, ranges: Sequence[tuple[int, int, Look]]) -> list[Piece]:
    """A painted line in pieces; `ranges` are ranges of the text, later ones lie over earlier."""
    placed = [(line.column(start), line.column(end), look) for start, end, look in ranges]
    placed = [(a, b, look) for a, b, look in placed if a < b]
    if not placed and line.offsets is None:
        return [Piece(line.shown, line.start, ())]
    cuts = {0, len(line.shown), *(column for a, b, _ in placed for column in (a, b))}
    if line.offsets is not None:
        # several blanks stand for one tab: a piece holds characters that follow each other
        follow = enumerate(pairwise(line.offsets), 1)
        cuts.update(column for column, (a, b) in follow if b != a + 1)
    return [
        Piece(
            line.shown[a:b],
            line.offset(a),
            tuple(look for start, end, look in placed if start <= a and b <= end),
        )
        for a, b in pairwise(sorted(cuts))
    ]


class Page:
    """One cable's body, laid out for a width, with its links, hits and stops."""

    def __init__(self, cable: Cable) -> None:
        self.cable = cable
        self.text = cable.body.text
        self.links: tuple[Link, ...] = links(cable)
        self.stops: tuple[Stop, ...] = stops(cable)
        self.hits: tuple[Span, ...] = ()
        self._link_spans = [link.span for link in self.links]
        self._breaks = list(_breaks(self.text))
        self._pleas = _pleas(self.text)
        self._marked = dict(_marked(self.text, cable.body.paragraphs))
        self._marked_spans = sorted(self._marked)
        self._stop_starts = [stop.span[0] for stop in self.stops]

    def light(self, lit: Lit) -> None:
        """Find what matched."""
        self.hits = tuple(lit.spans(self.text))

    def stop_at(self, offset: int) -> int | None:
        """The stop that a character belongs to; None for rules and headings between stops."""
        index = bisect_right(self._stop_starts, offset) - 1
        return index if index >= 0 and offset < self.stops[index].span[1] else None

    def stop_near(self, offset: int) -> int:
        """The stop that a character belongs to, or else the one before it."""
        return max(bisect_right(self._stop_starts, offset) - 1, 0)

    def stop_of(self, paragraph: int | None) -> int:
        """The stop of a paragraph; that of the top matter for None."""
        for index, stop in enumerate(self.stops):
            if paragraph is None or stop.paragraph == paragraph:
                return index
        return 0

    def labelled(self, label: str | None) -> int | None:
        """The paragraph of a label, or None."""
        for index, paragraph in enumerate(self.cable.body.paragraphs):
            if label is not None and paragraph.label == label:
                return index
        return None

    def label_of(self, index: int) -> str | None:
        """The label of a stop's paragraph."""
        paragraph = self.stops[index].paragraph
        return None if paragraph is None else self.cable.body.paragraphs[paragraph].label

    def marking_of(self, index: int) -> str | None:
        """The portion marking of a stop's paragraph."""
        paragraph = self.stops[index].paragraph
        return None if paragraph is None else self.cable.body.paragraphs[paragraph].marking

    def place(self, index: int) -> str:
        """A stop in words: `¶2/12`, or `top` for the top matter."""
        label = self.label_of(index)
        if label is None:
            return "top" if self.stops[index].paragraph is None else "¶"
        labels = [paragraph.label for paragraph in self.cable.body.paragraphs if paragraph.label]
        return f"¶{label}/{len(labels)}"

    def link_at(self, offset: int) -> Link | None:
        """The link that a character belongs to."""
        index = bisect_right(self._link_spans, (offset, len(self.text) + 1)) - 1
        return self.links[index] if index >= 0 and offset < self.links[index].span[1] else None

    def references_of(self, index: int) -> tuple[Reference, ...]:
        """What a stop leads to, each once; the top matter leads to all of its REF lines."""
        start, end = self.stops[index].span
        if index == 0 and self.stops[0].paragraph is None:
            end = next((s.span[0] for s in self.stops if s.paragraph is not None), len(self.text))
        return tuple(
            dict.fromkeys(
                ref for link in self.links if start <= link.span[0] < end for ref in link.references
            )
        )

    def word_at(self, offset: int) -> Span:
        """The word around a character; the character itself where it is none."""
        start = end = offset
        if not self.text[offset : offset + 1].isalnum():
            return offset, min(offset + 1, len(self.text))
        while start and self.text[start - 1].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum():
            end += 1
        return start, end

    def hit_from(self, offset: int, by: int) -> int:
        """The first hit (1) that begins behind, or the last (-1) that begins before a character."""
        index = bisect_left(self.hits, (offset, -1))
        return index if by > 0 else index - 1

    def pleads(self, line: Line) -> bool:
        """Whether words stand on a painted line that ask for somebody's protection."""
        return bool(overlapping(self._pleas, line.start, line.end))

    def links_of(self, span: Span) -> Sequence[Link]:
        """The links that a range of the text touches."""
        spans = overlapping(self._link_spans, *span)
        first = bisect_left(self._link_spans, spans[0]) if spans else 0
        return self.links[first : first + len(spans)]

    def pieces(
        self,
        line: Line,
        current: Span | None,
        selected: Span | None,
        labels: Sequence[Span] = (),
    ) -> list[Piece]:
        """A painted line, cut where its looks change; a label lies over the link it stands for."""
        over: list[tuple[int, int, Look]] = [(a, b, "label") for a, b in labels]
        return cut(line, [*self._ranges(line, current, selected), *over])

    def _ranges(
        self, line: Line, current: Span | None, selected: Span | None
    ) -> list[tuple[int, int, Look]]:
        """Ranges of the text that a line touches, with their looks, the lowest first."""
        start, end = line.start, line.end
        found: list[tuple[int, int, Look]] = []
        if overlapping(self._breaks, start, end):
            found.append((start, end, "break"))
        found += [
            (*span, self._marked[span]) for span in overlapping(self._marked_spans, start, end)
        ]
        found += [(a, b, "link") for a, b in overlapping(self._link_spans, start, end)]
        found += [(a, b, "plea") for a, b in overlapping(self._pleas, start, end)]
        for a, b in overlapping(self.hits, start, end):
            found.append((a, b, "current" if (a, b) == current else "hit"))
        if selected:
            found.append((*selected, "selected"))
        return found


def _breaks(text: str) -> Iterator[Span]:
    """Lines of the file that are nothing but a page break of the transmission."""
    if not text:
        return
    # Imported late, as in `links`: the first list on the screen waits for no grammar.
    from cable_tui.telegram import pagebreaks

    start = 0
    for line in text.split("\n"):
        if pagebreaks.rest(line) == "":
            yield start, start + len(line)
        start += len(line) + 1


def _pleas(text: str) -> tuple[Span, ...]:
    """Where a source is to be protected; imported late, as in `_breaks`."""
    if "rotect" not in text and "ROTECT" not in text:
        return ()
    from cable_tui.exports import protected

    return protected(text)


def _marked(text: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Span, Look]]:
    """Where markings and headings stand in the text."""
    for paragraph in paragraphs:
        start, end = paragraph.span
        end = min(end, start + _SEARCHED)
        if paragraph.marking:
            opening = text.find("(", start, end)
            closing = text.find(")", opening, end)
            if 0 <= opening < closing:
                yield (opening, closing + 1), level(paragraph.marking)
    for span in heading_spans(text, paragraphs):
        yield span, "heading"
