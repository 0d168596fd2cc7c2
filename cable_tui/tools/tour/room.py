"""The tour: nine steps in the working room, each a line that waits for an action.

A step accepts the action from any key, menu or click. The tour changes nothing in the room, and all
keys keep their meaning: `watch` examines what each action has done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, field, replace
from cable_tui.program.settings import Paths, choices
from cable_tui.query import Filter, Phrase, Query, Range, Word
from cable_tui.session import effects
from cable_tui.session.features import copy, goto, opened_cable, panes
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.links import links, stops
from cable_tui.session.features.selection import target
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, OpenedCable
from cable_tui.tools.tour.trails import TRAILS, TourStep, Watched, hint_of

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

CHOICE = "tour"
"""The name of the stored choice that records that the tour was offered."""
OFFER = (
    "New here? Press {help.tour} for a tour in nine steps, or {help.tour_next} to hide this line."
)
"""The line at the first start of the demo. Command ids in braces are replaced with their keys;
literal text is in backquotes.
"""


class Tour(Value):
    """The state of the tour in the session: the requested step, and where it began."""

    own_words: tuple[str, ...] = ()
    """Words to suggest first if they find cables; the demo has its own words."""
    offered: bool = False
    """Whether a line offers the tour."""
    at: int | None = None
    """The index of the present step, or None if no tour is running."""
    begun: Query = field(default_factory=Query)
    """The query when the step began."""
    asked: tuple[str, bool] | None = None
    """The query for which words were searched, and whether its answer was partial."""
    word: str = ""
    """A word that finds cables in this query, or an empty string if none is known."""
    slip: str = ""
    """A misspelt word that the archive corrects, or an empty string if none is known."""
    looked_at: int | None = None
    """The cable to which `citing_stops` belong."""
    citing_stops: tuple[int, ...] = ()
    """The cursor stops in its body that lead to cables in the archive."""


class OfferTour(Action):
    """The room is opening on an archive that has its own words for the tour."""

    words: tuple[str, ...]
    shown: bool
    """Whether a line offers the tour. F2 begins it in any case."""

    def step(self, session: Session) -> Result:
        """Keep the words, show the offer, and record that it was made."""
        session = session.with_tool(Tour(self.words, self.shown))
        return session, (effects.RememberChoice(CHOICE, True),) if self.shown else ()


class ToggleTour(Action):
    """Begin the tour, or leave it (F2)."""

    def step(self, session: Session) -> Result:
        """Begin at the first step, or leave."""
        if tour_of(session).at is not None:
            return LeaveTour().step(session)
        session, start_effects = _at(session, 0)
        return session, (effects.RememberChoice(CHOICE, True), *start_effects)


class LeaveTour(Action):
    """Leave the tour, even from a dialog. Does nothing if no tour runs."""

    def step(self, session: Session) -> Result:
        """Hide the line, and tell the reader how to show it again."""
        if tour_of(session).at is None:
            return session, ()
        return _left(session), (effects.Notify("The tour has ended; its key is in the help (?)."),)


class NextTourStep(Action):
    """Skip a step (F3), or hide the line that offers the tour."""

    def step(self, session: Session) -> Result:
        """Go to the next step, or report that no tour runs."""
        tour = tour_of(session)
        if tour.at is not None:
            return _after(session, tour.at)
        if tour.offered:
            return _left(session), ()
        return session, (effects.Notify("No tour is running; its key is in the help (?)."),)


class LeaveDialogForNextStep(Action):
    """The reader presses F3 in a dialog; the next step is done in the room."""

    def step(self, session: Session) -> Result:
        """Leave the dialog and go on. Does nothing if no tour runs."""
        if tour_of(session).at is None:
            return session, ()
        session, step_effects = NextTourStep().step(session)
        return session, (effects.LeaveDialog(), *step_effects)


class BeginTrail(Action):
    """Go on after the tour with the trail of one tool."""

    at: int

    def step(self, session: Session) -> Result:
        """Begin at the trail's first step."""
        return _at(session, self.at)


class TourWordsFound(Action):
    """Words for a query were found: one with hits, and a misspelt one that is corrected."""

    asked: tuple[str, bool]
    word: str
    slip: str

    def step(self, session: Session) -> Result:
        """Suggest the words, unless the query has changed meanwhile."""
        if self.asked != tour_of(session).asked:
            return session, ()
        tour = replace(tour_of(session), word=self.word, slip=self.slip)
        return session.with_tool(tour), ()


class CitingStopsFound(Action):
    """The cursor stops in a body that lead to cables in the archive were found."""

    id: int
    stops: tuple[int, ...]

    def step(self, session: Session) -> Result:
        """Store the stops, unless another cable was opened meanwhile."""
        if self.id != tour_of(session).looked_at:
            return session, ()
        return session.with_tool(replace(tour_of(session), citing_stops=self.stops)), ()


