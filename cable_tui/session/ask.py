"""The query of the room: parse the text in the bar, send it to the archive, edit it by command."""

from __future__ import annotations

from functools import partial
from typing import Literal

from cable_tui import query as language
from cable_tui.base.value import replace
from cable_tui.query import Group, Query, Word
from cable_tui.query.answers import Absence, Reason
from cable_tui.query.model import SORTS, may_be_absent, opposite
from cable_tui.session import effects
from cable_tui.session.feature_state import TextsToRead
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Answered, Effect


class ToggleValue(Action):
    """Add a value of the filters to the query, or remove it."""

    facet: str
    value: str
    how: Literal["toggled", "only", "excluding"] = "toggled"

    def step(self, session: Session) -> Result:
        """Edit the query, and write the result into the bar."""
        query = getattr(session.query, self.how)(self.facet, self.value)
        return ask_query(replace(session, return_pane="list"), query)


def same_question(first_query: Query, second_query: Query) -> bool:
    """Return whether two queries have the same answer, even if the errors in them differ."""
    return (first_query.terms, first_query.sort, first_query.sample, first_query.refused) == (
        second_query.terms,
        second_query.sort,
        second_query.sample,
        second_query.refused,
    )


def with_text(session: Session, text: str, at: int = 0) -> Session:
    """Return the session with a text as its query, and the cursor on the given line of the list."""
    query = language.parse(text)
    session = replace(session, text=text, committed_text=text, query=query, at=at)
    return replace(session, enter_waits=False)


def is_edited(session: Session) -> bool:
    """Return whether the bar's text has changed since editing began, ignoring trailing spaces."""
    return session.text.rstrip() != session.committed_text.rstrip()


def settled(session: Session) -> Result:
    """Return the session after the reader has finished typing, with the last word complete.

    The command line and saved searches parse texts in the same way, so a text finds the same cables
    everywhere.
    """
    if not is_edited(session):
        session = replace(session, text=session.committed_text)
    return asked_of(session, language.parse(session.text))


def asked_of(session: Session, query: Query) -> Result:
    """Send the query for the current text in the bar, unless its answer is already known.

    When the last word is complete, also look for parts of the query that match no cable.
    """
    has_same_answer, finished_typing = (
        same_question(query, session.query),
        session.query.typed and not query.typed,
    )
    session = replace(session, query=query)
    if not has_same_answer:
        return ask(session)
    return session, absences_wanted(session) if finished_typing else ()


def absences_wanted(session: Session) -> tuple[Effect, ...]:
    """Return the effects that find which parts of an answered query match no cable."""
    query, is_answered = session.query, session.answered == "now" and not session.hits.partial
    if not is_answered or query.typed or not may_be_absent(query):
        return ()
    return (FindAbsences(query, session.hits.count),)


def ask(session: Session, *, keep: int | None = None, again: bool = False) -> Result:
    """Send the query. From then on, answers to earlier queries are ignored.

    If it is sent `again`, the present counts stay until the new ones are known.
    """
    answered_when: Answered = "before" if session.has_answer else "never"
    texts_to_read, finds_jumps = TextsToRead(), session.enter_waits
    session = replace(
        session,
        answered=answered_when,
        counted=session.counted and again,
        texts_to_read=texts_to_read,
        keep=keep,
    )
    jump_effects: tuple[Effect, ...] = (effects.FindJumps(session.text),) if finds_jumps else ()
    return replace(session, looking_up=finds_jumps), (
        effects.FindHits(session.query, again),
        *jump_effects,
    )


def ask_as_written(session: Session, text: str) -> Result:
    """Write a stored or suggested text into the bar, and send its query.

    A text with errors is not changed, because the error messages refer to its columns.
    """
    query = language.parse(text)
    return ask_query(session, query, text if query.complaints or query.advice else "")


