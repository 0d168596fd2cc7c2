"""Finding words in the cable that is read: `^f`, then n and N, until Esc."""

from __future__ import annotations

import re

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.session import effects
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.text import fold
from cable_tui.value import Value, replace


class WordMatches(Value):
    """The places of words in a text, whatever their case and accents, also over line ends."""

    text: str

    def spans(self, text: str) -> list[Span]:
        """Ranges of characters, in order; none for nothing."""
        parts = self.text.split()
        if not parts:
            return []
        shape = pattern(r"\s+".join(re.escape(_plain(part)) for part in parts))
        return [found.span() for found in shape.finditer(_plain(text))]

    places = spans


def _plain(text: str) -> str:
    """Folded, with as many characters as before: a letter that would become two stays."""
    if text.isascii():
        return text.lower()
    return "".join(one if len(one := fold(sign)) == 1 else sign for sign in text)


class OpenFind(Action):
    """^f: open the line to find words in the cable."""


class FindText(Action):
    """The text of the line changed."""

    text: str


class CloseFind(Action):
    """Enter: the keys go back to the body, the matches stay highlighted."""


@handles(OpenFind)
def open_find(session: Session, _: OpenFind) -> Result:
    """Open the line with the last words of this cable."""
    if session.cable is None:
        return session, (effects.NO_CABLE,)
    session = replace(session, pane="body", reading=True, library_open=False)
    return replace(session, find=replace(session.find, open=True)), ()


@handles(FindText)
def find_text(session: Session, action: FindText) -> Result:
    """Highlight what the text matches."""
    return replace(session, find=replace(session.find, text=action.text)), ()


@handles(CloseFind)
def close_find(session: Session, _: CloseFind) -> Result:
    """Close the line; without a text nothing is highlighted."""
    return replace(session, find=replace(session.find, open=False)), ()
