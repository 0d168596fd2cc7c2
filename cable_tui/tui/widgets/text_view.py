"""A scrolling text: wrapped or not, at any width, with a mouse selection that is exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.selection import Selection
from textual.strip import Strip

from cable_tui.base.cable import Span
from cable_tui.text import printable, width
from cable_tui.text.painted_lines import TextLayout
from cable_tui.tui.widgets.line_list import ComponentStyles, LineScroll, Unit, steps
from cable_tui.tui.widgets.styled_spans import StyledSpan, cut_spans

_WHEEL = 3
"""Lines that one notch of the wheel scrolls."""
_UNWRAPPED = 1_000_000
"""Cells of a line that is never wrapped."""


class ScrollingText(ComponentStyles, LineScroll, can_focus=True):
    """A text laid out for the width; when that changes, its anchor stays on its screen line."""

    EDGE = 0
    """Cells before the text, which are never copied."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._text = ""
        self._shown = ""
        """The painted text: as long as the text, character for character."""
        self._layout = TextLayout("", 1)
        self._flows: Sequence[Sequence[Span]] | None = None
        """Lines of the text that are painted as one; None paints each separately."""
        self._sideways: int | None = None
        """Cells scrolled to the right, if long lines are not wrapped; None wraps them."""
        self._landing: int | None = None
        """First line to show once there is a width to lay out for."""
        self._top = 0
        """The line of the screen where the pane begins."""
        self._held: tuple[int, int] | None = None
        """The anchor, and its line of the screen, before a size that is not laid out for yet."""

    def set_text(
        self,
        text: str,
        shown: str | None = None,
        flows: Sequence[Sequence[Span]] | None = None,
    ) -> None:
        """Show another text from its top; `shown` is painted instead, character for character."""
        self._text, self._flows = text, flows
        self._sideways = None if self._sideways is None else 0
        self._shown = text if shown is None else shown
        self._layout = TextLayout("", 1)
        self._landing = 0
        self._fit(0)

    def repaint(self, shown: str) -> None:
        """Paint other characters for the same text; the position stays."""
        self._shown = shown
        if self._landing is None:
            self._layout = TextLayout(shown, self._layout.cells, self._flows)
            self.refresh()

    def set_flows(self, flows: Sequence[Sequence[Span]] | None) -> None:
        """Paint several lines as one, or each separately; the top line stays."""
        self._flows = flows
        self._lay_out_again()

    def scroll_sideways(self, cells: int) -> None:
        """Unwrap long lines and scroll along them; back before their beginning wraps them again."""
        if self._sideways is None:
            if cells < 0 or not self._has_long_lines():
                return
            self._sideways = 0
            self._lay_out_again()
        elif cells < 0 and not self._sideways:
            self._sideways = None
            self._lay_out_again()
        else:
            most_cells = max(self._layout.widest - self._cells, 0)
            self._sideways = min(max(self._sideways + cells, 0), most_cells)
            self.refresh()

    @property
    def lines(self) -> int:
        """Painted lines at this width."""
        return len(self._layout.lines)

    @property
    def first_line(self) -> int:
        """Painted line at the top of the pane; one of those there are, once they are laid out."""
        if self._landing is not None:
            return self._landing
        # A pane of no height scrolls until the last line is above it.
        return min(self.scroll_offset.y, max(self.lines - 1, 0))

    def scroll_to_line(self, first: int) -> None:
        """Make this the line at the top, or the nearest that can be."""
        if self._landing is not None:
            self._landing = max(first, 0)
            return
        self.scroll_to(y=min(max(first, 0), self.max_scroll_y), animate=False)

    def move_by(self, lines: int) -> None:
        """Scroll down, or up."""
        self.scroll_to_line(self.first_line + lines)

    def move(self, unit: Unit, by: int) -> None:
        """Scroll."""
        self.move_by(by * self.steps(unit))

    def steps(self, unit: Unit) -> int:
        """Return lines of a unit; two lines of a page stay."""
        return steps(unit, self.size.height - 2, self.lines)

    # For subclasses

    @property
    def kept_line(self) -> int:
        """The line that stays where it is on the screen when the width changes."""
        return self.first_line

    def after_scroll(self) -> None:
        """Act on a scroll; a subclass may override this."""

    def after_layout(self) -> None:
        """Act on a new layout; a subclass may override this."""

    # Overrides of Textual's methods

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Remember where the anchor is: another height may scroll the pane at once.

        A text that waits for a width is laid out: the resize event comes only after the first
        paint, and not at all if the size is asked for in between.
        """
        if size != self.outer_size and self._held is None and self._landing is None:
            self._held = self.kept_line, self._top + self.kept_line - self.first_line
        resized = super()._size_updated(size, virtual_size, container_size, layout)
        if self._landing is not None:
            self._fit(self._landing)
        return resized

    def on_resize(self) -> None:
        """Wrap for the new width; the anchor stays on its screen line if the pane has it."""
        held_anchor, self._held, self._top = self._held, None, self.content_region.y
        if held_anchor is not None and self._cells != self._layout.cells:
            anchor, line = held_anchor
            self._fit(anchor, max(min(line - self._top, self.size.height - 1), 0))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by lines, at once."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by lines, at once."""
        self._wheel(event, -_WHEEL)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Call `after_scroll`."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.after_scroll()

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.move_by(lines)

    def _fit(self, first_line: int, row: int = 0) -> None:
        """Lay out for the width, with what is in line `first` in this row of the pane."""
        cells = self._cells
        if cells < 1:
            return
        anew = self._landing is not None
        if anew or (self._sideways is None and cells != self._layout.cells):
            top_offset = self._layout.lines[min(first_line, self.lines - 1)].start
            self._layout = self._new_layout()
            first_line = (
                self._layout.line_of(top_offset) - row if self._landing is None else self._landing
            )
        self._landing = None
        self.virtual_size = Size(cells + self.EDGE, self.lines)
        self.scroll_to(
            y=min(max(first_line, 0), max(self.lines - self.size.height, 0)), animate=False
        )
        self.refresh()
        if anew:
            self.after_layout()

    def _has_long_lines(self) -> bool:
        return any(width(line) > self._cells for line in self._shown.split("\n"))

    @property
    def _cells(self) -> int:
        """Cells for the text."""
        return self.scrollable_content_region.width - self.EDGE

    def _lay_out_again(self) -> None:
        """Lay the text out in another way."""
        if self._landing is None:
            first_line = self.first_line
            top_offset = self._layout.lines[min(first_line, self.lines - 1)].start
            self._layout = self._new_layout()
            self._fit(self._layout.line_of(top_offset))

    def _new_layout(self) -> TextLayout:
        is_wrapped = self._sideways is None
        return TextLayout(self._shown, self._cells if is_wrapped else _UNWRAPPED, self._flows)


