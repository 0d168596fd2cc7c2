"""How a cable is painted: its lines joined or as sent, its header decoded or as sent."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.text import repaired
from cable_tui.value import replace


class JoinLines(Action):
    """w: show paragraphs as running text, or the lines as sent."""


class DecodeHeader(Action):
    """D: show the header in words, or as sent."""


@handles(JoinLines)
def join_lines(session: Session, _: JoinLines) -> Result:
    """Switch, and say which."""
    if session.cable is None:
        return session, (effects.NO_CABLE,)
    joined = not session.text_options.joined
    said = "Lines joined, page breaks left out; copies stay as filed." if joined else "As sent."
    session = replace(session, text_options=replace(session.text_options, joined=joined))
    return session, (effects.Notify(said),)


@handles(DecodeHeader)
def decode_header(session: Session, _: DecodeHeader) -> Result:
    """Switch, and unfold the header."""
    if session.cable is None:
        return session, (effects.NO_CABLE,)
    options = replace(session.text_options, decoded=not session.text_options.decoded)
    return replace(session, text_options=options, unfolded=True), ()


def toggle_repaired(session: Session) -> Result:
    """Switch between the text as filed and with its quotes repaired; say which."""
    cable = session.cable
    if cable is None:
        return session, (effects.NO_CABLE,)
    if session.repaired:
        return replace(session, repaired=False), (effects.Notify("Shown as filed."),)
    texts = (cable.subject, cable.body.text)
    said = "Shown repaired (Sarkozy’s for Sarkozy,s); copies stay as filed."
    if all(repaired(text) == text for text in texts):
        said = "Nothing in this cable is to be repaired; others are shown repaired now."
    return replace(session, repaired=True), (effects.Notify(said),)
