"""Notices: short sentences on what was done, must be known, or did not work."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session


class Said(Action):
    """Something that was asked for is done; the sentence says what."""

    sentence: str


class Warned(Action):
    """Something that must be known of what was asked for; it is done all the same."""

    sentence: str


class Failed(Action):
    """Something that was asked for did not work; the sentence says what."""

    sentence: str


@handles(Said)
def said(session: Session, action: Said) -> Result:
    """A sentence on what was done."""
    return session, (effects.Notify(action.sentence),)


@handles(Warned)
def warned(session: Session, action: Warned) -> Result:
    """A sentence on what must be known."""
    return session, (effects.Notify(action.sentence, "warning"),)


@handles(Failed)
def failed(session: Session, action: Failed) -> Result:
    """A sentence on what did not work."""
    return session, (effects.Notify(action.sentence, "error"),)
