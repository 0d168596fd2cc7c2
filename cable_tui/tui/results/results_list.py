"""The list of cables: a virtual list over ids, painted line by line.

Where the query has words and there is height, a cable takes two lines: the best passage stands
under the subject. The lines are there before the passages are, so that nothing jumps.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from cable_tui.tui.results.row_text import (
    NO_MARKS,
    REFERENCE,
    Row,
    RowMarks,
    reference_cells,
    render_row,
)
from cable_tui.tui.widgets.component_styles import ComponentStyles
from cable_tui.tui.widgets.line_list import CachedLineList

if TYPE_CHECKING:
    # The first list on the screen waits for no session.
    from cable_tui.session.feature_state import Passage
    from cable_tui.session.values import Action

_KEPT = 1000
"""Rows that are remembered before those far from the pane are dropped."""
_AHEAD = 40
"""Cables beyond the pane for which rows are asked along with it."""
_TALL = 30
"""Lines of the terminal from which on passages are shown."""
_ROOMY = 8
"""Lines of the list below which they are not: too few cables would be left in sight."""


_NONE: Mapping[int, tuple[int, ...]] = {}


class Results(ComponentStyles, CachedLineList, can_focus=True):
    """Cables in order: `▌` the cursor, signs, the columns, and maybe a passage below.

    `★` is a bookmark, `✎` one with a note; `●` is marked, `+` new, `✓` read. `+2 copies` ends a row
    that stands for two more cables.
    """

    BORDER_TITLE = "2 Cables"
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"results--{part}"
        for part in (
            "cursor bar reference date subject sign read unclassified restricted confidential "
            "secret passage label hit"
        ).split()
    }

    @dataclass
    class Moved(Message):
        """The cursor was moved by a click or by `move_by`."""

        index: int

    @dataclass
    class Chosen(Message):
        """A click on the cursor's line, or a double click."""

        index: int

    @dataclass
    class Wanted(Message):
        """Cables `start` to `end` are on the screen, or near, and rows are not known."""

        start: int
        end: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._ids: Sequence[int] = ()
        self._rows: dict[int, Row] = {}
        self._older: dict[int, Row] = {}
        """Rows from before the last `show`: an archive that grows may know more of them by now."""
        self._folded: Mapping[int, tuple[int, ...]] = {}
        self._below: frozenset[int] = frozenset()
        self._signs = NO_MARKS
        self._at = 0
        self._asked: tuple[int, int] | None = None
        self._reference = REFERENCE[0]
        self._lines = 1
        """Lines that a cable takes."""
        self._preview = False
        self._passages: Mapping[int, Passage | None] = {}
        self._stale = False
        """The passages answer to an older query."""
        self._sought: tuple[int, ...] = ()

    def show(
        self,
        ids: Sequence[int],
        cursor: int = 0,
        folded: Mapping[int, tuple[int, ...]] = _NONE,
        below: frozenset[int] = frozenset(),
    ) -> None:
        """Another list; rows that are known are painted until they have been read anew.

        The rows of `folded` stand for copies too, those of `below` are copies of one above them.
        A cable that stays under the cursor stays on its line of the screen: what comes or goes
        above it while an archive is indexed does not move what is looked at.
        """
        here = self._ids[self._at] if self._at < len(self._ids) else None
        stays = 0 < cursor < len(ids) and ids[cursor] == here
        lines_above = (cursor - self._at) * self._lines if stays else 0
        self._ids = ids
        self._folded, self._below = folded, below
        self._older = {**self._older, **self._rows} if len(self._older) < _KEPT else self._rows
        self._rows = {}
        self._asked = None
        self._sought = ()
        self.resized(len(ids) * self._lines)
        if lines_above:
            self.scroll_to(y=self.scroll_offset.y + lines_above, animate=False)
        self._at = 0
        self.move_to(cursor)
        self.repaint()

    def fill(self, rows: Mapping[int, Row]) -> None:
        """Rows by id, in answer to `Wanted`."""
        self._rows.update(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        if len(self._rows) > _KEPT:
            start, stop = self._window()
            near = self._ids[max(start - _KEPT // 4, 0) : stop + _KEPT // 4]
            self._rows = {id_: self._rows[id_] for id_ in near if id_ in self._rows}
        self._asked = None
        self.repaint()

    def sign(self, signs: RowMarks) -> None:
        """Set the signs of the rows, and the highlights."""
        self._signs = signs
        self.repaint()

    def preview(
        self, on: bool, passages: Mapping[int, Passage | None], *, stale: bool = False
    ) -> None:
        """Passages under the subjects, or none.

        Stale ones, of an older list, are shown until others are known, with the highlights of
        this one: mostly they are the same.
        """
        self._preview, self._passages, self._stale = on, passages, stale
        self._sought = ()
        self._fit()
        self.repaint()

    @property
    def cursor(self) -> int:
        """Place of the cursor, from 0."""
        return self._at

    @property
    def page_rows(self) -> int:
        """Cables that a page holds."""
        return max(self.size.height // self._lines, 1)

    def move_to(self, index: int) -> None:
        """Put the cursor on a cable without a message."""
        self._at = min(max(index, 0), max(len(self._ids) - 1, 0))
        self._reveal()
        self.repaint()

    def move_by(self, cables: int) -> None:
        """Move the cursor and post `Moved`."""
        self.move_to(self._at + cables)
        self.post_message(self.Moved(self._at))

    def line_key(self, y: int) -> Hashable:
        """The cable of a line and its signs; a `Wanted` where its row is not known."""
        cells = self.scrollable_content_region.width
        index, below = divmod(y + self.scroll_offset.y, self._lines)
        if index >= len(self._ids):
            return cells
        here, id_ = index == self._at, self._ids[index]
        if id_ not in self._rows:
            self._want()
        row = self._rows.get(id_) or self._older.get(id_)
        if below:
            if id_ not in self._passages or self._stale:
                self._seek()
            return cells, here, self._passages.get(id_), self._stale and self._signs.highlights
        marked = self._is_marked(index, id_)
        signs = row and self._signs.of(row.canonical_id)
        looks = cells, here, row, self._reference, marked, signs, self._copies_of(id_)
        return *looks, self._signs.highlights

    def render_list_line(self, y: int) -> Strip:
        """A line of a cable; an empty one where its row is not known."""
        cells = self.scrollable_content_region.width
        (index, below), base = divmod(y + self.scroll_offset.y, self._lines), self.base_style
        if index >= len(self._ids):
            return Strip.blank(cells, base)
        here = index == self._at
        if here:
            base += self.component_style("results--cursor")
        id_ = self._ids[index]
        row = self._rows.get(id_) or self._older.get(id_)
        marked = self._is_marked(index, id_)
        pieces = (
            self._passage(id_, cells)
            if below
            else render_row(
                row,
                cells,
                self._reference,
                signs=self._signs,
                marked=marked,
                copies=self._copies_of(id_),
            )
        )
        if here:
            pieces = [("▌", "bar"), (pieces[0][0][1:], pieces[0][1]), *pieces[1:]]
        segments = [
            Segment(text, base + self.component_style(f"results--{look}")) for text, look in pieces
        ]
        return Strip(segments).adjust_cell_length(cells, base)

    def _copies_of(self, id_: int) -> int | None:
        """How many copies the row of a cable stands for, as in `row_text.row_spans`."""
        return len(self._folded[id_]) if id_ in self._folded else 0 if id_ in self._below else None

    def _is_marked(self, index: int, id_: int) -> bool:
        """Whether a cable of the row is marked."""
        cables = (id_, *self._folded.get(id_, ()))
        return any(self._signs.is_marked(index, each) for each in cables)

    def _passage(self, id_: int, cells: int) -> list[tuple[str, str]]:
        """The line below a subject; blank until the passage is known."""
        from cable_tui.tui.results import row_text

        passage = self._passages.get(id_)
        if passage is None:
            return [(" " * cells, "passage")]
        highlights = self._signs.highlights
        places = passage.places
        if self._stale:
            places = tuple(highlights.spans(passage.text)) if highlights else ()
        return row_text.passage_spans(passage, cells, places)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        super().on_resize()
        self._fit()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """A click moves; on the cursor's own cable, or twice, it chooses."""
        index = (event.y - self.gutter.top + self.scroll_offset.y) // self._lines
        if not 0 <= index < len(self._ids):
            return
        if event.ctrl or event.meta:
            from cable_tui.session.features.selection import SelectAt

            self._post(SelectAt(index))
        elif index == self._at or event.chain == 2:
            self.post_message(self.Chosen(index))
        else:
            self.move_by(index - self._at)

    def _fit(self) -> None:
        """One line or two, as there is room; the cursor stays where it is on the screen."""
        tall = self.app.size.height >= _TALL and self.size.height >= _ROOMY
        lines = 2 if self._preview and tall else 1
        if lines == self._lines:
            return
        above = self._at * self._lines - self.scroll_offset.y
        self._lines = lines
        self.resized(len(self._ids) * lines)
        first = max(self._at - above // lines, 0) * lines
        self.scroll_to(y=first, animate=False)
        self._reveal()
        self.repaint()

    def _reveal(self) -> None:
        """Scroll as little as needed to see the whole cable of the cursor."""
        first, height, lines = self.scroll_offset.y, self.size.height, self._lines
        if height and self._at * lines < first:
            self.scroll_to(y=self._at * lines, animate=False)
        elif height and (self._at + 1) * lines > first + height:
            # a whole cable at the top, though the last lines of the pane be half of one
            self.scroll_to(y=(self._at + 1 - height // lines) * lines, animate=False)

    def _window(self) -> tuple[int, int]:
        """The cables in sight, and those near."""
        first, stop = self._sight()
        return max(first - _AHEAD, 0), min(stop + _AHEAD, len(self._ids))

    def _sight(self) -> tuple[int, int]:
        first = self.scroll_offset.y
        return first // self._lines, -(-(first + self.size.height) // self._lines)

    def _want(self) -> None:
        """Ask once for what this window misses."""
        window = self._window()
        if window != self._asked:
            self._asked = window
            # a message that is made while the screen paints would be the screen's own
            self.call_later(lambda: self.post_message(self.Wanted(*window)))

    def _seek(self) -> None:
        """Ask once for the passages in sight."""
        first, stop = self._sight()
        ids = tuple(self._ids[first:stop])
        if ids != self._sought:
            self._sought = ids
            self.call_later(self._ask, ids)

    def _ask(self, ids: tuple[int, ...]) -> None:
        from cable_tui.session.features.passages import WantPassages

        self._post(WantPassages(ids))

    def _post(self, action: Action) -> None:
        from cable_tui.tui.base.messages import ActionPosted

        self.post_message(ActionPosted(action))
