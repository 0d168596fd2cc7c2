"""The list of results: answers, the cursor, folding of near-duplicates, suggested spellings."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from cable_tui import query as language
from cable_tui.base.value import replace
from cable_tui.query import Filter, Group, Phrase, Query, Word
from cable_tui.query.answers import FIRST_ROWS, CableRow, Counts, Hits, Offer
from cable_tui.query.fields import asks_text
from cable_tui.session import effects, feature_state
from cable_tui.session.ask import absences_wanted, ask, ask_query, found_nothing
from cable_tui.session.features import preview, timeline
from cable_tui.session.near_duplicates import folded, lead_of, row_of, with_copies, with_group
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect


class StartArchive(Action):
    """An archive was opened."""

    text: str = ""
    reference: str = ""
    """The reference ID of a cable to open immediately, optionally with a paragraph such as `#3`, or
    an empty string.
    """

    def step(self, session: Session) -> Result:
        """Send the first query, and open the cable named on the command line."""
        query = language.parse(self.text)
        query_text = self.text if query.complaints or query.advice else str(query)
        session = replace(session, selection=feature_state.Selection())
        session = replace(session, phase="ready", failure="", checked=False, stalled="")
        session = replace(session, text=query_text, committed_text=query_text, query=query)
        session, ask_effects = ask(session)
        open_effects: tuple[Effect, ...] = ()
        if self.reference:
            reference, _, paragraph = self.reference.partition("#")
            paragraph_label = paragraph.removeprefix("par") or None
            session = replace(session, pending_reference=(reference, paragraph_label))
            open_effects = (effects.GoToCable(reference, paragraph_label),)
        return session, (*ask_effects, effects.Summarise(), *open_effects)


class AddSpellings(Action):
    """Add the suggested similar words to the query."""

    def step(self, session: Session) -> Result:
        """Change `gaddafi` into `(gaddafi or qadhafi or qaddafi)`, for example, and send the query.

        A phrase or a filter that finds nothing is replaced by its suggestion.
        """
        query = session.query
        for offer in session.hits.offers:
            for term in query.leaves:
                if isinstance(term, Word) and term.text.casefold() == offer.word.casefold():
                    other_words = tuple((Word(word, field=term.field),) for word, _ in offer.also)
                    plain_term = replace(term, negated=False)
                    query = query.instead(term, Group(((plain_term,), *other_words), term.negated))
                elif isinstance(term, Filter | Phrase) and str(term) == offer.word:
                    query = _bent(query, term, offer)
        if query == session.query:
            return session, (effects.Notify("There are no suggested spellings for this query."),)
        return ask_query(session, query)


class HitsFound(Action):
    """The answer to a query has arrived."""

    hits: Hits
    more: bool = False
    """Whether this is only the beginning of the answer, and the whole answer follows."""

    def step(self, session: Session) -> Result:
        """Show the answer in the list."""
        folded_hits = folded(self.hits, session.copies)
        if self.more:
            # Enough for a list at its top; a cursor further down waits for its place.
            if session.at == 0 and session.keep is None:
                session = replace(session, hits=folded_hits, answered="now")
            return session, ()
        cursor_row = _new_cursor(folded_hits, session)
        previous_session = session
        session = replace(session, hits=folded_hits, answered="now", at=cursor_row, keep=None)
        session = replace(session, reasons=())
        count_facets = effects.CountFacets(session.query)
        answer_effects: tuple[Effect, ...] = (
            count_facets,
            *found_nothing(session),
            *absences_wanted(session),
        )
        if session.current != previous_session.current:
            session, pause_effects = preview.await_rest(previous_session, session)
            answer_effects += pause_effects
        return session, answer_effects


class TextsRead(Action):
    """Texts were read for an answer that needs them."""

    done: int
    total: int

    def step(self, session: Session) -> Result:
        """Show how many texts were read, until the answer is complete."""
        if not session.is_waiting:
            return session, ()
        reading_progress = feature_state.TextsToRead(self.done, self.total)
        return replace(session, texts_to_read=reading_progress), ()


class FacetsCounted(Action):
    """The facet counts of a query were computed."""

    counts: Counts

    def step(self, session: Session) -> Result:
        """Show the counts in the filters."""
        session = replace(session, counts=self.counts, counted=True)
        count_effects: tuple[Effect, ...] = ()
        if not session.query:
            session = replace(session, totals=self.counts)
        elif not session.totals:  # a room that begins with a query
            count_effects = (CountTotals(),)
        return session, (*timeline.draw_timeline(session.query, self.counts), *count_effects)


class TotalsCounted(Action):
    """The facet counts of the whole archive were computed."""

    counts: Counts

    def step(self, session: Session) -> Result:
        """Store the counts, which are shown at the top of the filters."""
        return replace(session, totals=session.totals or self.counts), ()


class CountTotals(Effect):
    """Count the facets of the whole archive; answered by `TotalsCounted`."""

    latest = "totals"


class ArchiveGrew(Action):
    """The archive contains more cables than when the query was sent."""

    def step(self, session: Session) -> Result:
        """Resend the query, and forget the stored pages of reports.

        The cursor stays on its cable, or at the top, where new cables appear, if it is there.
        """
        outdated_page = session.page and replace(session.page, cables=None)
        session = replace(session, page=outdated_page, left={})
        is_answered = not session.is_waiting
        session, ask_effects = ask(session, keep=session.current, again=is_answered)
        refresh_effects: tuple[Effect, ...] = (*ask_effects, effects.Summarise())
        if session.pane == "bar" and session.text.strip():
            # what was looked up for the older question is no answer to this one
            session = replace(session, looking_up=True)
            refresh_effects += (effects.FindJumps(session.text),)
        if session.pending_reference:
            refresh_effects += (effects.GoToCable(*session.pending_reference),)
        if session.building is None or session.building.is_read:  # now it is here, or it is not
            session = replace(session, pending_reference=None)
        return session, refresh_effects


class MoveCursor(Action):
    """Move the cursor of the list by a number of lines."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at the ends."""
        return preview.await_rest(session, with_cursor(session, session.at + self.by))


