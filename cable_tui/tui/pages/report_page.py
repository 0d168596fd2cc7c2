"""The page of a report: its rows as they are read, a filter, messages and keys.

All reports share this page. The page stores only its cursor; all other state is in the session.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cable_tui.reports.page_keys import keys_of, option_keys, row_and_page_keys
from cable_tui.reports.report import (
    LOOKS,
    Option,
    PageKey,
    Pieces,
    Report,
    RowKey,
)
from cable_tui.session.feature_state import Page
from cable_tui.session.features import pages
from cable_tui.session.values import Action
from cable_tui.text import clean_line, clean_text
from cable_tui.text.numbers import counted
from cable_tui.tui.commands.key_command import key_name
from cable_tui.tui.pages.room_page import COMMON_KEYS, RoomPage, holds
from cable_tui.tui.widgets.line_list import MOVES, CursorList, ScrolledPane, take_move

_DETAIL = 3
"""The number of lines reserved for details below the rows."""
_DRAWN = {"word": "$accent", "place": "dim", "dim": "dim", "strong": "bold"}
"""The styles for the pieces of a drawing, keyed by their names in `LOOKS`."""
_BESIDE = 110
"""The minimum width, in cells, of a page with a pane next to its rows."""


class RowList(CursorList[Any]):
    """The rows of a report, painted when they become visible."""

    PREFIX, LOOKS = "report", ("cursor", "bar", *(look or "text" for look in LOOKS))

    def __init__(
        self, report: Report[Any], chosen: Callable[[], object], moved: Callable[[], object]
    ) -> None:
        super().__init__(chosen, moved)
        self._report = report
        self._stops: Sequence[int] = ()
        self._list_number = 0
        """The number of the displayed list, which increases with each new list."""
        self.chosen: Any = None
        """The row chosen for merging, or None."""

    def pieces(self, line: Any, cells: int) -> Pieces:
        """Return the pieces of a row, as the report returns them."""
        return [(text, style or "text") for text, style in self._report.pieces(line, cells)]

    def show(self, lines: Sequence[Any], at: int | None = None) -> None:
        """Show the rows of a list; the cursor can stop only on some of them."""
        self._list_number += 1
        self._stops = [
            row_index for row_index, row in enumerate(lines) if self._report.can_stop(row)
        ]
        super().show(lines, at)

    def move_to(self, row_index: int) -> None:
        """Move the cursor to a row, or to the next one in its direction where it can stop."""
        stop_rows = self._stops
        if stop_rows:
            stop_index = (
                bisect_left(stop_rows, row_index)
                if row_index >= self.at
                else bisect_right(stop_rows, row_index) - 1
            )
            row_index = stop_rows[min(max(stop_index, 0), len(stop_rows) - 1)]
        super().move_to(row_index)
        if stop_rows and row_index == stop_rows[0]:
            self.scroll_to(y=0, animate=False)  # what is above the first stop, too

    def bar(self, at: int) -> str:
        """Return the marker for the cursor, or for the row chosen for merging."""
        return "+" if self.chosen is not None and self.lines[at] == self.chosen else super().bar(at)

    def line_key(self, y: int) -> Hashable:
        """Return a key for painting that uses the row's index, because rows may not be hashable."""
        row_index, width_in_cells = y + self.scroll_offset.y, self.line_width
        marker = self.bar(row_index) if row_index < len(self.lines) else ""
        return self._list_number, width_in_cells, row_index, marker

    def next_group(self, by: int) -> None:
        """Go to the first row of the next group, or of this or the previous group."""
        row_groups = [self._report.group(row) for row in self.lines]
        row_index = self.at
        if not row_groups or row_groups[row_index] is None:
            return
        if by > 0:
            group_here = row_groups[row_index]
            while row_index < len(row_groups) - 1 and row_groups[row_index] == group_here:
                row_index += 1
        elif row_index:
            row_index -= 1
            while row_index and row_groups[row_index - 1] == row_groups[row_index]:
                row_index -= 1
        self.move_to(row_index)


class DrawnPane(ScrolledPane):
    """The pane of a drawing, which is redrawn if the lines around it change its size."""

    def __init__(self, draw: Callable[[], object]) -> None:
        super().__init__(classes="report-body")
        self._draw_again = draw

    def on_resize(self) -> None:
        """Redraw for the new size."""
        self._draw_again()


