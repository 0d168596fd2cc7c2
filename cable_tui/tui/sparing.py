"""Lines that go to the terminal again only where they differ: most stay from key to key."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget


class Sparing(ScrollView):
    """A virtual list or text that knows what it has painted.

    A subclass says what a line is (`line_at`) and calls `repaint` for every change of its own.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._painted: dict[int, Strip] = {}
        """The lines of the pane as they were painted last."""
        self._next: dict[int, Strip] = {}
        """Those that are about to be painted."""

    def line_at(self, y: int) -> Strip:
        """A line of the pane, from 0 at its top."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """As `line_at` has it."""
        strip = self._next.pop(y, None)
        if strip is None:
            strip = self.line_at(y)
        self._painted[y] = strip
        return strip

    def repaint(self) -> None:
        """Paint the lines that are no longer as they stand on the screen."""
        width, height = self.size
        self._next = {y: self.line_at(y) for y in range(height)}
        changed = [y for y, strip in self._next.items() if strip != self._painted.get(y)]
        self.refresh(*(Region(0, y, width, 1) for y in changed), repaint=bool(changed))

    def underline(self, text: str) -> None:
        """Another text in the lowest line of the frame, which alone is painted for it."""
        # through `border_subtitle` the whole widget would be
        self._border_subtitle = Content(text)
        width, height = self.size
        self.refresh(Region(-1, height, width + 2, 1))

    def resized(self, lines: int) -> None:
        """So many lines can be scrolled over; the screen is not laid out anew for it."""
        if self.virtual_size.height != lines:
            size = Size(0, lines)
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolled lines may be the same ones again: a list of equals, or blanks."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.repaint()

    def notify_style_update(self) -> None:
        """Another theme, or another state: nothing is as it was."""
        self._next = {}
        super().notify_style_update()

    def on_resize(self) -> None:
        """Another width makes other lines."""
        self._next = {}
        self._painted = {}
