"""The context of a cable: what it cites, with its state, and who cites it, with the sentence."""

from __future__ import annotations

from dataclasses import replace

from cable_tui import query as language
from cable_tui.cable import Cable
from cable_tui.session import effects
from cable_tui.session.ask import ask_query
from cable_tui.session.base import Action, Effect
from cable_tui.session.feature_state import Context
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session

PAUSE = 0.25
"""Seconds that a cable is shown before its context is read: J held down reads none of it."""


class WantContext(Action):
    """The context is in sight: read it for the cable that is shown."""


class ContextPauseOver(Action):
    """The cable is still shown after a moment."""

    id: int


class ContextRead(Action):
    """A worker knows more of a context."""

    context: Context


class ShowChain(Action):
    """g t: all cables that citing joins to this one, oldest first."""


class ReadContext(Effect):
    """Read what a cable cites and who cites it; answered by `ContextRead`, the rest later."""

    id: int
    cable: Cable
    latest = "context"


@handles(WantContext)
def want_context(session: Session, _: WantContext) -> Result:
    """Once for each cable."""
    opened = session.opened
    if opened is None or session.context.id == opened.id:
        return session, ()
    session = replace(session, context=Context(opened.id))
    return session, (effects.DispatchLater(PAUSE, ContextPauseOver(opened.id)),)


@handles(ContextPauseOver)
def context_pause_over(session: Session, action: ContextPauseOver) -> Result:
    """Of the cable that is shown; another one asks for itself."""
    if session.opened is None or session.opened.id != action.id:
        return session, ()
    return session, (ReadContext(action.id, session.opened.cable),)


@handles(ContextRead)
def context_read(session: Session, action: ContextRead) -> Result:
    """An answer for another cable changes nothing."""
    if action.context.id != session.context.id:
        return session, ()
    return replace(session, context=action.context), ()


@handles(ShowChain)
def show_chain(session: Session, _: ShowChain) -> Result:
    """As a query, so that it can be read, changed and come back from."""
    if session.cable is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    text = f"chain:{session.cable.canonical_id} sort:created"
    session, wanted = ask_query(session, language.parse(text))
    return replace(session, pane="list", reading=False, zoomed=False), wanted
