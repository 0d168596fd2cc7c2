"""A list of lines with a cursor on one of them: moves, clicks, and how a line is painted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from cable_tui.tui.widgets.component_styles import ComponentStyles
from cable_tui.tui.widgets.line_list import CachedLineList

Line = TypeVar("Line", bound=Hashable)


class CursorList(ComponentStyles, CachedLineList, Generic[Line], can_focus=True):
    """The lines. A subclass names its component styles `PREFIX--look`: `cursor`, `bar`, its own."""

    ALLOW_SELECT = False
    PREFIX = ""

    def __init__(
        self, chosen: Callable[[], object], moved: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self._moved = moved
        self.lines: Sequence[Line] = ()
        self.at = 0
        """The line of the cursor."""

    @abstractmethod
    def pieces(self, line: Line, cells: int) -> Sequence[tuple[str, str]]:
        """A line of so many cells, in texts with their looks."""

    @property
    def here(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    def show(self, lines: Sequence[Line], at: int | None = None) -> None:
        """Other lines, or more; the cursor stays where it is unless it is put elsewhere."""
        self.lines = lines
        self.resized(len(lines))
        self.move_to(self.at if at is None else at)

    def move_to(self, at: int) -> None:
        """Put the cursor on a line, and scroll as little as needed."""
        self.at = min(max(at, 0), max(len(self.lines) - 1, 0))
        first, height = self.scroll_offset.y, max(self.size.height, 1)
        if self.at < first:
            self.scroll_to(y=self.at, animate=False)
        elif self.at >= first + height:
            self.scroll_to(y=self.at - height + 1, animate=False)
        self.repaint()
        self._moved()

    def move_pages(self, by: int) -> None:
        """Move the cursor by pages; one line of the page before stays."""
        self.move_to(self.at + by * max(self.size.height - 1, 1))

    def bar(self, at: int) -> str:
        """The first cell of a line: the marker of the cursor."""
        return "▌" if at == self.at else " "

    def line_key(self, y: int) -> Hashable:
        """The line and whether the cursor is on it."""
        at, cells = y + self.scroll_offset.y, self.scrollable_content_region.width
        return (cells, at == self.at, self.lines[at]) if at < len(self.lines) else cells

    def render_list_line(self, y: int) -> Strip:
        """The sign of the cursor, and the pieces."""
        at, cells = y + self.scroll_offset.y, self.scrollable_content_region.width
        base = self.base_style
        if at >= len(self.lines):
            return Strip.blank(cells, base)
        if at == self.at:
            base += self.component_style(f"{self.PREFIX}--cursor")
        pieces = [(self.bar(at), "bar"), *self.pieces(self.lines[at], cells - 1)]
        segments = [
            Segment(text, base + self.component_style(f"{self.PREFIX}--{look}"))
            for text, look in pieces
        ]
        return Strip(segments).adjust_cell_length(cells, base)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        super().on_resize()
        self.move_to(self.at)

    def on_click(self, event: events.Click) -> None:
        """A click moves; on the cursor's own line, or twice, it opens."""
        at = event.y - self.gutter.top + self.scroll_offset.y
        if not 0 <= at < len(self.lines):
            return
        if at == self.at or event.chain == 2:
            self._chosen()
        else:
            self.move_to(at)


MOVES: Mapping[str, Callable[[CursorList[Any]], None]] = {
    **dict.fromkeys(("j", "down"), lambda lines: lines.move_to(lines.at + 1)),
    **dict.fromkeys(("k", "up"), lambda lines: lines.move_to(lines.at - 1)),
    **dict.fromkeys(("pagedown", "space", "ctrl+f"), lambda lines: lines.move_pages(1)),
    "pageup": lambda lines: lines.move_pages(-1),
    **dict.fromkeys(("g", "home"), lambda lines: lines.move_to(0)),
    **dict.fromkeys(("G", "end"), lambda lines: lines.move_to(len(lines.lines))),
}
"""The keys that move the cursor, for the page whose list it is."""
