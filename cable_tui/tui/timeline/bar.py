"""The timeline above the panes: bars over time, brushed with keys or the mouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from cable_tui.session.feature_state import Brush, NoTimelineData, TimelineData
from cable_tui.tui.base.layout import TALL
from cable_tui.tui.base.messages import ActionPosted
from cable_tui.tui.timeline.lines import (
    LEVELS,
    Cell,
    Window,
    axis,
    cells_of,
    place_at,
    ticks,
    timeline_cells,
    timeline_labels,
    timeline_signs,
)
from cable_tui.tui.widgets.component_styles import ComponentStyles

_UNDER_BRUSH = 5
"""Eighths of a cell that a bar fills at most under the brush: above it the brush is seen."""


class TimelineBar(ComponentStyles, Widget, can_focus=True):
    """The timeline in one line or three: hits over the whole archive, gaps, and the brush."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"timeline--{part}" for part in "label hits outside ground gap brush".split()
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._data: TimelineData = NoTimelineData()
        self._brush: Brush | None = None
        self._chosen: Brush | None = None
        self._window: Window | None = None
        self._pressed: int | None = None
        self._cells: list[Cell] = []

    def show(
        self,
        data: TimelineData,
        brush: Brush | None,
        chosen: Brush | None,
        window: Window | None = None,
    ) -> None:
        """Show a part of the bars, a brush, and the range that the query names."""
        shown = (data, brush, chosen, window)
        if shown != (self._data, self._brush, self._chosen, self._window):
            self._data, self._brush, self._chosen, self._window = shown
            self.refresh()

    def get_content_height(self, _container: Size, viewport: Size, _width: int) -> int:
        """One line; while it has the keys a second one names years, three on a high terminal."""
        return 3 if viewport.height >= TALL else 2 if self.has_focus else 1

    def on_focus(self) -> None:
        """The names of the years come."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """They go."""
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """The labels stand at the foot, and names of years where they have a line."""
        cells, base = self.size.width, self.rich_style
        room = timeline_cells(self._data, cells, self._window)
        self._cells = cells_of(self._data, room, self._window)
        height = self.size.height
        if not self._cells or not 0 <= y < height:
            return Strip.blank(cells, base)
        named = height > 1
        first, last = timeline_labels(self._data, self._window)
        foot = y == height - 1
        label = base + self.component_style("timeline--label")
        segments = [Segment(first if foot else " " * len(first), label), Segment(" ", base)]
        if named and foot:
            names = axis(self._data, self._cells)
            if names.startswith(first):  # it stands at the end of the line already
                names = " " * len(first) + names[len(first) :]
            segments.append(Segment(names, label))
            last = "" if names.rstrip().endswith(last) else last
        else:
            marks = () if named else ticks(self._data, self._cells)
            signs = timeline_signs(self._cells, height - named, marks)[y]
            segments += self._bars(signs, base, top=y == 0)
        segments += [Segment(" ", base), Segment(last if foot else "", label)]
        return Strip(Segment.simplify(segments)).adjust_cell_length(cells, base)

    def _bars(
        self, signs: Sequence[tuple[str, str]], base: Style, *, top: bool
    ) -> Iterator[Segment]:
        for cell, (sign, look) in zip(self._cells, signs, strict=True):
            style = base + self.component_style(f"timeline--{self._look(cell, look)}")
            if self._brush and self._within(cell, self._brush):
                style += self.component_style("timeline--brush")
                high = top and sign in LEVELS and LEVELS.index(sign) > _UNDER_BRUSH
                yield Segment(LEVELS[_UNDER_BRUSH] if high else sign, style)
            else:
                yield Segment(sign, style)

    def _look(self, cell: Cell, look: str) -> str:
        """Hits beyond the range that the query names do not stand in the list."""
        beyond = look == "hits" and self._chosen and not self._within(cell, self._chosen)
        return "outside" if beyond else look

    @staticmethod
    def _within(cell: Cell, brush: Brush) -> bool:
        first, last = sorted(brush)
        return cell.last >= first and cell.first <= last

    def _place(self, event: events.MouseEvent) -> int | None:
        left = self.gutter.left + len(timeline_labels(self._data, self._window)[0]) + 1
        return place_at(self._cells, event.x - left)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A brush begins."""
        event.stop()
        self._pressed = self._place(event)
        if self._pressed is not None:
            self.capture_mouse()
            self._set_brush(self._pressed, self._pressed)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A brush grows."""
        place = self._place(event)
        if self._pressed is not None and place is not None:
            self._set_brush(self._pressed, place)

    def _set_brush(self, start: int, end: int) -> None:
        # Late, as below: the first paint waits for no feature of the session.
        from cable_tui.session.features.timeline import SetBrush

        self.post_message(ActionPosted(SetBrush(start, end)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A brush is done: its range goes into the query."""
        event.stop()
        if self._pressed is not None:
            self._pressed = None
            self.release_mouse()
            from cable_tui.session.features.timeline import ApplyBrush

            self.post_message(ActionPosted(ApplyBrush()))
