"""How the boxes of a cable follow the reader: lines joined, words found, paragraphs selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.session import Session
from cable_tui.session.finding import Sought

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room


def paint(room: Room, old: Session, new: Session) -> None:
    """Bring the boxes from `old` to `new`."""
    if new.viewing.joined != old.viewing.joined:
        room.cable.body.run_on(new.viewing.joined)
    if new.viewing.decoded != old.viewing.decoded:
        room.cable.header.decode(new.viewing.decoded)
    if new.finding != old.finding:
        _find(room, old, new)
    if new.picked != old.picked:
        room.cable.body.pick(new.picked)


def _find(room: Room, old: Session, new: Session) -> None:
    """The line for what is looked for, and where it stands in the body."""
    view = room.cable
    view.find_line.show(new.finding)
    if new.opened is not old.opened:
        return  # the new one is painted with its own hits
    if new.finding.text:
        if new.finding.text != old.finding.text:
            view.body.relight(Sought(new.finding.text), "found")
            view.body.nearest_hit()
    elif old.finding.text:
        view.body.relight(new.hits.lit)
