"""The timeline: show counts by date, and let the reader select a range of dates for the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cable_tui.base.value import replace
from cable_tui.query import Query, Range, days_of
from cable_tui.query.answers import Counts, Timeline
from cable_tui.session import effects
from cable_tui.session.ask import ask_query
from cable_tui.session.feature_state import Brush
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.query.answers import Count

FACET = "date"
CHOICE = "timeline"
"""The name under which the reader's choice to show the timeline is stored."""


Window = tuple[int, int]
"""The first and last visible position of the timeline."""
_MARGIN = 20
"""The divisor that turns the time span of the hits into the margin on either side."""
_LEAST_SHOWN = 24
"""The minimum number of months or days that the timeline shows."""


class OpenTimeline(Action):
    """`T`: go to the timeline and show it; from the timeline, hide it."""

    def step(self, session: Session) -> Result:
        """Go to the timeline or hide it, or report that there are no dates for it."""
        if session.pane == "timeline":
            session = leave(session)
            session = replace(session, timeline=replace(session.timeline, shown=False))
            message = "The timeline is hidden; T shows it."
            return session, (effects.RememberChoice(CHOICE, False), effects.Notify(message))
        if not session.timeline.data.starts:
            return session, (
                effects.Notify("There is no timeline yet: no dates have been read so far."),
            )
        choice_effects = () if session.timeline.shown else (effects.RememberChoice(CHOICE, True),)
        session = _enter(session)
        return replace(session, timeline=replace(session.timeline, shown=True)), choice_effects


class MoveBrush(Action):
    """Move the selection in the timeline by months or days, or move only its end."""

    by: int
    extend: bool = False

    def step(self, session: Session) -> Result:
        """Move the selection, stopping at either end of the timeline."""
        timeline = session.timeline
        if timeline.brush is None:
            return session, ()
        selection_start, selection_end = timeline.brush
        selection_end = max(0, min(selection_end + self.by, len(timeline.data.starts) - 1))
        moved_brush = (selection_start if self.extend else selection_end, selection_end)
        return replace(session, timeline=replace(timeline, brush=moved_brush)), ()


class SetBrush(Action):
    """Set the selection in the timeline that the reader is dragging with the mouse."""

    start: int
    end: int

    def step(self, session: Session) -> Result:
        """Set the selection, and move the focus to the timeline."""
        last_position = len(session.timeline.data.starts) - 1
        if last_position < 0:
            return session, ()
        if session.pane != "timeline":
            session = _enter(session)
        dragged_brush = (
            max(0, min(self.start, last_position)),
            max(0, min(self.end, last_position)),
        )
        return replace(session, timeline=replace(session.timeline, brush=dragged_brush)), ()


class ToggleZoom(Action):
    """`0`: show the whole time span of the archive, or only the span of the hits again."""

    def step(self, session: Session) -> Result:
        """Zoom out for the current query, or zoom in again."""
        zoomed_out = None if session.timeline.zoomed_out == session.query else session.query
        return replace(session, timeline=replace(session.timeline, zoomed_out=zoomed_out)), ()


class ApplyBrush(Action):
    """Write the selected range of dates into the query."""

    def step(self, session: Session) -> Result:
        """Replace the date ranges in the query with the selection, and go to the list."""
        if session.timeline.brush is None:
            return session, ()
        first_place, last_place = sorted(session.timeline.brush)
        starts = session.timeline.data.starts
        query = session.query.without_facet(FACET).plus(
            Range(FACET, starts[first_place], starts[last_place])
        )
        session, ask_effects = ask_query(session, query)
        timeline = replace(session.timeline, brush=None)
        return replace(session, pane="list", reading=False, timeline=timeline), ask_effects


class TimelineDrawn(Action):
    """The counts for the timeline of a query were computed."""

    data: Timeline

    def step(self, session: Session) -> Result:
        """Show the counts; the selection stays on its dates."""
        timeline_view = session.timeline
        kept_brush = timeline_view.brush
        if kept_brush is not None:
            kept_brush = _same_dates(kept_brush, timeline_view.data.starts, self.data.starts)
        return replace(
            session, timeline=replace(timeline_view, data=self.data, brush=kept_brush)
        ), ()


class DrawTimeline(Effect):
    """Count cables by month or day; answered by `TimelineDrawn`."""

    latest = "timeline"

    query: Query
    dates: Sequence[Count]


def draw_timeline(query: Query, counts: Counts) -> tuple[Effect, ...]:
    """Return the effects that count the timeline for a query whose facets have been counted."""
    return (DrawTimeline(query, counts[FACET]),) if FACET in counts else ()