def ask_query(session: Session, query: Query, text: str = "") -> Result:
    """Write a query created by a command into the bar, and send it.

    If no `text` is given, the query's canonical form is written.
    """
    session = session.with_past(session.history_entry())
    query = query.finished()
    text = text or str(query)
    session = replace(session, text=text, committed_text=text, query=query, at=0)
    return ask(replace(session, jumps=(), choice=None, enter_waits=False))


class SearchFor(Action):
    """Search for a text in place of the current query, and go to the list."""

    text: str

    def step(self, session: Session) -> Result:
        """Send the query; going back returns to the current position."""
        session = replace(session, text=session.committed_text, pane="list", reading=False)
        return ask_as_written(session, self.text)


class AbsencesFound(Action):
    """The parts of a query that match no cable were found."""

    absent: tuple[Absence, ...]

    def step(self, session: Session) -> Result:
        """Add the parts to the answer in the list."""
        return replace(session, hits=replace(session.hits, absent=self.absent)), ()


class ReasonsFound(Action):
    """The reasons why a query finds nothing are known, most important first."""

    reasons: tuple[Reason, ...]

    def step(self, session: Session) -> Result:
        """Store the reasons, which the list shows."""
        return replace(session, reasons=self.reasons), ()


class DropPart(Action):
    """Remove the part of the query that prevents all hits, or let the reader choose one."""

    reason: Reason | None = None

    def step(self, session: Session) -> Result:
        """Remove the given part or the only one, or open a menu to choose a part."""
        reason = self.reason
        if reason is None:
            if not session.reasons or session.hits.count:
                return session, (
                    effects.Notify(
                        "Removing any single part of this query would still give no hits."
                    ),
                )
            if len(session.reasons) > 1:
                menu_lines = (
                    (f"without {choice.part}", f"{choice.count:,}", DropPart(choice))
                    for choice in session.reasons
                )
                return session, (
                    effects.numbered_menu("Which part should be removed?", menu_lines),
                )
            reason = session.reasons[0]
        return ask_query(session, reason.without)


class Spell(Action):
    """Look for other spellings of a word: the given word, or else a word in the query."""

    word: str = ""

    def step(self, session: Session) -> Result:
        """Look up the last word written as `name~`, or else the last word in the query."""
        searched_words = [
            term for term in session.query.terms if isinstance(term, Word) and not term.negated
        ]
        fuzzy_words = [term for term in searched_words if term.fuzzy]
        chosen_word = self.word or (fuzzy_words or searched_words or [Word("")])[-1].text
        if not chosen_word:
            return session, (effects.Notify("Type a name in the query first (/ edits it)."),)
        return session, (FindSpellings(chosen_word),)


class SpellingsFound(Action):
    """The spellings of a word were found, each with its number of cables."""

    word: str
    spellings: tuple[tuple[str, int], ...]

    def step(self, session: Session) -> Result:
        """Let the reader select spellings, or report that there are no others."""
        if len(self.spellings) < 2:
            other_spellings = [word for word, _ in self.spellings if word != self.word.casefold()]
            only_spelling = (
                f"{other_spellings[0]} is the only spelling of {self.word} in this archive."
                if other_spellings
                else ""
            )
            no_spelling = f"There is no other spelling of {self.word} in this archive."
            return session, (effects.Notify(only_spelling or no_spelling),)
        take_spellings = partial(TakeSpellings, self.word)
        return session, (
            effects.AskTicks(f"Spellings of {self.word}", self.spellings, take_spellings),
        )


class TakeSpellings(Action):
    """Replace a word in the query with the spellings that the reader selected."""

    word: str
    taken: tuple[str, ...]

    def step(self, session: Session) -> Result:
        """Replace `gaddafi~` by `(gaddafi or qadhafi)`, for example, and send the query."""
        if not self.taken:
            return session, ()
        exact_words = tuple((Word(word, exact=True),) for word in self.taken)
        query = session.query
        for query_term in query.leaves:
            if isinstance(query_term, Word) and query_term.text.casefold() == self.word.casefold():
                replacement_term = (
                    exact_words[0][0] if len(exact_words) == 1 else Group(exact_words)
                )
                query = query.instead(
                    query_term, replace(replacement_term, negated=query_term.negated)
                )
        return ask_query(session, query)


