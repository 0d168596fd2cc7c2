"""The filters: sections of values with their counts, for building a query."""

from __future__ import annotations

from collections.abc import Hashable

from textual import events
from textual.strip import Strip

from cable_tui.session.sidebar_lines import FilterLines, SidebarLine, State
from cable_tui.text import crop, printable, width
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import CachedLineList, ComponentStyles, Unit, steps

_SIGNS: dict[State, str] = {"": " ", "included": "●", "excluded": "-"}


def paint_sidebar_line(entry: SidebarLine, cells: int, here: bool) -> list[tuple[str, str]]:
    """Return a line as styled texts, at most `cells` wide.

    The symbols for included and excluded values are on the left; the counts are in a column on the
    right.
    """
    cursor_piece = ("▌" if here else " ", "bar")
    filter_item, fold_symbol = entry.item, "▸" if entry.folded else "▾"
    if filter_item is None:
        is_more = entry.kind == "more"
        line_text = f"  {entry.label}" if is_more else f"{fold_symbol} {entry.label}"
        note = f" {entry.note} "
        if entry.note and width(line_text) + width(note) < cells:
            spaces = " " * (cells - 1 - width(line_text) - width(note))
            return [cursor_piece, (line_text + spaces, "heading"), (note, "count")]
        return [
            cursor_piece,
            (crop(printable(line_text), max(cells - 1, 0)), "more" if is_more else "heading"),
        ]
    count_text = "…" if filter_item.count is None else f"{filter_item.count:,}"
    count_column = f" {count_text:>{entry.digits}} " if filter_item.counted else ""
    is_heading = entry.kind == "heading"
    indentation = f"{fold_symbol} " if is_heading else "  " * filter_item.indent
    line_text = f"{filter_item.sign or _SIGNS[filter_item.state]} {indentation}{filter_item.label}"
    remaining_cells = cells - 1 - width(line_text) - len(count_column)
    count_column = next(
        (f" {note}{count_column}" for note in filter_item.notes if width(note) < remaining_cells),
        count_column,
    )
    return [
        cursor_piece,
        *_spread(
            line_text, count_column, cells, filter_item.state or ("group" if is_heading else "item")
        ),
    ]


def _spread(text: str, count: str, cells: int, label_style: str) -> list[tuple[str, str]]:
    label_cells = max(cells - 1 - len(count), 0)
    label_text = crop(printable(text), label_cells)
    return [(label_text + " " * (label_cells - width(label_text)), label_style), (count, "count")]


_TRIANGLE = 3, 5
"""The width, in cells, of the area of a heading that folds it when clicked: for a heading without
and with a value.
"""


