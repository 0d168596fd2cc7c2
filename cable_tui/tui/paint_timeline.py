"""From one session to the next: the timeline above the panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session import Session
from cable_tui.session.timeline import chosen_in

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room


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
        room.timeline.show(timeline.data, brush, chosen_in(new.query, timeline.data))
