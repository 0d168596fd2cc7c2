"""The cursor in the body: move it by paragraphs, sentences and matches, and scroll with it.

The painted lines depend on the width of the pane, and resizing or dragging the scrollbar scrolls
the pane without an action. The body reports both as `BodyLaidOut`. All other positions are
determined here.
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
    """The body was laid out again, changed its height, or was scrolled without an action."""

    layout: TextLayout
    height: int
    top_line: int

    def step(self, session: Session) -> Result:
        """Store the new layout; the cursor follows the scrolling, as it does after a key."""
        previous_body, previous_scroll = session.body, session.scroll
        if session.opened is None:
            return session, ()
        body_pane = replace(previous_body, layout=self.layout, height=self.height)
        session = replace(session, body=body_pane, scroll=self.top_line)
        if previous_body.layout is None and session.stop and not self.top_line:
            return _revealed(session), ()  # it was put there before there was a width
        return (session if self.top_line == previous_scroll else _with_cursor(session)), ()


class StepParagraph(Action):
    """Move the cursor to the next or the previous paragraph or REF line."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at either end; it then covers a whole paragraph again."""
        if session.cable is None or session.opening is not None:
            return session, ()
        last_stop = len(session.body.stops) - 1
        return _revealed(_put(session, max(0, min(session.stop + self.by, last_stop)))), ()


class StepSentence(Action):
    """Move the cursor to the next or the previous sentence."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor; from a paragraph it moves to the first or last sentence."""
        if session.cable is None or session.opening is not None:
            return session, ()
        sentence = next(_sentences_from(session, session.cable, self.by), None)
        if sentence is None:
            return session, ()
        stop_index = links.stop_near(session.body.stops, sentence[0])
        return _revealed(_put(session, stop_index, sentence)), ()


class ScrollBody(Action):
    """Scroll the body by a number of lines."""

    lines: int

    def step(self, session: Session) -> Result:
        """Scroll; the cursor follows, so that it stays visible."""
        if session.opened is None:
            return session, ()
        return _scrolled(session, session.scroll + self.lines), ()


class MoveToEnd(Action):
    """Move to the end or to the top of the body."""

    by: int

    def step(self, session: Session) -> Result:
        """Scroll to the end or the top, and put the cursor on the last or the first stop."""
        if session.opened is None:
            return session, ()
        layout, moves_down = session.body.layout, self.by > 0
        session = _moved(session, len(session.body.stops) - 1 if moves_down else 0)
        return _scrolled(session, len(layout.lines) if layout and moves_down else 0), ()


class PutBodyCursor(Action):
    """Put the cursor on the stop that the reader clicked."""

    stop: int

    def step(self, session: Session) -> Result:
        """Move the cursor to the stop, unless another cable has been opened since."""
        is_known = self.stop < len(session.body.stops)
        return (_moved(session, self.stop) if is_known else session), ()


class StepHit(Action):
    """`n` and `N`: go to the next or previous match of the query's words or the words to find."""

    by: int

    def step(self, session: Session) -> Result:
        """Go to the match.

        After the last match, go to the next cable, or start again in this one.
        """
        is_finding_words, body_pane = session.find.active, session.body
        if not is_finding_words and not session.query.has_words:
            return session, (effects.Notify("Nothing is highlighted: the query has no words."),)
        if session.opened is None:
            return NoMoreHits(self.by).step(session)
        if body_pane.hit is not None and _is_visible(session, body_pane.hits[body_pane.hit]):
            hit_index = body_pane.hit + self.by
        else:
            # From the cursor, which a resumed place has without a hit.
            hit_index = _hit_from(
                session, max(body_pane.stops[session.stop].span[0], _top(session))
            )
            hit_index -= self.by < 0
        if is_finding_words and not 0 <= hit_index < len(body_pane.hits):
            hit_index = 0 if self.by > 0 else len(body_pane.hits) - 1
        if (session_at_hit := _at_hit(session, hit_index)) is not None:
            return session_at_hit, ()
        if is_finding_words:
            return session, (effects.Notify(f"“{session.find.text}” is not in this cable."),)
        return NoMoreHits(self.by).step(session)


