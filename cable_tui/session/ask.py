"""Questions to the archive: how the text of the bar becomes a query, and how one is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from cable_tui import query as language
from cable_tui.query import Query
from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session


class ToggleValue(Action):
    """A value of the library, added to the query or taken out."""

    facet: str
    value: str
    how: Literal["toggled", "only", "excluding"] = "toggled"


def parse_bar(text: str) -> Query:
    """The query of the bar's text: its last word is a beginning until a blank follows."""
    return language.parse(text, typing=True).finished()


def parse_committed(text: str) -> Query:
    """The same where nobody types any more: what is wrong with the last word is wrong by now."""
    return replace(parse_bar(text), complaints=language.parse(text).complaints)


def bar_text(query: Query) -> str:
    """The text that means `query` in the bar."""
    text = str(query)
    return text if same_question(parse_bar(text), query) else f"{text} "


def same_question(one: Query, other: Query) -> bool:
    """Whether two queries have the same answer, whatever is wrong with their texts."""
    return (one.terms, one.sort) == (other.terms, other.sort)


def ask(session: Session, *, keep: int | None = None, again: bool = False) -> Result:
    """A new question: older answers no longer count."""
    ticket = session.ticket + 1
    session = replace(session, ticket=ticket, keep=keep)
    return session, (effects.Search(ticket, session.query, again),)


def ask_query(session: Session, query: Query) -> Result:
    """A query that a command made stands in the bar as text, and is asked."""
    session = session.with_past(session.position())
    text = bar_text(query)
    return ask(
        replace(
            session,
            text=text,
            committed_text=text,
            query=query,
            at=0,
            jumps=(),
            choice=None,
            enter_ticket=0,
        )
    )


@handles(ToggleValue)
def toggle_value(session: Session, action: ToggleValue) -> Result:
    """The library only edits the text of the bar."""
    query = getattr(session.query, action.how)(action.facet, action.value)
    return ask_query(replace(session, return_pane="list"), query)
