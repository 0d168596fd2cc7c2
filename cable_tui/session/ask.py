"""The query: how a text becomes one, how it is sent to the archive, and how commands edit it."""

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
    """Add a value of the library to the query, or remove it."""

    facet: str
    value: str
    how: Literal["toggled", "only", "excluding"] = "toggled"

    def step(self, session: Session) -> Result:
        """Edit the query, as text in the bar."""
        query = getattr(session.query, self.how)(self.facet, self.value)
        return ask_query(replace(session, return_pane="list"), query)


def same_question(one: Query, other: Query) -> bool:
    """Return whether two queries have the same answer, apart from faults in their texts."""
    return (one.terms, one.sort, one.refused) == (other.terms, other.sort, other.refused)


def with_text(session: Session, text: str, at: int = 0) -> Session:
    """Return the session with a text as its query, and the list's cursor on a line."""
    query = language.parse(text)
    session = replace(session, text=text, committed_text=text, query=query, at=at)
    return replace(session, enter_waits=False)


def is_edited(session: Session) -> bool:
    """Return whether the bar has changed since the edit began, apart from a space at its end."""
    return session.text.rstrip() != session.committed_text.rstrip()


def settled(session: Session) -> Result:
    """Return the session when its text is no longer typed: its last word is whole.

    The command line and saved searches read a text the same way, so that one text finds the same
    cables everywhere.
    """
    if not is_edited(session):
        session = replace(session, text=session.committed_text)
    return asked_of(session, language.parse(session.text))


def asked_of(session: Session, query: Query) -> Result:
    """Send a query that the text of the bar now means, unless its answer is known.

    Parts that no cable has are looked for when the last word is whole.
    """
    is_known, has_ended = (
        same_question(query, session.query),
        session.query.typed and not query.typed,
    )
    session = replace(session, query=query)
    if not is_known:
        return ask(session)
    return session, absences_wanted(session) if has_ended else ()


def absences_wanted(session: Session) -> tuple[Effect, ...]:
    """Return the effects that look for parts of an answered query that no cable has."""
    query, is_answered = session.query, session.answered == "now" and not session.hits.partial
    if not is_answered or query.typed or not may_be_absent(query):
        return ()
    return (FindAbsences(query, session.hits.count),)


def ask(session: Session, *, keep: int | None = None, again: bool = False) -> Result:
    """Send the query; answers to older ones no longer count."""
    answered_when: Answered = "before" if session.has_answer else "never"
    texts, waits = TextsToRead(), session.enter_waits
    session = replace(
        session, answered=answered_when, counted=False, texts_to_read=texts, keep=keep
    )
    looking: tuple[Effect, ...] = (effects.FindJumps(session.text),) if waits else ()
    return replace(session, looking_up=waits), (effects.FindHits(session.query, again), *looking)


def ask_as_written(session: Session, text: str) -> Result:
    """Write a text that was kept or offered into the bar, and send it.

    A text with faults stays as it is: what is said of it names its columns.
    """
    query = language.parse(text)
    return ask_query(session, query, text if query.complaints or query.advice else "")


def ask_query(session: Session, query: Query, text: str = "") -> Result:
    """Write a query that a command made into the bar, and send it.

    Without a `text` the query is written in its canonical form.
    """
    session = session.with_past(session.history_entry())
    query = query.finished()
    text = text or str(query)
    session = replace(session, text=text, committed_text=text, query=query, at=0)
    return ask(replace(session, jumps=(), choice=None, enter_waits=False))


class SearchFor(Action):
    """Search for a text in place of the query, and go to the list."""

    text: str

    def step(self, session: Session) -> Result:
        """Run the query; Back returns to this position."""
        session = replace(session, text=session.committed_text, pane="list", reading=False)
        return ask_as_written(session, self.text)


class AbsencesFound(Action):
    """The parts of a query that no cable has."""

    absent: tuple[Absence, ...]

    def step(self, session: Session) -> Result:
        """Show them with the list that they belong to."""
        return replace(session, hits=replace(session.hits, absent=self.absent)), ()


class ReasonsFound(Action):
    """The parts of a query that finds nothing, the most important first."""

    reasons: tuple[Reason, ...]

    def step(self, session: Session) -> Result:
        """Show them."""
        return replace(session, reasons=self.reasons), ()


class DropPart(Action):
    """Leave out the part of the query that finds nothing, or choose which."""

    reason: Reason | None = None

    def step(self, session: Session) -> Result:
        """Leave out the only part, or ask which."""
        reason = self.reason
        if reason is None:
            if not session.reasons or session.hits.count:
                return session, (effects.Notify("No single part of this query prevents hits."),)
            if len(session.reasons) > 1:
                lines = (
                    (f"without {choice.part}", f"{choice.count:,}", DropPart(choice))
                    for choice in session.reasons
                )
                return session, (effects.numbered_menu("Leave out which part?", lines),)
            reason = session.reasons[0]
        return ask_query(session, reason.without)


