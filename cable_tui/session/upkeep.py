"""Steps of the index's upkeep: looking at the folder again, and a cache that is another user's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.values import Building

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]

LATER = "The folder is being read; it will be looked at once more after that."
READONLY = "This cache is read-only: its owner brings it up to date."


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Who brings the index up to date, and whether the reader asked for it."""

    readonly: bool = False
    """The cache is another user's, or stands on a disk that cannot be written to."""
    asked: bool = False
    """The reader waits to hear what has changed in the folder."""
    again: bool = False
    """The reader asked while the folder was being read: it is looked at once more after that."""


@dataclass(frozen=True, slots=True)
class OnlyRead(Action):
    """The cache that was opened cannot be written to: nobody here indexes."""


@dataclass(frozen=True, slots=True)
class Rescan(Action):
    """Look whether the folder has changed."""


@dataclass(frozen=True, slots=True)
class Built(Action):
    """A run of the builder came to its end: what it did to the archive's cables."""

    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class StartBuilder(Effect):
    """Bring the index up to date in a process of its own."""


def only_read(session: Session, action: OnlyRead) -> Result:
    """The index is what it is: what is not there now comes when its owner makes it come."""
    del action
    upkeep = replace(session.upkeep, readonly=True)
    return replace(session, upkeep=upkeep, building=None, checked=True), ()


def rescan(session: Session, action: Rescan) -> Result:
    """One look at a time; what it finds is said at its end."""
    del action
    if session.upkeep.readonly:
        return session, (effects.Notify(READONLY),)
    if session.building is not None:
        upkeep = replace(session.upkeep, asked=True, again=True)
        return replace(session, upkeep=upkeep), (effects.Notify(LATER),)
    session, started = _started(session)
    said = effects.Notify("Looking for what has changed in the folder ...")
    return session, (said, *started)


def ended(session: Session) -> Result:
    """A look that was asked for meanwhile begins when the one before it has ended."""
    return _started(session) if session.upkeep.again else (session, ())


def _started(session: Session) -> Result:
    upkeep = replace(session.upkeep, asked=True, again=False)
    building = Building("walk", 0, 0)
    return replace(session, upkeep=upkeep, building=building, stalled=""), (StartBuilder(),)


def built(session: Session, action: Built) -> Result:
    """Said to a reader who asked; others see it in the list."""
    if not session.upkeep.asked:
        return session, ()
    session = replace(session, upkeep=replace(session.upkeep, asked=False))
    counts = (("new", action.added), ("changed", action.changed), ("removed", action.removed))
    parts = [f"{count:,} {word}" for word, count in counts if count]
    said = f"{', '.join(parts)}." if parts else "Nothing has changed in the folder."
    return session, (effects.Notify(said),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    OnlyRead: only_read,
    Rescan: rescan,
    Built: built,
}