class Land(Action):
    """Go to a position in the open cable once the cable is laid out."""

    landing: Landing

    def step(self, session: Session) -> Result:
        """Put the cursor on the position, and scroll to it."""
        landing = self.landing
        if session.opened is None:
            return session, ()
        if landing.hit:
            hit_index = _hit_at(session, landing.hit)
            return _at_hit(session, hit_index) or session, ()
        if landing.offset is not None:
            return _at_offset(session, landing.offset), ()
        stop_index = _stop_of(session, landing.index, landing.stop or 0)
        if landing.scroll is not None:
            return _scrolled(_moved(session, stop_index), landing.scroll), ()
        return (session if landing.index is None else _revealed(_put(session, stop_index))), ()


class FollowHere(Action):
    """Open the cable that the paragraph or REF line under the cursor refers to."""

    def step(self, session: Session) -> Result:
        """Open the only cable, or let the reader choose among several."""
        if session.cable is None:
            return session, ()
        return FollowReference(links.references_at(session.cable, session.stop)).step(session)


def follow_text(previous_session: Session, session: Session) -> Session:
    """Return the session after an action, with the stops and the matches in the cable it shows."""
    cable, highlights = session.cable, _highlights(session)
    if session.opened is previous_session.opened and highlights == _highlights(previous_session):
        return session
    if cable is None:
        return replace(session, body=BodyPane())
    matching_spans = tuple(highlights.places(cable.body.text))
    if session.opened is not previous_session.opened:
        session = replace(session, body=BodyPane(hits=matching_spans, stops=links.stops(cable)))
        return _put(session, _stop_of(session, session.paragraph, session.stop))
    session = replace(session, body=replace(session.body, hits=matching_spans, hit=None))
    if session.find.text in ("", previous_session.find.text):
        return session
    return _at_hit(session, _hit_from(session, _top(session))) or _at_hit(session, 0) or session


def _highlights(session: Session) -> Highlighting:
    return WordMatches(session.find.text) if session.find.text else session.hits.highlights


def _put(session: Session, stop: int, sentence: Span | None = None) -> Session:
    """Put the cursor on a stop of the body, or on a sentence at that stop."""
    paragraph = session.body.stops[stop].paragraph
    session = by_sentences(session, paragraph, sentence)
    return replace(session, stop=stop, paragraph=paragraph)


def _stop_of(session: Session, paragraph: int | None, stop: int) -> int:
    """Return the stop if it belongs to the paragraph, or else the first stop that does."""
    cursor_stops = session.body.stops
    if stop < len(cursor_stops) and cursor_stops[stop].paragraph == paragraph:
        return stop
    stop_paragraphs = [cursor_stop.paragraph for cursor_stop in cursor_stops]
    return stop_paragraphs.index(paragraph) if paragraph in stop_paragraphs else 0


def _moved(session: Session, stop: int) -> Session:
    """Put the cursor on a stop; keep it on its sentence if the stop contains that sentence."""
    (stop_start, stop_end), current_sentence = session.body.stops[stop].span, session.sentence
    is_inside = current_sentence is not None and stop_start <= current_sentence[0] < stop_end
    return _put(session, stop, current_sentence if is_inside else None)


def _at_hit(session: Session, hit_index: int) -> Session | None:
    """Put the cursor on a match, or return None if there is no match with this index."""
    body_pane = session.body
    if not 0 <= hit_index < len(body_pane.hits):
        return None
    session = replace(session, body=replace(body_pane, hit=hit_index))
    stop_index = links.stop_near(body_pane.stops, body_pane.hits[hit_index][0])
    return _in_sight(_moved(session, stop_index), body_pane.hits[hit_index])


