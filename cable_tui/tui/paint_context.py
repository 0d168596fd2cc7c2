"""The context pane in the room: made when a cable is first open, read when it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session import Session
from cable_tui.session.context import Around

if TYPE_CHECKING:
    from cable_tui.tui.context_pane import ContextPane
    from cable_tui.tui.screen import Room


def pane_of(room: Room) -> ContextPane:
    """The pane; it is mounted beside the cable when it is first spoken to."""
    from cable_tui.tui.context_pane import ContextPane

    beside = room.query_one("#reading")
    for child in beside.children:
        if isinstance(child, ContextPane):
            return child
    made = ContextPane()
    beside.mount(made)
    return made


def paint(room: Room, old: Session, new: Session) -> None:
    """What is known of the cable that is shown."""
    if new.opened is None:
        return
    if new.opened is not old.opened:
        room.call_after_refresh(_ask, room)
    if new.context is not old.context:
        pane_of(room).show(new.context)


def _ask(room: Room) -> None:
    """A pane that nobody sees asks for nothing."""
    if pane_of(room).display:
        room.dispatch(Around())