class Sidebar(ComponentStyles, CachedLineList, can_focus=True):
    """The foldable sections, with a cursor that stops at headings and values."""

    BORDER_TITLE = " 1 Filters"
    ALLOW_SELECT = False
    PREFIX = "sidebar"
    LOOKS = "cursor bar head heading group item included excluded count more".split()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._top_line = ""
        self._filter_lines = FilterLines()
        self._cursor_row = 1
        """The row of the cursor's line in the pane, or, while a query hides that line, its last
        row.
        """

    def show(self, head: str, shown: FilterLines) -> None:
        """Show other lines; the value under the cursor stays on its row."""
        previous_lines, self._filter_lines, self._top_line = self._filter_lines, shown, head
        previous_index = previous_lines.place_of(shown.key)
        if not previous_lines.lines or shown.filled != previous_lines.filled:
            self._cursor_row = 1
        elif previous_index is not None:
            self._cursor_row = previous_index + 1 - self.scroll_offset.y
        line_count, pane_height = len(shown.lines) + 1, self.size.height
        first_line = max(shown.at + 1 - self._cursor_row, 0)
        cursor_stays = shown.hidden is None and 0 <= self._cursor_row < pane_height
        # below a short list there is nothing, rather than another line under the mouse
        self.resized(
            max(line_count, first_line + pane_height)
            if cursor_stays and shown.clicked
            else line_count
        )
        if cursor_stays:
            self.scroll_to(y=first_line, animate=False, immediate=True)
        if 0 <= shown.at + 1 - self.scroll_offset.y < pane_height:
            self.repaint()
        else:
            self._follow()

    def move_to(self, shown: FilterLines) -> None:
        """Move the cursor to another of the current lines, and scroll to it."""
        self._filter_lines = shown
        if shown.clicked:
            self.repaint()
        else:
            self._follow()

    def _follow(self) -> None:
        """Scroll to the cursor."""
        cursor_line = self._filter_lines.at + 1
        first_line, pane_height = self.scroll_offset.y, self.size.height
        if cursor_line - 1 <= first_line:
            # above the first value the head line is shown too, above the others one line
            self.scroll_to(y=cursor_line - 1, animate=False)
        elif cursor_line >= first_line + pane_height:
            self.scroll_to(y=cursor_line - pane_height + 1, animate=False)
        self.repaint()

    def steps(self, unit: Unit) -> int:
        """Return the number of lines in a unit; successive pages overlap by one line."""
        return steps(unit, self.size.height - 1, len(self._filter_lines.lines))

    def scroll_to_section(self) -> None:
        """Scroll to show as much of the section under the cursor as fits below its heading."""
        line_index, sidebar_lines = self._filter_lines.at, self._filter_lines.lines
        if line_index >= len(sidebar_lines):
            return
        section_key = sidebar_lines[line_index].section
        section_prefix = f"{section_key}/"
        section_end = (
            line_index
            + 1
            + sum(
                sidebar_line.section == section_key
                or sidebar_line.section.startswith(section_prefix)
                for sidebar_line in sidebar_lines[line_index + 1 :]
            )
        )
        first_line = min(section_end - self.size.height + 1, line_index)
        if first_line > self.scroll_offset.y:
            self.scroll_to(y=first_line, animate=False, immediate=True)

    def line_key(self, y: int) -> Hashable:
        """Return a key for painting a line: the text of the top line, or the entry."""
        line_width, line_number = self.line_width, y + self.scroll_offset.y
        if line_number == 0:
            return line_width, self._top_line
        if line_number > len(self._filter_lines.lines):
            return line_width
        return (
            line_width,
            self._filter_lines.lines[line_number - 1],
            line_number - 1 == self._filter_lines.at,
        )

    def render_list_line(self, y: int) -> Strip:
        """Return the top line or an entry as a line."""
        line_width = self.line_width
        line_number, base_style = y + self.scroll_offset.y, self.base_style
        if line_number == 0:
            top_line = f" {fitting_label(self._top_line, line_width - 1)}"
            return self.strip_of([(top_line, "head")], line_width, base_style)
        if line_number > len(self._filter_lines.lines):
            return Strip.blank(line_width, base_style)
        is_cursor_line = line_number - 1 == self._filter_lines.at
        if is_cursor_line:
            base_style += self.component_style("sidebar--cursor")
        pieces = paint_sidebar_line(
            self._filter_lines.lines[line_number - 1], line_width, is_cursor_line
        )
        return self.strip_of(pieces, line_width, base_style)

    def on_click(self, event: events.Click) -> None:
        """Act on the clicked line as Space does; a click on its triangle folds the section."""
        from cable_tui.session.features.sidebar_cursor import ClickLine

        line_index = self.line_at(event) - 1
        if 0 <= line_index < len(self._filter_lines.lines):
            clicked_line = self._filter_lines.lines[line_index]
            triangle_cells = _TRIANGLE[clicked_line.item is not None]
            clicks_triangle = (
                clicked_line.kind == "heading" and event.x - self.gutter.left < triangle_cells
            )
            self.post_message(ActionPosted(ClickLine(clicked_line.key, clicks_triangle)))


def fitting_label(text: str, cells: int) -> str:
    """Return as many parts of a text such as `one · two` as fit, but at least the first part."""
    label_parts = text.split(" · ")
    while len(label_parts) > 1 and len(" · ".join(label_parts)) > cells:
        label_parts.pop()
    return crop(" · ".join(label_parts), cells)