class FindCitingStops(Effect):
    """Find where a cable cites cables in this archive; answered by `CitingStopsFound`."""

    latest = "tour"

    opened: OpenedCable


class FindTourWords(Effect):
    """Find words for the steps that search; answered by `TourWordsFound`."""

    latest = "tour"

    asked: tuple[str, bool]
    query: Query
    own_words: tuple[str, ...]


def tour_of(session: Session) -> Tour:
    """Return the state of the tour."""
    return session.of_tool(Tour)


def first_actions(words: tuple[str, ...], paths: Paths, *, begins: bool) -> Sequence[Action]:
    """Return the first actions of a room with an open archive: begin the tour, or offer it once."""
    is_known = begins or choices(paths.choices).get(CHOICE, False)
    offer = OfferTour(words, shown=not is_known)
    return (offer, ToggleTour()) if begins else (offer,)


def hint(session: Session) -> str:
    """Return the line for the current step or for the offer, or an empty string."""
    step_index = tour_of(session).at
    if session.phase != "ready" or step_index is None:
        return OFFER if tour_of(session).offered and session.phase == "ready" else ""
    if step_index not in _TYPED:
        if session.pane == "bar":
            return "{bar.undo} leaves the search bar"
        if session.pane == "body" and session.find.open:
            return "{find.end} ends the search in this cable"
    return STEPS[step_index].hint(session)


def watch(before: Session, action: Action, after: Session, wanted: tuple[Effect, ...]) -> Result:
    """Go to the next step of the tour if an action did what the current step asks for."""
    step_index = tour_of(after).at
    if step_index is not None and step_index == tour_of(before).at:
        if STEPS[step_index].is_done(Watched(before, action, after, wanted)):
            after, next_effects = _after(after, step_index)
            return after, (*wanted, *next_effects)
        after, next_effects = _prepared(after)
        wanted += next_effects
    return after, wanted


def number_at(index: int) -> str:
    """Return a step's number, such as `3/9`, or `1/2` on a trail."""
    index_after_tour = index - len(TOUR) - 1
    return (
        f"{min(index + 1, len(TOUR))}/{len(TOUR)}"
        if index_after_tour < 0
        else f"{index_after_tour % 2 + 1}/2"
    )


def _after(session: Session, index: int) -> Result:
    """Return the session at the next step. The choice ends the tour until a trail is chosen."""
    after_tour = index - len(TOUR) - 1
    if after_tour == -1:
        trail_items = (
            effects.MenuItem(trail.key, trail.says, BeginTrail(index + 1 + 2 * trail_number))
            for trail_number, trail in enumerate(TRAILS)
        )
        return _left(session), (effects.AskMenu("Two steps with", tuple(trail_items)),)
    if after_tour >= 0 and after_tour % 2:
        return _left(session), (effects.Notify("Done. It is in the g menu as well."),)
    return _at(session, index + 1)


def _at(session: Session, index: int) -> Result:
    """Return the session at a step."""
    tour = replace(tour_of(session), offered=False, at=index, begun=session.query, asked=None)
    return _prepared(session.with_tool(tour))


def _left(session: Session) -> Session:
    return session.with_tool(Tour(tour_of(session).own_words))


def _prepared(session: Session) -> Result:
    """Return the session with the facts that its step needs: words, or where a cable cites."""
    tour, opened = tour_of(session), session.opened
    if tour.at == _FOLLOW and opened is not None and opened.id != tour.looked_at:
        tour = replace(tour, looked_at=opened.id, citing_stops=())
        return session.with_tool(tour), (FindCitingStops(opened),)
    query_and_state = (str(session.query), session.hits.partial)
    if tour.at not in _NAMING or session.pane == "bar" or query_and_state == tour.asked:
        return session, ()
    session = session.with_tool(replace(tour, asked=query_and_state, word="", slip=""))
    return session, (FindTourWords(query_and_state, session.query, tour.own_words),)


def _is_answered(session: Session) -> bool:
    return session.pane != "bar" and session.answered == "now"


def _finds_nothing(session: Session) -> bool:
    return _is_answered(session) and not session.hits.count


_NOTHING_FOUND = "no cables found: {go.back} goes back"
_TO_TEXT = "{pane.body} to the text of the cable"


# One function for what each step says, and one for what it waits for.


def _narrow(session: Session) -> str:
    if session.pane == "bar":
        return "type a filter such as `date:2009`, then {bar.accept}"
    if session.pane == "filters":
        return "{filters.down} to a value, {filters.toggle} keeps only its cables"
    if session.pane == "timeline":
        return "{timeline.write} keeps only the cables of this period"
    return "{pane.filters} to the filters; {filters.toggle} adds a value"