def _hit_at(session: Session, edge: Edge) -> int:
    """Return the index of the first or the last match, or -1 if there is none."""
    last_hit_index = len(session.body.hits) - 1
    if edge == "last" or session.cable is None:
        return last_hit_index
    paragraphs = session.cable.body.paragraphs if edge == "first in a paragraph" else ()
    hit_index = _hit_from(session, paragraphs[0].span[0]) if paragraphs else 0
    return hit_index if hit_index <= last_hit_index else 0


def _at_offset(session: Session, offset: int) -> Session:
    """Put the cursor on the match that begins at an offset, or else at the offset itself."""
    hit_index, matching_spans = _hit_from(session, offset), session.body.hits
    if hit_index < len(matching_spans) and matching_spans[hit_index][0] == offset:
        return _at_hit(session, hit_index) or session
    session = _put(session, links.stop_near(session.body.stops, offset))
    return _in_sight(session, (offset, offset + 1))


def _hit_from(session: Session, offset: int) -> int:
    """Return the index of the first match that begins at or after an offset."""
    return bisect_left(session.body.hits, (offset, -1))


def _top(session: Session) -> int:
    """Return the offset of the text at the top line of the pane."""
    layout = session.body.layout
    return layout.lines[min(session.scroll, len(layout.lines) - 1)].start if layout else 0


def _is_visible(session: Session, span: Span) -> bool:
    if session.body.layout is None:
        return False
    span_lines, top_line = session.body.layout.lines_of(span), session.scroll
    return span_lines.start < top_line + session.body.height and span_lines.stop > top_line


def _scrolled(session: Session, top_line: int) -> Session:
    """Scroll to a line, or as near to it as possible; the cursor follows."""
    layout, pane_height = session.body.layout, session.body.height
    if layout is None:  # the body scrolls there when there is a width
        return replace(session, scroll=max(top_line, 0))
    top_line = min(max(top_line, 0), max(len(layout.lines) - max(pane_height, 1), 0))
    if top_line == session.scroll:
        return session
    return _with_cursor(replace(session, scroll=top_line))


def _with_cursor(session: Session) -> Session:
    """Move the cursor after scrolling, so that it stays visible."""
    cursor_stops = session.body.stops
    if session.body.layout is None or _is_visible(session, cursor_stops[session.stop].span):
        return session
    return _moved(session, links.stop_near(cursor_stops, _top(session)))


def _in_sight(session: Session, span: Span) -> Session:
    """If a span is not visible, scroll so that it appears in the upper half of the pane."""
    layout = session.body.layout
    if layout is None:
        return replace(session, scroll=0)
    if _is_visible(session, span):
        return session
    return _scrolled(session, layout.line_of(span[0]) - session.body.height // 3)


def _revealed(session: Session) -> Session:
    """Scroll only as far as necessary to show the sentence or stop under the cursor."""
    layout, pane_height, top_line = session.body.layout, session.body.height, session.scroll
    if layout is None:
        return replace(session, scroll=0)
    cursor_lines = layout.lines_of(session.sentence or session.body.stops[session.stop].span)
    if cursor_lines.start < top_line or len(cursor_lines) >= pane_height:
        return _scrolled(session, cursor_lines.start - 1)
    if cursor_lines.stop > top_line + pane_height - 1:
        return _scrolled(session, cursor_lines.stop + 1 - pane_height)
    return session


def _sentences_from(session: Session, cable: Cable, by: int) -> Iterator[Span]:
    """Yield the sentences from the cursor to the end or the beginning of the body."""
    paragraph_index = session.paragraph
    if paragraph_index is None:  # above all paragraphs
        paragraph_index = 0 if by > 0 else -1
    elif session.sentence is None:
        yield from sentence_spans(cable, paragraph_index)[::by]
        return
    paragraph_indexes = (
        range(paragraph_index, len(cable.body.paragraphs))
        if by > 0
        else range(paragraph_index, -1, -1)
    )
    current_sentence = session.sentence
    for current_index in paragraph_indexes:
        for sentence_span in sentence_spans(cable, current_index)[::by]:
            if current_sentence is None or (
                sentence_span > current_sentence if by > 0 else sentence_span < current_sentence
            ):
                yield sentence_span