class MoveCursorTo(Action):
    """Move the cursor of the list to a line; a negative number counts from the end."""

    index: int

    def step(self, session: Session) -> Result:
        """Move the cursor to a line."""
        row_index = self.index
        row_index = row_index if row_index >= 0 else len(session.hits.ids) + row_index
        return preview.await_rest(session, with_cursor(session, row_index))


class SpellingsOffered(Action):
    """More frequent words that are similar to words in the query were found."""

    offers: tuple[Offer, ...]

    def step(self, session: Session) -> Result:
        """Add the suggestions to the answer in the list."""
        return replace(session, hits=replace(session.hits, offers=self.offers)), ()


def _bent(query: Query, term: Filter | Phrase, offer: Offer) -> Query:
    """Return the query with a suggestion in place of a phrase or a filter."""
    suggested_terms = tuple(
        offered_term
        for suggestion_text, _ in offer.also
        for offered_term in language.parse(suggestion_text).terms
    )
    if isinstance(term, Filter):  # of one facet: they are alternatives as they are
        return query.instead(term, *suggested_terms)
    meant_terms = (term, *suggested_terms) if offer.count else suggested_terms
    term_group = Group(tuple((alternative,) for alternative in meant_terms))
    return query.instead(term, term_group if len(meant_terms) > 1 else meant_terms[0])


def _new_cursor(hits: Hits, session: Session) -> int:
    """Return the new line of the cursor: the line of its cable, or the nearest line.

    The cursor may have moved since the query was sent. The first answer folds near-duplicates,
    which the rows of the first paint did not.
    """
    current_id = session.current
    keeps = session.keep is not None or not session.has_answer
    if keeps and session.at and current_id is not None:
        current_row = row_of(hits, current_id)
        if current_row is not None:
            return current_row
    return max(0, min(session.at, len(hits.ids) - 1))


def with_cursor(session: Session, index: int) -> Session:
    """Return the session with the cursor of the list on a line, or on the nearest existing line."""
    return replace(session, at=max(0, min(index, len(session.hits.ids) - 1)))


CHOICE = "fold_copies"
"""The name under which the reader's choice to fold near-duplicates is stored."""
_NONE = "This cable has no near-duplicates in this list."


