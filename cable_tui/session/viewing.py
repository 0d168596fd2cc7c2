"""How a cable is painted: its lines joined or as sent, its header decoded or as sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Viewing:
    """Kept for all cables until the reader changes it."""

    joined: bool = False
    """Hard-wrapped lines are painted as one, page breaks are left out; copies are as filed."""
    decoded: bool = False
    """The transmission header is told in words."""


@dataclass(frozen=True, slots=True)
class Join(Action):
    """w: paragraphs as running text, or the lines as they were sent."""


@dataclass(frozen=True, slots=True)
class Decode(Action):
    """D: the header in words, or as it was sent."""


def join(session: Session, action: Join) -> Result:
    """The other way; says which."""
    del action
    if session.cable is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    joined = not session.viewing.joined
    said = "Lines joined, page breaks left out; copies stay as filed." if joined else "As sent."
    session = replace(session, viewing=replace(session.viewing, joined=joined))
    return session, (effects.Notify(said),)


def decode(session: Session, action: Decode) -> Result:
    """The other way, with the header in sight."""
    del action
    if session.cable is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    viewing = replace(session.viewing, decoded=not session.viewing.decoded)
    return replace(session, viewing=viewing, unfolded=True), ()


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {Join: join, Decode: decode}
