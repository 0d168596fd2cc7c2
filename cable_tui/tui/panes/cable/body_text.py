"""The styled spans of a body: the styles of each piece of each line. Pure: no Textual."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from cable_tui.base.cable import Cable, Paragraph, Span
from cable_tui.base.tools import load, tools
from cable_tui.session.feature_state import CursorStop
from cable_tui.session.features.links import BodyLink, links, stop_near, stops
from cable_tui.text.painted_lines import TextLine
from cable_tui.tui.widgets.classification_level import level
from cable_tui.tui.widgets.styled_spans import SpanStyle, StyledSpan, cut_spans, overlapping

_REACH = 1500
"""The heading is within this many characters above a paragraph, with page breaks between."""
_EDGES = " \t\\"
_JOINS = " :"
"""Put between the lines of a heading by the grammar."""


def heading_spans(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    """Yield the lines of all headings, each without the spaces and rules around it."""
    end_above = 0
    for paragraph in paragraphs:
        paragraph_start, paragraph_end = paragraph.span
        if paragraph.heading:
            yield from _lines(
                text, max(end_above, paragraph_start - _REACH), paragraph_start, paragraph.heading
            )
        end_above = max(end_above, paragraph_end)


def _lines(text: str, top: int, below: int, heading: str) -> list[Span]:
    """Return the lines between two places that are the heading, the last one looked for first."""
    line_spans: list[Span] = []
    rest_of_heading, end = heading.rstrip(_JOINS), text.rfind("\n", top, below)
    while rest_of_heading and end > top:
        start = max(text.rfind("\n", top, end) + 1, top)
        line = text[start:end]
        line_words = line.strip(_EDGES)
        for piece in (line_words, line_words.rstrip("-").rstrip(_EDGES)):
            if piece and rest_of_heading.endswith(piece):
                piece_start = start + line.index(piece)
                line_spans.append((piece_start, piece_start + len(piece)))
                rest_of_heading = rest_of_heading[: -len(piece)].rstrip(_JOINS)
                break
        end = start - 1
    return line_spans[::-1] if not rest_of_heading else []


_CODES = (
    *("damaged", "other-cable", "repeated-body", "database-row", "cut-off", "stub", "unparsed"),
)
"""Warnings on the text itself; the gravest first."""


def damage(cable: Cable) -> str:
    """Return why a cable is shown as filed, in a few words; empty if it is whole."""
    for code in _CODES:
        for warning in cable.warnings:
            if warning.code == code:
                return warning.message
    return ""


Sign = tuple[str, Sequence[Span]]
"""A sign of one cell, and the places of the text beside which it stands, in order."""
FindSigns = Callable[[str], Sequence[Sign]]
"""What a tool finds in the text of a body."""
_SEARCHED = 160
"""A paragraph's marking is within this many characters of its beginning."""


