"""The layout of a text as painted lines: soft wrapping, tabs, and offsets into the text.

Every painted line records which characters of the text it shows, so that hits, links and mouse
selections are ranges of the text instead of the screen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.text import width, wrap

TAB = 8
"""The number of columns between tab stops."""


class TextLine(Value):
    """One line of text as painted on the screen."""

    start: int
    """The offset in the text of the line's first character."""
    end: int
    """The offset in the text after the line's last character. Spaces at a soft break, and line
    breaks, belong to no line.
    """
    shown: str
    """The characters as painted: the text with tabs expanded to spaces."""
    indent: int = 0
    """The number of spaces painted before a wrapped line to align it with its first line."""
    offsets: tuple[int, ...] | None = None
    """The offset in the text of each character in `shown`, or None if the offsets are consecutive.
    """

    def column(self, offset: int) -> int:
        """Return the index in `shown` of a character of the text, at most the length of `shown`."""
        if self.offsets is None:
            return min(max(offset - self.start, 0), len(self.shown))
        return bisect_left(self.offsets, offset)

    def offset(self, column: int) -> int:
        """Return the text offset of a character in `shown`, or the end after the last character."""
        if column >= len(self.shown):
            return self.end
        return self.start + column if self.offsets is None else self.offsets[column]


class TextLayout:
    """A text laid out as painted lines that are at most `cells` wide.

    Without `flows`, each line of the text is laid out separately. With `flows`, each flow is laid
    out as one line: ranges of the text joined by spaces.
    """

    def __init__(
        self, text: str, cells: int, flows: Sequence[Sequence[Span]] | None = None
    ) -> None:
        self.cells = cells
        self.lines: list[TextLine] = []
        line_start = 0
        for text_line in text.split("\n") if flows is None else ():
            self.lines.extend(_painted(text_line, line_start, cells))
            line_start += len(text_line) + 1
        for flow_spans in flows or ():
            self.lines.extend(_flowing(text, flow_spans, cells))
        self._starts = [text_line.start for text_line in self.lines]

    @property
    def widest(self) -> int:
        """The width of the widest painted line, in cells."""
        return max((line.indent + width(line.shown) for line in self.lines), default=0)

    def line_of(self, offset: int) -> int:
        """Return the number of the painted line at an offset.

        If the character is not painted, return the number of the line before it.
        """
        return max(bisect_right(self._starts, offset) - 1, 0)

    def lines_of(self, span: Span) -> range:
        """Return the numbers of the painted lines that show a range of the text."""
        start, end = span
        return range(self.line_of(start), self.line_of(max(start, end - 1)) + 1)


def _painted(line: str, start: int, cells: int) -> list[TextLine]:
    """Return the painted lines for one line of the text that begins at offset `start`."""
    if "\t" in line:
        return _with_tabs(line, start, cells)
    if len(line) <= cells and line.isascii():
        return [TextLine(start, start + len(line), line)]
    indent = hanging_indent(line, cells)
    spans = wrap(line[indent:], cells - indent)
    painted_lines = [
        TextLine(
            start + indent + line_start,
            start + indent + line_end,
            line[indent + line_start : indent + line_end],
            indent,
        )
        for line_start, line_end in spans
    ]
    painted_lines[0] = TextLine(start, painted_lines[0].end, line[:indent] + painted_lines[0].shown)
    return painted_lines


def _flowing(text: str, flow: Sequence[Span], cells: int) -> list[TextLine]:
    """Return the painted lines for a flow: ranges of the text joined into one line."""
    flow_start, range_end = flow[0]
    if len(flow) == 1:
        return _painted(text[flow_start:range_end], flow_start, cells)
    offsets = list(range(flow_start, range_end))
    for range_start, next_end in flow[1:]:
        offsets.append(range_end)  # the blank stands for the line break, and for what is left out
        offsets.extend(range(range_start, next_end))
        range_end = next_end
    shown_text = " ".join(text[range_start:next_end] for range_start, next_end in flow)
    indent = hanging_indent(shown_text, cells)
    painted_lines: list[TextLine] = []
    for line_start, line_end in wrap(shown_text[indent:], cells - indent):
        shown_start = indent + line_start if painted_lines else 0
        line_offsets = tuple(offsets[shown_start : indent + line_end])
        line_text = shown_text[shown_start : indent + line_end]
        painted_lines.append(
            TextLine(
                line_offsets[0],
                line_offsets[-1] + 1,
                line_text,
                indent if painted_lines else 0,
                line_offsets,
            )
        )
    return painted_lines


def _with_tabs(line: str, start: int, cells: int) -> list[TextLine]:
    shown_text, tab_positions = expanded(line)
    offsets = tuple(start + tab_position for tab_position in tab_positions)
    painted_lines: list[TextLine] = []
    for shown_start, shown_end in wrap(shown_text, cells):
        while (
            painted_lines
            and shown_start < shown_end
            and offsets[shown_start] < painted_lines[-1].end
        ):
            shown_start += 1  # noqa: PLW2901 - the rest of a tab that the line before began
        if shown_start < shown_end or not painted_lines:
            line_offsets = offsets[shown_start:shown_end]
            painted_lines.append(
                TextLine(
                    line_offsets[0],
                    line_offsets[-1] + 1,
                    shown_text[shown_start:shown_end],
                    0,
                    line_offsets,
                )
            )
    return painted_lines


def expanded(line: str) -> tuple[str, list[int]]:
    """Return the line with tabs expanded to spaces, and each character's position in the line."""
    shown_characters: list[str] = []
    source_positions: list[int] = []
    for position, character in enumerate(line):
        shown_run = " " * (TAB - len(shown_characters) % TAB) if character == "\t" else character
        shown_characters.extend(shown_run)
        source_positions.extend([position] * len(shown_run))
    return "".join(shown_characters), source_positions


def hanging_indent(line: str, cells: int) -> int:
    """Return the indent for the continuation of a wrapped line.

    It equals the number of leading spaces, or 0 if they take too much of the width.
    """
    leading_spaces = len(line) - len(line.lstrip(" "))
    return leading_spaces if leading_spaces < min(len(line), cells // 3) else 0
