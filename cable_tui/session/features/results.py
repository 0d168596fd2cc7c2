"""The list of results: answers, the cursor, near-copies in one row, other spellings."""

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
    """A cable to open at once, perhaps with `#3`."""

    def step(self, session: Session) -> Result:
        """Run the first query, and open the cable that the command line named."""
        query = language.parse(self.text)
        text = self.text if query.complaints or query.advice else str(query)
        session = replace(session, selection=feature_state.Selection())
        session = replace(session, phase="ready", failure="", checked=False, stalled="")
        session = replace(session, text=text, committed_text=text, query=query)
        session, ask_effects = ask(session)
        opening: tuple[Effect, ...] = ()
        if self.reference:
            reference, _, paragraph = self.reference.partition("#")
            label = paragraph.removeprefix("par") or None
            session = replace(session, pending_reference=(reference, label))
            opening = (effects.GoToCable(reference, label),)
        return session, (*ask_effects, effects.Summarise(), *opening)


class AddSpellings(Action):
    """Add the suggested near words to the query."""

    def step(self, session: Session) -> Result:
        """Turn `gaddafi` into `(gaddafi or qadhafi or qaddafi)` in the bar.

        A phrase or a filter that finds nothing is replaced by the chosen suggestion.
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
    """The answer to a query."""

    hits: Hits
    more: bool = False
    """Whether only the first ids have come, and the whole answer follows."""

    def step(self, session: Session) -> Result:
        """Show the list."""
        hits = folded(self.hits, session.copies)
        if self.more:
            # Enough for a list at its top; a cursor further down waits for its place.
            if session.at == 0 and session.keep is None:
                session = replace(session, hits=hits, answered="now")
            return session, ()
        row = _new_cursor(hits, session)
        session_before = session
        session = replace(session, hits=hits, answered="now", at=row, keep=None)
        session = replace(session, reasons=())
        count_facets = effects.CountFacets(session.query)
        wanted_effects: tuple[Effect, ...] = (
            count_facets,
            *found_nothing(session),
            *absences_wanted(session),
        )
        if session.current != session_before.current:
            session, pause = preview.await_rest(session_before, session)
            wanted_effects += pause
        return session, wanted_effects


class TextsRead(Action):
    """Texts were read for an answer that needs them."""

    done: int
    total: int

    def step(self, session: Session) -> Result:
        """Show how many texts were read, as long as rows are missing."""
        if not session.is_waiting:
            return session, ()
        reading = feature_state.TextsToRead(self.done, self.total)
        return replace(session, texts_to_read=reading), ()


class FacetsCounted(Action):
    """The facet counts of a query."""

    counts: Counts

    def step(self, session: Session) -> Result:
        """Show the counts."""
        session = replace(session, counts=self.counts, counted=True)
        wanted_effects: tuple[Effect, ...] = ()
        if not session.query:
            session = replace(session, totals=self.counts)
        elif not session.totals:  # a room that begins with a query
            wanted_effects = (CountTotals(),)
        return session, (*timeline.draw_timeline(session.query, self.counts), *wanted_effects)


class TotalsCounted(Action):
    """The facet counts of the whole archive."""

    counts: Counts

    def step(self, session: Session) -> Result:
        """Keep them: the library's head shows them."""
        return replace(session, totals=session.totals or self.counts), ()


class CountTotals(Effect):
    """Count the facets of the whole archive; answered by `TotalsCounted`."""

    latest = "totals"


class ArchiveGrew(Action):
    """The archive has more cables than when it was searched."""

    def step(self, session: Session) -> Result:
        """Run the same query again; pages of reports that were kept are forgotten.

        The cursor stays on its cable; at the top it stays at the top, where new cables arrive.
        """
        page = session.page and replace(session.page, cables=None)
        session = replace(session, page=page, left={})
        asks_again = not session.is_waiting
        session, ask_effects = ask(session, keep=session.current, again=asks_again)
        wanted_effects: tuple[Effect, ...] = (*ask_effects, effects.Summarise())
        if session.pane == "bar" and session.text.strip():
            # what was looked up for the older question is no answer to this one
            session = replace(session, looking_up=True)
            wanted_effects += (effects.FindJumps(session.text),)
        if session.pending_reference:
            wanted_effects += (effects.GoToCable(*session.pending_reference),)
        if session.building is None or session.building.is_read:  # now it is here, or it is not
            session = replace(session, pending_reference=None)
        return session, wanted_effects


class MoveCursor(Action):
    """Move the cursor of the list by lines."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at the ends."""
        return preview.await_rest(session, with_cursor(session, session.at + self.by))


class MoveCursorTo(Action):
    """Move the cursor of the list to a line; negative counts from the end."""

    index: int

    def step(self, session: Session) -> Result:
        """Move the cursor to a line."""
        row_index = self.index
        row_index = row_index if row_index >= 0 else len(session.hits.ids) + row_index
        return preview.await_rest(session, with_cursor(session, row_index))


class SpellingsOffered(Action):
    """Much more frequent words near those of the query were found."""

    offers: tuple[Offer, ...]

    def step(self, session: Session) -> Result:
        """Show them with the list that they belong to."""
        return replace(session, hits=replace(session.hits, offers=self.offers)), ()


