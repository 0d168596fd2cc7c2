"""Layout of a text in painted lines: soft wrap, tabs, and the mapping to the file's offsets.

Every painted line knows which characters of the text it shows, so that hits, links and what a mouse
selects are ranges of the text, never of the screen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.text import width, wrap

TAB = 8
"""Columns from one tab stop to the next."""


class TextLine(Value):
    """One painted line."""

    start: int
    """The offset of its first character in the text."""
    end: int
    """End of its last character; spaces at a soft break and line ends belong to no line."""
    shown: str
    """The painted text: the same characters, with spaces up to the next stop for tabs."""
    indent: int = 0
    """Spaces before it that the text does not have: a wrapped line is under its first one."""
    offsets: tuple[int, ...] | None = None
    """The offset of each character of `shown` in the text; None if they are consecutive."""

    def column(self, offset: int) -> int:
        """Index in `shown` of a character of the text, at most its length."""
        if self.offsets is None:
            return min(max(offset - self.start, 0), len(self.shown))
        return bisect_left(self.offsets, offset)

    def offset(self, column: int) -> int:
        """Return the offset of a character of `shown` in the text; after the last one, its end."""
        if column >= len(self.shown):
            return self.end
        return self.start + column if self.offsets is None else self.offsets[column]


class TextLayout:
    """A text as painted lines of at most `cells` cells.

    With `flows` each of them is a line, ranges of the text joined by a blank; else each line of
    the text is.
    """

    def __init__(
        self, text: str, cells: int, flows: Sequence[Sequence[Span]] | None = None
    ) -> None:
        self.cells = cells
        self.lines: list[TextLine] = []
        line_start = 0
        for line in text.split("\n") if flows is None else ():
            self.lines.extend(_painted(line, line_start, cells))
            line_start += len(line) + 1
        for flow in flows or ():
            self.lines.extend(_flowing(text, flow, cells))
        self._starts = [line.start for line in self.lines]

    @property
    def widest(self) -> int:
        """Cells of the longest painted line."""
        return max((line.indent + width(line.shown) for line in self.lines), default=0)

    def line_of(self, offset: int) -> int:
        """Return the number of the painted line of a character, also of one that is not painted."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def lines_of(self, span: Span) -> range:
        """Return numbers of the painted lines that show a range of the text."""
        start, end = span
        return range(self.line_of(start), self.line_of(max(start, end - 1)) + 1)


def _painted(line: str, start: int, cells: int) -> list[TextLine]:
    """Return the painted lines of one line of the text, which begins at `start`."""
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
    """Return the painted lines of ranges of the text that are one line."""
    flow_start, end = flow[0]
    if len(flow) == 1:
        return _painted(text[flow_start:end], flow_start, cells)
    offsets = list(range(flow_start, end))
    for start, flow_end in flow[1:]:
        offsets.append(end)  # the blank stands for the line end, and for what is left out
        offsets.extend(range(start, flow_end))
        end = flow_end
    shown_text = " ".join(text[start:flow_end] for start, flow_end in flow)
    indent = hanging_indent(shown_text, cells)
    painted_lines: list[TextLine] = []
    for line_start, line_end in wrap(shown_text[indent:], cells - indent):
        begin = indent + line_start if painted_lines else 0
        run = tuple(offsets[begin : indent + line_end])
        line = shown_text[begin : indent + line_end]
        painted_lines.append(
            TextLine(run[0], run[-1] + 1, line, indent if painted_lines else 0, run)
        )
    return painted_lines


def _with_tabs(line: str, start: int, cells: int) -> list[TextLine]:
    shown_text, places = expanded(line)
    offsets = tuple(start + place for place in places)
    painted_lines: list[TextLine] = []
    for first, last in wrap(shown_text, cells):
        while painted_lines and first < last and offsets[first] < painted_lines[-1].end:
            first += 1  # noqa: PLW2901 - the rest of a tab that the line before began
        if first < last or not painted_lines:
            run = offsets[first:last]
            painted_lines.append(TextLine(run[0], run[-1] + 1, shown_text[first:last], 0, run))
    return painted_lines


def expanded(line: str) -> tuple[str, list[int]]:
    """Return the line with spaces for tabs, and for each character its position in the line."""
    shown_signs: list[str] = []
    tab_places: list[int] = []
    for place, sign in enumerate(line):
        run = " " * (TAB - len(shown_signs) % TAB) if sign == "\t" else sign
        shown_signs.extend(run)
        tab_places.extend([place] * len(run))
    return "".join(shown_signs), tab_places


def hanging_indent(line: str, cells: int) -> int:
    """Return the indent of a wrapped line's continuation.

    It is as wide as its leading spaces, if they leave room.
    """
    indent = len(line) - len(line.lstrip(" "))
    return indent if indent < min(len(line), cells // 3) else 0
