"""The list of cables: a virtual list of ids, painted line by line.

If there is enough height, a cable takes several lines: in a narrow list the other columns go below
the subject, and the best passage goes below those if the query has words. The space is reserved
before the passages are known, so that nothing moves.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from textual import events
from textual.message import Message
from textual.strip import Strip

from cable_tui.tui.panes.result_rows import (
    NO_SYMBOLS,
    REFERENCE,
    RowSymbols,
    class_cells,
    facts_spans,
    passage_spans,
    reference_cells,
    render_row,
)
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import CachedLineList, ComponentStyles

if TYPE_CHECKING:
    # The first list on the screen waits for neither.
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.query.answers import CableRow

_KEPT = 1000
"""The number of rows to keep; rows far from the visible ones are dropped."""
_AHEAD = 40
"""The number of additional cables, before and after the visible ones, whose rows are read."""
_TALL = 30
"""The minimum height of a terminal, in lines, at which passages are shown."""
_ROOMY = 8
"""The minimum height, in lines, of a list with passages; a lower list would show too few cables."""
_NARROW = 50, 76
"""The widths, in cells, below which subjects have separate lines: in a low and a tall terminal."""


_NONE: Mapping[int, Any] = {}


class Results(ComponentStyles, CachedLineList, can_focus=True):
    """The list of cables in order: the cursor `▌`, symbols, columns, and possibly a passage.

    `★` marks a bookmark, `✎` a bookmark with a note, `●` a selected cable, `+` a new one, and `✓`
    one that was read. `+2 copies` at the end of a row means that it represents two more cables.
    """

    BORDER_TITLE = " 2 Cables "
    ALLOW_SELECT = False
    PREFIX = "results"
    LOOKS = (
        "cursor bar reference date subject sign read unclassified restricted confidential secret "
        "passage label hit"
    ).split()

    @dataclass
    class Wanted(Message):
        """The rows of the cables from `start` to `end` are needed and not known yet."""

        start: int
        end: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._ids: Sequence[int] = ()
        self._rows: dict[int, CableRow] = {}
        self._older: dict[int, CableRow] = {}
        """The rows known before the last `show`, which may be outdated if the archive has grown."""
        self._folded: Mapping[int, tuple[int, ...]] = {}
        self._below: frozenset[int] = frozenset()
        self._signs = NO_SYMBOLS
        self._at = 0
        self._asked: tuple[int, int] | None = None
        self._reference = REFERENCE[0]
        self._class = 1
        """The width of the classification column in the known rows, in cells."""
        self._lines = 1
        """The number of lines per cable."""
        self._stacked = False
        """Whether the other columns are below the subject."""
        self._preview = False
        self._passages: Mapping[int, FoundPassage | None] = {}
        self._stale = False
        """Whether the passages belong to an earlier query."""
        self._sought: tuple[int, ...] = ()

    def show(
        self,
        ids: Sequence[int],
        cursor: int = 0,
        folded: Mapping[int, tuple[int, ...]] = _NONE,
        below: frozenset[int] = frozenset(),
        rows: Mapping[int, CableRow] = _NONE,
    ) -> None:
        """Show another list with its first `rows`; older rows are painted until the rest is read.

        The rows in `folded` also represent near-duplicates; the rows in `below` are near-duplicates
        of a row above them. The cable under the cursor stays on its screen line, even if rows
        appear or disappear above it during indexing.
        """
        cursor_id = self._ids[self._at] if self._at < len(self._ids) else None
        cursor_stays = 0 < cursor < len(ids) and ids[cursor] == cursor_id
        scrolled_lines = (cursor - self._at) * self._lines if cursor_stays else 0
        self._ids = ids
        self._folded, self._below = folded, below
        self._older = {**self._older, **self._rows} if len(self._older) < _KEPT else self._rows
        self._rows = dict(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        self._class = class_cells(rows.values(), 1) if rows else self._class
        self._asked = None
        self._sought = ()
        self.resized(len(ids) * self._lines)
        if scrolled_lines:
            self.scroll_to(y=self.scroll_offset.y + scrolled_lines, animate=False)
        self._at = 0
        self.move_to(cursor)
        self.repaint()

    def fill(self, rows: Mapping[int, CableRow]) -> None:
        """Add rows by their ids, in answer to `Wanted`."""
        self._rows.update(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        self._class = class_cells(rows.values(), self._class)
        if len(self._rows) > _KEPT:
            window_start, window_end = self._window()
            nearby_ids = self._ids[max(window_start - _KEPT // 4, 0) : window_end + _KEPT // 4]
            self._rows = {id_: self._rows[id_] for id_ in nearby_ids if id_ in self._rows}
        self._asked = None
        self.repaint()

    def sign(self, signs: RowSymbols) -> None:
        """Set the symbols of the rows, and the highlights."""
        self._signs = signs
        self.repaint()

    def preview(
        self, on: bool, passages: Mapping[int, FoundPassage | None], *, stale: bool = False
    ) -> None:
        """Show passages below the subjects, or hide them.

        Passages from an earlier list are shown with the current highlights until the new ones are
        known, because most of them are the same.
        """
        self._preview, self._passages, self._stale = on, passages, stale
        self._sought = ()
        self._fit()
        self.repaint()

    @property
    def cursor(self) -> int:
        """The index of the cable under the cursor, from 0."""
        return self._at

    @property
    def cursor_row(self) -> int:
        """The row of the cursor in the pane, as in `WithCursor`."""
        return (self._at + 1) * self._lines - 1 - self.scroll_offset.y

    @property
    def page_rows(self) -> int:
        """The number of cables per page."""
        return max(self.size.height // self._lines, 1)

    def move_to(self, index: int) -> None:
        """Move the cursor to a cable without posting a message."""
        self._at = min(max(index, 0), max(len(self._ids) - 1, 0))
        self._reveal()
        self.repaint()

    def move_by(self, cables: int) -> None:
        """Move the cursor, and report it to the session."""
        self.move_to(self._at + cables)
        self._post_cursor(self._at)

    def _post_cursor(self, index: int) -> None:
        # Late, as below: the first paint waits for no feature of the session.
        from cable_tui.session.features.results import MoveCursorTo

        self.post_message(ActionPosted(MoveCursorTo(index)))

    def _line(self, y: int) -> tuple[int, Literal["row", "subject", "facts", "passage"]]:
        """Return the index of the cable on a line, and which part of the cable the line shows."""
        row_index, line_in_row = divmod(y + self.scroll_offset.y, self._lines)
        if line_in_row > self._stacked:
            return row_index, "passage"
        return row_index, "facts" if line_in_row else "subject" if self._stacked else "row"

    def line_key(self, y: int) -> Hashable:
        """Return a key for painting a line, from its cable and symbols; request an unknown row."""
        line_width = self.line_width
        row_index, line_kind = self._line(y)
        if row_index >= len(self._ids):
            return line_width
        is_cursor_row, cable_id = row_index == self._at, self._ids[row_index]
        if cable_id not in self._rows:
            self._want()
        cable_row = self._rows.get(cable_id) or self._older.get(cable_id)
        if line_kind == "passage":
            if cable_id not in self._passages or self._stale:
                self._seek()
            return (
                line_width,
                is_cursor_row,
                self._passages.get(cable_id),
                self._stale and self._signs.highlights,
            )
        line_state = line_width, line_kind, is_cursor_row, cable_row, self._reference, self._class
        if line_kind == "facts":
            return line_state
        is_selected = self._is_selected(row_index, cable_id)
        row_symbols = cable_row and self._signs.of(cable_row.canonical_id)
        copies = self._copies_of(cable_id)
        return *line_state, is_selected, row_symbols, copies, self._signs.highlights

    def render_list_line(self, y: int) -> Strip:
        """Return a line of a cable, or an empty line if its row is unknown."""
        line_width = self.line_width
        (row_index, line_kind), base_style = self._line(y), self.base_style
        if row_index >= len(self._ids):
            return Strip.blank(line_width, base_style)
        is_cursor_row = row_index == self._at
        if is_cursor_row:
            base_style += self.component_style("results--cursor")
        cable_id = self._ids[row_index]
        cable_row = self._rows.get(cable_id) or self._older.get(cable_id)
        if line_kind == "passage":
            pieces: Sequence[tuple[str, str]] = self._passage(cable_id, line_width)
        elif line_kind == "facts":
            pieces = facts_spans(cable_row, line_width, self._reference, self._class)
        else:
            pieces = render_row(
                cable_row,
                line_width,
                None if self._stacked else self._reference,
                signs=self._signs,
                here=is_cursor_row,
                selected=self._is_selected(row_index, cable_id),
                copies=self._copies_of(cable_id),
                classification=self._class,
            )
        if is_cursor_row:
            pieces = [("▌", "bar"), (pieces[0][0][1:], pieces[0][1]), *pieces[1:]]
        return self.strip_of(pieces, line_width, base_style)

    def _copies_of(self, id_: int) -> int | None:
        """Return the number of near-duplicates that a row represents, as `row_spans` expects it."""
        return len(self._folded[id_]) if id_ in self._folded else 0 if id_ in self._below else None

    def _is_selected(self, index: int, id_: int) -> bool:
        """Return whether any cable that a row represents is selected."""
        represented_ids = (id_, *self._folded.get(id_, ()))
        return any(self._signs.is_selected(index, cable) for cable in represented_ids)

    def _passage(self, id_: int, cells: int) -> list[tuple[str, str]]:
        """Return the line with the passage below a subject, empty until the passage is known."""
        passage = self._passages.get(id_)
        if passage is None:
            return [(" " * cells, "passage")]
        highlights = self._signs.highlights
        match_spans = passage.places
        if self._stale:
            match_spans = tuple(highlights.spans(passage.text)) if highlights else ()
        return passage_spans(passage, cells, match_spans)

    def on_resize(self) -> None:
        """Adapt the lines to the new size, and keep the cursor visible."""
        super().on_resize()
        self._fit()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked cable; a double click or a second click opens it."""
        row_index = self.line_at(event) // self._lines
        if not 0 <= row_index < len(self._ids):
            return
        if event.ctrl or event.meta:
            from cable_tui.session.features.selection import SelectAt

            self.post_message(ActionPosted(SelectAt(row_index)))
        elif row_index == self._at or event.chain == 2:
            from cable_tui.session.features.opened_cable import OpenCable

            self._post_cursor(row_index)
            self.post_message(ActionPosted(OpenCable()))
        else:
            self.move_by(row_index - self._at)

    def _fit(self) -> None:
        """Adapt the number of lines per cable; the cursor stays on its screen line."""
        list_height, list_width = self.size.height, self.scrollable_content_region.width
        is_tall = self.app.size.height >= _TALL
        self._stacked = list_width < _NARROW[is_tall]
        lines_per_cable = 1 + self._stacked + (self._preview and is_tall and list_height >= _ROOMY)
        if lines_per_cable == self._lines:
            return
        cursor_line = self._at * self._lines - self.scroll_offset.y
        self._lines = lines_per_cable
        self.resized(len(self._ids) * lines_per_cable)
        self.scroll_to(
            y=max(self._at - cursor_line // lines_per_cable, 0) * lines_per_cable, animate=False
        )
        self._reveal()
        self.repaint()

    def _reveal(self) -> None:
        """Scroll as little as necessary to show all lines of the cable under the cursor."""
        first_line, list_height, lines_per_cable = (
            self.scroll_offset.y,
            self.size.height,
            self._lines,
        )
        if list_height and self._at * lines_per_cable < first_line:
            self.scroll_to(y=self._at * lines_per_cable, animate=False)
        elif list_height and (self._at + 1) * lines_per_cable > first_line + list_height:
            # a whole cable at the top, though the last lines of the pane be half of one
            self.scroll_to(
                y=(self._at + 1 - list_height // lines_per_cable) * lines_per_cable, animate=False
            )

    def _window(self) -> tuple[int, int]:
        """Return the range of cables that are visible or nearly visible."""
        first_row, sight_end = self._sight()
        return max(first_row - _AHEAD, 0), min(sight_end + _AHEAD, len(self._ids))

    def _sight(self) -> tuple[int, int]:
        first_line = self.scroll_offset.y
        return first_line // self._lines, -(-(first_line + self.size.height) // self._lines)

    def _want(self) -> None:
        """Request the missing rows in the visible range, once."""
        window = self._window()
        if window != self._asked:
            self._asked = window
            # a message that is made while the screen paints would be the screen's own
            self.call_later(lambda: self.post_message(self.Wanted(*window)))

    def _seek(self) -> None:
        """Request the passages for the visible cables, once."""
        first_row, sight_end = self._sight()
        visible_ids = tuple(self._ids[first_row:sight_end])
        if visible_ids != self._sought:
            self._sought = visible_ids
            self.call_later(self._ask, visible_ids)

    def _ask(self, ids: tuple[int, ...]) -> None:
        from cable_tui.session.features.list_passages import WantPassages

        self.post_message(ActionPosted(WantPassages(ids)))
