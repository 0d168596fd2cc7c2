"""Ways to somewhere: a paragraph, a date, an earlier place, a saved search, some information."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.ask import ask_query
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.features import reading
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import Position

Question = Literal["paragraph", "date"]
Page = Literal["notices", "archive"]


class AskWhereTo(Action):
    """Type where to go."""

    what: Question


class PlaceTyped(Action):
    """Where to go was typed."""

    what: Question
    text: str


class AskQuery(Action):
    """Ask the archive this instead of what stands in the bar."""

    text: str


class ShowHistory(Action):
    """The places before this one, to go back to."""


class GoBackSteps(Action):
    """So many places back at once."""

    steps: int


class ShowSearches(Action):
    """The saved searches, to ask one."""


class ShowPage(Request):
    """A page of information."""

    page: Page


class ChooseTheme(Request):
    """The colours of the room."""


class AskPlace(Effect):
    """A line to type into; answered by `Typed`."""

    what: Question


class ListHistory(Effect):
    """A menu of places, the last first; answered by `GoBack`."""

    places: tuple[Position, ...]


class ListSearches(Effect):
    """A menu of saved searches; answered by `shelving.Pick`."""

    searches: tuple[tuple[str, str], ...]


class SetTheme(Request):
    """Paint in these colours and keep the choice."""

    name: str


@handles(AskWhereTo)
def ask_where_to(session: Session, action: AskWhereTo) -> Result:
    """A paragraph needs a cable."""
    if action.what == "paragraph" and session.opened is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    return session, (AskPlace(action.what),)


@handles(PlaceTyped)
def place_typed(session: Session, action: PlaceTyped) -> Result:
    """To the paragraph of the cable that is open; a date narrows the query."""
    given = action.text.strip().removeprefix("¶")
    if action.what == "paragraph" and session.cable is not None:
        return session, (effects.GoToCable(session.cable.canonical_id, given),)
    terms = parse(f"date:{given}").terms
    if not terms or parse(f"date:{given}").complaints:
        said = f"{given} is no date or range, such as 2009, 2008-03..2009-02-13"
        return session, (effects.Notify(said, "warning"),)
    return ask_query(session, session.query.without_facet("date").plus(terms[0]))


@handles(AskQuery)
def ask_other_query(session: Session, action: AskQuery) -> Result:
    """It is a place to come back from."""
    session = replace(session, pane="list", reading=False)
    return ask_query(session, parse(action.text))


@handles(ShowHistory)
def show_history(session: Session, _: ShowHistory) -> Result:
    """None yet is said."""
    if not session.past:
        return session, (effects.Notify("There is no earlier place."),)
    return session, (ListHistory(session.past[::-1]),)


@handles(GoBackSteps)
def go_back_steps(session: Session, action: GoBackSteps) -> Result:
    """As `Back`, so many times; only the last is shown."""
    wanted: tuple[Effect, ...] = ()
    for _ in range(action.steps):
        session, wanted = reading.go_back(session, reading.GoBack())
    return session, wanted


@handles(ShowSearches)
def show_searches(session: Session, _: ShowSearches) -> Result:
    """None yet is said."""
    if not session.notebook.searches:
        return session, (effects.Notify("No search is saved yet: S saves the one in the bar."),)
    return session, (ListSearches(session.notebook.searches),)