def _bent(query: Query, term: Filter | Phrase, offer: Offer) -> Query:
    """Return the query with the suggestion for a phrase or a filter."""
    terms = tuple(
        offered_term for text, _ in offer.also for offered_term in language.parse(text).terms
    )
    if isinstance(term, Filter):  # of one facet: they are alternatives as they are
        return query.instead(term, *terms)
    meant_terms = (term, *terms) if offer.count else terms
    term_group = Group(tuple((alternative,) for alternative in meant_terms))
    return query.instead(term, term_group if len(meant_terms) > 1 else meant_terms[0])


def _new_cursor(hits: Hits, session: Session) -> int:
    """Return the new line of the cable under the cursor, or as near as the new list allows.

    The cursor may have moved since the query was sent. The first answer folds near-copies, which
    the rows of the first paint did not.
    """
    current_id = session.current
    keeps = session.keep is not None or not session.has_answer
    if keeps and session.at and current_id is not None:
        current_row = row_of(hits, current_id)
        if current_row is not None:
            return current_row
    return max(0, min(session.at, len(hits.ids) - 1))


def with_cursor(session: Session, index: int) -> Session:
    """Return the session with the cursor of the list on a line, or as near as there is one."""
    return replace(session, at=max(0, min(index, len(session.hits.ids) - 1)))


CHOICE = "fold_copies"
"""Name of the stored choice whether they are folded."""
_NONE = "This cable has no near-duplicates in this list."


class ToggleGroup(Action):
    """f: show the near-copies of this cable below it, or fold them again."""

    def step(self, session: Session) -> Result:
        """Open the group under the cursor, or close it; the cursor stays, or goes to its first."""
        hits = session.hits
        if session.current is None:
            return session, ()
        lead_id = lead_of(hits, session.current)
        if lead_id not in hits.copies.under:
            return session, (effects.Notify(_NONE),)
        if not session.copies.folded:
            message = "Every cable has its own row; F folds near-duplicates."
            return session, (effects.Notify(message),)
        session_before = session
        session = with_group(session, lead_id, opened=lead_id in hits.folded)
        return preview.await_rest(session_before, session)


class ToggleCopies(Action):
    """F: fold near-copies, or show every cable in its own row."""

    def step(self, session: Session) -> Result:
        """Fold all or none, and remember the choice."""
        session_before, is_folded = session, not session.copies.folded
        session = with_copies(
            session, replace(session.copies, folded=is_folded, opened=frozenset())
        )
        hidden_rows = session.hits.hidden
        message = "Every cable has its own row; F folds near-duplicates."
        if is_folded:
            message = "Near-duplicates are folded into one row; f opens it."
            if not hidden_rows:
                message = "Near-duplicates are folded into one row; this list has none."
        session, preview_effects = preview.await_rest(session_before, session)
        return session, (
            *preview_effects,
            effects.RememberChoice(CHOICE, is_folded),
            effects.Notify(message),
        )


class RestoreCopies(Action):
    """Fold near-copies or not, as the reader chose the last time."""

    folded: bool

    def step(self, session: Session) -> Result:
        """Apply the choice without a notice."""
        return with_copies(session, replace(session.copies, folded=self.folded)), ()


FIRST_HITS = 200
"""Rows of a list that are reported before the others."""
_PAUSE = 0.5
"""Seconds between two reports of how many texts were read."""
Found = TypeVar("Found")
Item = TypeVar("Item")


def _search(services: Services, effect: effects.FindHits, cancelled: Cancelled) -> Actions:
    """Report the first rows at once, then the whole list, then near words."""
    services.asked = effect.query
    rows: Mapping[int, CableRow] = {}
    for limit in (None,) if effect.again else (FIRST_HITS, None):
        ask = partial(
            services.archive.search, effect.query, "", limit, cancelled, offering=effect.again
        )
        reads_texts = any(asks_text(term.facet) for term in effect.query.filters)
        answer = (yield from _reading_texts(services, ask)) if reads_texts else ask()
        if cancelled():
            return
        has_more = len(answer.ids) < answer.count and limit is not None
        copies, first_ids = services.copy_groups.copies(answer.ids), list(answer.ids[:FIRST_ROWS])
        if not effect.again and list(rows) != first_ids:
            rows = services.hit_rows(first_ids)
        yield HitsFound(replace(answer, copies=copies, rows=rows), has_more)
        if not has_more:
            break
    if effect.again or cancelled():
        return
    if offers := services.archive.offers(effect.query):
        yield SpellingsOffered(offers)


def _reading_texts(services: Services, ask: Callable[[], Found]) -> Generator[Action, None, Found]:
    """Return the answer to a question that reads texts; yield meanwhile how many were read."""
    from concurrent.futures import ThreadPoolExecutor, wait

    texts_seen = [0, 0]

    def watch(items: Iterable[Item], total: int, /) -> Iterator[Item]:
        for item_number, item in enumerate(items):
            texts_seen[:] = item_number, total
            yield item

    services.archive.watch = watch
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(ask)
        while wait((job,), _PAUSE).not_done:
            if texts_seen[1]:
                yield TextsRead(*texts_seen)
        return job.result()


def _count(services: Services, effect: effects.CountFacets, cancelled: Cancelled) -> Actions:
    from cable_tui.operating_system import memory

    counts = services.archive.counts(effect.query, cancelled=cancelled)
    if not cancelled():
        yield FacetsCounted(counts)
        memory.give_back()


def _count_totals(services: Services, _effect: CountTotals, cancelled: Cancelled) -> Actions:
    counts = services.archive.counts(Query(), cancelled)
    if not cancelled():
        yield TotalsCounted(counts)


PERFORMERS: Performers = {
    effects.FindHits: _search,
    effects.CountFacets: _count,
    CountTotals: _count_totals,
}
