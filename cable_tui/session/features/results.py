"""The list of results: the question that it answers, its cursor, order, and spellings."""

from __future__ import annotations

from cable_tui import query as language
from cable_tui.query import Filter, Group, Phrase, Query, Word
from cable_tui.query.model import opposite
from cable_tui.session import effects, feature_state
from cable_tui.session.ask import ask, ask_query
from cable_tui.session.base import Action, Effect
from cable_tui.session.features import preview, query_edits, research_log, timeline
from cable_tui.session.folding import folded, row_of
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import Counts, Hits, Offer
from cable_tui.value import replace


class StartArchive(Action):
    """An archive was opened."""

    text: str = ""
    reference: str = ""
    """A cable to open at once, perhaps with `#3`."""


class AddSpellings(Action):
    """Add the near words that were offered to the query."""


class ReverseOrder(Action):
    """Reverse the order of the list."""


class HitsFound(Action):
    """The answer to a query."""

    hits: Hits
    more: bool = False
    """Only the first ids are there; the whole answer follows."""


class TextsRead(Action):
    """Texts were read for an answer that needs them."""

    done: int
    total: int


class FacetsCounted(Action):
    """The facet counts of a query."""

    counts: Counts


class TotalsCounted(Action):
    """The facet counts of the whole archive."""

    counts: Counts


class CountTotals(Effect):
    """Count the facets of the whole archive; answered by `TotalsCounted`."""

    latest = "totals"


class ArchiveGrew(Action):
    """The archive has more cables than when it was searched."""


class MoveCursor(Action):
    """Move the cursor of the list by lines."""

    by: int


class MoveCursorTo(Action):
    """Move the cursor of the list to a line; negative counts from the end."""

    index: int


class SpellingsOffered(Action):
    """Words of the query that have much more frequent near neighbours."""

    offers: tuple[Offer, ...]


@handles(SpellingsOffered)
def spellings_offered(session: Session, action: SpellingsOffered) -> Result:
    """Show them beside the list that they belong to."""
    return replace(session, hits=replace(session.hits, offers=action.offers)), ()


@handles(StartArchive)
def start_archive(session: Session, action: StartArchive) -> Result:
    """Run the first query, and open the cable that the command line named."""
    query = language.parse(action.text)
    text = str(query)
    session = replace(session, selection=feature_state.Selection())
    session = replace(session, phase="ready", failure="", checked=False, stalled="")
    session = replace(session, text=text, committed_text=text, query=query)
    session, asked = ask(session)
    opening: tuple[Effect, ...] = ()
    if action.reference:
        reference, _, paragraph = action.reference.partition("#")
        label = paragraph.removeprefix("par") or None
        session = replace(session, pending_reference=(reference, label))
        opening = (effects.GoToCable(reference, label),)
    return session, (*asked, effects.Summarise(), *opening)


@handles(AddSpellings)
def add_spellings(session: Session, _: AddSpellings) -> Result:
    """Turn `gaddafi` into `(gaddafi or qadhafi or qaddafi)` in the bar.

    A phrase or a filter that finds nothing gives way to what was offered instead of it.
    """
    query = session.query
    for offer in session.hits.offers:
        for term in query.leaves:
            if isinstance(term, Word) and term.text.casefold() == offer.word.casefold():
                others = tuple((Word(word, field=term.field),) for word, _ in offer.also)
                plain = replace(term, negated=False)
                query = query.instead(term, Group(((plain,), *others), term.negated))
            elif isinstance(term, Filter | Phrase) and str(term) == offer.word:
                query = _bent(query, term, offer)
    if query == session.query:
        return session, (effects.Notify("No other spelling is offered for this query."),)
    return ask_query(session, query)


def _bent(query: Query, term: Filter | Phrase, offer: Offer) -> Query:
    """The query with what was offered for a phrase or a filter."""
    found = tuple(each for text, _ in offer.also for each in language.parse(text).terms)
    if isinstance(term, Filter):  # of one facet: they are alternatives as they stand
        return query.instead(term, *found)
    meant = (term, *found) if offer.count else found
    group = Group(tuple((each,) for each in meant))
    return query.instead(term, group if len(meant) > 1 else meant[0])