class Spell(Action):
    """Look for other spellings of a word: this one, or the last name in the query."""

    word: str = ""

    def step(self, session: Session) -> Result:
        """Take the word written `name~`, else the last one."""
        words = [
            term for term in session.query.terms if isinstance(term, Word) and not term.negated
        ]
        fuzzy_words = [term for term in words if term.fuzzy]
        chosen_word = self.word or (fuzzy_words or words or [Word("")])[-1].text
        if not chosen_word:
            return session, (effects.Notify("Type a name in the query first (/ edits it)."),)
        return session, (FindSpellings(chosen_word),)


class SpellingsFound(Action):
    """Spellings of a word, with their numbers of cables."""

    word: str
    spellings: tuple[tuple[str, int], ...]

    def step(self, session: Session) -> Result:
        """Let the reader select them, or say that there are no spellings."""
        if len(self.spellings) < 2:
            other_spellings = [word for word, _ in self.spellings if word != self.word.casefold()]
            only_spelling = (
                f"{other_spellings[0]} is the only spelling of {self.word} in this archive."
                if other_spellings
                else ""
            )
            no_spelling = f"This archive has no other spelling of {self.word}."
            return session, (effects.Notify(only_spelling or no_spelling),)
        take = partial(TakeSpellings, self.word)
        return session, (effects.AskTicks(f"Spellings of {self.word}", self.spellings, take),)


class TakeSpellings(Action):
    """Replace a word by these spellings."""

    word: str
    taken: tuple[str, ...]

    def step(self, session: Session) -> Result:
        """Replace `gaddafi~` by `(gaddafi or qadhafi)` in the bar."""
        if not self.taken:
            return session, ()
        words = tuple((Word(word, exact=True),) for word in self.taken)
        query = session.query
        for term in query.leaves:
            if isinstance(term, Word) and term.text.casefold() == self.word.casefold():
                other_words = words[0][0] if len(words) == 1 else Group(words)
                query = query.instead(term, replace(other_words, negated=term.negated))
        return ask_query(session, query)


class FindReasons(Effect):
    """Find which parts make a query find nothing; answered by `ReasonsFound`."""

    latest = "reasons"

    query: Query


class FindAbsences(Effect):
    """Find the parts of a query that no cable has; answered by `AbsencesFound`."""

    latest = "absent"

    query: Query
    count: int
    """The cables that it finds."""


class FindSpellings(Effect):
    """Find other spellings of a word; answered by `SpellingsFound`."""

    opens_dialog = True
    latest = "spellings"

    word: str


def found_nothing(session: Session) -> tuple[Effect, ...]:
    """Return the effects after a complete answer without cables."""
    hits = session.hits
    if hits.count or hits.partial or len(session.query.terms) < 2:
        return ()
    return (FindReasons(session.query),)


class Narrow(Action):
    """Add a value to the query, so that fewer cables are found."""

    facet: str
    value: str

    def step(self, session: Session) -> Result:
        """Search and go to the list; Back returns to the cable.

        Another value of the same facet is replaced: two of them would find more.
        """
        if session.query.state(self.facet, self.value) == "included":
            message = f"{self.facet}:{self.value} is in the query already."
            return session, (effects.Notify(message),)
        query = session.query.only(self.facet, self.value)
        session, ask_effects = ask_query(session, query)
        message = f"Narrowed by {self.facet}:{self.value}; Backspace goes back."
        session = replace(session, pane="list", reading=False, zoomed=False)
        return session, (*ask_effects, effects.Notify(message))


class OpenSort(Action):
    """Choose the order of the list."""

    def step(self, session: Session) -> Result:
        """Ask for an order, with the present one."""
        return session, (sort_menu(session.query.order),)


class SortBy(Action):
    """Sort the list in an order, as `sort:` names it."""

    key: str

    def step(self, session: Session) -> Result:
        """Write the order into the bar, unless it is the one without `sort:`."""
        query = session.query.sorted_by("")
        return ask_query(session, query if query.order == self.key else query.sorted_by(self.key))


class ReverseOrder(Action):
    """Reverse the order of the list."""

    def step(self, session: Session) -> Result:
        """Search in the other order, from the top."""
        return ask_query(session, session.query.sorted_by(opposite(session.query.order)))


def sort_menu(now: str) -> effects.AskMenu:
    """Return the orders, and the reverse of the present one."""
    items = (
        effects.MenuItem(order.key, order.meaning, SortBy(name), "· now" if name == now else "")
        for name, order in SORTS.items()
    )
    reverse_item = effects.MenuItem(",", "reverse the order", ReverseOrder())
    return effects.AskMenu("Order of the list", (*items, reverse_item))


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