def _narrowed(seen: Watched) -> bool:
    new_filters = set(seen.after.query.filters) - set(tour_of(seen.after).begun.filters)
    return bool(new_filters) and seen.after.pane != "bar"


def _search(session: Session) -> str:
    word_to_type = f"`{tour_of(session).word}`" if tour_of(session).word else "a word"
    return _typed(
        session, f"{{search.edit}} starts a query: type {word_to_type}", f"type {word_to_type}"
    )


def _correct(session: Session) -> str:
    slip = tour_of(session).slip
    instruction = f"type `{slip}`, misspelt" if slip else "type a misspelt word"
    return _typed(session, f"{{search.edit}} and {instruction}", instruction)


def _typed(session: Session, outside: str, in_bar: str) -> str:
    """Return the instruction for typing a query, outside the search bar or in it."""
    if session.pane != "bar" and _finds_nothing(session):
        return _NOTHING_FOUND
    return f"{in_bar if session.pane == 'bar' else outside}, then {{bar.accept}}"


def _words(query: Query) -> set[object]:
    return {term for term in query.terms if not isinstance(term, Filter | Range)}


def _searched(seen: Watched) -> bool:
    after = seen.after
    new_words = _words(after.query) - _words(tour_of(after).begun)
    return bool(new_words) and _is_answered(after) and after.hits.count > 0


def _corrected(seen: Watched) -> bool:
    session_now = seen.after
    is_corrected = any(correction.used for correction in session_now.hits.corrections)
    is_new = session_now.query != tour_of(session_now).begun
    return is_corrected and is_new and _is_answered(session_now) and session_now.hits.count > 0


def _read(session: Session) -> str:
    if session.in_cable:
        if session.pane == "body":
            return "{body.next} goes on to the next paragraph"
        return _TO_TEXT
    if session.pane != "list":
        return "{pane.list} to the list of cables"
    return _NOTHING_FOUND if _finds_nothing(session) else "{list.read} reads this cable"


def _has_read(seen: Watched) -> bool:
    before, after = seen.before, seen.after
    if before.opened is not after.opened:
        return False
    return after.in_cable and (after.paragraph, after.stop) != (before.paragraph, before.stop)


def _follow(session: Session) -> str:
    cable = session.cable
    if cable is None or not session.in_cable or session.preview.shown:
        return _read(session)
    if session.pane == "context":
        return "{context.open} opens the cable under the cursor"
    if session.pane != "body":
        return _TO_TEXT
    tour = tour_of(session)
    citing_stops = tour.citing_stops if tour.looked_at == session.cable_here else ()
    if session.stop in citing_stops:
        return "{body.follow} opens the cited cable"
    if citing_stops:
        nearest_stop = min(citing_stops, key=lambda place: abs(place - session.stop))
        key_hint = "{body.next}" if nearest_stop > session.stop else "{body.previous}"
        return f"{key_hint} to a citing line, {{body.follow}} opens the cable"
    if session.context.citing and session.context.id == session.cable_here:
        return "{pane.context} to the cables citing this one"
    next_cable_key = (
        "{cable.next}" if session.at + 1 < len(session.hits.ids) else "{cable.previous}"
    )
    return f"it cites none in this archive: {next_cable_key} opens another"


def _followed(seen: Watched) -> bool:
    is_resolved = isinstance(seen.action, opened_cable.ReferenceResolved)
    return is_resolved and seen.after.opening is not None


def _come_back(session: Session) -> str:
    return "{go.back} goes back to where you were" if session.past else _read(session)


def _came_back(seen: Watched) -> bool:
    went_back = isinstance(seen.action, opened_cable.GoBack | goto.GoBackSteps)
    return went_back and len(seen.after.past) < len(seen.before.past)


def _mark(session: Session) -> str:
    if (marked_target := target(session)) is None:
        return _NOTHING_FOUND
    cable, paragraph = session.cable, session.here
    label = paragraph.label if marked_target.paragraph is not None and paragraph else None
    if session.in_cable and cable and (cable.canonical_id, label) in session.notebook.marks:
        return "{body.next} to the next paragraph, {bookmark.toggle} bookmarks it"
    cable_or_paragraph = "this cable" if label is None else "this paragraph"
    return f"{{bookmark.toggle}} bookmarks {cable_or_paragraph}; {{bookmark.undo}} undoes that"


def _marked(seen: Watched) -> bool:
    new_marks = seen.after.notebook.marks - seen.before.notebook.marks
    return isinstance(seen.action, LibraryChanged) and bool(new_marks)


def _cite(session: Session) -> str:
    if target(session) is None:
        return _NOTHING_FOUND
    return "{copy.menu} lists what to copy; `y` there is the reference"