@handles(ReverseOrder)
def reverse_order(session: Session, _: ReverseOrder) -> Result:
    """Search in the other order, from the top."""
    return ask_query(session, session.query.sorted_by(opposite(session.query.order)))


@handles(TextsRead)
def texts_read(session: Session, action: TextsRead) -> Result:
    """Show how many texts are read, while rows are missing."""
    if not session.is_waiting:
        return session, ()
    reading = feature_state.TextsToRead(action.done, action.total)
    return replace(session, texts_to_read=reading), ()


@handles(HitsFound)
def hits_found(session: Session, action: HitsFound) -> Result:
    """Show the list."""
    hits = folded(action.hits, session.copies)
    if action.more:
        # Enough for a list at its top; a cursor further down waits for its place.
        if session.at == 0 and session.keep is None:
            session = replace(session, hits=hits, answered="now")
        return session, ()
    at = _new_cursor(hits, session)
    before = session
    session = replace(session, hits=hits, answered="now", at=at, keep=None)
    session = replace(session, reasons=())
    counting = effects.CountFacets(session.query)
    wanted: tuple[Effect, ...] = (counting, *query_edits.found_nothing(session))
    if session.current != before.current:
        session, pause = preview.await_rest(before, session)
        wanted += pause
    session, look = research_log.await_look(session)
    return session, (*wanted, *look)


def _new_cursor(hits: Hits, session: Session) -> int:
    """The new line of the cable under the cursor, or as near as the new list allows.

    The cursor may have moved since the query was sent. The first answer folds copies which the
    rows of the first paint have not.
    """
    here = session.current
    keeps = session.keep is not None or not session.has_answer
    if keeps and session.at and here is not None:
        place = row_of(hits, here)
        if place is not None:
            return place
    return max(0, min(session.at, len(hits.ids) - 1))


@handles(FacetsCounted)
def facets_counted(session: Session, action: FacetsCounted) -> Result:
    """Show the counts."""
    session = replace(session, counts=action.counts, counted=True)
    wanted: tuple[Effect, ...] = ()
    if not session.query:
        session = replace(session, totals=action.counts)
    elif not session.totals:  # a room that begins with a query
        wanted = (CountTotals(),)
    return session, (*timeline.draw_timeline(session.query, action.counts), *wanted)


@handles(TotalsCounted)
def totals_counted(session: Session, action: TotalsCounted) -> Result:
    """Keep them: the library's head says what they mean."""
    return replace(session, totals=session.totals or action.counts), ()


@handles(ArchiveGrew)
def archive_grew(session: Session, _: ArchiveGrew) -> Result:
    """Run the same query again; pages of reports that were kept are forgotten.

    The cursor stays on its cable; at the top it stays at the top, where new cables arrive.
    """
    page = session.page and replace(session.page, cables=None)
    session = replace(session, page=page, left={})
    again = not session.is_waiting
    session, asked = ask(session, keep=session.current, again=again)
    wanted: tuple[Effect, ...] = (*asked, effects.Summarise())
    if session.pane == "bar" and session.text.strip():
        # what was looked up for the older question is no answer to this one
        session = replace(session, looking_up=True)
        wanted += (effects.FindJumps(session.text),)
    if session.pending_reference:
        wanted += (effects.GoToCable(*session.pending_reference),)
    if session.building is None or session.building.is_read:  # now it is here, or it is not
        session = replace(session, pending_reference=None)
    return session, wanted


@handles(MoveCursor)
def move_cursor(session: Session, action: MoveCursor) -> Result:
    """Move the cursor, stopping at the ends."""
    return preview.await_rest(session, with_cursor(session, session.at + action.by))


@handles(MoveCursorTo)
def move_cursor_to(session: Session, action: MoveCursorTo) -> Result:
    """Move the cursor to a line."""
    index = action.index
    index = index if index >= 0 else len(session.hits.ids) + index
    return preview.await_rest(session, with_cursor(session, index))


def with_cursor(session: Session, index: int) -> Session:
    """The session with the cursor of the list on a line, or as near as there is one."""
    return replace(session, at=max(0, min(index, len(session.hits.ids) - 1)))
