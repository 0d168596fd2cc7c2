"""From one session to the next: the timeline, which is made when there is something to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session import Session
from cable_tui.session.timeline import chosen_in

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room
    from cable_tui.tui.timeline import TimelineBar


def paint(room: Room, old: Session, new: Session) -> None:
    """Bars, brush, and whether it is there at all."""
    timeline = new.timeline
    if (timeline, new.query, new.pane) == (old.timeline, old.query, old.pane):
        return
    if timeline.shown is not old.timeline.shown:
        room.set_class(timeline.shown is True, "-timeline")
        room.set_class(timeline.shown is False, "-no-timeline")
    if timeline.data.starts:
        brush = timeline.brush if new.pane == "timeline" else None
        bar_of(room).show(timeline.data, brush, chosen_in(new.query, timeline.data))


def bar_of(room: Room) -> TimelineBar:
    """The widget; mounted when it is first asked for."""
    from cable_tui.tui.timeline import TimelineBar

    for bar in room.query(TimelineBar):
        return bar
    made = TimelineBar(id="timeline")
    room.mount(made, before="#panes")
    return made
