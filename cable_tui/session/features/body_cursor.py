"""The cursor of the body: by paragraphs and REF lines, by sentences, by hits, and where it scrolls.

The painted lines of the text depend on the pane's width, and a new size and the scrollbar scroll
the pane without an action. The body reports both as `BodyLaidOut`. The rest is decided here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cable_tui.base.cable import Cable, Span
from cable_tui.base.value import replace
from cable_tui.query.answers import Highlighting
from cable_tui.session import effects
from cable_tui.session.feature_state import BodyPane
from cable_tui.session.features import links
from cable_tui.session.features.opened_cable import FollowReference, NoMoreHits, WordMatches
from cable_tui.session.features.selection import by_sentences, sentence_spans
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Edge, Landing

if TYPE_CHECKING:
    from cable_tui.text.painted_lines import TextLayout


class BodyLaidOut(Action):
    """The body has other painted lines or another height, or was scrolled without an action."""

    layout: TextLayout
    height: int
    top_line: int

    def step(self, session: Session) -> Result:
        """Keep it; the cursor comes along with a scroll, as it comes with a key's."""
        body, scroll = session.body, session.scroll
        if session.opened is None:
            return session, ()
        body_pane = replace(body, layout=self.layout, height=self.height)
        session = replace(session, body=body_pane, scroll=self.top_line)
        if body.layout is None and session.stop and not self.top_line:
            return _revealed(session), ()  # it was put there before there was a width
        return (session if self.top_line == scroll else _with_cursor(session)), ()


class StepParagraph(Action):
    """Move the cursor to the next paragraph or REF line, or the one before."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at the ends; it is on a whole paragraph again."""
        if session.cable is None or session.opening is not None:
            return session, ()
        last_stop = len(session.body.stops) - 1
        return _revealed(_put(session, max(0, min(session.stop + self.by, last_stop)))), ()


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
        stop = links.stop_near(session.body.stops, sentence[0])
        return _revealed(_put(session, stop, sentence)), ()


class ScrollBody(Action):
    """Scroll the body by some lines."""

    lines: int

    def step(self, session: Session) -> Result:
        """Scroll; the cursor comes along, so that it stays in sight."""
        if session.opened is None:
            return session, ()
        return _scrolled(session, session.scroll + self.lines), ()


class MoveToEnd(Action):
    """Move to the end of the body, or to its top."""

    by: int

    def step(self, session: Session) -> Result:
        """Scroll there, with the cursor on the last stop or the first."""
        if session.opened is None:
            return session, ()
        layout, down = session.body.layout, self.by > 0
        session = _moved(session, len(session.body.stops) - 1 if down else 0)
        return _scrolled(session, len(layout.lines) if layout and down else 0), ()


class PutBodyCursor(Action):
    """Put the cursor on a stop that was clicked."""

    stop: int

    def step(self, session: Session) -> Result:
        """Put it there, unless another cable has been opened meanwhile."""
        is_known = self.stop < len(session.body.stops)
        return (_moved(session, self.stop) if is_known else session), ()


class StepHit(Action):
    """n and N: the next match of the query's words or of the words to find, or the one before."""

    by: int

    def step(self, session: Session) -> Result:
        """Go to it; from the last of the query go on in the next cable, of others begin again."""
        is_finding, body = session.find.active, session.body
        if not is_finding and not session.query.has_words:
            return session, (effects.Notify("Nothing is highlighted: the query has no words."),)
        if session.opened is None:
            return NoMoreHits(self.by).step(session)
        if body.hit is not None and _is_visible(session, body.hits[body.hit]):
            hit_index = body.hit + self.by
        else:
            # From the cursor, which a resumed place has without a hit.
            hit_index = _hit_from(session, max(body.stops[session.stop].span[0], _top(session)))
            hit_index -= self.by < 0
        if is_finding and not 0 <= hit_index < len(body.hits):
            hit_index = 0 if self.by > 0 else len(body.hits) - 1
        if (session_at_hit := _at_hit(session, hit_index)) is not None:
            return session_at_hit, ()
        if is_finding:
            return session, (effects.Notify(f"“{session.find.text}” is not in this cable."),)
        return NoMoreHits(self.by).step(session)


class Land(Action):
    """Arrive at a position in the open cable, which is laid out."""

    landing: Landing

    def step(self, session: Session) -> Result:
        """Put the cursor there, and scroll."""
        landing = self.landing
        if session.opened is None:
            return session, ()
        if landing.hit:
            index = _hit_at(session, landing.hit)
            return _at_hit(session, index) or session, ()
        if landing.offset is not None:
            return _at_offset(session, landing.offset), ()
        stop = _stop_of(session, landing.index, landing.stop or 0)
        if landing.scroll is not None:
            return _scrolled(_moved(session, stop), landing.scroll), ()
        return (session if landing.index is None else _revealed(_put(session, stop))), ()


class FollowHere(Action):
    """Open the cable that the paragraph or REF line under the cursor refers to."""

    def step(self, session: Session) -> Result:
        """Open the only one, or let the reader choose among several."""
        if session.cable is None:
            return session, ()
        return FollowReference(links.references_at(session.cable, session.stop)).step(session)


