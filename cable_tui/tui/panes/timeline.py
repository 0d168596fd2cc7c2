"""The timeline above the panes: bars over time, with a range selected by keys or the mouse."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from cable_tui.base.value import Value
from cable_tui.query.answers import Timeline
from cable_tui.session.feature_state import Brush
from cable_tui.text.numbers import LEVELS, columns
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import ComponentStyles
from cable_tui.tui.widgets.looks import TALL

_UNDER_BRUSH = 5
"""The maximum height, in eighths of a cell, of a bar below the selection, so that the selection is
visible.
"""


class TimelineBar(ComponentStyles, Widget, can_focus=True):
    """The timeline in one to three lines: hits before the whole archive, gaps, the selection."""

    ALLOW_SELECT = False
    PREFIX, LOOKS = "timeline", ("label", "hits", "outside", "ground", "gap", "brush")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._timeline: Timeline = Timeline()
        self._brush: Brush | None = None
        self._query_brush: Brush | None = None
        self._window: Window | None = None
        self._pressed_at: int | None = None
        self._cells: list[Cell] = []

    def show(
        self,
        data: Timeline,
        brush: Brush | None,
        chosen: Brush | None,
        window: Window | None = None,
    ) -> None:
        """Show the bars in a window, the selection, and the range given in the query."""
        shown_timeline = (data, brush, chosen, window)
        if shown_timeline != (self._timeline, self._brush, self._query_brush, self._window):
            self._timeline, self._brush, self._query_brush, self._window = shown_timeline
            self.refresh()

    def get_content_height(self, _container: Size, viewport: Size, _width: int) -> int:
        """Return the number of lines: 1, or 2 with the focus, for years, or 3 if there is room."""
        return 3 if viewport.height >= TALL else 2 if self.has_focus else 1

    def on_focus(self) -> None:
        """Show the line of years."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Hide the line of years that is shown only with the focus."""
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """Render a line; the last line has the labels, and year names if there is room."""
        line_width, base_style = self.size.width, self.rich_style
        chart_cells = timeline_cells(self._timeline, line_width, self._window)
        self._cells = cells_of(self._timeline, chart_cells, self._window)
        pane_height = self.size.height
        if not self._cells or not 0 <= y < pane_height:
            return Strip.blank(line_width, base_style)
        has_year_line = pane_height > 1
        first_label, last_label = timeline_labels(self._timeline, self._window)
        is_last_line = y == pane_height - 1
        label_style = base_style + self.component_style("timeline--label")
        line_segments = [
            Segment(first_label if is_last_line else " " * len(first_label), label_style),
            Segment(" ", base_style),
        ]
        if has_year_line and is_last_line:
            year_names = axis(self._timeline, self._cells)
            if year_names.startswith(first_label):  # it is at the end of the line already
                year_names = " " * len(first_label) + year_names[len(first_label) :]
            line_segments.append(Segment(year_names, label_style))
            last_label = "" if year_names.rstrip().endswith(last_label) else last_label
        else:
            tick_columns = () if has_year_line else ticks(self._timeline, self._cells)
            cell_signs = timeline_signs(self._cells, pane_height - has_year_line, tick_columns)[y]
            line_segments += self._bars(cell_signs, base_style, top=y == 0)
        line_segments += [
            Segment(" ", base_style),
            Segment(last_label if is_last_line else "", label_style),
        ]
        return Strip(Segment.simplify(line_segments)).adjust_cell_length(line_width, base_style)

    def _bars(
        self, cell_signs: Sequence[tuple[str, str]], base: Style, *, top: bool
    ) -> Iterator[Segment]:
        for cell, (character, cell_style) in zip(self._cells, cell_signs, strict=True):
            segment_style = base + self.component_style(f"timeline--{self._look(cell, cell_style)}")
            if self._brush and self._within(cell, self._brush):
                segment_style += self.component_style("timeline--brush")
                is_high = top and character in LEVELS and LEVELS.index(character) > _UNDER_BRUSH
                yield Segment(LEVELS[_UNDER_BRUSH] if is_high else character, segment_style)
            else:
                yield Segment(character, segment_style)

    def _look(self, cell: Cell, look: str) -> str:
        """Return the style of a cell; hits outside the range in the query are not in the list."""
        is_outside_range = (
            look == "hits" and self._query_brush and not self._within(cell, self._query_brush)
        )
        return "outside" if is_outside_range else look

    @staticmethod
    def _within(cell: Cell, brush: Brush) -> bool:
        first_position, last_position = sorted(brush)
        return cell.last >= first_position and cell.first <= last_position

    def _place(self, event: events.MouseEvent) -> int | None:
        chart_start = self.gutter.left + len(timeline_labels(self._timeline, self._window)[0]) + 1
        return place_at(self._cells, event.x - chart_start)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection with the mouse."""
        event.stop()
        self._pressed_at = self._place(event)
        if self._pressed_at is not None:
            self.capture_mouse()
            self._set_brush(self._pressed_at, self._pressed_at)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection to the mouse."""
        mouse_position = self._place(event)
        if self._pressed_at is not None and mouse_position is not None:
            self._set_brush(self._pressed_at, mouse_position)

    def _set_brush(self, start: int, end: int) -> None:
        # Late, as below: the first paint waits for no feature of the session.
        from cable_tui.session.features.timeline import SetBrush

        self.post_message(ActionPosted(SetBrush(start, end)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selection, and write its range into the query."""
        event.stop()
        if self._pressed_at is not None:
            self._pressed_at = None
            self.release_mouse()
            from cable_tui.session.features.timeline import ApplyBrush

            self.post_message(ActionPosted(ApplyBrush()))


GROUND = "░"
"""The character for cables in the whole archive, behind the hits."""
GAP = "·"
"""The character for a period without any cables, where the absence of hits means nothing."""
TICK = "┆"
"""The character that marks the beginning of a year if there is no bar."""
_WIDEST = 12
"""The maximum width of a bar in cells."""
_STEPS = 1, 2, 5, 10, 20
"""The possible numbers of years between two ticks."""
_NAME = 5
"""The width, in cells, of a year's name and the gap after it."""
_YEARS = 36
"""The minimum number of months at which the labels are years."""


Window = tuple[int, int]
"""The first and the last visible month or day, as positions in the timeline."""


class Cell(Value):
    """One cell of the timeline, with the months or days that it covers."""

    first: int
    """The first and last month or day in the cell, as positions in the timeline."""
    last: int
    hits: int
    whole: int


def timeline_labels(data: Timeline, window: Window | None = None) -> tuple[str, str]:
    """Return the labels at both ends: years, months or days."""
    if not data.starts:
        return "", ""
    first_position, last_position = window or _all(data)
    date_length = 4 if data.unit == "month" and last_position - first_position + 1 >= _YEARS else 10
    return data.starts[first_position][:date_length], data.starts[last_position][:date_length]


def _all(data: Timeline) -> Window:
    return 0, len(data.starts) - 1


def timeline_cells(data: Timeline, cells: int, window: Window | None = None) -> int:
    """Return the number of cells for the bars between the labels."""
    return max(cells - sum(len(label) + 1 for label in timeline_labels(data, window)), 1)


def cells_of(data: Timeline, cells: int, window: Window | None = None) -> list[Cell]:
    """Return a part of the timeline as cells: several months per cell, or the reverse."""
    first_position, last_position = window or _all(data)
    if not data.starts:
        return []
    position_count = last_position - first_position + 1
    positions_per_cell = -(-position_count // cells)
    cells_per_position = max(1, min(cells // position_count, _WIDEST))
    drawn_cells = []
    for cell_start in range(first_position, last_position + 1, positions_per_cell):
        cell_end = min(cell_start + positions_per_cell - 1, last_position)
        hit_count, cable_count = (
            sum(bars[cell_start : cell_end + 1]) for bars in (data.hits, data.whole)
        )
        drawn_cells += [Cell(cell_start, cell_end, hit_count, cable_count)] * cells_per_position
    return drawn_cells


def ticks(data: Timeline, cells: Sequence[Cell]) -> dict[int, str]:
    """Return the columns where years begin, or months in a timeline of days, with their names.

    If years are narrow, return only every second, fifth or tenth year, so that the names fit.
    """
    date_length = 4 if data.unit == "month" else 7
    name_by_column: dict[int, str] = {}
    previous_cell: Cell | None = None
    for column, cell in enumerate(cells):
        if cell is not previous_cell:
            cell_starts = data.starts[cell.first : cell.last + 1]
            year_start = next(
                (start_date for start_date in cell_starts if start_date.endswith("-01")), ""
            )
            if year_start:
                name_by_column[column] = year_start[:date_length]
        previous_cell = cell
    if data.unit != "month" or not name_by_column:
        return name_by_column
    cells_per_year = len(cells) / (cells[-1].last - cells[0].first + 1) * 12
    year_step = next(
        (year_step for year_step in _STEPS if year_step * cells_per_year > _NAME), _STEPS[-1]
    )
    return {
        column: year_name
        for column, year_name in name_by_column.items()
        if int(year_name) % year_step == 0
    }


def axis(data: Timeline, cells: Sequence[Cell]) -> str:
    """Return a line with the names of years at their columns, as many as fit."""
    axis_line = ""
    for column, year_name in ticks(data, cells).items():
        if column >= len(axis_line) and column + len(year_name) <= len(cells):
            axis_line += " " * (column - len(axis_line)) + year_name + " "
    return f"{axis_line:<{len(cells)}}"[: len(cells)]


def place_at(cells: Sequence[Cell], column: int) -> int | None:
    """Return the month or day at a column; a column beyond the ends gives the nearest one."""
    if not cells:
        return None
    return cells[max(0, min(column, len(cells) - 1))].first


def timeline_signs(
    cells: Sequence[Cell], rows: int, ticked: Container[int] = ()
) -> list[list[tuple[str, str]]]:
    """Return, by row from the top, the character and style of each cell: hits, ground, gap or tick.

    Hits and archive have separate scales, because a rare word would be invisible on the scale of
    the archive. The `ticked` columns have a tick if they are empty.
    """
    hit_rows, archive_rows = (
        columns(counts, max(counts, default=0), rows, ascii_only=False)
        for counts in ([cell.hits for cell in cells], [cell.whole for cell in cells])
    )
    sign_rows = []
    for row, hit_signs, whole_signs in zip(
        reversed(range(rows)), hit_rows, archive_rows, strict=True
    ):
        row_signs = []
        for column, cell in enumerate(cells):
            is_ground = rows > 1 and whole_signs[column] != " "
            if hit_signs[column] != " ":
                row_signs.append((hit_signs[column], "hits"))
            elif row == 0 and column and column in ticked and not is_ground:
                row_signs.append((TICK, "gap"))
            elif not cell.whole:
                row_signs.append((GAP if row == 0 else " ", "gap"))
            elif is_ground:
                row_signs.append((GROUND, "ground"))
            else:
                row_signs.append((" ", "ground"))
        sign_rows.append(row_signs)
    return sign_rows
