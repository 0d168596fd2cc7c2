"""A text in painted lines that scroll: wrapped or not, joined or not, at any width."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from cable_tui.cable import Span
from cable_tui.text import width
from cable_tui.tui.inked import Inked
from cable_tui.tui.pane import Pane
from cable_tui.tui.reflow import Layout

_WHEEL = 3
"""Lines that one notch of the wheel scrolls."""
_UNWRAPPED = 1_000_000
"""Cells of a line that is never wrapped."""


class Sheet(Inked, Pane, can_focus=True):
    """Lays a text out for its width; what stands at the top stays there when that changes."""

    EDGE = 0
    """Cells before the text, which are never copied."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._text = ""
        self._shown = ""
        """What is painted: as long as the text, sign for sign."""
        self._layout = Layout("", 1)
        self._flows: Sequence[Sequence[Span]] | None = None
        """Lines of the text that are painted as one; None paints each as it is."""
        self._sideways: int | None = None
        """Cells scrolled to the right, where long lines are not wrapped; None wraps them."""
        self._landing: int | None = None
        """First line to show once there is a width to lay out for."""

    def lay(
        self,
        text: str,
        shown: str | None = None,
        flows: Sequence[Sequence[Span]] | None = None,
    ) -> None:
        """Another text, at its top; `shown` is painted for it, one sign for each of its own."""
        self._text, self._flows = text, flows
        self._sideways = None if self._sideways is None else 0
        self._shown = text if shown is None else shown
        self._layout = Layout("", 1)
        self._landing = 0
        self._fit(0)

    def repaint(self, shown: str) -> None:
        """Paint other signs for the same text; the place stays."""
        self._shown = shown
        if self._landing is None:
            self._layout = Layout(shown, self._layout.cells, self._flows)
            self.refresh()

    def flow(self, flows: Sequence[Sequence[Span]] | None) -> None:
        """Paint several lines as one, or each as it is; what stands at the top stays there."""
        self._flows = flows
        self._again()

    def scroll_sideways(self, cells: int) -> None:
        """Unwrap long lines and scroll along them; back before their beginning wraps them again."""
        if self._sideways is None:
            if cells < 0 or not self._has_long_lines():
                return
            self._sideways = 0
            self._again()
        elif cells < 0 and not self._sideways:
            self._sideways = None
            self._again()
        else:
            most = max(self._layout.widest - self._cells, 0)
            self._sideways = min(max(self._sideways + cells, 0), most)
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

    def scroll_by(self, lines: int) -> None:
        """Scroll down, or up."""
        self.scroll_to_line(self.first_line + lines)

    def page(self, pages: float) -> None:
        """Scroll by pages or halves of a page; two lines of the old page stay."""
        self.scroll_by(round(pages * max(self.size.height - 2, 1)))

    # For those who show more than a plain text

    def moved(self) -> None:
        """The scroll changed."""

    def laid(self) -> None:
        """A new text has been laid out."""

    # Textual's side

    def on_resize(self) -> None:
        """Wrap for the new width; what stands at the top stays there."""
        if self._landing is not None or self._cells != self._layout.cells:
            self._fit(self.first_line)

    def render_lines(self, crop: Region) -> list[Strip]:
        """A pane that is painted has a size, also where nobody has told it so.

        Textual tells a widget of its size when a layout finds that it changed. Whoever asks for a
        size in between makes the layout find nothing new, and the text would never be laid out.
        """
        if self._landing is not None:
            self.call_later(self._found_out)
        return super().render_lines(crop)

    def _found_out(self) -> None:
        if self._landing is not None:
            self._fit(self._landing)
            self.refresh(layout=True)

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
        cells = self._cells
        if cells < 1:
            return
        anew = self._landing is not None
        if anew or (self._sideways is None and cells != self._layout.cells):
            top = self._layout.lines[min(first, self.lines - 1)].start
            self._layout = self._laid_out()
            first = self._layout.line_of(top) if self._landing is None else self._landing
        self._landing = None
        self.virtual_size = Size(cells + self.EDGE, self.lines)
        self.scroll_to(y=min(first, max(self.lines - self.size.height, 0)), animate=False)
        self.refresh()
        if anew:
            self.laid()

    def _has_long_lines(self) -> bool:
        return any(width(line) > self._cells for line in self._shown.split("\n"))

    @property
    def _cells(self) -> int:
        """Cells for the text."""
        return self.scrollable_content_region.width - self.EDGE

    def _again(self) -> None:
        """Lay out anew in another way."""
        if self._landing is None:
            first = self.first_line
            top = self._layout.lines[min(first, self.lines - 1)].start
            self._layout = self._laid_out()
            self._fit(self._layout.line_of(top))

    def _laid_out(self) -> Layout:
        wrapped = self._sideways is None
        return Layout(self._shown, self._cells if wrapped else _UNWRAPPED, self._flows)