class ToggleGroup(Action):
    """`f`: show the near-duplicates of a cable below it, or fold them again."""

    def step(self, session: Session) -> Result:
        """Open or close the group under the cursor; a closed group has the cursor on its row."""
        current_hits = session.hits
        if session.current is None:
            return session, ()
        lead_id = lead_of(current_hits, session.current)
        if lead_id not in current_hits.copies.under:
            return session, (effects.Notify(_NONE),)
        if not session.copies.folded:
            message = "Every cable has its own row; F folds near-duplicates."
            return session, (effects.Notify(message),)
        previous_session = session
        session = with_group(session, lead_id, opened=lead_id in current_hits.folded)
        return preview.await_rest(previous_session, session)


class ToggleCopies(Action):
    """`F`: fold near-duplicates, or show every cable in a separate row."""

    def step(self, session: Session) -> Result:
        """Fold all groups or none, and store the choice."""
        previous_session, is_folded = session, not session.copies.folded
        session = with_copies(
            session, replace(session.copies, folded=is_folded, opened=frozenset())
        )
        folded_count = session.hits.hidden
        message = "Every cable has its own row; F folds near-duplicates."
        if is_folded:
            message = "Near-duplicates are folded into one row; f opens it."
            if not folded_count:
                message = "Near-duplicates are folded into one row; this list has none."
        session, preview_effects = preview.await_rest(previous_session, session)
        return session, (
            *preview_effects,
            effects.RememberChoice(CHOICE, is_folded),
            effects.Notify(message),
        )


class RestoreCopies(Action):
    """Fold near-duplicates or not, as the reader chose in the last session."""

    folded: bool

    def step(self, session: Session) -> Result:
        """Apply the choice without a message."""
        return with_copies(session, replace(session.copies, folded=self.folded)), ()


FIRST_HITS = 200
"""The number of rows reported first, before the rest of the list."""
_PAUSE = 0.5
"""The interval between two reports of the number of texts read, in seconds."""
Found = TypeVar("Found")
Item = TypeVar("Item")


def _search(services: Services, effect: effects.FindHits, cancelled: Cancelled) -> Actions:
    """Report the first rows immediately, then the whole list, then suggested spellings."""
    services.asked = effect.query
    first_rows: Mapping[int, CableRow] = {}
    for limit in (None,) if effect.again else (FIRST_HITS, None):
        ask_archive = partial(
            services.archive.search, effect.query, "", limit, cancelled, offering=effect.again
        )
        reads_texts = any(asks_text(term.facet) for term in effect.query.filters)
        answer = (
            (yield from _reading_texts(services, ask_archive)) if reads_texts else ask_archive()
        )
        if cancelled():
            return
        has_more = len(answer.ids) < answer.count and limit is not None
        near_duplicates, first_ids = (
            services.copy_groups.copies(answer.ids),
            list(answer.ids[:FIRST_ROWS]),
        )
        if not effect.again and list(first_rows) != first_ids:
            first_rows = services.hit_rows(first_ids)
        yield HitsFound(replace(answer, copies=near_duplicates, rows=first_rows), has_more)
        if not has_more:
            break
    if effect.again or cancelled():
        return
    if offers := services.archive.offers(effect.query):
        yield SpellingsOffered(offers)


def _reading_texts(services: Services, ask: Callable[[], Found]) -> Generator[Action, None, Found]:
    """Return the answer to a question that reads texts; yield progress reports meanwhile."""
    from concurrent.futures import ThreadPoolExecutor, wait

    texts_and_total = [0, 0]

    def watch(items: Iterable[Item], total: int, /) -> Iterator[Item]:
        for item_number, item in enumerate(items):
            texts_and_total[:] = item_number, total
            yield item

    services.archive.watch = watch
    with ThreadPoolExecutor(1) as thread_pool:
        answer_future = thread_pool.submit(ask)
        while wait((answer_future,), _PAUSE).not_done:
            if texts_and_total[1]:
                yield TextsRead(*texts_and_total)
        return answer_future.result()


def _count(services: Services, effect: effects.CountFacets, cancelled: Cancelled) -> Actions:
    from cable_tui.operating_system import memory

    facet_counts = services.archive.counts(effect.query, cancelled=cancelled)
    if not cancelled():
        yield FacetsCounted(facet_counts)
        memory.give_back()


def _count_totals(services: Services, _effect: CountTotals, cancelled: Cancelled) -> Actions:
    facet_counts = services.archive.counts(Query(), cancelled)
    if not cancelled():
        yield TotalsCounted(facet_counts)


PERFORMERS: Performers = {
    effects.FindHits: _search,
    effects.CountFacets: _count,
    CountTotals: _count_totals,
}