def _cited(seen: Watched) -> bool:
    copy_effects = (effects.CopyCable, effects.CopyCables)
    return isinstance(seen.action, copy.Copy) and any(
        isinstance(effect, copy_effects) for effect in seen.wanted
    )


def _find_help(_: Session) -> str:
    return "{help.show} lists the keys; type there to find one"


def _found_help(seen: Watched) -> bool:
    return isinstance(seen.action, panes.OpenMenu) and seen.action.what == "help"


TOUR: tuple[TourStep, ...] = (
    TourStep("Narrow", _narrow, _narrowed),
    TourStep("Search", _search, _searched),
    TourStep("Correct", _correct, _corrected),
    TourStep("Read", _read, _has_read),
    TourStep("Follow", _follow, _followed),
    TourStep("Come back", _come_back, _came_back),
    TourStep("Bookmark", _mark, _marked),
    TourStep("Cite", _cite, _cited),
    TourStep("Find help", _find_help, _found_help),
)
"""The steps in order."""
_TYPED = (0, 1, 2)
"""The indexes of steps that can be done in the search bar."""
_NAMING = (1, 2)
"""The indexes of steps that mention a word."""
_FOLLOW = 4
"""The index of the step that shows where a cable cites another."""


_WHAT_NEXT = TourStep(
    "What next",
    hint_of("{help.tour_next} tries a tool in two steps; {go.menu} lists everything else"),
    lambda _: False,
)
STEPS = (*TOUR, _WHAT_NEXT, *(step for trail in TRAILS for step in trail.steps))
"""The steps of the tour, the choice after it, and the steps of the trails."""


ROWS = 40
"""The number of cables whose subjects are searched for words."""
MOST_TRIED = 12
"""The maximum number of words to try; each requires a search of the archive."""
MOST_SLIPS = 4
"""The maximum number of misspellings to try for one word."""
_GOOD = pattern(r"(?<![\w'’-])[A-Za-z]{5,10}(?![\w'’-])")
"""Words that are quick to type and long enough to be corrected."""


def _find_citing_stops(_: Services, effect: FindCitingStops, _cancelled: Cancelled) -> Actions:
    """Find all citing stops, except the top matter, which leads to the targets of its REF lines."""
    cable = effect.opened.cable
    leading_offsets = [link.span[0] for link in links(cable) if link.leads_here]
    citing_stops = (
        index
        for index, citing_stop in enumerate(stops(cable))
        if (index or citing_stop.paragraph is not None)
        and any(
            citing_stop.span[0] <= leading_offset < citing_stop.span[1]
            for leading_offset in leading_offsets
        )
    )
    yield CitingStopsFound(effect.opened.id, tuple(citing_stops))


def _find_tour_words(services: Services, effect: FindTourWords, cancelled: Cancelled) -> Actions:
    """Search for words from the list's own subjects, so that they fit any archive."""
    archive, query = services.archive, effect.query
    word = word_alone = slip = ""
    for tried_word in _candidates(archive, query, effect.own_words):
        if cancelled():
            return
        hit_count = archive.search(query.plus(Word(tried_word)), limit=1).count
        if hit_count > 1:
            word = word or tried_word
        elif hit_count:
            word_alone = word_alone or tried_word
        if hit_count and not slip:
            slip = repaired_slip(archive, query, tried_word)
        if word and slip:
            break
    yield TourWordsFound(effect.asked, word or word_alone, slip)


def _candidates(archive: Archive, query: Query, own_words: tuple[str, ...]) -> Iterator[str]:
    """Yield words to try: the tour's, then those in the subjects, except the query's own words."""
    known_words = {
        word.casefold()
        for term in query.terms
        if isinstance(term, Word | Phrase)
        for word in term.text.split()
    }
    cable_rows = archive.rows(list(archive.search(query, limit=ROWS).ids))
    subject_words = [word.casefold() for row in cable_rows for word in _GOOD.findall(row.subject)]
    candidates = [
        word for word in dict.fromkeys((*own_words, *subject_words)) if word not in known_words
    ]
    yield from candidates[: len(own_words) + MOST_TRIED]


def repaired_slip(archive: Archive, query: Query, word: str) -> str:
    """Return the word with two letters swapped if the query corrects it, or an empty string."""
    for index in range(len(word) - 2, 0, -1)[:MOST_SLIPS]:
        misspelt_word = word[:index] + word[index + 1] + word[index] + word[index + 2 :]
        if misspelt_word == word:
            continue
        hits = archive.search(query.plus(Word(misspelt_word)), limit=1)
        corrected_words = [
            correction.used[0][0]
            for correction in hits.corrections
            if correction.word == misspelt_word and correction.used
        ]
        if hits.count and corrected_words == [word]:
            return misspelt_word
    return ""


PERFORMERS: Performers = {
    FindCitingStops: _find_citing_stops,
    FindTourWords: _find_tour_words,
}
