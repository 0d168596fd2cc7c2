"""The list of cables: a virtual list over ids, painted line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cable_tui.tui.inked import Inked
from cable_tui.tui.list_lines import REFERENCE, Row, columns, painted, reference_cells

_KEPT = 1000
"""Rows that are remembered before those far from the pane are dropped."""
_AHEAD = 40
"""Lines beyond the pane for which rows are asked along with it."""


class Results(Inked, ScrollView, can_focus=True):
    """Cables in order, one a line: `▌` the cursor, `★` a bookmark, then the columns."""

    BORDER_TITLE = "2 Cables"
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "results--cursor",
        "results--bar",
        "results--reference",
        "results--date",
        "results--subject",
        "results--unclassified",
        "results--restricted",
        "results--confidential",
        "results--secret",
    }

    @dataclass
    class Moved(Message):
        """The cursor was moved by a click, the wheel or one of the moving methods."""

        index: int

    @dataclass
    class Chosen(Message):
        """A click on the cursor's line, or a double click."""

        index: int

    @dataclass
    class Wanted(Message):
        """Lines `start` to `end` are on the screen, or near, and rows are not known."""

        start: int
        end: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._ids: Sequence[int] = ()
        self._rows: dict[int, Row] = {}
        self._older: dict[int, Row] = {}
        """Rows from before the last `show`: an archive that grows may know more of them by now."""
        self._bookmarked: frozenset[str] = frozenset()
        self._at = 0
        self._asked: tuple[int, int] | None = None
        self._reference = REFERENCE[0]

    def show(self, ids: Sequence[int], cursor: int = 0) -> None:
        """Another list; rows that are known are painted until they have been read anew."""
        self._ids = ids
        self._older = {**self._older, **self._rows} if len(self._older) < _KEPT else self._rows
        self._rows = {}
        self._asked = None
        self.virtual_size = Size(0, len(ids))
        self._at = 0
        self.move_to(cursor)
        self.refresh()

    def fill(self, rows: Mapping[int, Row]) -> None:
        """Rows by id, in answer to `Wanted`."""
        self._rows.update(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        if len(self._rows) > _KEPT:
            start, stop = self._window()
            near = self._ids[max(start - _KEPT // 4, 0) : stop + _KEPT // 4]
            self._rows = {id_: self._rows[id_] for id_ in near if id_ in self._rows}
        self._asked = None
        self.refresh()

    def signs(self, bookmarked: frozenset[str]) -> None:
        """Canonical ids that carry a star."""
        self._bookmarked = bookmarked
        self.refresh()

    @property
    def cursor(self) -> int:
        """Line of the cursor, from 0."""
        return self._at

    @property
    def page_rows(self) -> int:
        """Lines that a page holds."""
        return max(self.size.height, 1)

    def move_to(self, index: int) -> None:
        """Put the cursor on a line, silently: who calls knows."""
        self._at = min(max(index, 0), max(len(self._ids) - 1, 0))
        self._reveal()
        self.refresh()

    def move_by(self, lines: int) -> None:
        """Move the cursor and tell (`Moved`)."""
        self.move_to(self._at + lines)
        self.post_message(self.Moved(self._at))

    def page(self, pages: int) -> None:
        """Move by whole pages and tell."""
        self.move_by(pages * max(self.page_rows - 1, 1))

    def top(self) -> None:
        """To the first line, and tell."""
        self.move_by(-self._at)

    def bottom(self) -> None:
        """To the last line, and tell."""
        self.move_by(len(self._ids))

    def render_line(self, y: int) -> Strip:
        """One cable; an empty line and a `Wanted` where its row is not known."""
        cells = self.scrollable_content_region.width
        index, base = y + self.scroll_offset.y, self.rich_style
        if index >= len(self._ids):
            return Strip.blank(cells, base)
        here = index == self._at
        if here:
            base += self.ink("results--cursor")
        bar = base + self.ink("results--bar")
        id_ = self._ids[index]
        if id_ not in self._rows:
            self._want()
        row = self._rows.get(id_) or self._older.get(id_)
        if row is None:
            return Strip(
                [Segment("▌" if here else " ", bar), Segment(" " * (cells - 1), base)], cells
            )
        star = "★" if row.canonical_id in self._bookmarked else " "
        segments = [Segment(f"{'▌' if here else ' '}{star}", bar), Segment(" ", base)]
        for text, look in painted(row, columns(cells - 3, self._reference)):
            style = base + self.ink(f"results--{look}")
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(cells, base)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """A click moves; on the cursor's own line, or twice, it chooses."""
        index = event.y - self.gutter.top + self.scroll_offset.y
        if not 0 <= index < len(self._ids):
            return
        if index == self._at or event.chain == 2:
            self.post_message(self.Chosen(index))
        else:
            self.move_by(index - self._at)

    def _reveal(self) -> None:
        first, height = self.scroll_offset.y, self.size.height
        if height and self._at < first:
            self.scroll_to(y=self._at, animate=False)
        elif height and self._at >= first + height:
            self.scroll_to(y=self._at - height + 1, animate=False)

    def _window(self) -> tuple[int, int]:
        first = self.scroll_offset.y
        return max(first - _AHEAD, 0), min(first + self.size.height + _AHEAD, len(self._ids))

    def _want(self) -> None:
        """Ask once for what this window misses."""
        window = self._window()
        if window != self._asked:
            self._asked = window
            # a message that is made while the screen paints would be the screen's own
            self.call_later(lambda: self.post_message(self.Wanted(*window)))
