"""The timeline: it follows the counts; a brush over it writes a range of dates into the query."""

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
"""Name of the stored choice whether the timeline is shown."""


Window = tuple[int, int]
"""The first and the last position of the timeline that are shown."""
_MARGIN = 20
"""The hits' time span divided by this is the margin on either side."""
_LEAST_SHOWN = 24
"""The least number of months or days that are shown."""


class OpenTimeline(Action):
    """T: go to the timeline, shown if it was hidden; from the timeline, hide it."""

    def step(self, session: Session) -> Result:
        """Go to the timeline or hide it; say so if there is no timeline."""
        if session.pane == "timeline":
            session = leave(session)
            session = replace(session, timeline=replace(session.timeline, shown=False))
            message = "The timeline is hidden; T shows it."
            return session, (effects.RememberChoice(CHOICE, False), effects.Notify(message))
        if not session.timeline.data.starts:
            return session, (effects.Notify("There is no timeline yet: no date was read so far."),)
        keep_choice = () if session.timeline.shown else (effects.RememberChoice(CHOICE, True),)
        session = _enter(session)
        return replace(session, timeline=replace(session.timeline, shown=True)), keep_choice


class MoveBrush(Action):
    """Move the brush by months or days, or only its end."""

    by: int
    extend: bool = False

    def step(self, session: Session) -> Result:
        """Move it within the timeline."""
        timeline = session.timeline
        if timeline.brush is None:
            return session, ()
        start, end = timeline.brush
        end = max(0, min(end + self.by, len(timeline.data.starts) - 1))
        brush = (start if self.extend else end, end)
        return replace(session, timeline=replace(timeline, brush=brush)), ()


class SetBrush(Action):
    """Drag the brush with the mouse."""

    start: int
    end: int

    def step(self, session: Session) -> Result:
        """Set it, and give the keys to the timeline."""
        last_place = len(session.timeline.data.starts) - 1
        if last_place < 0:
            return session, ()
        if session.pane != "timeline":
            session = _enter(session)
        brush = (max(0, min(self.start, last_place)), max(0, min(self.end, last_place)))
        return replace(session, timeline=replace(session.timeline, brush=brush)), ()


class ToggleZoom(Action):
    """0: show the whole time of the archive, or again only that of the hits."""

    def step(self, session: Session) -> Result:
        """Zoom out for this query, or in again."""
        zoomed_out = None if session.timeline.zoomed_out == session.query else session.query
        return replace(session, timeline=replace(session.timeline, zoomed_out=zoomed_out)), ()


class ApplyBrush(Action):
    """Write the time under the brush into the query."""

    def step(self, session: Session) -> Result:
        """Replace the date ranges of the query, and go to the list."""
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
    """The timeline of a question is ready."""

    data: Timeline

    def step(self, session: Session) -> Result:
        """Show it; the brush stays on its dates."""
        timeline = session.timeline
        brush = timeline.brush
        if brush is not None:
            brush = _same_dates(brush, timeline.data.starts, self.data.starts)
        return replace(session, timeline=replace(timeline, data=self.data, brush=brush)), ()


class DrawTimeline(Effect):
    """Count cables by month or day; answered by `TimelineDrawn`."""

    latest = "timeline"

    query: Query
    dates: Sequence[Count]


def draw_timeline(query: Query, counts: Counts) -> tuple[Effect, ...]:
    """Return the effects that draw the timeline of a query that was counted."""
    return (DrawTimeline(query, counts[FACET]),) if FACET in counts else ()


def _same_dates(brush: Brush, old: tuple[str, ...], new: tuple[str, ...]) -> Brush | None:
    """Return the brush on the same dates of another timeline, if it has them."""
    if old == new:
        return brush
    ends = [old[place] for place in brush if place < len(old)]
    if len(ends) == 2 and all(end in new for end in ends):
        return new.index(ends[0]), new.index(ends[1])
    return (len(new) - 1, len(new) - 1) if new else None


def _enter(session: Session) -> Session:
    """Return the session with the keys in the timeline, which remembers the pane before."""
    return_pane = (
        session.pane if session.pane in ("list", "filters") or session.in_cable else "list"
    )
    timeline = replace(session.timeline, brush=_initial_brush(session), return_pane=return_pane)
    return replace(session, pane="timeline", zoomed=False, timeline=timeline)


def _initial_brush(session: Session) -> Brush:
    """Return the first position of the brush: the range of the query, else the newest cables."""
    data = session.timeline.data
    if query_brush := brush_of_query(session.query, data):
        return query_brush
    hit_steps = [place for place, count in enumerate(data.hits) if count]
    last_place = hit_steps[-1] if hit_steps else len(data.starts) - 1
    return last_place, last_place


def brush_of_query(query: Query, data: Timeline) -> Brush | None:
    """Return the brush over the query's own ranges of dates."""
    ranges = [
        days
        for term in query.of_facet(FACET)
        if isinstance(term, Range) and not term.negated and (days := days_of(term.start, term.end))
    ]
    if not ranges:
        return None
    first_day, last_day = min(start for start, _ in ranges), max(end for _, end in ranges)
    places_inside = [
        place
        for place, start in enumerate(data.starts)
        if first_day[: len(start)] <= start <= last_day[: len(start)]
    ]
    return (places_inside[0], places_inside[-1]) if places_inside else None


def window(session: Session) -> Window:
    """Return the first and last position of the timeline that are shown.

    They cover the hits with a margin, the brush, and the query's own range.
    """
    timeline, data = session.timeline, session.timeline.data
    last_place = len(data.starts) - 1
    hit_steps = [place for place, count in enumerate(data.hits) if count]
    if timeline.zoomed_out == session.query or not hit_steps:
        return 0, max(last_place, 0)
    low_place, high_place = hit_steps[0], hit_steps[-1]
    margin = max((high_place - low_place + 1) // _MARGIN, 1)
    spare_places = max(_LEAST_SHOWN - (high_place - low_place + 1) - 2 * margin, 0)
    low_place, high_place = (
        low_place - margin - spare_places // 2,
        high_place + margin + spare_places // 2,
    )
    for covered_brush in (timeline.brush, brush_of_query(session.query, data)):
        if covered_brush is not None:
            low_place, high_place = min(low_place, *covered_brush), max(high_place, *covered_brush)
    return max(low_place, 0), min(high_place, last_place)


def leave(session: Session) -> Session:
    """Return the session with the keys back in the pane before the timeline."""
    timeline = replace(session.timeline, brush=None)
    return replace(session, pane=timeline.return_pane, timeline=timeline)


def brush_label(session: Session) -> str:
    """Return the label of the brush: `2009-02..2009-05 · 12 cables of 340`."""
    timeline = session.timeline
    if timeline.brush is None:
        return ""
    first, last_place = sorted(timeline.brush)
    starts = timeline.data.starts
    dates_named = starts[first] if first == last_place else f"{starts[first]}..{starts[last_place]}"
    hits, whole_count = (
        sum(bars[first : last_place + 1]) for bars in (timeline.data.hits, timeline.data.whole)
    )
    if not whole_count:
        return f"{dates_named} · the archive has no cables of this time"
    return f"{dates_named} · {hits:,} of {counted(whole_count, 'cable')}"


def _timeline(services: Services, effect: DrawTimeline, cancelled: Cancelled) -> Actions:
    yield TimelineDrawn(services.archive.timeline(effect.query, effect.dates, cancelled))


PERFORMERS: Performers = {
    DrawTimeline: _timeline,
}