class BodySpans:
    """The body of one cable with its links, its hits and the stops of the cursor."""

    def __init__(self, cable: Cable) -> None:
        self.cable = cable
        self.perhaps: tuple[Span, ...] = ()
        """The names that are perhaps protected."""
        self.text = cable.body.text
        self.links: tuple[BodyLink, ...] = links(cable)
        self.stops: tuple[CursorStop, ...] = stops(cable)
        self.hits: tuple[Span, ...] = ()
        self._link_spans = [link.span for link in self.links]
        self._missing_spans = [link.span for link in self.links if link.missing]
        self._breaks = list(_breaks(self.text))
        self._requests = _requests(self.text)
        self._marked = dict(_marked(self.text, cable.body.paragraphs))
        self._marked_spans = sorted(self._marked)
        self._stop_starts = [cursor_stop.span[0] for cursor_stop in self.stops]

    @cached_property
    def signs(self) -> list[Sign]:
        """The signs that tools put beside lines; found for the first paint."""
        sign_finders: list[FindSigns] = [load(name) for tool in tools() for name in tool.body_signs]
        return [sign for signs in sign_finders for sign in signs(self.text)]

    def stop_at(self, offset: int) -> int | None:
        """Return the stop of a character; None for rules and headings between stops."""
        index = bisect_right(self._stop_starts, offset) - 1
        return index if index >= 0 and offset < self.stops[index].span[1] else None

    def stop_near(self, offset: int) -> int:
        """Return the stop that a character belongs to, or else the one before it."""
        return stop_near(self.stops, offset)

    def paragraph_of(self, index: int) -> Paragraph | None:
        """Return the paragraph of a stop; None for the top matter and REF lines."""
        paragraph_number = self.stops[index].paragraph
        return None if paragraph_number is None else self.cable.body.paragraphs[paragraph_number]

    def place(self, index: int) -> str:
        """Return the label of a stop: `¶2/12`, or `top` for the top matter."""
        paragraph = self.paragraph_of(index)
        if paragraph is None or paragraph.label is None:
            return "¶" if paragraph else "top"
        labels = [paragraph.label for paragraph in self.cable.body.paragraphs if paragraph.label]
        return f"¶{paragraph.label}/{len(labels)}"

    def link_at(self, offset: int) -> BodyLink | None:
        """Return the link that a character belongs to."""
        index = bisect_right(self._link_spans, (offset, len(self.text) + 1)) - 1
        return self.links[index] if index >= 0 and offset < self.links[index].span[1] else None

    def word_at(self, offset: int) -> Span:
        """Return the word around a character, or the character itself if it is not in a word."""
        word_start = word_end = offset
        if not self.text[offset : offset + 1].isalnum():
            return offset, min(offset + 1, len(self.text))
        while word_start and self.text[word_start - 1].isalnum():
            word_start -= 1
        while word_end < len(self.text) and self.text[word_end].isalnum():
            word_end += 1
        return word_start, word_end

    def is_perhaps_protected(self, line: TextLine) -> bool:
        """Return whether a line has a name that a request may mean."""
        return any(start < line.end and line.start < end for start, end in self.perhaps)

    def asks_protection(self, line: TextLine) -> bool:
        """Return whether a line has words that ask for somebody's protection."""
        return bool(overlapping(self._requests, line.start, line.end))

    def sign(self, line: TextLine) -> str:
        """Return the sign beside a line, or a blank; the first one that belongs to it."""
        if line.start == line.end:
            return " "
        signs = (sign for sign, spans in self.signs if overlapping(spans, line.start, line.end))
        return next(signs, " ")

    def misses(self, line: TextLine) -> bool:
        """Return whether a line has the beginning of a reference to a missing cable."""
        spans = overlapping(self._missing_spans, line.start, line.end)
        return any(start >= line.start for start, _ in spans)

    def links_of(self, span: Span) -> Sequence[BodyLink]:
        """Return the links that a range of the text touches."""
        spans = overlapping(self._link_spans, *span)
        first_link = bisect_left(self._link_spans, spans[0]) if spans else 0
        return self.links[first_link : first_link + len(spans)]

    def pieces(
        self,
        line: TextLine,
        current: Span | None,
        selected: Span | None,
        labels: Sequence[Span] = (),
    ) -> list[StyledSpan]:
        """Return a line in pieces of one style each; a hint covers the link that it belongs to."""
        over: list[tuple[int, int, SpanStyle]] = [(start, end, "label") for start, end in labels]
        return cut_spans(line, [*self._ranges(line, current, selected), *over])

    def _ranges(
        self, line: TextLine, current: Span | None, selected: Span | None
    ) -> list[tuple[int, int, SpanStyle]]:
        """Return ranges of the text that a line touches, with their looks, the lowest first."""
        start, end = line.start, line.end
        styled_ranges: list[tuple[int, int, SpanStyle]] = []
        if overlapping(self._breaks, start, end):
            styled_ranges.append((start, end, "break"))
        styled_ranges += [
            (*span, self._marked[span]) for span in overlapping(self._marked_spans, start, end)
        ]
        styled_ranges += [
            (begin, stop, "link") for begin, stop in overlapping(self._link_spans, start, end)
        ]
        styled_ranges += [
            (begin, stop, "missing") for begin, stop in overlapping(self._missing_spans, start, end)
        ]
        styled_ranges += [
            (begin, stop, "request") for begin, stop in overlapping(self._requests, start, end)
        ]
        for begin, stop in overlapping(self.hits, start, end):
            styled_ranges.append((begin, stop, "current" if (begin, stop) == current else "hit"))
        if selected:
            styled_ranges.append((*selected, "selected"))
        return styled_ranges


def _breaks(text: str) -> Iterator[Span]:
    """Yield lines of the file that are only a page break of the transmission."""
    if not text:
        return
    # Imported late: the first list on the screen waits for no grammar.
    from cable_tui.telegram import pagebreaks

    line_start = 0
    for line in text.split("\n"):
        if pagebreaks.rest(line) == "":
            yield line_start, line_start + len(line)
        line_start += len(line) + 1


def _requests(text: str) -> tuple[Span, ...]:
    """Return where a source asks for protection; imported late, as in `_breaks`."""
    from cable_tui.telegram.people.protection_words import asks

    return asks(text)


def _marked(text: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Span, SpanStyle]]:
    """Yield the spans of markings and headings in the text."""
    for paragraph in paragraphs:
        paragraph_start, paragraph_end = paragraph.span
        paragraph_end = min(paragraph_end, paragraph_start + _SEARCHED)
        if paragraph.marking:
            opening = text.find("(", paragraph_start, paragraph_end)
            closing_bracket = text.find(")", opening, paragraph_end)
            if 0 <= opening < closing_bracket:
                yield (opening, closing_bracket + 1), level(paragraph.marking)
    for span in heading_spans(text, paragraphs):
        yield span, "heading"