def follow_text(before: Session, session: Session) -> Session:
    """Return the session after an action, with the stops and the matches of its cable's text."""
    cable, highlights = session.cable, _highlights(session)
    if session.opened is before.opened and highlights == _highlights(before):
        return session
    if cable is None:
        return replace(session, body=BodyPane())
    hits = tuple(highlights.places(cable.body.text))
    if session.opened is not before.opened:
        session = replace(session, body=BodyPane(hits=hits, stops=links.stops(cable)))
        return _put(session, _stop_of(session, session.paragraph, session.stop))
    session = replace(session, body=replace(session.body, hits=hits, hit=None))
    if session.find.text in ("", before.find.text):
        return session
    return _at_hit(session, _hit_from(session, _top(session))) or _at_hit(session, 0) or session


def _highlights(session: Session) -> Highlighting:
    return WordMatches(session.find.text) if session.find.text else session.hits.highlights


def _put(session: Session, stop: int, sentence: Span | None = None) -> Session:
    """Put the cursor on a stop of the body, or on a sentence there."""
    paragraph = session.body.stops[stop].paragraph
    session = by_sentences(session, paragraph, sentence)
    return replace(session, stop=stop, paragraph=paragraph)


def _stop_of(session: Session, paragraph: int | None, stop: int) -> int:
    """Return the stop if it belongs to this paragraph, else the first one that does."""
    stops = session.body.stops
    if stop < len(stops) and stops[stop].paragraph == paragraph:
        return stop
    paragraphs = [cursor_stop.paragraph for cursor_stop in stops]
    return paragraphs.index(paragraph) if paragraph in paragraphs else 0


def _moved(session: Session, stop: int) -> Session:
    """Put the cursor on a stop; it stays on its sentence if that is there."""
    (start, end), sentence = session.body.stops[stop].span, session.sentence
    is_inside = sentence is not None and start <= sentence[0] < end
    return _put(session, stop, sentence if is_inside else None)


def _at_hit(session: Session, index: int) -> Session | None:
    """Put the cursor on a hit; None if it does not exist."""
    body = session.body
    if not 0 <= index < len(body.hits):
        return None
    session = replace(session, body=replace(body, hit=index))
    stop = links.stop_near(body.stops, body.hits[index][0])
    return _in_sight(_moved(session, stop), body.hits[index])


def _hit_at(session: Session, edge: Edge) -> int:
    """Return the index of the first or the last match, -1 if there is none."""
    last = len(session.body.hits) - 1
    if edge == "last" or session.cable is None:
        return last
    paragraphs = session.cable.body.paragraphs if edge == "first in a paragraph" else ()
    index = _hit_from(session, paragraphs[0].span[0]) if paragraphs else 0
    return index if index <= last else 0


def _at_offset(session: Session, offset: int) -> Session:
    """Put the cursor on the match at an offset of the text; without a match, on the offset."""
    index, hits = _hit_from(session, offset), session.body.hits
    if index < len(hits) and hits[index][0] == offset:
        return _at_hit(session, index) or session
    session = _put(session, links.stop_near(session.body.stops, offset))
    return _in_sight(session, (offset, offset + 1))


def _hit_from(session: Session, offset: int) -> int:
    """Find the first hit that begins at a character or after it."""
    return bisect_left(session.body.hits, (offset, -1))


def _top(session: Session) -> int:
    """Return the offset at which the line at the top of the pane begins."""
    layout = session.body.layout
    return layout.lines[min(session.scroll, len(layout.lines) - 1)].start if layout else 0


def _is_visible(session: Session, span: Span) -> bool:
    if session.body.layout is None:
        return False
    shown_lines, top_line = session.body.layout.lines_of(span), session.scroll
    return shown_lines.start < top_line + session.body.height and shown_lines.stop > top_line


def _scrolled(session: Session, top_line: int) -> Session:
    """Scroll to a line or the nearest that can be at the top, with the cursor."""
    layout, height = session.body.layout, session.body.height
    if layout is None:  # the body scrolls there when there is a width
        return replace(session, scroll=max(top_line, 0))
    top_line = min(max(top_line, 0), max(len(layout.lines) - max(height, 1), 0))
    if top_line == session.scroll:
        return session
    return _with_cursor(replace(session, scroll=top_line))


def _with_cursor(session: Session) -> Session:
    """Move the cursor along after a scroll, so that it stays in sight."""
    stops = session.body.stops
    if session.body.layout is None or _is_visible(session, stops[session.stop].span):
        return session
    return _moved(session, links.stop_near(stops, _top(session)))


def _in_sight(session: Session, span: Span) -> Session:
    """Scroll if a range of the text is not in sight; then it is in the upper half."""
    layout = session.body.layout
    if layout is None:
        return replace(session, scroll=0)
    if _is_visible(session, span):
        return session
    return _scrolled(session, layout.line_of(span[0]) - session.body.height // 3)


def _revealed(session: Session) -> Session:
    """Scroll only as far as needed to show the sentence or stop under the cursor."""
    layout, height, top_line = session.body.layout, session.body.height, session.scroll
    if layout is None:
        return replace(session, scroll=0)
    shown_lines = layout.lines_of(session.sentence or session.body.stops[session.stop].span)
    if shown_lines.start < top_line or len(shown_lines) >= height:
        return _scrolled(session, shown_lines.start - 1)
    if shown_lines.stop > top_line + height - 1:
        return _scrolled(session, shown_lines.stop + 1 - height)
    return session


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
