"""Ways to go somewhere: a paragraph, a date, an earlier place, a saved search, a page."""

from __future__ import annotations

from functools import partial
from typing import Literal

from cable_tui.query import Query, parse
from cable_tui.session import effects
from cable_tui.session.ask import SearchFor
from cable_tui.session.features import opened_cable, sidebar
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request

Question = Literal["paragraph", "date"]
Page = Literal["notices", "settings", "archive"]
PLACES = 50
"""The most positions of the history that are listed."""
_QUESTIONS: dict[Question, tuple[str, str]] = {
    "paragraph": ("To which paragraph?", ""),
    "date": ("Cables of which date or range?", "2009, 2008-03, 2008-03..2009-02-13, ..2007"),
}


class AskWhereTo(Action):
    """Ask for a paragraph or a date to go to."""

    what: Question

    def step(self, session: Session) -> Result:
        """Ask; a paragraph needs an open cable."""
        if self.what == "paragraph" and session.opened is None:
            return session, (effects.NO_CABLE,)
        title, note = _QUESTIONS[self.what]
        return session, (effects.AskLine(title, "", partial(GotoTyped, self.what), note),)


class GotoTyped(Action):
    """The reader has typed where to go."""

    what: Question
    text: str

    def step(self, session: Session) -> Result:
        """Go to the paragraph of the open cable, or narrow the query to the date."""
        text_given = self.text.strip().removeprefix("¶")
        if self.what == "paragraph" and session.cable is not None:
            return session, (effects.GoToCable(session.cable.canonical_id, text_given),)
        query = session.query.without_facet("date")
        expected_text = "date or range, such as 2009, 2008-03..2009-02-13"
        return narrowed(
            session, query, f"date:{text_given}", f"{text_given} is not a {expected_text}"
        )


def narrowed(session: Session, query: Query, part: str, fault: str) -> Result:
    """Search for a query with one more part; if that is none, say why."""
    query_part = parse(part)
    if not query_part.terms or query_part.complaints:
        return session, (effects.Notify(fault, "warning"),)
    return SearchFor(str(query.plus(query_part.terms[0]))).step(session)


class ShowHistory(Action):
    """List the history, to go back to a position."""

    def step(self, session: Session) -> Result:
        """List the history, or say that it is empty."""
        if not session.past:
            return session, (effects.Notify("The history has no earlier position."),)
        lines = tuple(
            (
                place.text.strip() or "all cables",
                "reading a cable" if place.id is not None else f"line {place.at + 1:,}",
                GoBackSteps(number),
            )
            for number, place in enumerate(session.past[: -PLACES - 1 : -1], 1)
        )
        return session, (effects.numbered_menu("Back to", lines),)


class GoBackSteps(Action):
    """Go several positions back at once."""

    steps: int

    def step(self, session: Session) -> Result:
        """Go back one by one; only the effects of the last one are wanted."""
        last_effects: dict[type[Effect], Effect] = {}
        for _ in range(self.steps):
            session, back_effects = opened_cable.GoBack().step(session)
            last_effects |= {type(effect): effect for effect in back_effects}
        return session, tuple(last_effects.values())


class ShowSearches(Action):
    """List the saved searches, to run one."""

    def step(self, session: Session) -> Result:
        """List the saved searches, or say that no search is saved."""
        if not session.notebook.searches:
            return session, (effects.Notify("No search is saved yet: S saves the one in the bar."),)
        pick = partial(sidebar.PickFacetValue, sidebar.SAVED)
        lines = ((name, query, pick(name)) for name, query in session.notebook.searches)
        return session, (effects.numbered_menu("Saved searches", lines),)


class ShowPage(Request):
    """Show a page of information."""

    page: Page


class ChooseTheme(Request):
    """Let the reader choose the colours; answered by `SetTheme`."""


class SetTheme(Request):
    """Use these colours, now and the next time."""

    name: str
