"""The styled spans of a body: the styles for each piece of each line. Pure, without Textual."""

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
"""The maximum distance in characters between a heading and its paragraph, including page breaks."""
_EDGES = " \t\\"
_JOINS = " :"
"""The characters that the grammar puts between the lines of a heading."""


def heading_spans(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    """Yield the spans of all lines in headings, excluding the spaces and rules around them."""
    end_above = 0
    for paragraph in paragraphs:
        paragraph_start, paragraph_end = paragraph.span
        if paragraph.heading:
            yield from _lines(
                text, max(end_above, paragraph_start - _REACH), paragraph_start, paragraph.heading
            )
        end_above = max(end_above, paragraph_end)


def _lines(text: str, top: int, below: int, heading: str) -> list[Span]:
    """Return the spans of the heading's lines between two offsets, searching from the last line."""
    line_spans: list[Span] = []
    remaining_heading, line_end = heading.rstrip(_JOINS), text.rfind("\n", top, below)
    while remaining_heading and line_end > top:
        line_start = max(text.rfind("\n", top, line_end) + 1, top)
        line_text = text[line_start:line_end]
        line_words = line_text.strip(_EDGES)
        for line_ending in (line_words, line_words.rstrip("-").rstrip(_EDGES)):
            if line_ending and remaining_heading.endswith(line_ending):
                piece_start = line_start + line_text.index(line_ending)
                line_spans.append((piece_start, piece_start + len(line_ending)))
                remaining_heading = remaining_heading[: -len(line_ending)].rstrip(_JOINS)
                break
        line_end = line_start - 1
    return line_spans[::-1] if not remaining_heading else []


_CODES = (
    *("damaged", "other-cable", "repeated-body", "database-row", "cut-off", "stub", "unparsed"),
)
"""The codes of warnings about the text itself, most serious first."""


def damage(cable: Cable) -> str:
    """Return a few words on why a text is damaged, or an empty string if it is not."""
    for code in _CODES:
        for warning in cable.warnings:
            if warning.code == code:
                return warning.message
    return ""


Sign = tuple[str, str, Sequence[Span]]
"""A symbol for the margin, its meaning, and the spans of text whose lines have it, in order."""
FindSigns = Callable[[str], Sequence[Sign]]
"""A tool's function that finds the margin symbols for the text of a body."""
_SEARCHED = 160
"""The maximum distance, in characters, between a portion marking and the beginning of its
paragraph.
"""


class BodySpans:
    """The body of a cable with its links, its hits and the cursor stops."""

    def __init__(self, cable: Cable) -> None:
        self.cable = cable
        self.perhaps: tuple[Span, ...] = ()
        """The spans of names that may be protected."""
        self.text = cable.body.text
        self.links: tuple[BodyLink, ...] = links(cable)
        self.stops: tuple[CursorStop, ...] = stops(cable)
        self.hits: tuple[Span, ...] = ()
        self._link_spans = [link.span for link in self.links]
        self._missing_spans = [link.span for link in self.links if link.missing]
        self._page_breaks = list(_breaks(self.text))
        self._request_spans = _requests(self.text)
        self._marking_styles = dict(_marked(self.text, cable.body.paragraphs))
        self._marking_spans = sorted(self._marking_styles)
        self._stop_starts = [cursor_stop.span[0] for cursor_stop in self.stops]

    @cached_property
    def signs(self) -> list[Sign]:
        """The symbols that tools put in the margin, computed for the first paint."""
        sign_finders: list[FindSigns] = [
            load(function_name) for tool in tools() for function_name in tool.body_signs
        ]
        return [body_sign for find_signs in sign_finders for body_sign in find_signs(self.text)]

    def stop_at(self, offset: int) -> int | None:
        """Return the index of the stop that contains an offset, or None between stops."""
        stop_index = bisect_right(self._stop_starts, offset) - 1
        return stop_index if stop_index >= 0 and offset < self.stops[stop_index].span[1] else None

    def stop_near(self, offset: int) -> int:
        """Return the index of the stop that contains an offset, or of the last stop before it."""
        return stop_near(self.stops, offset)

    def paragraph_of(self, index: int) -> Paragraph | None:
        """Return the paragraph of a stop, or None for the top matter and REF lines."""
        paragraph_number = self.stops[index].paragraph
        return None if paragraph_number is None else self.cable.body.paragraphs[paragraph_number]

    def place(self, index: int) -> str:
        """Return the label of a stop, such as `¶2/12`, or `top` for the top matter."""
        paragraph = self.paragraph_of(index)
        if paragraph is None or paragraph.label is None:
            return "¶" if paragraph else "top"
        paragraph_labels = [
            paragraph.label for paragraph in self.cable.body.paragraphs if paragraph.label
        ]
        return f"¶{paragraph.label}/{len(paragraph_labels)}"

    def link_at(self, offset: int) -> BodyLink | None:
        """Return the link that contains an offset, or None."""
        link_index = bisect_right(self._link_spans, (offset, len(self.text) + 1)) - 1
        return (
            self.links[link_index]
            if link_index >= 0 and offset < self.links[link_index].span[1]
            else None
        )

    def word_at(self, offset: int) -> Span:
        """Return the span of the word at an offset, or of the character if there is no word."""
        word_start = word_end = offset
        if not self.text[offset : offset + 1].isalnum():
            return offset, min(offset + 1, len(self.text))
        while word_start and self.text[word_start - 1].isalnum():
            word_start -= 1
        while word_end < len(self.text) and self.text[word_end].isalnum():
            word_end += 1
        return word_start, word_end

    def is_perhaps_protected(self, line: TextLine) -> bool:
        """Return whether a line contains a name that a protection request may cover."""
        return any(
            name_start < line.end and line.start < name_end for name_start, name_end in self.perhaps
        )

    def asks_protection(self, line: TextLine) -> bool:
        """Return whether a line contains a phrase that requests protection for someone."""
        return bool(overlapping(self._request_spans, line.start, line.end))

    def sign(self, line: TextLine) -> str:
        """Return the first margin symbol of a line, or a space if there is none."""
        if line.start == line.end:
            return " "
        line_signs = (
            sign
            for sign, _, sign_spans in self.signs
            if overlapping(sign_spans, line.start, line.end)
        )
        return next(line_signs, " ")

    def misses(self, line: TextLine) -> bool:
        """Return whether a reference to a missing cable begins on a line."""
        missing_spans = overlapping(self._missing_spans, line.start, line.end)
        return any(reference_start >= line.start for reference_start, _ in missing_spans)

    def links_of(self, span: Span) -> Sequence[BodyLink]:
        """Return the links that overlap a span of the text."""
        touched_spans = overlapping(self._link_spans, *span)
        first_link = bisect_left(self._link_spans, touched_spans[0]) if touched_spans else 0
        return self.links[first_link : first_link + len(touched_spans)]

    def pieces(
        self,
        line: TextLine,
        current: Span | None,
        selected: Span | None,
        labels: Sequence[Span] = (),
    ) -> list[StyledSpan]:
        """Return a line as pieces with one set of styles each; hints cover the start of a link."""
        label_ranges: list[tuple[int, int, SpanStyle]] = [
            (label_start, label_end, "label") for label_start, label_end in labels
        ]
        return cut_spans(line, [*self._ranges(line, current, selected), *label_ranges])

    def _ranges(
        self, line: TextLine, current: Span | None, selected: Span | None
    ) -> list[tuple[int, int, SpanStyle]]:
        """Return the styled spans that overlap a line; later spans take precedence."""
        line_start, line_end = line.start, line.end
        styled_ranges: list[tuple[int, int, SpanStyle]] = []
        if overlapping(self._page_breaks, line_start, line_end):
            styled_ranges.append((line_start, line_end, "break"))
        styled_ranges += [
            (*span, self._marking_styles[span])
            for span in overlapping(self._marking_spans, line_start, line_end)
        ]
        styled_ranges += [
            (range_start, range_end, "link")
            for range_start, range_end in overlapping(self._link_spans, line_start, line_end)
        ]
        styled_ranges += [
            (range_start, range_end, "missing")
            for range_start, range_end in overlapping(self._missing_spans, line_start, line_end)
        ]
        styled_ranges += [
            (range_start, range_end, "request")
            for range_start, range_end in overlapping(self._request_spans, line_start, line_end)
        ]
        for range_start, range_end in overlapping(self.hits, line_start, line_end):
            styled_ranges.append(
                (
                    range_start,
                    range_end,
                    "current" if (range_start, range_end) == current else "hit",
                )
            )
        if selected:
            styled_ranges.append((*selected, "selected"))
        return styled_ranges


def _breaks(text: str) -> Iterator[Span]:
    """Yield the spans of lines that contain only a page break from the transmission."""
    if not text:
        return
    # Imported late: the first list on the screen waits for no grammar.
    from cable_tui.telegram import pagebreaks

    line_start = 0
    for file_line in text.split("\n"):
        if pagebreaks.rest(file_line) == "":
            yield line_start, line_start + len(file_line)
        line_start += len(file_line) + 1


def _requests(text: str) -> tuple[Span, ...]:
    """Return the spans of protection requests in the text."""
    from cable_tui.telegram.people.protection_words import asks

    return asks(text)


def _marked(text: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Span, SpanStyle]]:
    """Yield the spans of portion markings and headings, with their styles."""
    for paragraph in paragraphs:
        paragraph_start, paragraph_end = paragraph.span
        paragraph_end = min(paragraph_end, paragraph_start + _SEARCHED)
        if paragraph.marking:
            opening_bracket = text.find("(", paragraph_start, paragraph_end)
            closing_bracket = text.find(")", opening_bracket, paragraph_end)
            if 0 <= opening_bracket < closing_bracket:
                yield (opening_bracket, closing_bracket + 1), level(paragraph.marking)
    for span in heading_spans(text, paragraphs):
        yield span, "heading"
