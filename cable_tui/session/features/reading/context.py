"""The context of a cable: what it cites, and who cites it, with the sentence."""

from __future__ import annotations

from cable_tui.cable import Cable
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.feature_state import Context
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.value import replace

PAUSE = 0.25
"""Seconds that a cable is shown before its context is read: J held down reads none of it."""


class WantContext(Action):
    """The context pane is in sight: read it for the open cable."""


class ContextPauseOver(Action):
    """The pause before a context is read is over."""

    id: int


class ContextRead(Action):
    """A part of a context was read."""

    context: Context


class ReadContext(Effect):
    """Read what a cable cites and who cites it; answered by `ContextRead`, sentences later."""

    id: int
    cable: Cable
    latest = "context"


@handles(WantContext)
def want_context(session: Session, _: WantContext) -> Result:
    """Read the context after a pause, once for each cable."""
    opened = session.opened
    if opened is None or session.context.id == opened.id:
        return session, ()
    session = replace(session, context=Context(opened.id))
    return session, (effects.DispatchLater(PAUSE, ContextPauseOver(opened.id)),)


@handles(ContextPauseOver)
def context_pause_over(session: Session, action: ContextPauseOver) -> Result:
    """Read the context, if the same cable is still shown."""
    if session.opened is None or session.opened.id != action.id:
        return session, ()
    return session, (ReadContext(action.id, session.opened.cable),)


@handles(ContextRead)
def context_read(session: Session, action: ContextRead) -> Result:
    """Show it, unless it is of another cable."""
    if action.context.id != session.context.id:
        return session, ()
    return replace(session, context=action.context), ()
