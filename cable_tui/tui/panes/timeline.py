"""The timeline above the panes: its columns over time, brushed with keys or the mouse."""

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
"""The most eighths of a cell that a bar fills under the brush, which stays visible above it."""


class TimelineBar(ComponentStyles, Widget, can_focus=True):
    """The timeline in one line or three: hits over the whole archive, gaps, and the brush."""

    ALLOW_SELECT = False
    PREFIX, LOOKS = "timeline", ("label", "hits", "outside", "ground", "gap", "brush")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._data: Timeline = Timeline()
        self._brush: Brush | None = None
        self._chosen: Brush | None = None
        self._window: Window | None = None
        self._pressed: int | None = None
        self._cells: list[Cell] = []

    def show(
        self,
        data: Timeline,
        brush: Brush | None,
        chosen: Brush | None,
        window: Window | None = None,
    ) -> None:
        """Show a part of the bars, a brush, and the range that the query names."""
        shown_timeline = (data, brush, chosen, window)
        if shown_timeline != (self._data, self._brush, self._chosen, self._window):
            self._data, self._brush, self._chosen, self._window = shown_timeline
            self.refresh()

    def get_content_height(self, _container: Size, viewport: Size, _width: int) -> int:
        """Return the number of lines: 1; 2 with the focus, for years; 3 on a tall terminal."""
        return 3 if viewport.height >= TALL else 2 if self.has_focus else 1

    def on_focus(self) -> None:
        """Show the row of years."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Hide the labels that only the focus shows."""
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """Return line `y`: the last one has labels, and names of years if they have a line."""
        cells, base_style = self.size.width, self.rich_style
        chart_cells = timeline_cells(self._data, cells, self._window)
        self._cells = cells_of(self._data, chart_cells, self._window)
        pane_height = self.size.height
        if not self._cells or not 0 <= y < pane_height:
            return Strip.blank(cells, base_style)
        has_names = pane_height > 1
        first_label, last_label = timeline_labels(self._data, self._window)
        foot = y == pane_height - 1
        label = base_style + self.component_style("timeline--label")
        segments = [
            Segment(first_label if foot else " " * len(first_label), label),
            Segment(" ", base_style),
        ]
        if has_names and foot:
            names = axis(self._data, self._cells)
            if names.startswith(first_label):  # it is at the end of the line already
                names = " " * len(first_label) + names[len(first_label) :]
            segments.append(Segment(names, label))
            last_label = "" if names.rstrip().endswith(last_label) else last_label
        else:
            marks = () if has_names else ticks(self._data, self._cells)
            signs = timeline_signs(self._cells, pane_height - has_names, marks)[y]
            segments += self._bars(signs, base_style, top=y == 0)
        segments += [Segment(" ", base_style), Segment(last_label if foot else "", label)]
        return Strip(Segment.simplify(segments)).adjust_cell_length(cells, base_style)

    def _bars(
        self, signs: Sequence[tuple[str, str]], base: Style, *, top: bool
    ) -> Iterator[Segment]:
        for cell, (sign, look) in zip(self._cells, signs, strict=True):
            style = base + self.component_style(f"timeline--{self._look(cell, look)}")
            if self._brush and self._within(cell, self._brush):
                style += self.component_style("timeline--brush")
                is_high = top and sign in LEVELS and LEVELS.index(sign) > _UNDER_BRUSH
                yield Segment(LEVELS[_UNDER_BRUSH] if is_high else sign, style)
            else:
                yield Segment(sign, style)

    def _look(self, cell: Cell, look: str) -> str:
        """Return the look of a cell: hits beyond the query's range are not in the list."""
        is_outside = look == "hits" and self._chosen and not self._within(cell, self._chosen)
        return "outside" if is_outside else look

    @staticmethod
    def _within(cell: Cell, brush: Brush) -> bool:
        first_place, last_place = sorted(brush)
        return cell.last >= first_place and cell.first <= last_place

    def _place(self, event: events.MouseEvent) -> int | None:
        chart_start = self.gutter.left + len(timeline_labels(self._data, self._window)[0]) + 1
        return place_at(self._cells, event.x - chart_start)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a brush."""
        event.stop()
        self._pressed = self._place(event)
        if self._pressed is not None:
            self.capture_mouse()
            self._set_brush(self._pressed, self._pressed)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the brush."""
        clicked_place = self._place(event)
        if self._pressed is not None and clicked_place is not None:
            self._set_brush(self._pressed, clicked_place)

    def _set_brush(self, start: int, end: int) -> None:
        # Late, as below: the first paint waits for no feature of the session.
        from cable_tui.session.features.timeline import SetBrush

        self.post_message(ActionPosted(SetBrush(start, end)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a brush: its range goes into the query."""
        event.stop()
        if self._pressed is not None:
            self._pressed = None
            self.release_mouse()
            from cable_tui.session.features.timeline import ApplyBrush

            self.post_message(ActionPosted(ApplyBrush()))


GROUND = "░"
"""The whole archive, behind the hits."""
GAP = "·"
"""There is no cable at all: the absence of hits means nothing."""
TICK = "┆"
"""The beginning of a year, if there is no bar."""
_WIDEST = 12
"""Cells of a bar at most."""
_STEPS = 1, 2, 5, 10, 20
"""Years from one tick to the next."""
_NAME = 5
"""Cells of a year's name and the gap after it."""
_YEARS = 36
"""Number of months from which years are enough as labels."""


Window = tuple[int, int]
"""The first and the last month or day that is shown."""


class Cell(Value):
    """One column of the timeline."""

    first: int
    """Its months or days, as positions in the timeline."""
    last: int
    hits: int
    whole: int


def timeline_labels(data: Timeline, window: Window | None = None) -> tuple[str, str]:
    """Return the labels at the ends: years, months or days."""
    if not data.starts:
        return "", ""
    first_place, last_place = window or _all(data)
    date_length = 4 if data.unit == "month" and last_place - first_place + 1 >= _YEARS else 10
    return data.starts[first_place][:date_length], data.starts[last_place][:date_length]


def _all(data: Timeline) -> Window:
    return 0, len(data.starts) - 1


def timeline_cells(data: Timeline, cells: int, window: Window | None = None) -> int:
    """Return cells that are left for the bars between the labels."""
    return max(cells - sum(len(label) + 1 for label in timeline_labels(data, window)), 1)


def cells_of(data: Timeline, cells: int, window: Window | None = None) -> list[Cell]:
    """Return a part of the timeline in `cells`: several months a cell, or several cells a month."""
    start, end = window or _all(data)
    if not data.starts:
        return []
    place_count = end - start + 1
    places_a_cell = -(-place_count // cells)
    cells_a_place = max(1, min(cells // place_count, _WIDEST))
    drawn_cells = []
    for first_place in range(start, end + 1, places_a_cell):
        last_place = min(first_place + places_a_cell - 1, end)
        hits, whole_count = (
            sum(bars[first_place : last_place + 1]) for bars in (data.hits, data.whole)
        )
        drawn_cells += [Cell(first_place, last_place, hits, whole_count)] * cells_a_place
    return drawn_cells


def ticks(data: Timeline, cells: Sequence[Cell]) -> dict[int, str]:
    """Return the columns where years begin; months in a timeline of days.

    If years are narrow, every second, fifth or tenth, so that their names have room.
    """
    date_length = 4 if data.unit == "month" else 7
    name_by_column: dict[int, str] = {}
    cell_before: Cell | None = None
    for column, cell in enumerate(cells):
        if cell is not cell_before:
            cell_starts = data.starts[cell.first : cell.last + 1]
            begins = next((start for start in cell_starts if start.endswith("-01")), "")
            if begins:
                name_by_column[column] = begins[:date_length]
        cell_before = cell
    if data.unit != "month" or not name_by_column:
        return name_by_column
    cells_a_year = len(cells) / (cells[-1].last - cells[0].first + 1) * 12
    step = next((step for step in _STEPS if step * cells_a_year > _NAME), _STEPS[-1])
    return {column: name for column, name in name_by_column.items() if int(name) % step == 0}


def axis(data: Timeline, cells: Sequence[Cell]) -> str:
    """Return a line with the names of years at their columns, as many as there is room for."""
    axis_line = ""
    for column, name in ticks(data, cells).items():
        if column >= len(axis_line) and column + len(name) <= len(cells):
            axis_line += " " * (column - len(axis_line)) + name + " "
    return f"{axis_line:<{len(cells)}}"[: len(cells)]


def place_at(cells: Sequence[Cell], column: int) -> int | None:
    """Return the month or day of a column; the nearest one beyond the ends."""
    if not cells:
        return None
    return cells[max(0, min(column, len(cells) - 1))].first


def timeline_signs(
    cells: Sequence[Cell], rows: int, ticked: Container[int] = ()
) -> list[list[tuple[str, str]]]:
    """Return by row, from the top, each cell's sign and look: hits, ground, gap or tick.

    Hits and archive have separate scales: a rare word would be invisible on that of the archive.
    The `ticked` columns have a tick if they are empty.
    """
    hits, whole = (
        columns(counts, max(counts, default=0), rows, ascii_only=False)
        for counts in ([cell.hits for cell in cells], [cell.whole for cell in cells])
    )
    sign_rows = []
    for row, hit_signs, whole_signs in zip(reversed(range(rows)), hits, whole, strict=True):
        line = []
        for column, cell in enumerate(cells):
            is_ground = rows > 1 and whole_signs[column] != " "
            if hit_signs[column] != " ":
                line.append((hit_signs[column], "hits"))
            elif row == 0 and column and column in ticked and not is_ground:
                line.append((TICK, "gap"))
            elif not cell.whole:
                line.append((GAP if row == 0 else " ", "gap"))
            elif is_ground:
                line.append((GROUND, "ground"))
            else:
                line.append((" ", "ground"))
        sign_rows.append(line)
    return sign_rows
