"""A text on the screen: wrapped lines, scrolling, and a mouse selection that is exact."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from cable_tui.cable import Span
from cable_tui.text import printable, width
from cable_tui.tui.inked import Inked
from cable_tui.tui.page import Piece, cut
from cable_tui.tui.reflow import Layout

_WHEEL = 3
"""Lines that one notch of the wheel scrolls."""


class Paper(Inked, ScrollView, can_focus=True):
    """A text in painted lines. What is copied from it is the text, whatever was wrapped.

    Textual's selection is made to work with offsets of the text, all on its line 0: so a selection
    outlives a change of the width, and no line break is copied that the text has not.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"paper--gutter", "paper--selected"}
    EDGE = 0
    """Cells before the text, which are never copied."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._text = ""
        self._shown = ""
        """What is painted: as long as the text, sign for sign."""
        self._layout = Layout("", 1)
        self._landing: int | None = None
        """First line to show once there is a width to lay out for."""

    def lay(self, text: str, shown: str | None = None) -> None:
        """Another text, at its top; `shown` is painted for it, one sign for each of its own."""
        self._text = text
        self._shown = text if shown is None else shown
        self._layout = Layout("", 1)
        self._landing = 0
        self._fit(0)

    def repaint(self, shown: str) -> None:
        """Paint other signs for the same text; the place stays."""
        self._shown = shown
        if self._landing is None:
            self._layout = Layout(shown, self._layout.cells)
            self.refresh()

    @property
    def lines(self) -> int:
        """Painted lines at this width."""
        return len(self._layout.lines)

    @property
    def first_line(self) -> int:
        """Painted line at the top of the pane."""
        return self.scroll_offset.y if self._landing is None else self._landing

    def scroll_to_line(self, first: int) -> None:
        """Make this the line at the top, or the nearest that can be."""
        if self._landing is not None:
            self._landing = max(first, 0)
            return
        self.scroll_to(y=min(max(first, 0), self.max_scroll_y), animate=False)

    def scroll_by(self, lines: int) -> None:
        """Scroll down, or up."""
        self.scroll_to_line(self.first_line + lines)

    def page(self, pages: float) -> None:
        """Scroll by pages or halves of a page; two lines of the old page stay."""
        self.scroll_by(round(pages * max(self.size.height - 2, 1)))

    def selected(self) -> Span | None:
        """What the mouse selected, as a range of the text."""
        selection = self.text_selection
        return None if selection is None else _range(selection, self._text)

    def select(self, span: Span) -> None:
        """Select a range of the text."""
        start, end = (Offset(offset, 0) for offset in span)
        self.screen.selections = {self: Selection(start, end)}

    def offset_at(self, event: events.MouseEvent) -> int | None:
        """The character of the text under the mouse; None outside of the text."""
        widget, offset = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
        return offset.x if widget is self and offset is not None else None

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

    def moved(self) -> None:
        """The scroll changed."""

    def laid(self) -> None:
        """A new text has been laid out."""

    # Textual's side

    def render_line(self, y: int) -> Strip:
        """One line: gutter, pieces, blanks."""
        cells = self.scrollable_content_region.width
        number, base = y + self.scroll_offset.y, self.rich_style
        if number >= self.lines:
            return Strip.blank(cells, base)
        line = self._layout.lines[number]
        margin = [
            (sign, line.start, base + self.ink(name))
            for signs, name in self.margin_of(number)
            for sign in signs
        ]
        margin += [(" ", line.start, base)] * line.indent
        inner = [
            (piece.shown, piece.offset, base + style if (style := self.look(piece)) else base)
            for piece in self.pieces(number)
        ]
        segments = [_segment(*each) for each in (*margin, *inner, ("", line.end, base))]
        used = self.EDGE + line.indent + width(line.shown)
        segments.append(Segment(" " * (cells - used), base))
        return Strip(segments, max(cells, used))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is copied."""
        start, end = _range(selection, self._text)
        return self._text[start:end], "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint the selection."""
        del selection
        self.refresh()

    def on_resize(self) -> None:
        """Wrap for the new width; what stands at the top stays there."""
        self._fit(self.first_line)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls by lines, at once."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls by lines, at once."""
        self._wheel(event, -_WHEEL)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell those who show more."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.moved()

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_by(lines)

    def _fit(self, first: int) -> None:
        cells = self.scrollable_content_region.width - self.EDGE
        if cells < 1:
            return
        anew = self._landing is not None
        if cells != self._layout.cells or anew:
            top = self._layout.lines[min(first, self.lines - 1)].start
            self._layout = Layout(self._shown, cells)
            first = self._layout.line_of(top) if self._landing is None else self._landing
        self._landing = None
        self.virtual_size = Size(cells + self.EDGE, self.lines)
        self.scroll_to(y=min(first, max(self.lines - self.size.height, 0)), animate=False)
        self.refresh()
        if anew:
            self.laid()


def _segment(shown: str, offset: int, style: Style) -> Segment:
    return Segment(printable(shown), style + Style.from_meta({"offset": (offset, 0)}))


def _range(selection: Selection, text: str) -> Span:
    start = 0 if selection.start is None else selection.start.x
    end = len(text) if selection.end is None else selection.end.x
    return start, end
