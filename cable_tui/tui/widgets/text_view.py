"""A scrolling text, wrapped or not, at any width, with exact selection by the mouse."""

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
"""The number of lines that one notch of the wheel scrolls."""
_UNWRAPPED = 1_000_000
"""The width of the layout in cells when lines are not wrapped."""


class ScrollingText(ComponentStyles, LineScroll, can_focus=True):
    """A text laid out for the pane's width; after a change its anchor stays on its screen line."""

    EDGE = 0
    """The width of the margin before the text in cells, which is never copied."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._text = ""
        self._shown = ""
        """The painted text, which corresponds to the text character for character."""
        self._layout = TextLayout("", 1)
        self._flows: Sequence[Sequence[Span]] | None = None
        """The lines of text to paint as one; None paints each line separately."""
        self._sideways: int | None = None
        """How far long lines are scrolled to the right, in cells, or None to wrap long lines."""
        self._landing: int | None = None
        """The first line to show once the width for the layout is known, or None if the text is
        laid out.
        """
        self._pane_top = 0
        """The screen line where the pane begins."""
        self._held_anchor: tuple[int, int] | None = None
        """The anchor and its screen line, stored until the text is laid out for a new size."""

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
        """Paint other characters for the same text, without scrolling."""
        self._shown = shown
        if self._landing is None:
            self._layout = TextLayout(shown, self._layout.cells, self._flows)
            self.refresh()

    def set_flows(self, flows: Sequence[Sequence[Span]] | None) -> None:
        """Paint several lines as one, or each line separately; the top line stays in place."""
        self._flows = flows
        self._lay_out_again()

    def scroll_sideways(self, cells: int) -> None:
        """Stop wrapping and scroll along long lines; scrolling back to the start wraps them."""
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
        """The number of painted lines at the present width."""
        return len(self._layout.lines)

    @property
    def first_line(self) -> int:
        """The painted line at the top of the pane, or the line to show first after the layout."""
        if self._landing is not None:
            return self._landing
        # A pane of no height scrolls until the last line is above it.
        return min(self.scroll_offset.y, max(self.lines - 1, 0))

    def scroll_to_line(self, first: int) -> None:
        """Scroll so that a line is at the top, or as near to the top as possible."""
        if self._landing is not None:
            self._landing = max(first, 0)
            return
        self.scroll_to(y=min(max(first, 0), self.max_scroll_y), animate=False)

    def move_by(self, lines: int) -> None:
        """Scroll down by a number of lines; a negative number scrolls up."""
        self.scroll_to_line(self.first_line + lines)

    def move(self, unit: Unit, by: int) -> None:
        """Scroll by a unit."""
        self.move_by(by * self.steps(unit))

    def steps(self, unit: Unit) -> int:
        """Return the number of lines in a unit; successive pages overlap by two lines."""
        return steps(unit, self.size.height - 2, self.lines)

    # For subclasses

    @property
    def kept_line(self) -> int:
        """The anchor: the line that stays in place on the screen when the width changes."""
        return self.first_line

    def after_scroll(self) -> None:
        """Handle scrolling; a subclass may override this."""

    def after_layout(self) -> None:
        """Handle a new layout; a subclass may override this."""

    # Overrides of Textual's methods

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Store the position of the anchor, because a new height may scroll the pane immediately.

        A text waiting for a width is laid out here: the resize event is sent only after the first
        paint, and not at all if the size is requested in between.
        """
        if size != self.outer_size and self._held_anchor is None and self._landing is None:
            self._held_anchor = self.kept_line, self._pane_top + self.kept_line - self.first_line
        was_resized = super()._size_updated(size, virtual_size, container_size, layout)
        if self._landing is not None:
            self._fit(self._landing)
            self._pane_top = self.content_region.y
        return was_resized

    def on_resize(self) -> None:
        """Wrap for the new width; the anchor stays on its screen line if possible."""
        held_anchor, self._held_anchor, self._pane_top = (
            self._held_anchor,
            None,
            self.content_region.y,
        )
        if held_anchor is not None and self._cells != self._layout.cells:
            anchor_line, screen_line = held_anchor
            self._fit(anchor_line, max(min(screen_line - self._pane_top, self.size.height - 1), 0))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down a few lines, without animation."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up a few lines, without animation."""
        self._wheel(event, -_WHEEL)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Call `after_scroll` when the position has changed by at least a line."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.after_scroll()

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.move_by(lines)

    def _fit(self, first_line: int, row: int = 0) -> None:
        """Lay out the text for the width, with the content of a given line at a row of the pane."""
        text_width = self._cells
        if text_width < 1:
            return
        is_new_layout = self._landing is not None
        if is_new_layout or (self._sideways is None and text_width != self._layout.cells):
            top_offset = self._layout.lines[min(first_line, self.lines - 1)].start
            self._layout = self._new_layout()
            first_line = (
                self._layout.line_of(top_offset) - row if self._landing is None else self._landing
            )
        self._landing = None
        self.virtual_size = Size(text_width + self.EDGE, self.lines)
        self.scroll_to(
            y=min(max(first_line, 0), max(self.lines - self.size.height, 0)), animate=False
        )
        self.refresh()
        if is_new_layout:
            self.after_layout()

    def _has_long_lines(self) -> bool:
        return any(width(line) > self._cells for line in self._shown.split("\n"))

    @property
    def _cells(self) -> int:
        """The width available for the text, in cells."""
        return self.scrollable_content_region.width - self.EDGE

    def _lay_out_again(self) -> None:
        """Lay out the text again after a setting has changed; the top line stays in place."""
        if self._landing is None:
            first_line = self.first_line
            top_offset = self._layout.lines[min(first_line, self.lines - 1)].start
            self._layout = self._new_layout()
            self._fit(self._layout.line_of(top_offset))

    def _new_layout(self) -> TextLayout:
        is_wrapped = self._sideways is None
        return TextLayout(self._shown, self._cells if is_wrapped else _UNWRAPPED, self._flows)


