"""The library: sections of values with their counts, for building a query."""

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
    """Return a line as texts with their looks; together at most `cells` wide.

    The sign of what is chosen is at the left, the counts are in a column at the right.
    """
    bar = ("▌" if here else " ", "bar")
    item, fold = entry.item, "▸" if entry.folded else "▾"
    if item is None:
        is_more = entry.kind == "more"
        text = f"  {entry.label}" if is_more else f"{fold} {entry.label}"
        return [bar, (crop(printable(text), max(cells - 1, 0)), "more" if is_more else "heading")]
    count_text = "…" if item.count is None else f"{item.count:,}"
    count = f" {count_text:>{entry.digits}} " if item.counted else ""
    heading = entry.kind == "heading"
    inset = f"{fold} " if heading else "  " * item.indent
    text = f"{item.sign or _SIGNS[item.state]} {inset}{item.label}"
    cells_left = cells - 1 - width(text) - len(count)
    count = next((f" {note}{count}" for note in item.notes if width(note) < cells_left), count)
    return [bar, *_spread(text, count, cells, item.state or ("group" if heading else "item"))]


def _spread(text: str, count: str, cells: int, look: str) -> list[tuple[str, str]]:
    label_cells = max(cells - 1 - len(count), 0)
    label = crop(printable(text), label_cells)
    return [(label + " " * (label_cells - width(label)), look), (count, "count")]


_TRIANGLE = 3, 5
"""Cells at the left of a heading that fold it: of one that is no value, of one that is."""


class Sidebar(ComponentStyles, CachedLineList, can_focus=True):
    """Sections that fold, with a cursor over headings and values."""

    BORDER_TITLE = "1 Filters"
    ALLOW_SELECT = False
    PREFIX = "sidebar"
    LOOKS = "cursor bar head heading group item included excluded count more".split()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._head = ""
        self._shown = FilterLines()
        self._row = 1
        """The row of the cursor's line in the pane, or the last one while a query hides it."""

    def show(self, head: str, shown: FilterLines) -> None:
        """Show other lines; the value under the cursor stays on its row."""
        lines_before, self._shown, self._head = self._shown, shown, head
        place = lines_before.place_of(shown.key)
        if not lines_before.lines or shown.filled != lines_before.filled:
            self._row = 1
        elif place is not None:
            self._row = place + 1 - self.scroll_offset.y
        lines, height = len(shown.lines) + 1, self.size.height
        first_line = max(shown.at + 1 - self._row, 0)
        cursor_stays = shown.hidden is None and 0 <= self._row < height
        # below a short list there is nothing, rather than another line under the mouse
        self.resized(max(lines, first_line + height) if cursor_stays and shown.clicked else lines)
        if cursor_stays:
            self.scroll_to(y=first_line, animate=False, immediate=True)
        if 0 <= shown.at + 1 - self.scroll_offset.y < height:
            self.repaint()
        else:
            self._follow()

    def move_to(self, shown: FilterLines) -> None:
        """Show the cursor on another of the same lines, and scroll to it."""
        self._shown = shown
        if shown.clicked:
            self.repaint()
        else:
            self._follow()

    def _follow(self) -> None:
        """Scroll to the cursor."""
        line = self._shown.at + 1
        first_line, height = self.scroll_offset.y, self.size.height
        if line - 1 <= first_line:
            # above the first value the head line is shown too, above the others one line
            self.scroll_to(y=line - 1, animate=False)
        elif line >= first_line + height:
            self.scroll_to(y=line - height + 1, animate=False)
        self.repaint()

    def steps(self, unit: Unit) -> int:
        """Return lines of a unit; a page keeps one line."""
        return steps(unit, self.size.height - 1, len(self._shown.lines))

    def scroll_to_section(self) -> None:
        """Scroll to show as much of the section under the cursor as fits below its heading."""
        line_index, lines = self._shown.at, self._shown.lines
        if line_index >= len(lines):
            return
        section = lines[line_index].section
        section_prefix = f"{section}/"
        end = (
            line_index
            + 1
            + sum(
                line.section == section or line.section.startswith(section_prefix)
                for line in lines[line_index + 1 :]
            )
        )
        first_line = min(end - self.size.height + 1, line_index)
        if first_line > self.scroll_offset.y:
            self.scroll_to(y=first_line, animate=False, immediate=True)

    def line_key(self, y: int) -> Hashable:
        """Return the text of the head line, or the entry."""
        cells, line_number = self.scrollable_content_region.width, y + self.scroll_offset.y
        if line_number == 0:
            return cells, self._head
        if line_number > len(self._shown.lines):
            return cells
        return cells, self._shown.lines[line_number - 1], line_number - 1 == self._shown.at

    def render_list_line(self, y: int) -> Strip:
        """Return the head line, then one entry a line."""
        cells = self.scrollable_content_region.width
        line_number, base_style = y + self.scroll_offset.y, self.base_style
        if line_number == 0:
            head = f" {fitting_label(self._head, cells - 1)}"
            return self.strip_of([(head, "head")], cells, base_style)
        if line_number > len(self._shown.lines):
            return Strip.blank(cells, base_style)
        is_cursor_line = line_number - 1 == self._shown.at
        if is_cursor_line:
            base_style += self.component_style("sidebar--cursor")
        pieces = paint_sidebar_line(self._shown.lines[line_number - 1], cells, is_cursor_line)
        return self.strip_of(pieces, cells, base_style)

    def on_click(self, event: events.Click) -> None:
        """Do what Space does, on the clicked line; on its triangle fold it."""
        from cable_tui.session.features.sidebar_cursor import ClickLine

        line_index = self.line_at(event) - 1
        if 0 <= line_index < len(self._shown.lines):
            line = self._shown.lines[line_index]
            triangle = _TRIANGLE[line.item is not None]
            folds = line.kind == "heading" and event.x - self.gutter.left < triangle
            self.post_message(ActionPosted(ClickLine(line.key, folds)))


def fitting_label(text: str, cells: int) -> str:
    """Return as many parts of `one · two` as fit, at least the first."""
    label_parts = text.split(" · ")
    while len(label_parts) > 1 and len(" · ".join(label_parts)) > cells:
        label_parts.pop()
    return crop(" · ".join(label_parts), cells)
