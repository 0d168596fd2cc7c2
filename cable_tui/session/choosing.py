"""Steps of a room that was opened to choose cables for somebody else: `cable-tui pick`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cable_tui.session import effects, marking
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Choose(Action):
    """These, and out."""


@dataclass(frozen=True, slots=True)
class Chosen(Effect):
    """Leave the room with these cables."""

    ids: tuple[int, ...]


def choose(session: Session, action: Choose) -> Result:
    """The marked cables in the order of the list, or the one that the reader is at."""
    del action
    if session.marking.ids:
        return session, (Chosen(marking.cables(session)),)
    reading = session.opened.id if session.in_cable and session.opened else None
    cable = session.current if reading is None else reading
    if cable is None:
        return session, (effects.Notify("There is no cable here to choose."),)
    return session, (Chosen((cable,)),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {Choose: choose}
