"""A text on the screen: how its lines are painted, and a mouse selection that is exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from cable_tui.cable import Span
from cable_tui.text import printable, width
from cable_tui.tui.page import Piece, cut
from cable_tui.tui.sheet import Sheet


class Paper(Sheet):
    """A text in painted lines. What is copied from it is the text, whatever was wrapped.

    Textual's selection is made to work with offsets of the text: the `y` of one is where its line
    begins, the `x` counts from there, and before the text it is negative. So a selection outlives a
    change of the width, and no line break is copied that the text has not.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"paper--gutter", "paper--selected"}

    def selected(self) -> Span | None:
        """What the mouse selected, as a range of the text."""
        selection = self.text_selection
        return None if selection is None else _range(selection, self._text)

    def select(self, span: Span) -> None:
        """Select a range of the text."""
        start, end = (Offset(0, offset) for offset in span)
        self.screen.selections = {self: Selection(start, end)}

    def offset_at(self, event: events.MouseEvent) -> int | None:
        """The character of the text under the mouse; None outside of the text."""
        widget, offset = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
        return _offset(offset) if widget is self and offset is not None else None

    # For those who show more than a plain text

    def margin_of(self, number: int) -> list[tuple[str, str]]:
        """What stands before a painted line, `EDGE` cells wide: signs and how they look."""
        del number
        return [(" " * self.EDGE, "paper--gutter")]

    def pieces(self, number: int) -> list[Piece]:
        """A painted line in pieces that look the same."""
        selected = self.selected()
        return cut(self._layout.lines[number], [(*selected, "selected")] if selected else [])

    def look(self, piece: Piece) -> Style | None:
        """How a piece differs from the text around it."""
        return self.ink("paper--selected") if piece.looks else None

    # Textual's side

    def render_line(self, y: int) -> Strip:
        """One line: gutter, pieces, blanks."""
        cells = self.scrollable_content_region.width
        number, base = y + self.scroll_offset.y, self.ground
        if number >= self.lines:
            return Strip.blank(cells, base)
        line = self._layout.lines[number]
        text: list[Segment] = []
        aside = self._sideways or 0
        for piece in _behind(self.pieces(number), aside):
            style = self.look(piece)
            look = base + style if style else base
            text.append(_segment(piece.shown, (piece.offset - line.start, line.start), look))
        text.append(_segment("", (line.end - line.start, line.start), base))
        used = max(width(line.shown) - aside, 0)
        margin = [(signs, base + self.ink(name)) for signs, name in self.margin_of(number)]
        margin += [(" " * line.indent, base)] if line.indent else []
        segments: list[Segment] = []
        left = self.EDGE + line.indent
        used += left
        for signs, look in margin:
            segments.append(_segment(signs, (-left, line.start), look))
            left -= len(signs)
        segments += [*text, Segment(" " * (cells - used), base)]
        return Strip(segments, max(cells, used))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is copied."""
        start, end = _range(selection, self._text)
        return self._text[start:end], "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint the selection."""
        del selection
        self.refresh()


def _behind(pieces: Sequence[Piece], cells: int) -> Iterator[Piece]:
    """What is left of a line when so many cells of it are scrolled away."""
    for piece in pieces:
        taken = 0
        while cells > 0 and taken < len(piece.shown):
            cells -= width(piece.shown[taken])
            taken += 1
        if not taken:
            yield piece
        elif taken < len(piece.shown):
            yield Piece(piece.shown[taken:], piece.offset + taken, piece.looks)


def _segment(shown: str, place: tuple[int, int], style: Style) -> Segment:
    return Segment(printable(shown), style + Style.from_meta({"offset": place}))


def _range(selection: Selection, text: str) -> Span:
    start = 0 if selection.start is None else _offset(selection.start)
    end = len(text) if selection.end is None else _offset(selection.end)
    return start, end


def _offset(place: Offset) -> int:
    return place.y + max(place.x, 0)
