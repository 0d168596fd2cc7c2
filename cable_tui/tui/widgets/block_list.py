"""A list whose entries are several lines each, with a cursor that goes over entries."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from cable_tui.text import printable
from cable_tui.tui.widgets.component_styles import ComponentStyles
from cable_tui.tui.widgets.line_list import LineScroll


class BlockList(ComponentStyles, LineScroll):
    """A subclass lays its blocks with `lay_blocks`, says which can be opened, and paints a line."""

    ALLOW_SELECT = False
    LOOKS = ""
    """What the names of its component classes begin with: `chain--cursor`."""
    ABOVE = 0
    """Lines above a block that are shown with it: its heading."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._lines: list[tuple[int, int]] = []
        """For each painted line the block, and which of its lines it is."""
        self._at = 0
        """The block under the cursor."""

    def opens(self, at: int) -> bool:
        """Whether a block can be opened."""
        raise NotImplementedError

    def paint(self, at: int, line: int, here: bool) -> Iterable[tuple[str, str]]:
        """A line of a block in pieces with their looks."""
        raise NotImplementedError

    def lay_blocks(self, heights: Iterable[int]) -> None:
        """Set how many lines each block has."""
        self._lines = [(at, line) for at, height in enumerate(heights) for line in range(height)]
        self.virtual_size = Size(0, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One line of a block."""
        cells, base = self.scrollable_content_region.width, self.base_style
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(cells, base)
        at, line = self._lines[number]
        here = at == self._at and self.opens(at)
        if here:
            base += self.component_style(f"{self.LOOKS}--cursor")
        segments = [
            Segment(printable(text), base + self.component_style(f"{self.LOOKS}--{look}"))
            for text, look in self.paint(at, line, here)
        ]
        return Strip(segments).adjust_cell_length(cells, base)

    def block_at(self, event: events.Click) -> int | None:
        """The block that was clicked; None beside all, and for one that cannot be opened."""
        index = event.y - self.gutter.top + self.scroll_offset.y
        at = self._lines[index][0] if 0 <= index < len(self._lines) else None
        return at if at is not None and self.opens(at) else None

    def reveal(self) -> None:
        """Scroll as far as needed to see the whole block of the cursor."""
        shown = [number for number, (at, _) in enumerate(self._lines) if at == self._at]
        first, height = self.scroll_offset.y, self.size.height
        if shown and shown[0] < first + self.ABOVE:
            self.scroll_to(y=max(shown[0] - self.ABOVE, 0), animate=False)
        elif shown and shown[-1] >= first + height:
            self.scroll_to(y=shown[-1] - height + 1, animate=False)
        self.refresh()
