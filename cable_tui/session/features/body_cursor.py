"""The cursor of the body: by paragraphs and REF lines, by sentences, and what it is on.

Only which line of the text is at the top of the pane depends on the pane's width: the body tells
that, and where a scroll takes the cursor along, as `BodyMoved`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.base.cable import Cable, Span
from cable_tui.base.value import replace
from cable_tui.session.features import links
from cable_tui.session.features.opened_cable import FollowReference
from cable_tui.session.features.selection import by_sentences, sentence_spans
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect


class ShowBodyCursor(Effect):
    """Draw the cursor of the body, and scroll as far as needed to see it."""

    stop: int
    sentence: Span | None


class StepParagraph(Action):
    """Move the cursor to the next paragraph or REF line, or the one before."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at the ends; it is on a whole paragraph again."""
        if session.cable is None or session.opening is not None:
            return session, ()
        last_stop = len(links.stops(session.cable)) - 1
        return _put(session, session.cable, max(0, min(session.stop + self.by, last_stop)))


class StepSentence(Action):
    """Move the cursor to the next sentence, or the one before."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor; from a paragraph it goes to its first or last sentence."""
        if session.cable is None or session.opening is not None:
            return session, ()
        sentence = next(_sentences_from(session, session.cable, self.by), None)
        if sentence is None:
            return session, ()
        sentence_stop = links.stop_near(links.stops(session.cable), sentence[0])
        return _put(session, session.cable, sentence_stop, sentence)


class FollowHere(Action):
    """Open the cable that the paragraph or REF line under the cursor refers to."""

    def step(self, session: Session) -> Result:
        """Open the only one, or let the reader choose among several."""
        if session.cable is None:
            return session, ()
        return FollowReference(links.references_at(session.cable, session.stop)).step(session)


def _put(session: Session, cable: Cable, stop: int, sentence: Span | None = None) -> Result:
    """Put the cursor on a stop of the body, or on a sentence there."""
    paragraph = links.stops(cable)[stop].paragraph
    session = by_sentences(session, paragraph, sentence)
    return replace(session, stop=stop, paragraph=paragraph), (ShowBodyCursor(stop, sentence),)


def _sentences_from(session: Session, cable: Cable, by: int) -> Iterator[Span]:
    """Yield the sentences from the cursor on, in one direction."""
    here = session.paragraph
    if here is None:  # above all paragraphs
        here = 0 if by > 0 else -1
    elif session.sentence is None:
        yield from sentence_spans(cable, here)[::by]
        return
    paragraph_numbers = range(here, len(cable.body.paragraphs)) if by > 0 else range(here, -1, -1)
    sentence_now = session.sentence
    for paragraph_number in paragraph_numbers:
        for span in sentence_spans(cable, paragraph_number)[::by]:
            if sentence_now is None or (span > sentence_now if by > 0 else span < sentence_now):
                yield span