class SelectableText(ScrollingText):
    """A text that can be selected and copied as it is, however its painted lines are wrapped.

    Textual's selection is adapted to text offsets: the `y` of a position is the offset where its
    line begins, and `x` counts from there and is negative before the text. A selection therefore
    survives a change of the width, and the copy contains only the line breaks of the text.
    """

    PREFIX = "paper"
    LOOKS: ClassVar[Iterable[str]] = ("gutter", "selected")

    def selected(self) -> Span | None:
        """Return the span of text selected with the mouse, or None if nothing is selected."""
        selection = self.text_selection
        return None if selection is None else _range(selection, self._text)

    def select(self, span: Span) -> None:
        """Select a span of the text."""
        span_start, span_end = (Offset(0, offset) for offset in span)
        self.screen.selections = {self: Selection(span_start, span_end)}

    def offset_at(self, event: events.MouseEvent) -> int | None:
        """Return the offset of the character under the mouse, or None outside the text."""
        clicked_widget, text_position = self.screen.get_widget_and_offset_at(
            event.screen_x, event.screen_y
        )
        return (
            _offset(text_position) if clicked_widget is self and text_position is not None else None
        )

    # For subclasses

    def margin_of(self, _number: int, /) -> list[tuple[str, str]]:
        """Return the margin before a painted line, `EDGE` cells wide, as texts and styles."""
        return [(" " * self.EDGE, "paper--gutter")]

    def pieces(self, number: int) -> list[StyledSpan]:
        """Return a painted line as pieces, each with one set of styles."""
        selected_span = self.selected()
        return cut_spans(
            self._layout.lines[number], [(*selected_span, "selected")] if selected_span else []
        )

    def look(self, piece: StyledSpan) -> Style | None:
        """Return the style to add to the text style for a piece, or None if there is none."""
        return self.component_style("paper--selected") if piece.looks else None

    # Overrides of Textual's methods

    def render_line(self, y: int) -> Strip:
        """Return one line: margin, pieces, spaces."""
        line_width = self.scrollable_content_region.width
        line_number, base_style = y + self.scroll_offset.y, self.base_style
        if line_number >= self.lines:
            return Strip.blank(line_width, base_style)
        text_line = self._layout.lines[line_number]
        piece_segments: list[Segment] = []
        scrolled_cells = self._sideways or 0
        for piece in _scrolled_pieces(self.pieces(line_number), scrolled_cells):
            piece_style = self.look(piece)
            segment_style = base_style + piece_style if piece_style else base_style
            piece_segments.append(
                _segment(
                    piece.shown, (piece.offset - text_line.start, text_line.start), segment_style
                )
            )
        piece_segments.append(
            _segment("", (text_line.end - text_line.start, text_line.start), base_style)
        )
        used_cells = max(width(text_line.shown) - scrolled_cells, 0)
        margin_segments = [
            (margin_text, base_style + self.component_style(style_name))
            for margin_text, style_name in self.margin_of(line_number)
        ]
        margin_segments += [(" " * text_line.indent, base_style)] if text_line.indent else []
        line_segments: list[Segment] = []
        cells_to_text = self.EDGE + text_line.indent
        used_cells += cells_to_text
        for margin_text, segment_style in margin_segments:
            line_segments.append(
                _segment(margin_text, (-cells_to_text, text_line.start), segment_style)
            )
            cells_to_text -= len(margin_text)
        line_segments += [*piece_segments, Segment(" " * (line_width - used_cells), base_style)]
        return Strip(line_segments, max(line_width, used_cells))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text for copying."""
        span_start, span_end = _range(selection, self._text)
        return self._text[span_start:span_end], "\n"

    def selection_updated(self, _selection: Selection | None) -> None:
        """Paint the selection."""
        self.refresh()


def _scrolled_pieces(pieces: Sequence[StyledSpan], cells: int) -> Iterator[StyledSpan]:
    """Yield the rest of a line after scrolling it by `cells` to the right."""
    for piece in pieces:
        hidden_characters = 0
        while cells > 0 and hidden_characters < len(piece.shown):
            cells -= width(piece.shown[hidden_characters])
            hidden_characters += 1
        if not hidden_characters:
            yield piece
        elif hidden_characters < len(piece.shown):
            yield StyledSpan(
                piece.shown[hidden_characters:], piece.offset + hidden_characters, piece.looks
            )


def _segment(shown: str, text_position: tuple[int, int], style: Style) -> Segment:
    return Segment(printable(shown), style + Style.from_meta({"offset": text_position}))


def _range(selection: Selection, text: str) -> Span:
    span_start = 0 if selection.start is None else _offset(selection.start)
    span_end = len(text) if selection.end is None else _offset(selection.end)
    return span_start, span_end


def _offset(text_position: Offset) -> int:
    return text_position.y + max(text_position.x, 0)
