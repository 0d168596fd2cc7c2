"""Queries: how the text of the bar becomes one, and how it is sent to the archive."""

from __future__ import annotations

from typing import Literal

from cable_tui import query as language
from cable_tui.query import Query
from cable_tui.session import effects
from cable_tui.session.feature_state import TextsToRead
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Answered, Effect
from cable_tui.value import replace


class ToggleValue(Action):
    """Add a value of the library to the query, or take it out."""

    facet: str
    value: str
    how: Literal["toggled", "only", "excluding"] = "toggled"


def same_question(one: Query, other: Query) -> bool:
    """Whether two queries have the same answer, whatever is wrong with their texts."""
    return (one.terms, one.sort, one.refused) == (other.terms, other.sort, other.refused)


def with_text(session: Session, text: str, at: int = 0) -> Session:
    """The session with a text in the bar as its query, and the cursor of the list on a line."""
    query = language.parse(text)
    session = replace(session, text=text, committed_text=text, query=query, at=at)
    return replace(session, enter_waits=False)


def is_edited(session: Session) -> bool:
    """Whether the bar says something else than before the edit; a blank at its end is nothing."""
    return session.text.rstrip() != session.committed_text.rstrip()


def settled(session: Session) -> Result:
    """The session when its text is no longer typed: its last word is whole.

    The command line and saved searches read a text the same way, so that one text finds one number
    of cables everywhere.
    """
    if not is_edited(session):
        session = replace(session, text=session.committed_text)
    query = language.parse(session.text)
    known = same_question(query, session.query)
    session = replace(session, query=query)
    return (session, ()) if known else ask(session)


def ask(session: Session, *, keep: int | None = None, again: bool = False) -> Result:
    """Send the query; answers to older ones no longer count."""
    answered: Answered = "before" if session.has_answer else "never"
    texts, waits = TextsToRead(), session.enter_waits
    session = replace(session, answered=answered, counted=False, texts_to_read=texts, keep=keep)
    looking: tuple[Effect, ...] = (effects.FindJumps(session.text),) if waits else ()
    return replace(session, looking_up=waits), (effects.Search(session.query, again), *looking)


def ask_query(session: Session, query: Query) -> Result:
    """Write a query that a command made into the bar, and send it."""
    session = session.with_past(session.position())
    query = query.finished()
    text = str(query)
    session = replace(session, text=text, committed_text=text, query=query, at=0)
    return ask(replace(session, jumps=(), choice=None, enter_waits=False))


class SearchFor(Action):
    """Search for a text in place of the query, and go to the list."""

    text: str


@handles(SearchFor)
def search_for(session: Session, action: SearchFor) -> Result:
    """Ask it; Back comes back to this place."""
    session = replace(session, text=session.committed_text, pane="list", reading=False)
    return ask_query(session, language.parse(action.text))


@handles(ToggleValue)
def toggle_value(session: Session, action: ToggleValue) -> Result:
    """Edit the query, as text in the bar."""
    query = getattr(session.query, action.how)(action.facet, action.value)
    return ask_query(replace(session, return_pane="list"), query)