def _same_dates(
    brush: Brush, old_starts: tuple[str, ...], new_starts: tuple[str, ...]
) -> Brush | None:
    """Return the selection for the same dates in a new timeline, or else at its last position."""
    if old_starts == new_starts:
        return brush
    end_dates = [old_starts[position] for position in brush if position < len(old_starts)]
    if len(end_dates) == 2 and all(end_date in new_starts for end_date in end_dates):
        return new_starts.index(end_dates[0]), new_starts.index(end_dates[1])
    return (len(new_starts) - 1, len(new_starts) - 1) if new_starts else None


def _enter(session: Session) -> Session:
    """Return the session with the focus moved to the timeline.

    The timeline stores the pane to return to.
    """
    return_pane = (
        session.pane if session.pane in ("list", "filters") or session.in_cable else "list"
    )
    timeline_view = replace(
        session.timeline, brush=_initial_brush(session), return_pane=return_pane
    )
    return replace(session, pane="timeline", zoomed=False, timeline=timeline_view)


def _initial_brush(session: Session) -> Brush:
    """Return the initial selection: the range in the query, or else the newest cables."""
    timeline_data = session.timeline.data
    if query_brush := brush_of_query(session.query, timeline_data):
        return query_brush
    positions_with_hits = [position for position, count in enumerate(timeline_data.hits) if count]
    last_position = (
        positions_with_hits[-1] if positions_with_hits else len(timeline_data.starts) - 1
    )
    return last_position, last_position


def brush_of_query(query: Query, data: Timeline) -> Brush | None:
    """Return the selection that covers the date ranges in the query, or None if there are none."""
    date_ranges = [
        first_and_last_day
        for term in query.of_facet(FACET)
        if isinstance(term, Range)
        and not term.negated
        and (first_and_last_day := days_of(term.start, term.end))
    ]
    if not date_ranges:
        return None
    first_day, last_day = (
        min(range_start for range_start, _ in date_ranges),
        max(range_end for _, range_end in date_ranges),
    )
    positions_inside = [
        position
        for position, range_start in enumerate(data.starts)
        if first_day[: len(range_start)] <= range_start <= last_day[: len(range_start)]
    ]
    return (positions_inside[0], positions_inside[-1]) if positions_inside else None


def window(session: Session) -> Window:
    """Return the first and last visible position of the timeline.

    The visible part covers the hits with a margin, the selection, and the range in the query.
    """
    timeline, timeline_data = session.timeline, session.timeline.data
    last_position = len(timeline_data.starts) - 1
    positions_with_hits = [position for position, count in enumerate(timeline_data.hits) if count]
    if timeline.zoomed_out == session.query or not positions_with_hits:
        return 0, max(last_position, 0)
    first_visible, last_visible = positions_with_hits[0], positions_with_hits[-1]
    margin_positions = max((last_visible - first_visible + 1) // _MARGIN, 1)
    spare_positions = max(
        _LEAST_SHOWN - (last_visible - first_visible + 1) - 2 * margin_positions, 0
    )
    first_visible, last_visible = (
        first_visible - margin_positions - spare_positions // 2,
        last_visible + margin_positions + spare_positions // 2,
    )
    for covered_brush in (timeline.brush, brush_of_query(session.query, timeline_data)):
        if covered_brush is not None:
            first_visible, last_visible = (
                min(first_visible, *covered_brush),
                max(last_visible, *covered_brush),
            )
    return max(first_visible, 0), min(last_visible, last_position)


def leave(session: Session) -> Session:
    """Return the session with the focus back in the pane that had it before the timeline."""
    timeline_view = replace(session.timeline, brush=None)
    return replace(session, pane=timeline_view.return_pane, timeline=timeline_view)


def brush_label(session: Session) -> str:
    """Return the label of the selection, such as `2009-02..2009-05 · 12 cables of 340`."""
    timeline = session.timeline
    if timeline.brush is None:
        return ""
    first_position, last_position = sorted(timeline.brush)
    date_starts = timeline.data.starts
    selected_dates = (
        date_starts[first_position]
        if first_position == last_position
        else f"{date_starts[first_position]}..{date_starts[last_position]}"
    )
    hit_count, cable_count = (
        sum(bar_counts[first_position : last_position + 1])
        for bar_counts in (timeline.data.hits, timeline.data.whole)
    )
    if not cable_count:
        return f"{selected_dates} · the archive has no cables from this time"
    return f"{selected_dates} · {hit_count:,} of {counted(cable_count, 'cable')}"


def _timeline(services: Services, effect: DrawTimeline, cancelled: Cancelled) -> Actions:
    yield TimelineDrawn(services.archive.timeline(effect.query, effect.dates, cancelled))


PERFORMERS: Performers = {
    DrawTimeline: _timeline,
}