class ReportPage(RoomPage):
    """The page of a single report."""

    def __init__(self, page: Page, dispatch: Callable[[Action], None]) -> None:
        super().__init__(dispatch, "report")
        self._page = page
        self.report: Report[Any] = page.of.report
        self._keys = keys_of(self.report, TAKEN)
        self._rows = RowList(self.report, self._enter, self._moved)
        self._shown_rows: Sequence[Any] = ()
        """The rows that match the filter."""
        self._reached: Hashable = None
        """The question and the row for which details were last requested."""

    def compose(self) -> ComposeResult:
        """Yield the head, the filter, the rows or drawing, details, messages and keys."""
        with Vertical(classes="report-box"):
            yield Static(classes="report-head", markup=False)
            yield self.filter_line(self._page.typed)
            with Vertical(classes="report-panes"):
                yield self._rows
                yield Static(classes="report-beside", markup=False)
            with DrawnPane(self._draw):
                yield Static(classes="report-chart", markup=False)
            yield Static(classes="report-detail", markup=False)
            yield Static(classes="menu-note", markup=False)
            yield Static(classes="report-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the rows, and fill the page."""
        page = self._page
        is_drawn = self.report.drawn
        self.query_one(".report-panes").display = not is_drawn
        self.query_one(".report-body").display = is_drawn
        self.pane.focus()
        if is_drawn or self.report.laid or page.at:  # a place is kept on the screen once it has one
            self.call_after_refresh(self._fill, page.at or None)
        else:
            self._fill(page.at)

    @property
    def pane(self) -> RowList | ScrolledPane:
        """The widget with the rows, or with the drawing."""
        return self.query_one(ScrolledPane) if self.report.drawn else self._rows

    def on_resize(self) -> None:
        """Redraw the page or lay it out again for the new size."""
        self.set_class(self.size.width >= _BESIDE, "-beside")
        self.call_after_refresh(self._fill)

    def show(self, page: Page) -> None:
        """Show the session's page; the cursor stays on its row."""
        old_page, self._page = self._page, page
        if not self.is_mounted:
            return
        if page.ask != old_page.ask or page.typed != old_page.typed:
            self._fill(0 if page.at == 0 else None)
        elif page is not old_page:
            self._fill(None)

    def _fill(self, at: int | None = None) -> None:
        """Update the page from the session; `at` puts the cursor on a row."""
        page, report = self._page, self.report
        page_box = self.query_one(".report-box")
        page_box.border_title = Content(clean_line(report.title(page)))
        page_box.border_subtitle = Content(progress(page))
        cursor_row = self._rows.here
        self._rows.chosen = page.chosen
        row_width = self._rows.scrollable_content_region.width - 1
        matching_rows = rows_matching(report, page.rows, page.typed)
        self._shown_rows = list(report.lines(page, matching_rows, row_width))
        start_row = report.first(page, self._shown_rows) if not at and cursor_row is None else 0
        new_index = self._place(cursor_row) if at is None else at
        # With what comes before it; later its line on the screen stays, whatever comes above it.
        line_on_screen = (
            self._rows.size.height // 3 if start_row else self._rows.at - self._rows.scroll_offset.y
        )
        self._rows.show(self._shown_rows, start_row or new_index)
        if start_row or (at is None and new_index):
            lines_above = max(self._rows.at - line_on_screen, 0)
            self._rows.scroll_to(y=lines_above, animate=False, immediate=True)
        page_message = clean_line(" · ".join(_said(page)))
        is_empty = not (page.rows or page.reading or report.drawn)
        head = page_message if is_empty else clean_text(report.head(page, row_width))
        self.say(".report-head", head)
        self.say(".menu-note", "" if is_empty else page_message)
        self.say(".report-keys", self.keys_line("stops" if page.reading else "closes"))
        self._draw()
        self._tell()

    def _place(self, here: Any) -> int | None:
        """Return the new index of the row under the cursor, or None if the row is no longer listed.

        In a growing list, a cursor that was not moved stays at the top.
        """
        if here is None or not self._rows.at:
            return None
        row_key = self.report.same(here)
        previous_index = self._rows.at
        if (
            previous_index < len(self._shown_rows)
            and self.report.same(self._shown_rows[previous_index]) == row_key
        ):
            return previous_index
        return next(
            (
                new_row_index
                for new_row_index, row in enumerate(self._shown_rows)
                if self.report.same(row) == row_key
            ),
            None,
        )

    def _draw(self) -> None:
        """Draw the body of a drawn report in the space left by the lines around it."""
        if self.report.drawn:
            region = self.query_one(ScrolledPane).scrollable_content_region
            body_lines = self.report.body(self._page, region.width, region.height)
            self.query_one(".report-chart", Static).update(_drawn(body_lines))

    def _tell(self) -> None:
        """Show the details of the row under the cursor."""
        cursor_row = self._rows.here
        detail_lines = () if cursor_row is None else self.report.detail(self._page, cursor_row)
        self.say(".report-detail", "\n".join(clean_line(line) for line in detail_lines[:_DETAIL]))
        pane = self.query_one(".report-beside", Static)
        has_beside = self.report.has_beside(self._page.ask)
        if pane.display != has_beside:
            pane.display = has_beside
            self.call_after_refresh(self._fill)  # the rows have another width
        if has_beside:
            self._tell_beside(cursor_row, pane)

    def _tell_beside(self, row: Any, pane: Static) -> None:
        """Show the known details of the row, and request more after the rows are read."""
        page = self._page
        lines = () if row is None else self.report.beside(page, row, *pane.size)
        pane.update(_drawn(lines))
        if self.report.reads_beside and row is not None and not page.reading:
            reached = (page.ask, self.report.same(row))
            if reached != self._reached:
                self._reached = reached
                self.call_later(self._dispatch, pages.RowReached(row))

    def _moved(self) -> None:
        if self.is_mounted:
            self._tell()

    def filter(self, typed: str) -> None:
        """Show the rows that contain the typed words."""
        if typed != self._page.typed:
            self._dispatch(pages.FilterPage(typed))

    def _enter(self) -> None:
        self._do(self._keys.get("enter"))

    def _do(self, key: RowKey | PageKey | Option | None) -> None:
        """Perform the action of one of the report's own keys on the row under the cursor."""
        report_page = self._page
        row_action: Action | None = None
        if isinstance(key, RowKey) and self._rows.here is not None:
            row_action = key.does(report_page, self._rows.here)
        elif isinstance(key, PageKey):
            row_action = key.does(report_page)
        if row_action is not None:
            if not self.report.drawn:
                self._dispatch(pages.PutCursor(self._rows.at))
            self._dispatch(row_action)
            if isinstance(key, RowKey) and key.groups:
                self._rows.next_group(key.groups)

    def take_key(self, key: str) -> bool:
        """Handle a key of this report or of all reports; return whether the page uses the key."""
        own_key = self._keys.get(key) or (self._keys.get("enter") if key in ENTERS else None)
        if isinstance(own_key, Option):
            self._dispatch(pages.ChangeOption(own_key.name, 1 if key == own_key.key else -1))
        elif own_key is not None:
            self._do(own_key)
        elif key in _GROUPS:
            self._rows.next_group(_GROUPS[key])
        elif key == "f5":
            self._dispatch(pages.ReadAgain())
        else:
            return take_move(self.pane, key)
        return True

    def ask_or_filter(self) -> None:
        """Ask for another text, or filter the rows if the report does not ask for a text."""
        if self.report.asks:
            self._dispatch(pages.AskOther())
        else:
            super().ask_or_filter()

    def close(self, *, at_once: bool, below: bool = False) -> None:
        """Stop reading, or close the page."""
        self._dispatch(pages.ClosePage(at_once, below))

    def own_keys(self) -> Iterable[tuple[str, str]]:
        """Return the keys that work on this page, with their effects."""
        return all_keys(self.report, self._page.ask)


_GROUPS = {"right_curly_bracket": 1, "left_curly_bracket": -1}
"""The keys that move by groups of rows."""
TAKEN = (*(MOVES.keys() - {"space"}), *COMMON_KEYS, *_GROUPS, "f5")
"""The keys of every report page, which a report cannot use for itself. A report with selectable
rows may use Space.
"""
ENTERS = frozenset({"enter", "l", "right"})
"""The keys that open the row under the cursor, as in the list of cables."""


def _drawn(lines: Iterable[Pieces]) -> Content:
    """Return lines of styled texts as one content."""
    return Content("\n").join(
        Content.assemble(*((text, _DRAWN.get(style, "")) for text, style in line)) for line in lines
    )


def progress(page: Page) -> str:
    """Return the progress, such as `421 lines · 96 of 116 cables read`."""
    report: Report[Any] = page.of.report
    tally = page.tally
    if report.drawn:
        return ""
    row_count = len(page.rows) if report.laid else sum(map(report.can_stop, page.rows))
    counted_rows = counted(row_count, report.row_name, report.rows_name)
    if (page.reading or tally.stopped) and tally.total:
        return f"{counted_rows} · {tally.read:,} of {tally.total:,} {report.reads}"
    if page.reading:
        return f"{counted_rows} · reading"
    if report.group_name and page.rows:
        group_count = len(set(map(report.group, page.rows)))
        return f"{counted_rows} · {counted(group_count, report.group_name)}"
    return f"{counted_rows} · {counted(tally.read, 'cable')}" if tally.read else counted_rows


def _said(page: Page) -> Iterator[str]:
    """Yield the messages about the rows."""
    report: Report[Any] = page.of.report
    if page.note:
        yield page.note
    if page.reading and report.can_arrange(page.ask) and not report.counts and page.tally.total:
        yield "Sorted once everything is read"
    if not page.reading:
        yield from page.tally.sentences
        if not page.rows and page.whole and not report.drawn:
            yield report.empty


def rows_matching(report: Report[Any], rows: Sequence[Any], typed: str) -> Sequence[Any]:
    """Return the rows that contain every typed word."""
    return [row for row in rows if holds(report.text_of(row), typed)] if typed.strip() else rows


def all_keys(report: Report[Any], ask: Any = None) -> Iterator[tuple[str, str]]:
    """Yield the keys of a report's page as people write them, each with its effect."""
    key_rows = [
        *((page_key.key, (page_key.key,), page_key.says) for page_key in row_and_page_keys(report)),
        *(
            (option.key, option_keys(option), option.says or option.name)
            for option in report.options
            if option.key
        ),
    ]
    for key, names, says in sorted(key_rows, key=lambda row: row[0] not in report.first_keys):
        if ask is None or report.has_key(ask, key):
            yield " ".join(map(key_name, names)), says
    if report.asks or not report.drawn:
        yield "/", "asks again" if report.asks else "filters"
    if type(report).group is not Report.group:
        yield "{ }", "goes by groups"
    yield "F5", "reads again"
