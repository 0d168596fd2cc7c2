"""The page that compares two records of a cable, or two cables; its lines are from `export`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Static

from cable_tui.session.values import Action
from cable_tui.tools.comparison.export import (
    WARNING,
    WIDE,
    ComparedLine,
    PageLayout,
    lines,
    summary,
    titles,
)
from cable_tui.tools.comparison.room import (
    CloseComparison,
    ComparedPair,
    CompareRecords,
    GoToCompared,
)
from cable_tui.tools.comparison.rows import Comparison, Versions
from cable_tui.tui.pages.room_page import RoomPage, holds
from cable_tui.tui.widgets.line_list import ComponentStyles, LineScroll, Unit, steps, take_move

_MARGIN = 2
"""The width, in cells, of the column for the cursor before each line."""
_HOW = "hidden; x shows them"
_SIDES = ("bold $warning", "bold underline $primary")
"""The styles of words in only one text, as in room.tcss."""


class ComparisonLines(ComponentStyles, LineScroll, can_focus=True):
    """The paragraphs of a comparison, with a cursor over the rows."""

    ALLOW_SELECT = False
    PREFIX = "compare"
    LOOKS = "bar heading same left right redaction blank hidden rule".split()

    def __init__(self, comparison: Comparison, row: int) -> None:
        super().__init__()
        self._comparison = comparison
        self.row = row
        """The row under the cursor."""
        self.full = False
        self.reveal = False
        self.typed = ""
        """The words that the displayed rows must contain."""
        self._lines: list[ComparedLine] = []

    def show(self, comparison: Comparison) -> None:
        """Show another comparison, starting at its first difference."""
        self._comparison = comparison
        self.row = -1
        self.lay()

    def lay(self) -> None:
        """Lay out the lines for the width, and keep the row under the cursor visible."""
        cells = self.scrollable_content_region.width - _MARGIN
        if cells < 1:
            return
        is_side_by_side, shows_brackets = self.app.size.width >= WIDE, self.app.no_color
        layout = PageLayout(
            cells, self.full, self.reveal, beside=is_side_by_side, brackets=shows_brackets
        )
        self._lines = _with_words(list(lines(self._comparison, layout)), self.typed)
        self.virtual_size = Size(0, len(self._lines))
        if self.row < 0 or not self._places(self.row):
            self.row = next(
                (line.row for line in self._lines if line.head and line.row >= self.row),
                self._lines[0].row if self._lines else -1,
            )
        self._reveal_row(top=False)

    def step_change(self, by: int) -> None:
        """Move to the next row that differs, or to the previous one."""
        changed_rows = [line.row for line in self._lines if line.head]
        rows_beyond = [
            row for row in changed_rows if (row > self.row if by > 0 else row < self.row)
        ]
        if rows_beyond:
            self.row = rows_beyond[0] if by > 0 else rows_beyond[-1]
        self._reveal_row(top=True)

    def move(self, unit: Unit, by: int) -> None:
        """Move by a line, or to the next row at the end of a row; by a screen; or to either end."""
        if unit == "line":
            self._step_line(by)
            return
        first_line = self.scroll_offset.y + by * steps(unit, self.size.height - 2, len(self._lines))
        self.scroll_to(y=max(first_line, 0), animate=False, immediate=True)
        if unit == "end" and self._lines:
            self.row = self._lines[0 if by < 0 else -1].row
        visible_lines = self._lines[self.scroll_offset.y :][: self.size.height]
        if visible_lines and self.row not in {
            line.row for line in visible_lines
        }:  # the cursor comes along
            self.row = next((line.row for line in visible_lines if line.head), visible_lines[0].row)
        self.refresh()

    def _step_line(self, by: int) -> None:
        line_numbers = self._places(self.row)
        first_line, height = self.scroll_offset.y, self.size.height
        edge_line = (line_numbers or [0])[-1 if by > 0 else 0]
        if not first_line <= edge_line < first_line + height:
            self.scroll_to(y=first_line + by, animate=False, immediate=True)
            return
        rows = list(dict.fromkeys(line.row for line in self._lines))
        row_index = rows.index(self.row) + by if self.row in rows else 0
        self.row = rows[min(max(row_index, 0), len(rows) - 1)] if rows else -1
        self._reveal_row(top=False)

    def _places(self, row: int) -> list[int]:
        return [
            line_number
            for line_number, line in enumerate(self._lines)
            if line.row == row and line.spans
        ]

    def _reveal_row(self, *, top: bool) -> None:
        line_numbers = self._places(self.row)
        if line_numbers:
            first_line, height = self.scroll_offset.y, self.size.height
            if top or line_numbers[0] < first_line or len(line_numbers) > height:
                self.scroll_to(y=max(line_numbers[0] - 1, 0), animate=False, immediate=True)
            else:
                self.reveal_lines(line_numbers[0], line_numbers[-1])
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line, with the cursor before it."""
        cells, base_style = self.scrollable_content_region.width, self.base_style
        line_number = y + self.scroll_offset.y
        if line_number >= len(self._lines):
            return Strip.blank(cells, base_style)
        line = self._lines[line_number]
        is_cursor_row = line.row == self.row and bool(line.spans)
        return self.strip_of(
            [("▌ " if is_cursor_row else "  ", "bar"), *line.spans], cells, base_style
        )

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row."""
        line_number = self.line_at(event)
        if 0 <= line_number < len(self._lines):
            self.row = self._lines[line_number].row
            self.refresh()

    def on_resize(self) -> None:
        """Lay out the lines for the new width."""
        self.lay()


def _with_words(compared_lines: list[ComparedLine], typed_words: str) -> list[ComparedLine]:
    """Return the lines of the rows that contain all typed words."""
    text_by_row: dict[int, str] = {}
    for line in compared_lines if typed_words.strip() else ():
        line_text = " ".join(text for text, _ in line.spans)
        text_by_row[line.row] = f"{text_by_row.get(line.row, '')} {line_text}"
    return [
        line
        for line in compared_lines
        if not text_by_row or holds(text_by_row[line.row], typed_words)
    ]


class ComparisonPage(RoomPage):
    """The whole page: titles, counts, and differences."""

    def __init__(
        self, pair: ComparedPair, versions: Versions, dispatch: Callable[[Action], None]
    ) -> None:
        super().__init__(dispatch, "compare")
        self._pair = pair
        self._versions = versions
        self._shown = ComparisonLines(versions.comparison, pair.row or -1)

    def compose(self) -> ComposeResult:
        """Yield the titles, the counts and the paragraphs."""
        with Vertical(classes="compare-box") as box:
            box.border_title = Content("Compared")
            yield Static(classes="compare-head", markup=False)
            yield self.filter_line()
            yield self._shown
            yield Static(classes="compare-warning", markup=False)

    def on_mount(self) -> None:
        """Fill the titles and counts."""
        self._shown.focus()
        self._fill()

    def show(self, pair: ComparedPair, versions: Versions) -> None:
        """Show other records, with names hidden again."""
        self._pair, self._versions = pair, versions
        self._shown.reveal = False
        self._shown.show(versions.comparison)
        self._fill()

    def _fill(self) -> None:
        versions = self._versions
        how_to_show, shows_brackets = "" if self._shown.reveal else _HOW, self.app.no_color
        summary_text = " ".join(summary(versions, how_to_show, brackets=shows_brackets))
        title_lines = [  # the titles look as the words that only their text has
            Content.styled(f"{text_number} {title}", style)
            for text_number, title, style in zip("12", titles(versions), _SIDES, strict=True)
        ]
        self.query_one(".compare-head", Static).update(
            Content("\n").join([*title_lines, Content(summary_text)])
        )
        warning = WARNING if self._shown.reveal and versions.comparison.counts.hidden else ""
        self.say(".compare-warning", f"! {warning}" if warning else "")
        self.query_one(".compare-box").border_subtitle = Content(self.keys_line())

    @property
    def pane(self) -> ComparisonLines:
        """The paragraphs of the comparison."""
        return self._shown

    def filter(self, typed: str) -> None:
        """Show the rows that contain all words of a filter."""
        self._shown.typed = typed
        self._shown.lay()

    def own_keys(self) -> Iterator[tuple[str, str]]:
        """Yield the keys that work for this comparison."""
        yield "n N", "change"
        yield "Enter", "reads it there"
        yield "t", "all"
        yield "/", "filters"
        if self._versions.comparison.counts.hidden:
            yield "x", "names"
        if self._versions.right.records > 2 and self._versions.one_cable:
            yield "r", "record"

    def take_key(self, key: str) -> bool:
        """Handle a key: move, show more, open, or leave; return whether the page uses it."""
        if key_action := KEYS.get(key):
            key_action(self)
            return True
        return take_move(self._shown, key)

    def toggle_names(self) -> None:
        """Show the names that were removed from one record, with a warning, or hide them again."""
        if self._versions.comparison.counts.hidden:
            self._shown.reveal = not self._shown.reveal
            self._shown.lay()
            self._fill()

    def toggle_full(self) -> None:
        """Show the equal paragraphs, or fold them."""
        self._shown.full = not self._shown.full
        self._shown.lay()

    def next_record(self) -> None:
        """Compare the first record with the next one."""
        left_version, right_version = self._versions.left, self._versions.right
        if self._versions.one_cable and right_version.records > 2:
            record_numbers = [
                record
                for record in range(1, right_version.records + 1)
                if record != left_version.record
            ]
            next_index = (
                record_numbers.index(right_version.record) + 1
                if right_version.record in record_numbers
                else 0
            )
            self._dispatch(
                CompareRecords(
                    (left_version.record, record_numbers[next_index % len(record_numbers)])
                )
            )

    def open_here(self) -> None:
        """Open a compared cable at the paragraph under the cursor, the first cable if possible."""
        versions, rows = self._versions, self._versions.comparison.rows
        row = rows[self._shown.row] if 0 <= self._shown.row < len(rows) else None
        left_part, right_part = (row.left, row.right) if row else (None, None)
        side_number = 1 if left_part is None and right_part is not None else 0
        version = (versions.left, versions.right)[side_number]
        text_part = right_part if side_number else left_part
        self.dismiss(None)
        self._dispatch(
            GoToCompared(
                self._pair.ids[side_number],
                version.reference_id,
                text_part.label if text_part else None,
                self._shown.row,
            )
        )

    def close(self, *, at_once: bool = True, below: bool = False) -> None:
        """Return to the room, and stop a running comparison."""
        del at_once, below
        self.dismiss(None)
        self._dispatch(CloseComparison())


KEYS: dict[str, Callable[[ComparisonPage], None]] = {
    **dict.fromkeys(("n", "right_curly_bracket"), lambda page: page.pane.step_change(1)),
    **dict.fromkeys(("N", "left_curly_bracket"), lambda page: page.pane.step_change(-1)),
    **dict.fromkeys(("enter", "l", "right"), ComparisonPage.open_here),
    "x": ComparisonPage.toggle_names,
    "t": ComparisonPage.toggle_full,
    "r": ComparisonPage.next_record,
    "equals_sign": ComparisonPage.close,
}
"""The keys of the page, in addition to `MOVES` and the keys of all pages."""