class SelectableText(ScrollingText):
    """A text in painted lines. A copy has the text, however it was wrapped.

    Textual's selection is made to work with offsets of the text: the `y` of one is where its line
    begins, the `x` counts from there, and before the text it is negative. So a selection outlives a
    change of the width, and no line break is copied that the text has not.
    """

    PREFIX = "paper"
    LOOKS: ClassVar[Iterable[str]] = ("gutter", "selected")

    def selected(self) -> Span | None:
        """Return the selection of the mouse, as a range of the text."""
        selection = self.text_selection
        return None if selection is None else _range(selection, self._text)

    def select(self, span: Span) -> None:
        """Select a range of the text."""
        span_start, span_end = (Offset(0, offset) for offset in span)
        self.screen.selections = {self: Selection(span_start, span_end)}

    def offset_at(self, event: events.MouseEvent) -> int | None:
        """Return the character of the text under the mouse; None outside of the text."""
        widget, offset = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
        return _offset(offset) if widget is self and offset is not None else None

    # For subclasses

    def margin_of(self, _number: int, /) -> list[tuple[str, str]]:
        """Return the margin before a painted line, `EDGE` cells wide: signs and their looks."""
        return [(" " * self.EDGE, "paper--gutter")]

    def pieces(self, number: int) -> list[StyledSpan]:
        """Return a painted line in pieces of the same look."""
        selected_span = self.selected()
        return cut_spans(
            self._layout.lines[number], [(*selected_span, "selected")] if selected_span else []
        )

    def look(self, piece: StyledSpan) -> Style | None:
        """Return how a piece differs from the text around it; None if it does not."""
        return self.component_style("paper--selected") if piece.looks else None

    # Overrides of Textual's methods

    def render_line(self, y: int) -> Strip:
        """Return one line: gutter, pieces, blanks."""
        cells = self.scrollable_content_region.width
        line_number, base_style = y + self.scroll_offset.y, self.base_style
        if line_number >= self.lines:
            return Strip.blank(cells, base_style)
        line = self._layout.lines[line_number]
        piece_segments: list[Segment] = []
        cells_aside = self._sideways or 0
        for piece in _scrolled_pieces(self.pieces(line_number), cells_aside):
            piece_style = self.look(piece)
            style_of_piece = base_style + piece_style if piece_style else base_style
            piece_segments.append(
                _segment(piece.shown, (piece.offset - line.start, line.start), style_of_piece)
            )
        piece_segments.append(_segment("", (line.end - line.start, line.start), base_style))
        cells_used = max(width(line.shown) - cells_aside, 0)
        margin = [
            (signs, base_style + self.component_style(name))
            for signs, name in self.margin_of(line_number)
        ]
        margin += [(" " * line.indent, base_style)] if line.indent else []
        line_segments: list[Segment] = []
        left_cells = self.EDGE + line.indent
        cells_used += left_cells
        for signs, style_of_piece in margin:
            line_segments.append(_segment(signs, (-left_cells, line.start), style_of_piece))
            left_cells -= len(signs)
        line_segments += [*piece_segments, Segment(" " * (cells - cells_used), base_style)]
        return Strip(line_segments, max(cells, cells_used))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text to copy."""
        start, end = _range(selection, self._text)
        return self._text[start:end], "\n"

    def selection_updated(self, _selection: Selection | None) -> None:
        """Paint the selection."""
        self.refresh()


def _scrolled_pieces(pieces: Sequence[StyledSpan], cells: int) -> Iterator[StyledSpan]:
    """Yield the rest of a line after `cells` of it are scrolled away."""
    for piece in pieces:
        signs_taken = 0
        while cells > 0 and signs_taken < len(piece.shown):
            cells -= width(piece.shown[signs_taken])
            signs_taken += 1
        if not signs_taken:
            yield piece
        elif signs_taken < len(piece.shown):
            yield StyledSpan(piece.shown[signs_taken:], piece.offset + signs_taken, piece.looks)


def _segment(shown: str, place: tuple[int, int], style: Style) -> Segment:
    return Segment(printable(shown), style + Style.from_meta({"offset": place}))


def _range(selection: Selection, text: str) -> Span:
    start = 0 if selection.start is None else _offset(selection.start)
    end = len(text) if selection.end is None else _offset(selection.end)
    return start, end


def _offset(place: Offset) -> int:
    return place.y + max(place.x, 0)
