"""Ways to somewhere: a paragraph, a date, an earlier place, a saved search, some information."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session
    from cable_tui.session.values import Place

    Result = tuple[Session, tuple[Effect, ...]]

Question = Literal["paragraph", "date"]
Page = Literal["notices", "archive"]


@dataclass(frozen=True, slots=True)
class AskFor(Action):
    """Type where to go."""

    what: Question


@dataclass(frozen=True, slots=True)
class Typed(Action):
    """Where to go was typed."""

    what: Question
    text: str


@dataclass(frozen=True, slots=True)
class Ask(Action):
    """Ask the archive this instead of what stands in the bar."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowPlaces(Action):
    """The places before this one, to go back to."""


@dataclass(frozen=True, slots=True)
class GoBack(Action):
    """So many places back at once."""

    steps: int


@dataclass(frozen=True, slots=True)
class ShowSaved(Action):
    """The saved searches, to ask one."""


@dataclass(frozen=True, slots=True)
class ShowPage(Action):
    """A page of information."""

    page: Page


@dataclass(frozen=True, slots=True)
class ChooseTheme(Action):
    """The colours of the room."""


@dataclass(frozen=True, slots=True)
class TakeTheme(Action):
    """These colours, now and the next time."""

    name: str


@dataclass(frozen=True, slots=True)
class AskWhere(Effect):
    """A line to type into; answered by `Typed`."""

    what: Question


@dataclass(frozen=True, slots=True)
class ListPlaces(Effect):
    """A menu of places, the last first; answered by `GoBack`."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ListSaved(Effect):
    """A menu of saved searches; answered by `shelving.Pick`."""

    searches: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BringPage(Effect):
    """Show a page of information."""

    page: Page


@dataclass(frozen=True, slots=True)
class AskTheme(Effect):
    """Let the reader choose the colours."""


@dataclass(frozen=True, slots=True)
class SetTheme(Effect):
    """Paint in these colours and keep the choice."""

    name: str


def ask_for(session: Session, action: AskFor) -> Result:
    """A paragraph needs a cable."""
    if action.what == "paragraph" and session.opened is None:
        return session, (effects.Notify("No cable is open yet: l opens one."),)
    return session, (AskWhere(action.what),)


def typed(session: Session, action: Typed) -> Result:
    """To the paragraph of the cable that is open; a date narrows the query."""
    from cable_tui.session.searching import written

    given = action.text.strip().removeprefix("¶")
    if action.what == "paragraph" and session.cable is not None:
        return session, (effects.Resolve(session.cable.canonical_id, given),)
    terms = parse(f"date:{given}").terms
    if not terms or parse(f"date:{given}").complaints:
        said = f"{given} is no date or range, such as 2009, 2008-03..2009-02-13"
        return session, (effects.Notify(said, "warning"),)
    return written(session, session.query.without_facet("date").plus(terms[0]))


def ask(session: Session, action: Ask) -> Result:
    """It is a place to come back from."""
    from cable_tui.session.searching import written

    session = replace(session, pane="list", reading=False)
    return written(session, parse(action.text))


def show_places(session: Session, action: ShowPlaces) -> Result:
    """None yet is said."""
    del action
    if not session.past:
        return session, (effects.Notify("There is no earlier place."),)
    return session, (ListPlaces(session.past[::-1]),)


def go_back(session: Session, action: GoBack) -> Result:
    """As `Back`, so many times; only the last is shown."""
    from cable_tui.session import actions
    from cable_tui.session.reading import back

    wanted: tuple[Effect, ...] = ()
    for _ in range(action.steps):
        session, wanted = back(session, actions.Back())
    return session, wanted


def show_saved(session: Session, action: ShowSaved) -> Result:
    """None yet is said."""
    del action
    if not session.notebook.searches:
        return session, (effects.Notify("No search is saved yet: S saves the one in the bar."),)
    return session, (ListSaved(session.notebook.searches),)


def show_page(session: Session, action: ShowPage) -> Result:
    """What stands there is known outside."""
    return session, (BringPage(action.page),)


def choose_theme(session: Session, action: ChooseTheme) -> Result:
    """From those there are."""
    del action
    return session, (AskTheme(),)


def take_theme(session: Session, action: TakeTheme) -> Result:
    """The session has no colours."""
    return session, (SetTheme(action.name),)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    AskFor: ask_for,
    Typed: typed,
    Ask: ask,
    ShowPlaces: show_places,
    GoBack: go_back,
    ShowSaved: show_saved,
    ShowPage: show_page,
    ChooseTheme: choose_theme,
    TakeTheme: take_theme,
}