class FindReasons(Effect):
    """Find out which parts of a query prevent all hits; answered by `ReasonsFound`."""

    latest = "reasons"

    query: Query


class FindAbsences(Effect):
    """Find the parts of a query that match no cable; answered by `AbsencesFound`."""

    latest = "absent"

    query: Query
    count: int
    """The number of cables that the query finds."""


class FindSpellings(Effect):
    """Find other spellings of a word; answered by `SpellingsFound`."""

    opens_dialog = True
    latest = "spellings"

    word: str


def found_nothing(session: Session) -> tuple[Effect, ...]:
    """Return the effects to run after a complete answer without cables."""
    hits = session.hits
    if hits.count or hits.partial or len(session.query.terms) < 2:
        return ()
    return (FindReasons(session.query),)


class Narrow(Action):
    """Add a value to the query to find fewer cables."""

    facet: str
    value: str

    def step(self, session: Session) -> Result:
        """Send the query and go to the list; going back returns to the cable.

        Another value of the same facet is replaced, because two alternatives would find more
        cables.
        """
        if session.query.state(self.facet, self.value) == "included":
            message = f"{self.facet}:{self.value} is already in the query."
            return session, (effects.Notify(message),)
        query = session.query.only(self.facet, self.value)
        session, ask_effects = ask_query(session, query)
        message = f"Narrowed by {self.facet}:{self.value}; Backspace goes back."
        session = replace(session, pane="list", reading=False, zoomed=False)
        return session, (*ask_effects, effects.Notify(message))


class OpenSort(Action):
    """Let the reader choose the order of the list."""

    def step(self, session: Session) -> Result:
        """Open the menu of orders, which marks the current one."""
        return session, (sort_menu(session.query.order),)


class SortBy(Action):
    """Sort the list in an order that `sort:` accepts."""

    key: str

    def step(self, session: Session) -> Result:
        """Write the order into the bar, unless it is the default order of the query."""
        query = session.query.sorted_by("")
        return ask_query(session, query if query.order == self.key else query.sorted_by(self.key))


class ReverseOrder(Action):
    """Reverse the order of the list."""

    def step(self, session: Session) -> Result:
        """Send the query with the reverse order, and show the list from the top."""
        return ask_query(session, session.query.sorted_by(opposite(session.query.order)))


def sort_menu(present_order: str) -> effects.AskMenu:
    """Return the menu of sort orders, with a line for the reverse of the present order."""
    order_items = (
        effects.MenuItem(
            sort_order.key,
            sort_order.meaning,
            SortBy(order_name),
            "· now" if order_name == present_order else "",
        )
        for order_name, sort_order in SORTS.items()
    )
    reverse_item = effects.MenuItem(",", "reverse the order", ReverseOrder())
    return effects.AskMenu("Order of the list", (*order_items, reverse_item))


def _find_reasons(services: Services, effect: FindReasons, cancelled: Cancelled) -> Actions:
    reasons = services.archive.reasons(effect.query, cancelled)
    yield ReasonsFound(tuple(reason for reason in reasons if reason.count))


def _find_absences(services: Services, effect: FindAbsences, _: Cancelled) -> Actions:
    yield AbsencesFound(services.archive.absences(effect.query, effect.count))


def _find_spellings(services: Services, effect: FindSpellings, _: Cancelled) -> Actions:
    yield SpellingsFound(effect.word, services.archive.spellings(effect.word))


PERFORMERS: Performers = {
    FindReasons: _find_reasons,
    FindAbsences: _find_absences,
    FindSpellings: _find_spellings,
}
